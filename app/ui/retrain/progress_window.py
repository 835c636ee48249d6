"""The window of a training: progress, time left, live curves, log, and the new model's results."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Literal

from app.i18n import _
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.prompts import choose
from app.ui.retrain.comparison_view import ComparisonView
from app.ui.retrain.curves_view import CurvesView
from app.ui.retrain.event_log import EventLog
from app.ui.retrain.event_text import decision_text
from app.ui.retrain.training_state import TrainingState
from app.ui.theme.theme import FONT_STRONG

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.training_process import TrainingProcess
    from app.ui.theme.theme import Theme

_POLL_MS = 100
Decision = Literal["use", "keep", "discard"]
"""What becomes of a new model: activated, installed only, or deleted."""


class TrainingWindow(Dialog):
    """Shows a training process's events, and at its end how the new model compares."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        process: TrainingProcess,
        ended: Callable[[bool], None],
        decided: Callable[[Decision], None],
        draw_samples: Callable[[list[str], Callable[[dict[str, Image]], None]], None],
        again: Callable[[], None],
        choose_data: Callable[[TrainingWindow], None],
    ) -> None:
        """`ended(finished)` is called once, when the training is over; `decided` once, where it
        has finished with a new model. `draw_samples(names, show)` calls `show` with pictures of
        the user's samples, by name. `again` starts the same training anew, `choose_data` first
        asks for the files of a data set that could not be downloaded.
        """
        self._process = process
        self._ended = ended
        self._decided = decided
        self._draw_samples = draw_samples
        self._again = again
        self._choose_data = choose_data
        self.state = TrainingState()
        self.comparison: ComparisonView | None = None
        self._is_over = False
        self._is_cancelled = False
        self._wants_curves = False
        """Whether the curves are shown although there are results."""
        self._is_undecided = False
        """Whether there is a new model about which the user has still to decide."""
        super().__init__(root, theme)
        self._poll()

    @property
    def is_running(self) -> bool:
        """Whether the training is not over yet."""
        return not self._is_over

    @property
    def status(self) -> str:
        """The line above the progress bar."""
        return str(self._status.cget("text"))

    @property
    def log(self) -> str:
        """All lines of the log."""
        return self._log.text

    def escape(self) -> None:
        """Ask whether to cancel the training; close the window if it is over."""
        self.ask_cancel()

    def ask_cancel(self) -> None:
        """Cancel the training once the user has confirmed it; close the window if it is over."""
        if not self.is_running:
            self.close()
            return
        question = _("End the training? Its result will not be kept.")
        ways = {"end": _("End Training")}
        stay = _("Continue Training")
        if choose(self.top, self.theme, question, ways, stay, destroys=True):
            self.cancel()

    def cancel(self) -> None:
        """End the training."""
        if self.is_running and not self._is_cancelled:
            self._is_cancelled = True
            self.state.status = lambda: _("Ending…")
            self._show_state()
            self._build_buttons()
            self._process.cancel()

    def try_again(self) -> None:
        """Close the window and start the same training anew."""
        self.close()
        self._again()

    def show_problem(self, problem: str) -> None:
        """Add a sentence to the log of a training that is over."""
        if self.exists:
            self.state.lines.append(lambda: problem)
            self._show_state()

    def decide(self, decision: Decision) -> None:
        """Do what the user has decided about the new model.

        The window stays, with its curves, for a model that is kept.
        """
        self._decide(decision)
        if decision == "discard":
            self.close()
            return
        self.state.status = lambda: decision_text(decision == "use")
        self.show_curves(True)

    def show_curves(self, wanted: bool) -> None:
        """Show the curves and the log of a training that is over, or its results."""
        self._wants_curves = wanted
        self._show_state()
        self._build_buttons()

    def decide_by_default(self) -> None:
        """If the user has not decided, keep a better model without using it, discard another."""
        if self.state.comparison is not None:
            self._decide("keep" if self.state.comparison["passes"] else "discard")

    def close(self) -> None:
        """Close the window; a new model that was not decided about is treated by default."""
        self.decide_by_default()
        super().close()

    def _decide(self, decision: Decision) -> None:
        if self._is_undecided:
            self._is_undecided = False
            self._decided(decision)

    # Building

    def build(self) -> None:
        """Build the progress, and the curves and the log or the comparison, as they are now."""
        px = self.theme.px
        self.top.title(_("Training"))
        self._status = ttk.Label(self.frame, font=FONT_STRONG)
        self._status.pack(fill="x")
        self._bar = ttk.Progressbar(self.frame, maximum=1.0)
        self._bar.pack(fill="x", pady=(px(8), px(12)))
        self._page = ttk.Frame(self.frame)
        self._page.pack(fill="both", expand=True)
        self._page.columnconfigure(0, weight=1)
        self._page.rowconfigure(0, weight=1)
        self.curves = CurvesView(self._page, self.theme)
        self.curves.grid(row=0, column=0, sticky="nsew")
        self._log = EventLog(self._page, self.theme)
        self._log.grid(row=1, column=0, sticky="nsew", pady=(px(12), 0))
        self.comparison = None
        self._show_state()
        self._buttons = ttk.Frame(self.frame)
        self._buttons.pack(anchor="e", pady=(px(12), 0))
        self._build_buttons()

    def _build_buttons(self) -> None:
        """Build the buttons for what is possible now: cancel, close, or decide."""
        for button in self._buttons.winfo_children():
            button.destroy()
        if self.is_running:
            cancel = self._button(_("Cancel"), self.ask_cancel)
            cancel.state(["disabled" if self._is_cancelled else "!disabled"])
            return
        if self.state.comparison is not None:
            wanted = not self._wants_curves
            text = _("Training Curves") if wanted else _("Results")
            self._button(text, lambda: self.show_curves(wanted))
        if not self._is_undecided:
            if self.state.lacks_data:
                self._button(_("Choose a File…"), lambda: self._choose_data(self))
                self._button(_("Try Again"), self.try_again)
            self._button(_("Close"), self.close).focus_set()
            self.top.bind("<Return>", lambda _event: self.close())
        else:
            self._button(_("Discard"), lambda: self.decide("discard"))
            self._button(_("Keep Without Using"), lambda: self.decide("keep"))
            if self.state.comparison is not None and self.state.comparison["passes"]:
                use = self._button(_("Use New Model"), lambda: self.decide("use"))
                use.configure(style="Main.TButton")
                use.focus_set()

    def _button(self, text: str, command: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(self._buttons, text=text, command=command)
        button.pack(side="left", padx=(self.theme.px(6), 0))
        return button

    # The process

    def _poll(self) -> None:
        if not self.exists:
            return
        # The status first: all events that came before the end are in the queue by then.
        status = self._process.status
        if (events := self._process.events()) and not self._is_cancelled:
            for event in events:
                self.state.handle(event)
            self._show_state()
        if status is None:
            self.top.after(_POLL_MS, self._poll)
        else:
            self._end(status)

    def _end(self, status: int) -> None:
        """Show how the process has ended."""
        self._is_over = True
        self._ended(status == 0 and not self._is_cancelled)
        if self._is_cancelled:
            self.close()
            return
        self.state.end(status, self._process.last_lines)
        self._is_undecided = self.state.comparison is not None
        self._show_state()
        self._build_buttons()

    # Showing

    def _show_state(self) -> None:
        state = self.state
        style = "Problem.TLabel" if state.has_failed else "TLabel"
        self._status.configure(text=state.status(), style=style)
        self._bar.configure(value=state.progress)
        self._log.show(state.lines)
        self.curves.show(state.points, state.epochs)
        self._show_comparison()

    def _show_comparison(self) -> None:
        """Show the comparison, if there is one and it is wanted, or the curves and the log."""
        event = None if self._wants_curves else self.state.comparison
        if (event is None) == (self.comparison is None):
            return
        if self.comparison is not None:  # the training has failed after it: the log says why
            self.comparison.destroy()
            self.comparison = None
        for child in (self.curves, self._log):
            if event is None:
                child.grid()
            else:
                child.grid_remove()
        if event is not None:
            self.comparison = ComparisonView(self._page, self.theme, event)
            self.comparison.grid(row=0, column=0, sticky="nsew")
            if names := [str(one["name"]) for one in self.comparison.changed]:
                self._draw_samples(names, self._show_drawings)

    def _show_drawings(self, drawings: dict[str, Image]) -> None:
        if self.exists and self.comparison is not None:
            self.comparison.show_drawings(drawings)
