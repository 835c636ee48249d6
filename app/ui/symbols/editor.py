"""Changes symbols, and remembers how to undo every change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ink.drawing import Content
    from app.symbols.own import OwnSymbols
    from app.symbols.symbol import Symbol
    from app.ui.status import Status
    from app.ui.symbols.library import SymbolLibrary


class SymbolEditor:
    """Runs the changes; the status shows what was done."""

    def __init__(self, *, symbols: SymbolLibrary, status: Status) -> None:
        self._symbols = symbols
        self._status = status
        self._undo_steps: list[Callable[[OwnSymbols], str]] = []
        """Each undoes a change and returns what to say then."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._undo_steps)

    def add(
        self, name: str, text: str | None, contents: Sequence[Content], done: Callable[[str], None]
    ) -> None:
        """Add drawings to the symbol called `name`, which is made if there is none.

        `text`: what is copied for it; None leaves that as it is. `done` gets the symbol's name.
        """

        def job(own: OwnSymbols) -> tuple[Symbol, Symbol | None]:
            before = own.store.find(name)
            return own.add(name, contents, text), before

        def added(result: tuple[Symbol, Symbol | None]) -> None:
            symbol, before = result
            count = len(symbol.drawings)
            self._status.show(
                ngettext(
                    "{name} has {count} drawing. Two more make it surer.",
                    "{name} has {count} drawings.",
                    count,
                ).format(name=symbol.name, count=count)
            )
            undone = _("The drawing of {name} is removed.").format(name=symbol.name)
            self._remember(before or symbol.without(*symbol.keys), undone)
            done(symbol.name)

        self._symbols.change(job, added, self._status.show_problem)

    def rename(self, symbol: Symbol, name: str, text: str, done: Callable[[str], None]) -> None:
        """Give a symbol another name and another text."""

        def job(own: OwnSymbols) -> Symbol:
            from app.symbols.symbol import new_symbol

            changed = replace(new_symbol(name, text), drawings=symbol.drawings)
            own.put(changed, symbol.name)
            return changed

        def renamed(changed: Symbol) -> None:
            self._status.show(_("Changed: {name}.").format(name=changed.name))
            undone = _("{name} is called so again.").format(name=symbol.name)
            self._remember(symbol, undone, changed.name)
            done(changed.name)

        self._symbols.change(job, renamed, self._status.show_problem)

    def delete(self, symbols: Sequence[Symbol]) -> None:
        """Delete symbols."""
        count = len(symbols)

        def job(own: OwnSymbols) -> None:
            for symbol in symbols:
                own.remove(symbol.name)

        def undo(own: OwnSymbols) -> str:
            for symbol in symbols:
                own.put(symbol)
            return ngettext("{count} symbol is back.", "{count} symbols are back.", count).format(
                count=count
            )

        def deleted(_none: None) -> None:
            self._undo_steps.append(undo)
            text = ngettext(
                "{count} symbol deleted. Undo brings it back.",
                "{count} symbols deleted. Undo brings them back.",
                count,
            )
            self._status.show(text.format(count=count))

        self._symbols.change(job, deleted, self._status.show_problem)

    def delete_drawings(self, symbol: Symbol, keys: Sequence[str]) -> None:
        """Delete drawings of a symbol; without any left it goes as well."""
        count = len(keys)

        def deleted(_none: None) -> None:
            text = ngettext(
                "{count} drawing deleted. Undo brings it back.",
                "{count} drawings deleted. Undo brings them back.",
                count,
            )
            self._status.show(text.format(count=count))
            undone = ngettext("{count} drawing is back.", "{count} drawings are back.", count)
            self._remember(symbol, undone.format(count=count))

        self._symbols.change(
            lambda own: own.put(symbol.without(*keys)), deleted, self._status.show_problem
        )

    def undo(self) -> None:
        """Undo the last change."""
        if not self._undo_steps:
            self._status.show(_("There is nothing to undo."))
            return
        step = self._undo_steps.pop()
        self._symbols.change(step, self._status.show, self._status.show_problem)

    def _remember(self, before: Symbol, undone: str, name: str = "") -> None:
        """Let undo store a symbol as it was, in place of the one called `name`."""

        def undo(own: OwnSymbols) -> str:
            own.put(before, name)
            return undone

        self._undo_steps.append(undo)
