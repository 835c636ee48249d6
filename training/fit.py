"""Owns one run: a function of (recipe, data, folder) that ends with the best checkpoint.

The folder holds best.keras (ModelCheckpoint, lowest validation loss), last.keras and state.json
(where a resumed run goes on), and history.csv.
"""

import csv
import json
import time
from pathlib import Path
from typing import Any

import keras

from training.corpus import Corpus
from training.networks import BUILDERS
from training.pipeline import steps_per_epoch, training_batches, validation_batches
from training.recipes import Recipe

BEST = "best.keras"
_LAST = "last.keras"
_STATE = "state.json"
_FRESH: dict[str, Any] = {"epoch": 0, "best": None}


def fit(recipe: Recipe, corpus: Corpus, folder: Path, resume: bool = False) -> Path:
    """Train the recipe in `folder` and return the path of its best checkpoint."""
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    steps = steps_per_epoch(recipe, corpus)
    state = _state(folder) if resume else _FRESH
    if state["epoch"]:
        model = keras.models.load_model(folder / _LAST, safe_mode=True)
    else:
        model = BUILDERS[recipe.network](recipe.dropout)
        _compile(model, recipe, steps)
    batches = training_batches(recipe, corpus, first_step=state["epoch"] * steps)
    model.fit(
        batches,
        steps_per_epoch=steps,
        epochs=recipe.epochs,
        initial_epoch=state["epoch"],
        validation_data=validation_batches(corpus.validation, recipe.negative_weight),
        callbacks=[
            LastCheckpoint(folder / _LAST),  # the weights that training goes on from
            keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
            BestCheckpoint(folder / BEST, state["best"]),  # the averaged weights
            Progress(folder, state["best"]),
        ],
        verbose=0,
        shuffle=False,  # the batches come shuffled
    )
    return folder / BEST


def _compile(model: keras.Model, recipe: Recipe, steps: int) -> None:
    warm_up = int(min(recipe.warm_up_epochs, recipe.epochs / 2) * steps)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0,
        recipe.epochs * steps - warm_up,
        warmup_target=recipe.learning_rate,
        warmup_steps=warm_up,
    )
    optimizer = keras.optimizers.AdamW(
        rate, weight_decay=recipe.weight_decay, use_ema=True, ema_momentum=recipe.ema
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(
        optimizer,
        loss={
            "logits": keras.losses.CategoricalCrossentropy(from_logits=True),
            "digit": keras.losses.BinaryCrossentropy(from_logits=True),
            "embedding": None,
        },
        loss_weights={"logits": 1.0, "digit": 0.3, "embedding": 0.0},
        weighted_metrics=[],
    )


class BestCheckpoint(keras.callbacks.ModelCheckpoint):  # type: ignore[misc]
    """Keras' ModelCheckpoint, best by validation loss, that never leaves half a file.

    Keras writes with a plain open: it is given a temporary name, which then takes the real one's
    place. Keras also forgets its best when the process ends (keras #17012): `best` brings it back.
    """

    def __init__(self, path: Path, best: float | None) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.tmp.keras")
        super().__init__(
            str(self._temporary),
            monitor="val_loss",
            mode="min",
            save_best_only=True,
            initial_value_threshold=best,
        )

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Let ModelCheckpoint decide; move what it wrote into place."""
        super().on_epoch_end(epoch, logs)
        if self._temporary.exists():
            self._temporary.replace(self._path)


class LastCheckpoint(keras.callbacks.Callback):  # type: ignore[misc]
    """Keeps the weights and the optimiser's state after every epoch, for a resumed run."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Save the model in place of the last one."""
        temporary = self._path.with_name(f".{self._path.name}.tmp.keras")
        self.model.save(temporary)
        temporary.replace(self._path)


class Progress(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes history.csv and, after every epoch, where a resumed run goes on."""

    def __init__(self, folder: Path, best: float | None) -> None:
        super().__init__()
        self._folder = folder
        self._best = best
        self._started = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Remember when the epoch began."""
        self._started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Write the epoch's line, then the state."""
        values = {key: float(value) for key, value in (logs or {}).items()}
        loss = values["val_loss"]
        self._best = loss if self._best is None else min(loss, self._best)
        row = {"epoch": epoch + 1, "seconds": round(time.monotonic() - self._started, 1), **values}
        history = self._folder / "history.csv"
        new = epoch == 0 or not history.exists()
        with history.open("w" if new else "a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)
        state = self._folder / f".{_STATE}.tmp"
        state.write_text(json.dumps({"epoch": epoch + 1, "best": self._best}), encoding="utf-8")
        state.replace(self._folder / _STATE)
        print(json.dumps(row), flush=True)  # noqa: T201


def _state(folder: Path) -> dict[str, Any]:
    path = folder / _STATE
    if not path.exists():
        return _FRESH
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return state
