"""Owns what the window does while the switch "Number" is on: a whole number, digit by digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.number.overlay import NumberBoxes
from app.ui.number.selection import NumberState

if TYPE_CHECKING:
    from app.ink.rasterize import Raster
    from app.ui.main_window import MainWindow
    from app.worker import Answer


class NumberMode:
    """Shows a number's digits in boxes, chooses one of them, and lets that one be corrected."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.state = NumberState()
        self._raster: Raster | None = None

    @property
    def has_digits(self) -> bool:
        """Whether there is one to choose."""
        return self.state.number is not None

    def attach(self) -> None:
        """Draw on the present canvas from now on, and listen to it."""
        sketchpad = self._window.sketchpad
        canvas = sketchpad.canvas
        self._boxes = NumberBoxes(canvas, self._window.theme)
        sketchpad.on_tap = self._tapped
        sketchpad.on_view = self._place
        canvas.bind("<Tab>", lambda _event: self._tabbed(1))
        canvas.bind("<Shift-Tab>", lambda _event: self._tabbed(-1))
        if canvas.tk.call("tk", "windowingsystem") == "x11":
            canvas.bind("<ISO_Left_Tab>", lambda _event: self._tabbed(-1))

    def switch(self, on: bool) -> None:
        """Read the drawing as a whole number from now on, or as one digit."""
        window = self._window
        window.remembered.change(number=on)
        window.toolbar.number.set(on)
        self.attach()
        self.state.take(None)
        self._place()
        window.show_hint()
        window.several.read.show_again()
        window.ask_again()

    def show(self, answer: Answer) -> None:
        """Show the number of an answer, and the bars of the digit that is chosen."""
        self._raster = answer.raster
        self.state.take(answer.number)
        self._show()

    def step(self, by: int) -> None:
        """Choose the digit or sign so many to the right, round the ends."""
        if self.state.step(by):
            self._show()

    def say(self, label: str) -> None:
        """Say what the chosen digit is: its ink is stored and learnt as a sample of its own."""
        chosen = self.state.chosen
        if chosen is None:
            self._window.tell(_("Draw something first; then say what it is."))
        elif chosen.prediction is None:
            self._window.tell(_("A sign cannot be taught; choose a digit with Tab or a click."))
        else:
            self.state.choose(self.state.index)
            self._window.correction.say(chosen.content, label)

    def _tapped(self, x: float, y: float) -> bool:
        index = self.state.at(x, y) if self._window.settings.number else None
        if index is None:
            return False
        self.state.choose(index)
        self._show()
        return True

    def _tabbed(self, by: int) -> str | None:
        """Choose the next digit; beyond the last one the key goes on to the next widget."""
        if not 0 <= self.state.index + by < len(self.state.marks):
            return None
        self.step(by)
        return "break"

    def _place(self) -> None:
        self._boxes.show(self.state, self._window.sketchpad.view)

    def _show(self) -> None:
        self._place()
        number, chosen = self.state.number, self.state.chosen
        self._window.prediction = None if chosen is None else chosen.prediction
        self._window.panel.show_number(number, chosen, self._raster)
