"""Owns getting a model ready for its first answer, and the user's samples with it."""

from pathlib import Path

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import raster
from app.ink.stroke import Stroke
from app.recognition.model import Recogniser
from app.recognition.model_store import Models
from app.recognition.personal_recogniser import PersonalRecogniser
from app.resources import shipped_model
from app.storage.log import LOG
from app.storage.paths import Folders
from app.storage.sample_store import SampleStore


def shipped_recogniser() -> Recogniser:
    """Return the shipped model's recogniser, warmed up; raises ModelError."""
    return warmed(shipped_model())


def warmed(path: Path) -> Recogniser:
    """Return a model's recogniser, warmed up; raises ModelError."""
    recogniser = Recogniser(path)
    first = raster([Stroke.of([(0.0, 0.0), (0.0, 1.0)])])
    assert first is not None
    recogniser.predict(first)  # the runtime sets its memory up at the first call
    return recogniser


def users_recogniser(folders: Folders) -> PersonalRecogniser:
    """Return the user's active model with their samples; raises ModelError, StorageError.

    Where the active model cannot be used, the shipped one answers, and `notice` says so.
    """
    active = Models(folders.models).active()
    notice = ""
    try:
        recogniser = warmed(active.path)
    except ModelError as error:
        if active.is_shipped:
            raise
        LOG.warning("The active model %s cannot be used: %s", active.name, error)
        notice = _("Your model {name} cannot be used; the shipped one answers.").format(
            name=active.name
        )
        recogniser = shipped_recogniser()
    return PersonalRecogniser(recogniser, SampleStore(folders.samples), notice)
