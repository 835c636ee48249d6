"""What is known of a training from its events: progress, curves, log and comparison."""

from __future__ import annotations

from collections.abc import Callable

from app.i18n import _, ngettext
from app.ui.retrain.event_text import (
    Event,
    Sentence,
    crash_text,
    epoch_text,
    interpolation_text,
    outcome_text,
    progress_text,
)


class TrainingState:
    """Collects the events of one training process. Sentences are made when they are shown."""

    def __init__(self) -> None:
        self.epochs = 1
        self.progress = 0.0
        """The share of the work that is done, 0 to 1."""
        self.points: dict[str, list[tuple[float, float]]] = {
            name: [] for name in ("accuracy", "val_accuracy", "loss", "val_loss")
        }
        """The (epoch, value) points of each curve."""
        self.status: Sentence = lambda: _("Starting…")
        self.has_failed = False
        self.lines: list[Sentence] = []
        """The log."""
        self.comparison: Event | None = None
        """The event "compared", of a training that has a new model to decide about."""
        self.lacks_data = False
        """Whether it has failed because a data set could not be downloaded."""
        self._error = ""
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

    def handle(self, event: Event) -> None:
        """Take an event into account; one of an unknown name, of a later version, is ignored."""
        handler = self._handlers.get(event["event"])
        if handler is not None:
            handler(event)

    def end(self, status: int, last_lines: str) -> None:
        """Take the process's exit status and last lines into account."""
        if status:
            error = self._error
            self.has_failed = True
            self.comparison = None
            self.status = lambda: _("The training has failed.")
            self.lines.append(lambda: error or crash_text(status, last_lines))
        elif self.comparison is not None:
            passes = bool(self.comparison["passes"])
            self.status = lambda: outcome_text(passes)
        else:
            self.status = lambda: _("Finished.")

    def _run_started(self, event: Event) -> None:
        self.epochs = int(event["epochs"])
        self.status = lambda: _("Training has begun.")
        self.lines.append(
            lambda: ngettext(
                "{recipe}: {parameters:,} parameters, {epochs} epoch.",
                "{recipe}: {parameters:,} parameters, {epochs} epochs.",
                self.epochs,
            ).format(recipe=event["recipe"], parameters=event["parameters"], epochs=self.epochs)
        )

    def _download(self, event: Event) -> None:
        self.status = lambda: _("Downloading {file}…").format(file=event["file"])
        self.progress = event["done"] / event["total"] if event["total"] else 0.0

    def _batch(self, event: Event) -> None:
        epoch = event["epoch"] - 1 + event["batch"] / event["batches"]
        self.progress = epoch / self.epochs
        self.status = lambda: progress_text(event, self.epochs)
        self._add_points(epoch, event, ("accuracy", "loss"))

    def _epoch(self, event: Event) -> None:
        self._add_points(float(event["epoch"]), event, tuple(self.points))
        self.lines.append(lambda: epoch_text(event))
        if event["epoch"] == self.epochs:
            self.status = lambda: _("Exporting and comparing…")

    def _interpolated(self, event: Event) -> None:
        self.lines.append(lambda: interpolation_text(event))

    def _compared(self, event: Event) -> None:
        self.comparison = event

    def _finished(self, _event: Event) -> None:
        self.progress = 1.0

    def _failed(self, event: Event) -> None:
        self._error = str(event["error"])
        self.lacks_data = bool(event.get("download"))

    def _add_points(self, epoch: float, event: Event, names: tuple[str, ...]) -> None:
        for name in names:
            if event.get(name) is not None:
                self.points[name].append((epoch, float(event[name])))
