"""A model in use, with its samples, as the files of a profile: to load the same elsewhere."""

import json
from pathlib import Path

from app.recognition.model import Recogniser
from app.recognition.model_import import CARD, MODEL
from app.recognition.model_store import ACTIVE
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.paths import Folders

_NAME = "copy"


def profile_files(personal: PersonalRecogniser) -> dict[str, bytes]:
    """Return the files of a profile in which this model is active, by their paths in it.

    The samples are among them if they are used. Raises StorageError.
    """
    folders = Folders(Path(), Path(), Path())  # as `user_folders` has them, in a profile
    model = folders.models / _NAME
    found = {folders.models / ACTIVE: _NAME.encode()}
    found |= {model / name: data for name, data in model_files(personal.recogniser).items()}
    if personal.uses_samples:
        names = personal.samples.names()
        found |= {folders.samples / name: personal.samples.read(name) for name in names}
    return {path.as_posix(): data for path, data in found.items()}


def model_files(recogniser: Recogniser) -> dict[str, bytes]:
    """Return the files of a model, by their names: it and its card."""
    card = json.dumps(dict(recogniser.card.json)).encode()
    return {MODEL: recogniser.content, CARD: card}
