"""The window of a training: progress, time left, live curves, log, and the new model's results."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Literal

from app.i18n import _, ngettext
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.prompts import choose
from app.ui.retrain.comparison_view import ComparisonView
from app.ui.retrain.event_log import (
    Event,
    EventLog,
    Sentence,
    crash_text,
    epoch_text,
    interpolation_text,
    outcome_text,
    progress_text,
)
from app.ui.retrain.learning_curves import Curve, LearningCurves
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
    ) -> None:
        """`ended(finished)` is called once, when the training is over; `decided` once, where it
        has finished with a new model. `draw_samples(names, show)` calls `show` with pictures of
        the user's samples, by name.
        """
        self._process = process
        self._ended = ended
        self._decided = decided
        self._draw_samples = draw_samples
        self._handlers: dict[str, Callable[[Event], None]] = {
            "run_started": self._run_started,
            "download": self._download,
            "batch": self._batch,
            "epoch": self._epoch,
            "interpolated": self._interpolated,
            "compared": self._compared,
            "finished": self._finished,
            "failed": self._failed,
        }
        self._epochs = 1
        self._points: dict[str, list[tuple[float, float]]] = {
            name: [] for name in ("accuracy", "val_accuracy", "loss", "val_loss")
        }
        self._is_over = False
        self._is_cancelled = False
        self._is_undecided = False
        """Whether there is a new model about which the user has still to decide."""
        self._error = ""
        self._comparison: Event | None = None
        self.comparison: ComparisonView | None = None
        self._status_text: Sentence = lambda: _("Starting…")
        self._status_style = "TLabel"
        self._progress = 0.0
        self._lines: list[Sentence] = []
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
        question = _("End this training? Nothing of it will be kept.")
        ways = {"end": _("End Training")}
        if choose(self.top, self.theme, question, ways, _("Continue Training")):
            self.cancel()

    def cancel(self) -> None:
        """End the training."""
        if self.is_running and not self._is_cancelled:
            self._is_cancelled = True
            self._set_status(lambda: _("Ending…"))
            self._build_buttons()
            self._process.cancel()

    def decide(self, decision: Decision) -> None:
        """Do what the user has decided about the new model, and close."""
        self._decide(decision)
        self.close()

    def decide_by_default(self) -> None:
        """If the user has not decided, keep a better model without using it, discard another."""
        if self.comparison is not None:
            self._decide("keep" if self.comparison.passes else "discard")

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
        self._status = ttk.Label(self.frame, font=FONT_STRONG, style=self._status_style)
        self._status.configure(text=self._status_text())
        self._status.pack(fill="x")
        self._bar = ttk.Progressbar(self.frame, maximum=1.0, value=self._progress)
        self._bar.pack(fill="x", pady=(px(8), px(12)))
        self._page = ttk.Frame(self.frame)
        self._page.pack(fill="both", expand=True)
        self._page.columnconfigure((0, 1), weight=1, uniform="curves")
        self._page.rowconfigure(0, weight=1)
        self.accuracy = LearningCurves(self._page, self.theme, _("Accuracy"), as_percent=True)
        self.loss = LearningCurves(self._page, self.theme, _("Loss"), as_percent=False)
        self.accuracy.grid(row=0, column=0, sticky="nsew", padx=(0, px(12)))
        self.loss.grid(row=0, column=1, sticky="nsew")
        self._draw_curves()
        self._log = EventLog(self._page, self.theme)
        self._log.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(px(12), 0))
        for line in self._lines:
            self._log.add(line())
        if self._comparison is not None:
            self._show_comparison(self._comparison)
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
        elif not self._is_undecided:
            self._button(_("Close"), self.close)
        else:
            self._button(_("Discard"), lambda: self.decide("discard"))
            self._button(_("Keep Without Using"), lambda: self.decide("keep"))
            if self.comparison is not None and self.comparison.passes:
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
        for event in self._process.events():
            handler = self._handlers.get(event["event"])
            if handler is not None and not self._is_cancelled:
                handler(event)
        if status is None:
            self.top.after(_POLL_MS, self._poll)
        else:
            self._end(status)

    def _end(self, status: int) -> None:
        """Show how the process has ended."""
        self._is_over = True
        finished = status == 0 and not self._is_cancelled
        self._ended(finished)
        if self._is_cancelled:
            super().close()
            return
        if finished and self.comparison is not None:
            self._is_undecided = True
            passes = self.comparison.passes
            self._set_status(lambda: outcome_text(passes))
        elif finished:
            self._set_status(lambda: _("Finished."))
        else:
            self._set_status(lambda: _("The training has failed."), "Problem.TLabel")
            error, last_lines = self._error, self._process.last_lines
            self._add_line(lambda: error or crash_text(status, last_lines))
            self._hide_comparison()
        self._build_buttons()

    # The process's events

    def _run_started(self, event: Event) -> None:
        self._epochs = int(event["epochs"])
        self._set_status(lambda: _("Training has begun."))
        self._add_line(
            lambda: ngettext(
                "{recipe}: {parameters:,} parameters, {epochs} epoch.",
                "{recipe}: {parameters:,} parameters, {epochs} epochs.",
                self._epochs,
            ).format(recipe=event["recipe"], parameters=event["parameters"], epochs=self._epochs)
        )

    def _download(self, event: Event) -> None:
        self._set_status(lambda: _("Downloading {file}…").format(file=event["file"]))
        self._set_progress(event["done"] / event["total"] if event["total"] else 0.0)

    def _batch(self, event: Event) -> None:
        epoch = event["epoch"] - 1 + event["batch"] / event["batches"]
        self._set_progress(epoch / self._epochs)
        self._set_status(lambda: progress_text(event, self._epochs))
        self._add_points(epoch, event, ("accuracy", "loss"))

    def _epoch(self, event: Event) -> None:
        self._add_points(float(event["epoch"]), event, tuple(self._points))
        self._add_line(lambda: epoch_text(event))
        if event["epoch"] == self._epochs:
            self._set_status(lambda: _("Exporting and comparing…"))

    def _interpolated(self, event: Event) -> None:
        self._add_line(lambda: interpolation_text(event))

    def _compared(self, event: Event) -> None:
        self._comparison = event
        self._show_comparison(event)

    def _finished(self, _event: Event) -> None:
        self._set_progress(1.0)

    def _failed(self, event: Event) -> None:
        self._error = str(event["error"])

    # Showing

    def _set_status(self, text: Sentence, style: str = "TLabel") -> None:
        self._status_text, self._status_style = text, style
        self._status.configure(text=text(), style=style)

    def _set_progress(self, share: float) -> None:
        self._progress = share
        self._bar.configure(value=share)

    def _add_line(self, line: Sentence) -> None:
        self._lines.append(line)
        self._log.add(line())

    def _add_points(self, epoch: float, event: Event, names: tuple[str, ...]) -> None:
        for name in names:
            if event.get(name) is not None:
                self._points[name].append((epoch, float(event[name])))
        self._draw_curves()

    def _draw_curves(self) -> None:
        for view, name in ((self.accuracy, "accuracy"), (self.loss, "loss")):
            curves = [
                Curve(_("training"), self._points[name], emphasized=False),
                Curve(_("validation"), self._points[f"val_{name}"], emphasized=True),
            ]
            view.show(curves, self._epochs)

    def _show_comparison(self, event: Event) -> None:
        """Show the comparison in place of the curves and the log."""
        for child in (self.accuracy, self.loss, self._log):
            child.grid_remove()
        self.comparison = ComparisonView(self._page, self.theme, event)
        self.comparison.grid(row=0, column=0, columnspan=2, sticky="nsew")
        if names := [str(one["name"]) for one in self.comparison.changed]:
            self._draw_samples(names, self._show_drawings)

    def _hide_comparison(self) -> None:
        """Show the curves and the log again: the log says why the training has failed."""
        if self.comparison is not None:
            self.comparison.destroy()
            self.comparison = self._comparison = None
            for child in (self.accuracy, self.loss, self._log):
                child.grid()

    def _show_drawings(self, drawings: dict[str, Image]) -> None:
        if self.exists and self.comparison is not None:
            self.comparison.show_drawings(drawings)
