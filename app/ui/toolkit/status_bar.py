"""The line below the canvas that shows the status."""

import tkinter as tk

from app.ui.status import Status
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow


class StatusBar(WrappedLabel):
    """Renders a Status; problems have a colour of their own."""

    def __init__(self, parent: tk.Misc, *, theme: Theme, status: Status) -> None:
        super().__init__(parent, theme, anchor="w")
        self._status = status
        follow(self, status.changed, self._show)
        self._show()

    def _show(self) -> None:
        style = "Problem.TLabel" if self._status.is_problem else "Status.TLabel"
        self.configure(style=style)
        self.set_text(self._status.text)
