"""Owns the switch "Number": the drawing is read as a whole number, digit by digit."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.translation import _
from app.window.number_boxes import NumberBoxes
from app.window.number_state import NumberState

if TYPE_CHECKING:
    from app.recognition.worker import Answer
    from app.window.main_window import MainWindow


class NumberMode:
    """What the window does with whole numbers: it shows, chooses and corrects their digits."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.state = NumberState()
        canvas = window.sketchpad.canvas
        self._boxes = NumberBoxes(canvas, window.look)
        self._switch = tk.BooleanVar(window.root, False)
        self.button = ttk.Checkbutton(
            window.toolbar,
            text=_("Number"),
            variable=self._switch,
            style="Toolbutton",
            command=self._switched,
        )
        self.button.pack(side="left", padx=(window.look.px(6), 0))
        window.sketchpad.on_tap = self._tapped
        window.sketchpad.on_view = self._place
        for sequence, by in (("Tab", 1), ("Right", 1), ("Shift-Tab", -1), ("Left", -1)):
            canvas.bind(f"<{sequence}>", lambda _event, by=by: self._stepped(by))  # type: ignore[misc]
        if window.root.tk.call("tk", "windowingsystem") == "x11":
            canvas.bind("<ISO_Left_Tab>", lambda _event: self._stepped(-1))

    def add_to(self, menu: tk.Menu, key: str, key_name: str) -> None:
        """Add the switch to a menu, with its key."""
        menu.add_checkbutton(
            label=_("Whole Number"),
            variable=self._switch,
            accelerator=f"{key_name}+D",
            command=self._switched,
        )
        for letter in "dD":
            self._window.root.bind(f"<{key}-{letter}>", lambda _event: self._toggled())

    @property
    def is_on(self) -> bool:
        """Whether the drawing is read as a whole number."""
        return self.state.is_on

    @property
    def text(self) -> str:
        """The number that is shown; empty without one."""
        return self.state.text

    def set(self, on: bool) -> None:
        """Read the drawing as a whole number from now on, or as one digit."""
        self._switch.set(on)
        self._switched()

    def show(self, answer: Answer) -> None:
        """Show the number of an answer, and the bars of the digit that is chosen."""
        self.state.take(answer.whole)
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

    def _switched(self) -> None:
        self.state.is_on = self._window.asking.whole = self._switch.get()
        self.state.take(None)
        self._place()
        self._window.ask_again()

    def _toggled(self) -> str:
        self.set(not self.is_on)
        return "break"

    def _tapped(self, x: float, y: float) -> bool:
        index = self.state.at(x, y) if self.is_on else None
        if index is None:
            return False
        self.state.choose(index)
        self._show()
        return True

    def _stepped(self, by: int) -> str | None:
        if not self.is_on or not self.state.step(by):
            return None  # the key goes where it always does
        self._show()
        return "break"

    def _place(self) -> None:
        self._boxes.show(self.state, self._window.sketchpad.view)

    def _show(self) -> None:
        self._place()
        number, chosen = self.state.number, self.state.chosen
        prediction = None if chosen is None else chosen.prediction
        self._window.prediction = prediction
        self._window.entitle(None if number is None else number.text or _("Not a number"))
        panel = self._window.panel
        panel.answer.show_number(number)
        panel.raster_view.show(None if prediction is None else prediction.raster)
        if chosen is None or prediction is None:
            panel.bars.show(None)
        else:
            panel.bars.show(prediction.probabilities, chosen.is_digit, prediction.own)
