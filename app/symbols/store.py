"""The symbols that are kept in the profile: a file each, written atomically."""

from dataclasses import replace
from datetime import UTC, datetime

from app.errors import InkError, StorageError
from app.i18n import _
from app.storage.log import LOG
from app.storage.sample_store import SampleStore
from app.symbols.set_file import encode_set, parse_set
from app.symbols.symbol import MAX_SYMBOLS, Symbol


class SymbolStore:
    """One user's symbols by name, the oldest first, as they were read and then changed here.

    What another process changes meanwhile stays in the files, and is read at the next start.
    """

    def __init__(self, files: SampleStore) -> None:
        """Read them all; damaged files are set aside, those of one name joined.

        Raises StorageError.
        """
        self.files = files
        self._names: dict[str, str] = {}
        """The name of each symbol's file."""
        self._symbols: dict[str, Symbol] = {}
        for file in files.names():
            symbol = self._read(file)
            if symbol is None:
                continue
            if symbol.name in self._symbols:
                self._join(file, symbol)
            else:
                self._symbols[symbol.name], self._names[symbol.name] = symbol, file

    def __len__(self) -> int:
        return len(self._symbols)

    def all(self) -> list[Symbol]:
        """Return the symbols, the oldest first."""
        return list(self._symbols.values())

    def find(self, name: str) -> Symbol | None:
        """Return the symbol with a name, if there is one."""
        return self._symbols.get(name)

    def get(self, name: str) -> Symbol:
        """Return the symbol with a name; raises InkError if there is none."""
        symbol = self.find(name)
        if symbol is None:
            raise InkError(_("There is no symbol called {name}.").format(name=name))
        return symbol

    def put(self, symbol: Symbol) -> None:
        """Store a new symbol, or one of the same name in its place; raises InkError, StorageError.

        Without drawings it is removed.
        """
        if not symbol.drawings:
            self.remove(symbol.name)
            return
        if symbol.name in self._names:
            self._write(symbol.name, symbol)
        else:
            self.check_room(1)
            self._names[symbol.name] = self.files.add(encode_set([symbol]), datetime.now(UTC))
        self._symbols[symbol.name] = symbol

    def rename(self, name: str, symbol: Symbol) -> None:
        """Store a symbol in place of the one called `name`; raises InkError, StorageError."""
        self.get(name)
        if symbol.name != name and symbol.name in self._symbols:
            raise InkError(
                _("There is a symbol called {name} already: choose another name.").format(
                    name=symbol.name
                )
            )
        self._write(name, symbol)
        self._names = {symbol.name if n == name else n: f for n, f in self._names.items()}
        self._symbols = {
            (symbol if n == name else s).name: symbol if n == name else s
            for n, s in self._symbols.items()
        }

    def check_room(self, more: int) -> None:
        """Raise InkError if there cannot be so many more symbols."""
        if len(self._symbols) + more > MAX_SYMBOLS:
            raise InkError(
                _(
                    "There would be more than {most} symbols: delete some that you do not need."
                ).format(most=MAX_SYMBOLS)
            )

    def set_aside(self, name: str) -> None:
        """Keep a damaged symbol's file under another name, and forget the symbol."""
        self.files.set_aside(self._names.pop(name))
        del self._symbols[name]

    def remove(self, name: str) -> None:
        """Delete the symbol with a name, if there is one; raises StorageError.

        Drawings of it that another process has added stay.
        """
        if name in self._names:
            self._write(name, replace(self._symbols[name], drawings=()))
            del self._names[name], self._symbols[name]

    def _read(self, file: str) -> Symbol | None:
        """Return the symbol in a file; if it is damaged, None, and it is set aside.

        Raises StorageError.
        """
        try:
            (symbol,) = parse_set(self.files.read(file), trusted=True)
        except (InkError, ValueError) as error:
            LOG.warning("The symbol in %s is set aside: %s", file, error)
            self.files.set_aside(file)
            return None
        return symbol

    def _join(self, file: str, symbol: Symbol) -> None:
        """Add a file's drawings to the symbol of the same name: two processes have made it."""
        try:
            joined = self._symbols[symbol.name].with_drawings(*symbol.drawings)
            self._symbols[symbol.name] = joined
            self.files.write(self._names[symbol.name], encode_set([joined]))
            self.files.remove(file)
        except (InkError, StorageError) as error:  # the next start tries it again
            LOG.warning("The symbol in %s stays there: %s", file, error)

    def _write(self, name: str, symbol: Symbol) -> None:
        """Write a symbol to the file of the one called `name`, or delete that without drawings.

        Raises InkError, StorageError.
        """
        joined = self._joined(name, symbol)
        if joined.drawings:
            self.files.write(self._names[name], encode_set([joined]))
        else:
            self.files.remove(self._names[name])

    def _joined(self, name: str, symbol: Symbol) -> Symbol:
        """Return `symbol` with what another process has changed in the file of `name`.

        Raises InkError for too many drawings, StorageError.
        """
        file, known = self._names[name], self._symbols[name]
        stored = self._read(file) if file in self.files.names() else None
        if stored is None or stored == known:
            return symbol
        kept = stored.without(*known.without(*symbol.keys).keys)
        return replace(
            kept.with_drawings(*symbol.without(*known.keys).drawings),
            name=stored.name if symbol.name == known.name else symbol.name,
            text=stored.text if symbol.text == known.text else symbol.text,
        )
