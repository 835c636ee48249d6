"""Correcting an answer among the user's own symbols: the drawing is added to the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.ink.drawing import Content

if TYPE_CHECKING:
    from app.symbols.own import OwnSymbols
    from app.symbols.symbol import Symbol
    from app.ui.status import Status
    from app.ui.symbols.library import SymbolLibrary


class SymbolCorrection:
    """Adds the drawing to a symbol; a second label for the same drawing replaces the first."""

    def __init__(self, *, symbols: SymbolLibrary, status: Status) -> None:
        self._symbols = symbols
        self._status = status
        self._content = Content()
        self._before: Symbol | None = None
        """The symbol that `_content` was added to, as it was before; None: to none."""

    def label(self, content: Content, name: str) -> None:
        """Add a drawing to the symbol called `name`."""

        def job(own: OwnSymbols) -> Symbol:
            before = own.store.get(name)
            if content == self._content:
                self._take_back(own)
                before = own.store.get(name)
            own.add(name, [content])
            self._content, self._before = content, before
            return before

        text = _("Learnt: this is your {label}.").format(label=name)
        self._symbols.change(
            job, lambda _before: self._status.show(text), self._status.show_problem
        )

    def take_back(self) -> None:
        """Remove the drawing that was added last."""

        def done(taken_back: bool) -> None:
            text = _("Label removed.") if taken_back else _("There is no label to remove.")
            self._status.show(text)

        self._symbols.change(self._take_back, done, self._status.show_problem)

    def _take_back(self, own: OwnSymbols) -> bool:
        """Runs on the recogniser's thread, as all that changes what was labelled last."""
        before, self._before = self._before, None
        if before is None:
            return False
        own.put(before)
        return True
