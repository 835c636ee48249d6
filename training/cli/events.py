"""Owns what a training process tells of itself, and to whom: a person or another program.

Every event has a name and values that JSON can hold:

- run_started: recipe, overrides, folder, parameters, epochs, batches (in an epoch), first_epoch
- download: file, done and total in bytes (total may be null)
- batch: epoch, batch, batches, loss, accuracy, seconds_left (several a second, not every one)
- epoch: epoch, epochs, seconds, loss, accuracy, val_loss, val_accuracy, …
- checkpoint_saved: epoch, path, val_loss
- interpolated: share, 0 to 1, of the way from the shipped weights to the trained ones
- compared: own, validation, mnist (each before and after), changed, reasons, passes: see gate.py
- finished: folder, seconds, best_val_loss, metrics
- failed: error (a plain sentence), stopped (true if the user stopped it), diverged (true if the
  loss became no number)
"""

import json
import math
import sys
from collections.abc import Callable
from typing import IO, Any

from app.i18n import _, ngettext

Events = Callable[..., None]
"""Called with the event's name and its values as keywords."""


def silent(_event: str, **_values: Any) -> None:
    """Tell nobody."""


class JsonLines:
    """Writes every event as one line of JSON: {"event": name, …}."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, event: str, **values: Any) -> None:
        """Write the event at once: whoever reads it may be waiting."""
        numbers = {key: _as_json(value) for key, value in values.items()}
        self._stream.write(json.dumps({"event": event, **numbers}, allow_nan=False) + "\n")
        self._stream.flush()


def _as_json(value: Any) -> Any:
    """Return a value with null for what JSON has no number for."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Terminal:
    """Shows a bar with the time left on a terminal, and a line for every epoch everywhere."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._bar: Any = None
        self._file = ""

    def __call__(self, event: str, **values: Any) -> None:
        """Show the event."""
        show = getattr(self, f"_{event}", None)
        if show is not None:
            show(**values)

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
        self._close()
        self._bar = _bar(
            total=epochs * batches,
            initial=(first_epoch - 1) * batches,
            unit=_("batch"),
        )

    def _download(self, *, file: str, done: int, total: int | None) -> None:
        if self._file != file:
            self._close()
            self._file = file
            self._bar = _bar(
                desc=file,
                total=total,
                unit="B",
                unit_scale=True,
            )
            self._line(_("Downloading {file}…").format(file=file))
        self._bar.n = done
        self._bar.refresh()

    def _batch(self, *, epoch: int, batch: int, batches: int, loss: float, **_more: Any) -> None:
        self._bar.n = (epoch - 1) * batches + batch
        self._bar.set_postfix_str(_("loss {loss:.4f}").format(loss=loss), refresh=False)
        self._bar.refresh()

    def _epoch(self, *, epoch: int, epochs: int, seconds: float, **metrics: float) -> None:
        shown = ", ".join(
            f"{title} {metrics[key]:{form}}"
            for key, title, form in (
                ("loss", _("loss"), ".4f"),
                ("accuracy", _("right"), ".2%"),
                ("val_loss", _("validation loss"), ".4f"),
                ("val_accuracy", _("validation right"), ".2%"),
            )
            if key in metrics
        )
        self._line(
            _("epoch {epoch} of {epochs}, {seconds:.0f} s: {metrics}").format(
                epoch=epoch, epochs=epochs, seconds=seconds, metrics=shown
            )
        )

    def _interpolated(self, *, share: float) -> None:
        said = _("{share:.0%} of what it learnt is taken over; more would forget, or help less.")
        self._line(said.format(share=share))

    def _finished(
        self, *, folder: str, seconds: float, metrics: dict[str, float], **_more: Any
    ) -> None:
        self._close()
        for name, value in metrics.items():
            self._line(f"{name.replace('_', ' ')}: {value:.4f}")
        self._line(
            _("Finished after {seconds:,.0f} s; everything is in {folder}.").format(
                seconds=seconds, folder=folder
            )
        )

    def _failed(self, **_values: Any) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        self._stream.write(text + "\n")
        self._stream.flush()


def _bar(**options: Any) -> Any:
    """Return a progress bar on standard error; where that is no terminal, one that is not seen."""
    from tqdm import tqdm  # an extra's: `train --list` does without

    return tqdm(disable=not sys.stderr.isatty(), dynamic_ncols=True, leave=False, **options)
