"""The folder of a run: names of its files, its history, its lock, whether it is finished.

recipe.json, summary.txt, history.csv, best.keras and last.keras; when the run is finished also
curves.png, digits.tflite and its card digits.json, or characters.*; interpolated.keras if it
started from the shipped model. Nothing here imports Keras.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.errors import ModelError, StorageError, brief
from app.i18n import _
from app.recognition.alphabet import ALPHABETS, CHARACTERS, DIGITS
from app.recognition.model import Recogniser
from app.recognition.model_card import read_card
from app.storage.atomic_write import write_atomically
from app.storage.temporary import remove_leftovers
from training.errors import os_errors_as
from training.recipes.catalogue import RECIPES
from training.recipes.recipe import Recipe, RecipeError, as_values

RECIPE = "recipe.json"
SUMMARY = "summary.txt"
HISTORY = "history.csv"
BEST = "best.keras"
INTERPOLATED = "interpolated.keras"
"""Used instead of BEST in a run that started from the shipped model: see fitting.interpolation."""
LAST = "last.keras"
CURVES = "curves.png"
MODEL = f"{DIGITS.name}.tflite"
"""Of a recipe whose labels are the digits; see model_of."""
_LOCK = ".lock"
_COLUMNS = {"epoch", "seconds", "val_loss"}
"""Of every history.csv; there are more."""


@contextmanager
def claimed(folder: Path, recipe: Recipe, resume: bool) -> Iterator[None]:
    """Lock the folder for a run of this recipe, against training by another process.

    Raises RecipeError if it holds another run, StorageError if it cannot be used.
    """
    lock = FileLock(folder / _LOCK, timeout=0)
    with _folder_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            wrong = _("Another process trains in {folder}; wait for it, or choose another --out.")
            raise RecipeError(wrong.format(folder=folder)) from None
    try:
        remove_leftovers([folder])
        _claim(folder, recipe, resume)
        yield
    finally:
        lock.release()


def _claim(folder: Path, recipe: Recipe, resume: bool) -> None:
    saved = _read_recipe(folder)
    if saved is None or not (folder / LAST).exists():  # no epoch would be lost
        write_json(folder / RECIPE, _content(recipe))
    elif not resume:
        wrong = _("{folder} holds a run; continue it with --resume, or choose another --out.")
        raise RecipeError(wrong.format(folder=folder))
    elif saved != _content(recipe):
        wrong = _("{folder} holds a run of another recipe; choose another --out.")
        raise RecipeError(wrong.format(folder=folder))


def saved_overrides(folder: Path, recipe: Recipe) -> dict[str, Any]:
    """Return the overrides of the run in the folder; empty if there is none of this recipe."""
    saved = _read_recipe(folder) if folder.is_dir() else None
    if not saved or saved.get("recipe", {}).get("name") != recipe.name:
        return {}
    changes = saved.get("overrides")
    return changes if isinstance(changes, dict) else {}


def overrides_of(recipe: Recipe) -> dict[str, Any]:
    """Return the fields that differ from the catalogue's recipe of the same name."""
    base = RECIPES.get(recipe.name, recipe)
    values = {field.name: getattr(recipe, field.name) for field in fields(Recipe)}
    return {name: value for name, value in values.items() if value != getattr(base, name)}


def checkpoint_of(folder: Path) -> Path:
    """Return the path of the checkpoint that a finished run's model was exported from."""
    interpolated = folder / INTERPOLATED
    return interpolated if interpolated.exists() else folder / BEST


def model_of(recipe: Recipe, folder: Path) -> Path:
    """Return the path of the model that a run of the recipe makes; its card is beside it."""
    return folder / f"{recipe.alphabet}.tflite"


def model_in(folder: Path) -> Path:
    """Return the path of the model that the run in the folder makes, or has made."""
    recipe = (_read_recipe(folder) or {}).get("recipe", {})
    alphabet = recipe.get("alphabet") if isinstance(recipe, dict) else None
    return folder / (f"{CHARACTERS.name}.tflite" if alphabet == CHARACTERS.name else MODEL)


def is_finished(folder: Path) -> bool:
    """Return whether the folder has a model with its card."""
    path = model_in(folder)
    try:
        card = read_card(path.with_suffix(".json"), ALPHABETS[path.stem])
        return bool(Recogniser(path, card).card.metrics)
    except ModelError:
        return False


def is_finished_run_of(folder: Path, recipe: Recipe) -> bool:
    """Return whether the folder holds a finished run of exactly this recipe."""
    return folder.is_dir() and _read_recipe(folder) == _content(recipe) and is_finished(folder)


def read_history(path: Path) -> list[dict[str, float]]:
    """Return the rows of a history.csv, one for each epoch; none if there is no file.

    Raises StorageError.
    """
    if not path.exists():
        return []
    damaged = _("{path} is damaged ({problem}); delete it: only the curves until now are lost.")
    with os_errors_as(StorageError, _("{path} cannot be read: {problem}."), path=path):
        content = path.read_bytes()
    try:
        table = csv.DictReader(StringIO(content.decode("ascii"), newline=""), strict=True)
        rows = [{key: float(value) for key, value in row.items()} for row in table]
        if not rows or any(not row.keys() >= _COLUMNS for row in rows):
            raise ValueError(_("columns are missing"))
        return [{**row, "epoch": int(row["epoch"])} for row in rows]
    except (ValueError, OverflowError, TypeError, KeyError, csv.Error) as error:
        raise StorageError(damaged.format(path=path, problem=brief(error))) from error


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write indented JSON; raises StorageError."""
    write_atomically(path, (json.dumps(values, indent=2) + "\n").encode("utf-8"))


def write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write the rows with the columns of the last one; raises StorageError."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[-1]), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, text.getvalue().encode("ascii"))


def _content(recipe: Recipe) -> dict[str, Any]:
    """Return the content of recipe.json, in JSON types: a tuple comes back as a list."""
    overrides = json.loads(json.dumps(overrides_of(recipe)))
    return {"recipe": as_values(recipe), "overrides": overrides}


def _read_recipe(folder: Path) -> dict[str, Any] | None:
    """Return the content of a folder's recipe.json, {} if it is damaged; None if there is none."""
    path = folder / RECIPE
    with _folder_errors(folder):
        if not path.exists():
            return None
        text = path.read_bytes()
    try:
        content = json.loads(text)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _folder_errors(folder: Path) -> AbstractContextManager[None]:
    wrong = _("The folder {folder} cannot be used ({problem}); choose another --out.")
    return os_errors_as(StorageError, wrong, folder=folder)
