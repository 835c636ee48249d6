"""Keras callbacks of a training: checkpoints, history.csv, events, the stop at a NaN loss."""

import math
import time
from pathlib import Path
from typing import Any

import keras

from app.i18n import _
from app.storage.atomic_write import replacing
from training.cli.events import Events
from training.errors import DivergedError
from training.fitting.run_folder import read_history, write_csv

_SECONDS_BETWEEN_BATCH_EVENTS = 0.2
Logs = dict[str, Any] | None


class AveragedWeights(keras.callbacks.Callback):  # type: ignore[misc]
    """Validates with the moving average of the weights, if the optimizer keeps one.

    Keras' own SwapEMAWeights swaps by adding and subtracting, which rounds: a resumed run would
    not end as an uninterrupted one does.
    """

    def on_test_begin(self, logs: Logs = None) -> None:  # noqa: ARG002
        _swap_average(self.model)

    def on_test_end(self, logs: Logs = None) -> None:  # noqa: ARG002
        _swap_average(self.model)


class BestCheckpoint(keras.callbacks.ModelCheckpoint):  # type: ignore[misc]
    """Keras' ModelCheckpoint, best by validation loss, that never leaves half a file.

    Keras writes with a plain open: it gets a temporary name, and that file then replaces the real
    one. Keras forgets the best loss when the process ends (keras #17012): `best` restores it.
    Raises DivergedError if the validation loss is not finite.
    """

    def __init__(self, path: Path, best: float | None, events: Events) -> None:
        self._path, self._events = path, events
        super().__init__(
            str(path),
            monitor="val_loss",
            mode="min",
            save_best_only=True,
            initial_value_threshold=best,
        )

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        loss = float((logs or {})["val_loss"])
        if not math.isfinite(loss):
            raise diverged(epoch + 1, self._path)
        _swap_average(self.model)
        with replacing(self._path) as temporary:
            self.filepath = str(temporary).replace("{", "{{").replace("}", "}}")  # it is formatted
            super().on_epoch_end(epoch, logs)
            saved = temporary.exists()
        _swap_average(self.model)
        if saved:
            self._events("checkpoint_saved", epoch=epoch + 1, path=str(self._path), val_loss=loss)


class LastCheckpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """Saves model and optimizer state after each epoch, to resume from.

    The last callback: an epoch counts once its best checkpoint and its history are written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        with replacing(self._path) as temporary:
            self.model.save(temporary)


class Progress(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes history.csv after each epoch and emits the events "batch" and "epoch".

    `first` is the epoch, counted from 0, that a resumed run begins with: the rows from there on are
    dropped. Raises DivergedError, naming the checkpoint `best`, if a batch's loss is not finite.
    """

    def __init__(self, history: Path, best: Path, first: int, events: Events) -> None:
        super().__init__()
        self._path, self._best, self._events = history, best, events
        self._rows = [row for row in read_history(history) if row["epoch"] <= first]
        self._epoch = self._batches_done = 0
        self._fit_began = self._last_event = time.monotonic()
        self._epoch_began = (0.0, 0.0)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        self._epoch = epoch
        self._epoch_began = time.monotonic(), time.process_time()

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        metrics = _metrics(logs)
        if not math.isfinite(metrics["loss"]):
            raise diverged(self._epoch + 1, self._best)
        self._batches_done += 1
        now = time.monotonic()
        if now - self._last_event < _SECONDS_BETWEEN_BATCH_EVENTS:
            return
        self._last_event = now
        batches = self.params["steps"]
        left = (self.params["epochs"] - self._epoch) * batches - batch - 1
        self._events(
            "batch",
            epoch=self._epoch + 1,
            batch=batch + 1,
            batches=batches,
            seconds_left=round(left * (now - self._fit_began) / self._batches_done, 1),
            **metrics,
        )

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        began, cpu_began = self._epoch_began
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.monotonic() - began, 2),
            "cpu_seconds": round(time.process_time() - cpu_began, 2),
            **_metrics(logs),
        }
        self._rows.append(row)
        write_csv(self._path, self._rows)
        self._events("epoch", epochs=self.params["epochs"], **row)


def diverged(epoch: int, best: Path) -> DivergedError:
    """Return the error for a loss that is not finite in `epoch`, counted from 1."""
    what = _("The loss is not a number in epoch {epoch}.").format(epoch=epoch)
    kept = _(" The best checkpoint so far is kept: {path}.").format(path=best)
    kept = kept if best.exists() else ""
    return DivergedError(what + kept + _(" Try a lower --learning-rate."))


def _swap_average(model: keras.Model) -> None:
    """Exchange the weights with their moving average, if there is one."""
    if not model.optimizer.use_ema:
        return
    averages = model.optimizer._model_variables_moving_average  # private; SwapEMAWeights uses it
    for variable, average in zip(model.trainable_variables, averages, strict=True):
        trained = keras.ops.copy(variable)
        variable.assign(average)
        average.assign(trained)


def _metrics(logs: Logs) -> dict[str, float]:
    """Return Keras' logs as floats; the accuracy of the logits is the network's accuracy."""
    return {
        name.replace("logits_accuracy", "accuracy"): float(value)
        for name, value in (logs or {}).items()
    }
