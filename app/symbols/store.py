"""The symbols that are kept in the profile: a file each, written atomically."""

from datetime import UTC, datetime

from app.errors import InkError
from app.i18n import _
from app.storage.log import LOG
from app.storage.sample_store import SampleStore
from app.symbols.set_file import encode_set, parse_set
from app.symbols.symbol import MAX_SYMBOLS, Symbol


class SymbolStore:
    """One user's symbols by name, the oldest first. Another process may change them meanwhile."""

    def __init__(self, files: SampleStore) -> None:
        """Read them all; damaged files are set aside. Raises StorageError."""
        self.files = files
        self._names: dict[str, str] = {}
        """The name of each symbol's file."""
        self._symbols: dict[str, Symbol] = {}
        for file in files.names():
            try:
                (symbol,) = parse_set(files.read(file), trusted=True)
                if symbol.name in self._symbols:
                    raise InkError(f"two symbols are called {symbol.name}")
                self._symbols[symbol.name], self._names[symbol.name] = symbol, file
            except (InkError, ValueError) as error:
                LOG.warning("The symbol in %s is set aside: %s", file, error)
                files.set_aside(file)

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
            self.files.write(self._names[symbol.name], encode_set([symbol]))
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
        self.files.write(self._names[name], encode_set([symbol]))
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
        """Delete the symbol with a name, if there is one; raises StorageError."""
        if name in self._names:
            self.files.remove(self._names[name])
            del self._names[name], self._symbols[name]
