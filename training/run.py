"""Owns a whole run: fit, export, card; and shipping what it made.

The folder then holds best.keras, history.csv, digits.tflite and its card digits.json.
"""

from pathlib import Path
from typing import Any

from app.errors import ModelError, StorageError
from app.recognition.recogniser import Recogniser
from app.storage.atomic import write_atomically
from app.translation import _
from training.card import write_card
from training.corpus import Corpus
from training.export import export_litert, without_optimizer
from training.fit import BEST, fit
from training.recipes import Recipe

MODEL = "digits.tflite"
CARD = "digits.json"
KERAS = "digits.keras"


def run(recipe: Recipe, corpus: Corpus, folder: Path, resume: bool = False) -> dict[str, Any]:
    """Train `recipe` in `folder`, export its best checkpoint and return the model's card."""
    checkpoint = fit(recipe, corpus, folder, resume)
    (folder / CARD).unlink(missing_ok=True)  # of an export before this one
    export_litert(checkpoint, folder / MODEL)
    return write_card(recipe, corpus, checkpoint, folder / MODEL)


def ship(folder: Path, models: Path) -> None:
    """Put a finished run's model, card and checkpoint into `models`; raises StorageError."""
    if not _is_finished(folder):
        raise StorageError(
            _("{folder} holds no finished run; finish it with --resume.").format(folder=folder)
        )
    models.mkdir(parents=True, exist_ok=True)
    without_optimizer(folder / BEST, models / KERAS)
    for name in (MODEL, CARD):
        write_atomically(models / name, (folder / name).read_bytes())


def _is_finished(folder: Path) -> bool:
    """Whether the folder's card belongs to its model and has its metrics."""
    try:
        return "metrics" in Recogniser(folder / MODEL).card.all
    except ModelError:
        return False
