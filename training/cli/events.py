"""Events of a training process, as JSON Lines for a program or as text for a person.

The window of app.ui.retrain reads them by name.
"""

import json
import math
import sys
from collections.abc import Callable
from typing import IO, Any

from app.i18n import _, ngettext

EVENTS = {
    "run_started": "recipe overrides folder parameters epochs batches first_epoch",
    "download": "file done total",
    "batch": "epoch batch batches loss accuracy seconds_left",
    "epoch": "epoch epochs seconds cpu_seconds loss accuracy val_loss val_accuracy",
    "checkpoint_saved": "epoch path val_loss",
    "interpolated": "share",
    "compared": "own validation mnist changed reasons passes",
    "finished": "folder seconds best_val_loss metrics",
    "failed": "error stopped diverged download",
}
"""All events with their fields; "batch" and "epoch" have further losses of some networks, too.

Epochs and batches count from 1, `batches` is their number in an epoch; there are at most five
"batch" a second. `done` and `total` are bytes, `total` may be null; so may `best_val_loss`, where
history.csv was deleted. `share`, 0 to 1, is the place from the shipped weights to the trained ones.
"compared" is a training.export.gate.Comparison.
`error` is a sentence; `stopped`: by Ctrl+C; `diverged`: the loss was not finite;
`download`: a data set could not be downloaded.
"""

Events = Callable[..., None]
"""Called with the name of an event and its fields as keywords."""


def silent(_event: str, **_fields: Any) -> None:
    """Ignore the event."""


class JsonLines:
    """Writes each event as one line of JSON: {"event": name, …}; what is not finite is null."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, event: str, **fields: Any) -> None:
        """Write an event of EVENTS and flush."""
        finite = {
            name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in fields.items()
        }
        self._stream.write(json.dumps({"event": event, **finite}, allow_nan=False) + "\n")
        self._stream.flush()


class Terminal:
    """Writes a line for each epoch, and a progress bar if standard error is a terminal."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._bar: Any = None
        self._downloading = ""
        self._show: dict[str, Events] = {
            "run_started": self._run_started,
            "download": self._download,
            "batch": self._batch,
            "epoch": self._epoch,
            "interpolated": self._interpolated,
            "finished": self._finished,
            "failed": self._failed,
        }

    def __call__(self, event: str, **fields: Any) -> None:
        """Show the event."""
        if event in self._show:
            self._show[event](**fields)

    def _run_started(
        self, *, epochs: int, batches: int, first_epoch: int, recipe: str, **more: Any
    ) -> None:
        self._line(
            ngettext(
                "{recipe}: {parameters:,} parameters, {epochs} epoch, into {folder}",
                "{recipe}: {parameters:,} parameters, {epochs} epochs, into {folder}",
                epochs,
            ).format(recipe=recipe, epochs=epochs, **more)
        )
        done = (first_epoch - 1) * batches
        self._new_bar(total=epochs * batches, initial=done, unit=_("batch"))

    def _download(self, *, file: str, done: int, total: int | None) -> None:
        if self._downloading != file:
            self._downloading = file
            self._new_bar(desc=file, total=total, unit="B", unit_scale=True)
            self._line(_("Downloading {file}…").format(file=file))
        self._bar.n = done
        self._bar.refresh()

    def _batch(self, *, epoch: int, batch: int, batches: int, loss: float, **_more: Any) -> None:
        self._bar.n = (epoch - 1) * batches + batch
        self._bar.set_postfix_str(_("loss {loss:.4f}").format(loss=loss), refresh=False)
        self._bar.refresh()

    def _epoch(self, *, epoch: int, epochs: int, seconds: float, **metrics: float) -> None:
        titles = {
            "loss": _("loss") + " {:.4f}",
            "accuracy": _("accuracy") + " {:.2%}",
            "val_loss": _("validation loss") + " {:.4f}",
            "val_accuracy": _("validation accuracy") + " {:.2%}",
        }
        shown = [title.format(metrics[key]) for key, title in titles.items() if key in metrics]
        line = _("epoch {epoch} of {epochs}, {seconds:.0f} s: {metrics}")
        self._line(
            line.format(epoch=epoch, epochs=epochs, seconds=seconds, metrics=", ".join(shown))
        )

    def _interpolated(self, *, share: float) -> None:
        line = _(
            "The new weights lie {share:.0%} of the way from the old to the trained ones; going "
            "further would be worse on the validation data."
        )
        self._line(line.format(share=share))

    def _finished(
        self, *, folder: str, seconds: float, metrics: dict[str, float], **_more: Any
    ) -> None:
        self._close_bar()
        for name, value in metrics.items():
            self._line(f"{name.replace('_', ' ')}: {value:.4f}")
        line = _("Finished after {seconds:,.0f} s; everything is in {folder}.")
        self._line(line.format(seconds=seconds, folder=folder))

    def _failed(self, **_fields: Any) -> None:
        self._close_bar()

    def _new_bar(self, **options: Any) -> None:
        from tqdm import tqdm  # an optional dependency, not needed for `train --list`

        self._close_bar()
        hidden = not sys.stderr.isatty()
        self._bar = tqdm(disable=hidden, dynamic_ncols=True, leave=False, **options)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        self._stream.write(text + "\n")
        self._stream.flush()
