"""Owns what happens after every batch and epoch: checkpoints, history, events, the guard."""

import math
import time
from pathlib import Path
from typing import Any

import keras

from app.i18n import _
from app.storage.atomic_write import replacing
from training.cli.events import Events
from training.errors import DivergedError
from training.fitting.history import read_history, write_history

_SECONDS_BETWEEN_BATCH_EVENTS = 0.2
Logs = dict[str, Any] | None


class AveragedWeights(keras.callbacks.Callback):  # type: ignore[misc]
    """Validates the moving average of the weights, where the optimizer keeps one.

    Keras' own SwapEMAWeights swaps by adding and subtracting, which rounds: a resumed run would
    not end as the uninterrupted one does.
    """

    def on_test_begin(self, logs: Logs = None) -> None:  # noqa: ARG002
        """Swap the average in."""
        _swap_average(self.model)

    def on_test_end(self, logs: Logs = None) -> None:  # noqa: ARG002
        """Swap the weights that are trained back."""
        _swap_average(self.model)


class BestCheckpoint(keras.callbacks.ModelCheckpoint):  # type: ignore[misc]
    """Keras' ModelCheckpoint, best by validation loss, that never leaves half a file.

    Keras writes with a plain open: it is given a temporary name, which then takes the real one's
    place. Keras also forgets its best when the process ends (keras #17012): `best` brings it back.
    """

    def __init__(self, path: Path, best: float | None, events: Events) -> None:
        self._path = path
        self._events = events
        super().__init__(
            str(path),
            monitor="val_loss",
            mode="min",
            save_best_only=True,
            initial_value_threshold=best,
        )

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Let ModelCheckpoint decide; move what it wrote into place."""
        loss = float((logs or {})["val_loss"])
        if not math.isfinite(loss):
            raise DivergedError(_no_number(epoch + 1, self._path))
        _swap_average(self.model)
        with replacing(self._path) as temporary:
            self.filepath = str(temporary).replace("{", "{{").replace("}", "}}")  # it is formatted
            super().on_epoch_end(epoch, logs)
            saved = temporary.exists()
        _swap_average(self.model)
        if saved:
            self._events(
                "checkpoint_saved",
                epoch=epoch + 1,
                path=str(self._path),
                val_loss=loss,
            )


class LastCheckpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the weights and the optimizer's state after every epoch, for a resumed run.

    It comes after the best checkpoint and the history: an epoch counts when all of it is written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Save the model in place of the last one."""
        with replacing(self._path) as temporary:
            self.model.save(temporary)


class History(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes a line of history.csv after every epoch and tells of it.

    A resumed run goes on from `first` (counted from 0): lines of epochs that it does again go.
    """

    def __init__(self, path: Path, first: int, events: Events) -> None:
        super().__init__()
        self._path = path
        self._rows = [row for row in read_history(path) if row["epoch"] <= first]
        self._events = events
        self._started = (0.0, 0.0)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Remember when the epoch began."""
        self._started = time.monotonic(), time.process_time()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Write the epoch's line."""
        started, cpu_started = self._started
        row = {
            "epoch": epoch + 1,
            "seconds": round(time.monotonic() - started, 2),
            "cpu_seconds": round(time.process_time() - cpu_started, 2),
            **plain(logs),
        }
        self._rows.append(row)
        write_history(self._path, self._rows)
        self._events("epoch", epochs=self.params["epochs"], **row)


class Batches(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells how far the epoch is, and ends a run whose loss is no number any more."""

    def __init__(self, best: Path, events: Events) -> None:
        super().__init__()
        self._best = best
        self._events = events
        self._epoch = 0
        self._done = 0
        self._began = self._told = time.monotonic()

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Remember which epoch it is."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Raise DivergedError for a loss that is not finite; tell of the batch now and then."""
        values = plain(logs)
        if not math.isfinite(values["loss"]):
            raise DivergedError(_no_number(self._epoch + 1, self._best))
        self._done += 1
        now = time.monotonic()
        if now - self._told < _SECONDS_BETWEEN_BATCH_EVENTS:
            return
        self._told = now
        batches = self.params["steps"]
        left = (self.params["epochs"] - self._epoch) * batches - batch - 1
        self._events(
            "batch",
            epoch=self._epoch + 1,
            batch=batch + 1,
            batches=batches,
            seconds_left=round(left * (now - self._began) / self._done, 1),
            **values,
        )


def _swap_average(model: keras.Model) -> None:
    """Exchange the weights with their moving average; without one, do nothing."""
    if not model.optimizer.use_ema:
        return
    averages = model.optimizer._model_variables_moving_average  # as SwapEMAWeights reaches it
    for variable, average in zip(model.trainable_variables, averages, strict=True):
        trained = keras.ops.copy(variable)
        variable.assign(average)
        average.assign(trained)


def _no_number(epoch: int, best: Path) -> str:
    what = _("The loss is no number any more in epoch {epoch}.").format(epoch=epoch)
    kept = _(" The best checkpoint until then is kept, {path}.").format(path=best)
    return what + (kept if best.exists() else "") + _(" Try a smaller --learning-rate.")


def plain(logs: Logs) -> dict[str, float]:
    """Return Keras' logs as floats; the logits' accuracy is the network's."""
    return {
        key.replace("logits_accuracy", "accuracy"): float(value)
        for key, value in (logs or {}).items()
    }
