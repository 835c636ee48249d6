"""Copies a model from elsewhere into a folder: a .tflite with its card, or an archive of both."""

import zipfile
from pathlib import Path

from app.errors import ModelError
from app.i18n import _
from app.storage.archive_errors import ARCHIVE_ERRORS
from app.storage.progress_copy import Progress, ProgressCopy

MODEL = "digits.tflite"
CARD = "digits.json"
KERAS = "digits.keras"
HISTORY = "history.csv"
"""The curves of its training, as training.fitting writes them."""
MAX_BYTES = 200 * 1024 * 1024
"""The most that the files of an imported archive may have together."""
ARCHIVE_SUFFIX = ".zip"


def copy_model(source: Path, folder: Path, progress: Progress) -> None:
    """Copy a model's files into a folder; raises ModelError, OSError, what `progress` raises."""
    if source.suffix.lower() == ARCHIVE_SUFFIX:
        _extract(source, folder, progress)
        return
    if source.suffix != ".tflite":
        raise ModelError(_("Choose a .tflite file with its card beside it, or an exported model."))
    card = source.with_suffix(".json")
    if not source.is_file() or not card.is_file():
        raise ModelError(
            _("{name} and its card {card} must both be there.").format(
                name=source.name, card=card.name
            )
        )
    files = {MODEL: source, CARD: card}
    for name in (source.with_suffix(".keras").name, "interpolated.keras", "best.keras"):
        if (keras := source.with_name(name)).is_file():
            files.setdefault(KERAS, keras)
    if (history := source.with_name(HISTORY)).is_file():
        files[HISTORY] = history
    copier = ProgressCopy(progress, total_size(files))
    for name, path in files.items():
        copier.copy(path, folder / name)


def _extract(source: Path, folder: Path, progress: Progress) -> None:
    not_a_model = _("{name} is not an exported model.").format(name=source.name)
    try:
        with zipfile.ZipFile(source) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if not {MODEL, CARD} <= set(sizes) or sum(sizes.values()) > MAX_BYTES:
                raise ModelError(not_a_model)
            copier = ProgressCopy(progress, sum(sizes.values()))
            for name in (MODEL, CARD, KERAS, HISTORY):
                if name in sizes:
                    copier.extract(archive, name, folder / name)
    except ARCHIVE_ERRORS as error:
        raise ModelError(not_a_model) from error


def total_size(files: dict[str, Path]) -> int:
    """Return the size of all files together, in bytes."""
    return sum(path.stat().st_size for path in files.values())
