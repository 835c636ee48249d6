"""Owns a run's folder: what its files are called, whose it is, whether it is finished.

It holds recipe.json, summary.txt, history.csv, best.keras, last.keras; when the run is finished
also curves.png, digits.tflite and its card digits.json; interpolated.keras where it went on from
the shipped model. Nothing here imports Keras.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.errors import ModelError, StorageError
from app.i18n import _
from app.recognition.model import Recogniser
from app.storage.atomic_write import write_atomically
from training.recipes.catalogue import RECIPES
from training.recipes.recipe import Recipe, RecipeError, as_values, differences

RECIPE = "recipe.json"
SUMMARY = "summary.txt"
BEST = "best.keras"
INTERPOLATED = "interpolated.keras"
"""In its place, where the run went on from the shipped model: see fitting.interpolation."""
LAST = "last.keras"
CURVES = "curves.png"
_LOCK = ".lock"
MODEL = "digits.tflite"
CARD = "digits.json"


@contextmanager
def claimed(folder: Path, recipe: Recipe, resume: bool) -> Iterator[None]:
    """Hold the folder for a run of this recipe; no other process may train in it meanwhile.

    Raises RecipeError if it holds another run, StorageError if it cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise RecipeError(
            _("Another process trains in {folder}; wait for it, or choose another --out.").format(
                folder=folder
            )
        ) from None
    except OSError as error:
        raise StorageError(_unusable(folder, error)) from error
    try:
        _claim(folder, recipe, resume)
        yield
    finally:
        lock.release()


def _claim(folder: Path, recipe: Recipe, resume: bool) -> None:
    kept = _kept(folder)
    begun = (folder / LAST).exists()
    if kept is None or not begun:  # nothing would be lost
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


def kept_overrides(folder: Path, recipe: Recipe) -> dict[str, Any]:
    """Return what was overridden when the run in the folder was begun; nothing if there is none."""
    kept = _kept(folder) if folder.is_dir() else None
    if not kept or kept.get("recipe", {}).get("name") != recipe.name:
        return {}
    changes = kept.get("overrides")
    return changes if isinstance(changes, dict) else {}


def overrides_of(recipe: Recipe) -> dict[str, Any]:
    """Return what was changed of the recipe that has this name."""
    return differences(recipe, RECIPES.get(recipe.name, recipe))


def checkpoint_of(folder: Path) -> Path:
    """Return the path of the checkpoint that a finished run's model was made of."""
    interpolated = folder / INTERPOLATED
    return interpolated if interpolated.exists() else folder / BEST


def is_finished(folder: Path) -> bool:
    """Return whether the folder's card belongs to its model and has its metrics."""
    try:
        return bool(Recogniser(folder / MODEL).card.metrics)
    except ModelError:
        return False


def is_finished_run_of(folder: Path, recipe: Recipe) -> bool:
    """Return whether the folder holds a finished run of exactly this recipe."""
    return folder.is_dir() and _kept(folder) == _content(recipe) and is_finished(folder)


def _content(recipe: Recipe) -> Any:
    """Return recipe.json's content."""
    return {"recipe": as_values(recipe), "overrides": overrides_of(recipe)}


def _kept(folder: Path) -> Any:
    """Return recipe.json's content in a folder; None if there is no such file."""
    path = folder / RECIPE
    try:
        value = json.loads(path.read_bytes()) if path.exists() else None
    except OSError as error:
        raise StorageError(_unusable(folder, error)) from error
    except ValueError:
        value = {}
    return value if value is None or isinstance(value, dict) else {}


def _unusable(folder: Path, error: OSError) -> str:
    return _("The folder {folder} cannot be used ({problem}); choose another --out.").format(
        folder=folder, problem=error.strerror or error
    )
