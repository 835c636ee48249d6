"""Owns a run's folder: what its files are called, whose it is, whether it is finished.

It holds recipe.json, summary.txt, history.csv, best.keras, last.keras; when the run is finished
also curves.png, digits.tflite and its card digits.json. Nothing here imports Keras.
"""

import json
from pathlib import Path
from typing import Any

from app.errors import ModelError, StorageError
from app.recognition.recogniser import Recogniser
from app.storage.atomic import write_atomically
from app.translation import _
from training.recipe import Recipe, RecipeError, as_values, differences
from training.recipes import RECIPES

RECIPE = "recipe.json"
SUMMARY = "summary.txt"
BEST = "best.keras"
LAST = "last.keras"
CURVES = "curves.png"
MODEL = "digits.tflite"
CARD = "digits.json"


def claim(folder: Path, recipe: Recipe, resume: bool) -> None:
    """Make the folder this recipe's, or make sure that it is; raises RecipeError, StorageError."""
    kept = _kept_recipe(folder)
    if kept is None:
        write_atomically(folder / RECIPE, json.dumps(_content(recipe), indent=2).encode("utf-8"))
    elif not resume:
        raise RecipeError(
            _("{folder} holds a run; go on with it by --resume, or choose another --out.").format(
                folder=folder
            )
        )
    elif kept != _content(recipe):
        raise RecipeError(
            _("{folder} holds a run of another recipe; choose another --out.").format(folder=folder)
        )


def overrides_of(recipe: Recipe) -> dict[str, Any]:
    """Return what was changed of the recipe that has this name."""
    return differences(recipe, RECIPES.get(recipe.name, recipe))


def is_finished(folder: Path) -> bool:
    """Return whether the folder's card belongs to its model and has its metrics."""
    try:
        return "metrics" in Recogniser(folder / MODEL).card.all
    except ModelError:
        return False


def is_finished_run_of(folder: Path, recipe: Recipe) -> bool:
    """Return whether the folder holds a finished run of exactly this recipe."""
    return folder.is_dir() and _kept_recipe(folder) == _content(recipe) and is_finished(folder)


def _content(recipe: Recipe) -> Any:
    """Return recipe.json's content."""
    return {"recipe": as_values(recipe), "overrides": overrides_of(recipe)}


def _kept_recipe(folder: Path) -> Any:
    """Return recipe.json's content in a folder, which is made; None if there is no such file."""
    path = folder / RECIPE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return json.loads(path.read_bytes()) if path.exists() else None
    except OSError as error:
        raise StorageError(
            _("The folder {folder} cannot be used ({problem}); choose another --out.").format(
                folder=folder, problem=error.strerror or error
            )
        ) from error
    except ValueError:  # whatever it is, it is no recipe of ours
        return {}
