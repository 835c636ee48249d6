"""Owns the window of a training under way: progress, time left, live curves, log, Cancel."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _, ngettext
from app.ui.retrain.comparison_view import ComparisonView
from app.ui.retrain.event_log import (
    Say,
    TrainingLog,
    crash_said,
    epoch_said,
    interpolated_said,
    offer_said,
    progress_said,
)
from app.ui.retrain.learning_curves import Curve, CurvesView
from app.ui.theme.theme import FONT_STRONG

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.training_process import TrainingProcess
    from app.ui.theme.theme import Theme

    Event = dict[str, Any]

_POLL_MS = 100


class TrainingWindow:
    """Shows what a TrainingProcess tells, and at the end how the new model compares."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        trainer: TrainingProcess,
        ended: Callable[[bool], None],
        answer: Callable[[str], None],
        drawings: Callable[[list[str], Callable[[dict[str, Image]], None]], None],
    ) -> None:
        """`ended(finished)` is called once when the training is over.

        `drawings(names, show)` has `show` called with pictures of the user's samples.

        `answer` is called with what the user decides of a new model: "use", "keep" or "discard".
        """
        self._theme = theme
        self._trainer = trainer
        self._ended = ended
        self._answer = answer
        self._drawings = drawings
        self._epochs = 1
        self._told_end = False
        self._offers = False
        self._cancelled = False
        self._problem = ""
        self._curves: dict[str, list[tuple[float, float]]] = {
            name: [] for name in ("accuracy", "val_accuracy", "loss", "val_loss")
        }
        self.comparison: ComparisonView | None = None
        self._compared_as: Event = {}
        self._saying: Say = lambda: _("Starting…")
        self.top = tk.Toplevel(root)
        self._build()
        self.apply_theme()
        self.top.protocol("WM_DELETE_WINDOW", self.ask_cancel)
        self.top.bind("<Escape>", lambda _event: self.ask_cancel())
        self._poll()

    @property
    def is_running(self) -> bool:
        """Whether the training is not over yet."""
        return not self._told_end

    @property
    def status(self) -> str:
        """The line above the progress bar."""
        return str(self._status.cget("text"))

    @property
    def log(self) -> str:
        """What has been told so far."""
        return self._log.text

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.top.configure(background=self._theme.palette.ground)
        for view in (self.accuracy, self.loss, self._log):
            view.apply_theme()

    def retranslate(self) -> None:
        """Build all anew, in the language that is spoken now; the training goes on meanwhile."""
        lines, how_far, style = self._log.lines, self._bar["value"], self._status.cget("style")
        for child in self.top.winfo_children():
            child.destroy()
        self._build()
        self._bar.configure(value=how_far)
        self._status.configure(style=style)
        for say in lines:
            self._log.add(say)
        self.apply_theme()
        self._draw()
        if self.comparison is not None:
            self._compared(self._compared_as)

    def ask_cancel(self) -> None:
        """Let the user confirm that the training is to end; close the window if it has ended."""
        if not self.is_running:
            self._close()
            return
        from app.ui.dialogs.prompts import choose

        said = _("End this training? Nothing of it will be kept.")
        if choose(self.top, self._theme, said, {"end": _("End Training")}, _("Keep Training")):
            self.cancel()

    def cancel(self) -> None:
        """End the training."""
        if self.is_running and not self._cancelled:
            self._cancelled = True
            self._say(lambda: _("Ending…"))
            self._show_buttons()
            self._trainer.cancel()

    def decide(self, answer: str) -> None:
        """Take the user's decision on the new model, and close."""
        self._answer(answer)
        self.top.destroy()

    def _build(self) -> None:
        px = self._theme.px
        self.top.title(_("Training"))
        frame = ttk.Frame(self.top, padding=px(16))
        frame.pack(fill="both", expand=True)
        self._status = ttk.Label(frame, text=self._saying(), font=FONT_STRONG)
        self._status.pack(fill="x")
        self._bar = ttk.Progressbar(frame, maximum=1.0)
        self._bar.pack(fill="x", pady=(px(8), px(12)))
        self._page = ttk.Frame(frame)
        self._page.pack(fill="both", expand=True)
        self._page.columnconfigure((0, 1), weight=1, uniform="curves")
        self._page.rowconfigure(0, weight=1)
        self.accuracy = CurvesView(self._page, self._theme, _("Right answers"), shares=True)
        self.loss = CurvesView(self._page, self._theme, _("Loss"), shares=False)
        self.accuracy.grid(row=0, column=0, sticky="nsew", padx=(0, px(12)))
        self.loss.grid(row=0, column=1, sticky="nsew")
        self._log = TrainingLog(self._page, self._theme)
        self._log.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(px(12), 0))
        self._buttons = ttk.Frame(frame)
        self._buttons.pack(anchor="e", pady=(px(12), 0))
        self._show_buttons()

    def _say(self, say: Say) -> None:
        """Say how the training stands."""
        self._saying = say
        self._status.configure(text=say())

    def _poll(self) -> None:
        if not self.top.winfo_exists():
            return
        # The status first: what was told before the end is in the queue by then.
        status = self._trainer.status
        for event in self._trainer.events():
            handle = getattr(self, f"_{event['event']}", None)
            if handle is not None and not self._cancelled:
                handle(event)
        if status is None:
            self.top.after(_POLL_MS, self._poll)
        else:
            self._over(status)

    def _over(self, status: int) -> None:
        self._told_end = True
        finished = status == 0 and not self._cancelled
        self._ended(finished)
        self._offers = finished and self.comparison is not None
        if self._cancelled:
            self.top.destroy()
            return
        self._show_buttons()
        if self._offers and self.comparison is not None:
            passes = self.comparison.passes
            self._say(lambda: offer_said(passes))
        elif finished:
            self._say(lambda: _("Finished."))
        else:
            self._say(lambda: _("The training has failed."))
            self._status.configure(style="Problem.TLabel")
            problem, last = self._problem, self._trainer.last_lines
            self._log.add(lambda: problem or crash_said(status, last))

    def _show_buttons(self) -> None:
        """Offer what can be done now: cancel, close, or decide on the new model."""
        for button in self._buttons.winfo_children():
            button.destroy()
        if self.is_running:
            cancel = self._button(_("Cancel"), self.ask_cancel)
            cancel.state(["disabled" if self._cancelled else "!disabled"])
        elif not self._offers:
            self._button(_("Close"), self._close)
        else:
            self._button(_("Discard"), lambda: self.decide("discard"))
            self._button(_("Keep Without Using"), lambda: self.decide("keep"))
            if self.comparison is not None and self.comparison.passes:
                use = self._button(_("Use New Model"), lambda: self.decide("use"))
                use.configure(style="Main.TButton")
                use.focus_set()

    def _button(self, text: str, command: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(self._buttons, text=text, command=command)
        button.pack(side="left", padx=(self._theme.px(6), 0))
        return button

    def leave_undecided(self) -> None:
        """Take it that a better model is kept, not used, and another discarded; nothing is lost."""
        if not self.is_running and self.comparison is not None:
            self._answer("keep" if self.comparison.passes else "discard")

    def _close(self) -> None:
        self.leave_undecided()
        self.top.destroy()

    # What the training tells

    def _run_started(self, event: Event) -> None:
        self._epochs = int(event["epochs"])
        self._say(lambda: _("Training has begun."))
        self._log.add(
            lambda: ngettext(
                "{recipe}: {parameters:,} parameters, {epochs} epoch.",
                "{recipe}: {parameters:,} parameters, {epochs} epochs.",
                self._epochs,
            ).format(recipe=event["recipe"], parameters=event["parameters"], epochs=self._epochs)
        )

    def _download(self, event: Event) -> None:
        self._say(lambda: _("Downloading {file}…").format(file=event["file"]))
        self._bar.configure(value=event["done"] / event["total"] if event["total"] else 0.0)

    def _batch(self, event: Event) -> None:
        epoch = event["epoch"] - 1 + event["batch"] / event["batches"]
        self._bar.configure(value=epoch / self._epochs)
        self._say(lambda: progress_said(event, self._epochs))
        self._point(epoch, event, ("accuracy", "loss"))

    def _epoch(self, event: Event) -> None:
        self._point(float(event["epoch"]), event, tuple(self._curves))
        self._log.add(lambda: epoch_said(event))
        if event["epoch"] == self._epochs:
            self._say(lambda: _("Exporting and comparing…"))

    def _interpolated(self, event: Event) -> None:
        self._log.add(lambda: interpolated_said(event))

    def _compared(self, event: Event) -> None:
        for child in (self.accuracy, self.loss, self._log):
            child.grid_remove()
        self._compared_as = event
        self._show_comparison()

    def _show_comparison(self) -> None:
        self.comparison = ComparisonView(self._page, self._theme, self._compared_as)
        self.comparison.grid(row=0, column=0, columnspan=2, sticky="nsew")
        names = [str(one["name"]) for one in self.comparison.changed]
        if names:
            self._drawings(names, self._show_drawings)

    def _show_drawings(self, drawings: dict[str, Image]) -> None:
        if self.top.winfo_exists() and self.comparison is not None:
            self.comparison.show_drawings(drawings)

    def _finished(self, _event: Event) -> None:
        self._bar.configure(value=1.0)

    def _failed(self, event: Event) -> None:
        self._problem = str(event["error"])

    def _point(self, epoch: float, event: Event, names: tuple[str, ...]) -> None:
        for name in names:
            if event.get(name) is not None:
                self._curves[name].append((epoch, float(event[name])))
        self._draw()

    def _draw(self) -> None:
        for view, name in ((self.accuracy, "accuracy"), (self.loss, "loss")):
            curves = [
                Curve(_("training"), self._curves[name], strong=False),
                Curve(_("validation"), self._curves[f"val_{name}"], strong=True),
            ]
            view.show(curves, self._epochs)
