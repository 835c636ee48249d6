"""The line at the bottom of a window that shows a Status."""

import tkinter as tk

from app.ui.status import Status
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow


class StatusBar(WrappedLabel):
    """Renders a Status; problems have a colour of their own."""

    def __init__(
        self, parent: tk.Misc, *, theme: Theme, status: Status, style: str = "Status.TLabel"
    ) -> None:
        """`style`: of sentences that are no problem."""
        super().__init__(parent, theme)
        self._status = status
        self._style = style
        follow(self, status.changed, self._show)
        self._show()

    def _show(self) -> None:
        style = "Problem.TLabel" if self._status.is_problem else self._style
        self.configure(style=style)
        self.set_text(self._status.text)
