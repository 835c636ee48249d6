"""Owns one run: a function of (recipe, data, folder) that ends with the best checkpoint.

The folder holds recipe.json, best.keras (ModelCheckpoint: averaged weights, lowest validation
loss), last.keras (what a resumed run goes on from) and history.csv.
"""

import csv
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras

from app.storage.atomic import write_atomically
from app.translation import _
from training.corpus import Corpus
from training.networks import BUILDERS
from training.pipeline import steps_per_epoch, training_batches, validation_batches
from training.recipes import Recipe, RecipeError

BEST = "best.keras"
_LAST = "last.keras"
_RECIPE = "recipe.json"
_HISTORY = "history.csv"


def fit(recipe: Recipe, corpus: Corpus, folder: Path, resume: bool = False) -> Path:
    """Train the recipe in `folder` and return the path of its best checkpoint.

    With `resume` a run that was interrupted goes on from its last whole epoch; without it the
    folder must not hold a run. Raises RecipeError if it does, or if it holds another recipe's.
    """
    _claim(folder, recipe, resume)
    keras.utils.set_random_seed(recipe.seed)
    steps = steps_per_epoch(recipe, corpus)
    validation = validation_batches(corpus.validation, recipe.negative_weight)
    model, best = _model(recipe, steps, folder, validation)
    epoch = int(model.optimizer.iterations) // steps
    model.fit(
        training_batches(recipe, corpus, first_step=epoch * steps),
        steps_per_epoch=steps,
        epochs=recipe.epochs,
        initial_epoch=epoch,
        validation_data=validation,
        callbacks=[
            LastCheckpoint(folder / _LAST),  # the weights that training goes on from
            keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
            BestCheckpoint(folder / BEST, best),  # the averaged weights
            History(folder / _HISTORY),
        ],
        verbose=0,
        shuffle=False,  # the batches come shuffled
    )
    return folder / BEST


def _claim(folder: Path, recipe: Recipe, resume: bool) -> None:
    """Make the folder this recipe's, or make sure that it is."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(asdict(recipe), indent=2).encode("utf-8")
    path = folder / _RECIPE
    if not path.exists():
        write_atomically(path, content)
    elif not resume:
        raise RecipeError(
            _("{folder} holds a run; go on with it by --resume, or choose another --out.").format(
                folder=folder
            )
        )
    elif path.read_bytes() != content:
        raise RecipeError(
            _("{folder} holds a run of another recipe; choose another --out.").format(folder=folder)
        )


def _model(
    recipe: Recipe, steps: int, folder: Path, validation: Any
) -> tuple[keras.Model, float | None]:
    """Return the model to go on with, and the validation loss that a better one has to beat.

    That loss is measured, not remembered: whenever the run was cut off, it is best.keras's own.
    """
    if not (folder / _LAST).exists():
        model = BUILDERS[recipe.network](recipe.dropout)
        _compile(model, recipe, steps)
        return model, None
    best = None
    if (folder / BEST).exists():
        kept = keras.models.load_model(folder / BEST, safe_mode=True)
        best = float(kept.evaluate(validation, verbose=0, return_dict=True)["loss"])
    return keras.models.load_model(folder / _LAST, safe_mode=True), best


@keras.saving.register_keras_serializable("inkling")
class DecayedWeights(keras.optimizers.AdamW):  # type: ignore[misc]
    """AdamW (Loshchilov & Hutter 2019) that decays weights only, also after it has been loaded.

    Keras forgets what is excluded when it saves an optimiser.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])


def _compile(model: keras.Model, recipe: Recipe, steps: int) -> None:
    warm_up = int(min(recipe.warm_up_epochs, recipe.epochs / 2) * steps)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0,
        recipe.epochs * steps - warm_up,
        warmup_target=recipe.learning_rate,
        warmup_steps=warm_up,
    )
    optimizer = DecayedWeights(
        rate, weight_decay=recipe.weight_decay, use_ema=True, ema_momentum=recipe.ema
    )
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


class History(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes a line of history.csv after every epoch, and prints it as JSON."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._started = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Remember when the epoch began."""
        self._started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Write the epoch's line."""
        values = {key: float(value) for key, value in (logs or {}).items()}
        row = {"epoch": epoch + 1, "seconds": round(time.monotonic() - self._started, 1), **values}
        new = not self._path.exists()
        with self._path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(json.dumps(row), flush=True)  # noqa: T201
