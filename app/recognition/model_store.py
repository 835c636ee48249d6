"""The models that the program can use: the shipped one, the user's own, and which is active.

Each of the user's models is a folder with digits.tflite, its card digits.json and, where it was
trained here, digits.keras and history.csv. The file `active` has the name of the active model;
without it, or if that model cannot be used, the shipped model is active.
"""

import contextlib
import itertools
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from app.errors import ModelError, storage_errors
from app.i18n import _
from app.recognition.model import Recogniser
from app.recognition.model_card import ModelCard, read_card
from app.recognition.model_import import CARD, HISTORY, KERAS, MODEL, copy_model, total_size
from app.resources import shipped_model
from app.storage.atomic_write import move, replacing, temporary_path, write_atomically
from app.storage.log import LOG
from app.storage.paths import make_private
from app.storage.progress_copy import Progress, ProgressCopy, no_progress
from app.storage.temporary import temporary_folder

SHIPPED = "shipped"
ACTIVE = "active"
"""The file with the active model's name."""
_NAME = re.compile(r"[^\W_][\w .()-]{0,60}")
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
"""Devices of Windows, where no file or folder can have these names."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model: its name, the path of its .tflite file, and its card."""

    name: str
    path: Path
    card: ModelCard

    @property
    def is_shipped(self) -> bool:
        """Whether it is the model that came with the program."""
        return self.name == SHIPPED

    @property
    def keras(self) -> Path | None:
        """The path of the Keras checkpoint to continue training from, if there is one."""
        path = self.path.with_name(KERAS)
        return path if path.is_file() else None

    @property
    def history(self) -> Path | None:
        """The path of its training's history, for `read_training_history`, if there is one."""
        path = self.path.with_name(HISTORY)
        return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class DamagedModel:
    """A model that cannot be used, and the reason: a sentence for the user."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class ActiveModel:
    """The model that answers, loaded."""

    model: InstalledModel
    recogniser: Recogniser
    notice: str = ""
    """Why it is not the one that the user chose; "" if it is."""


class ModelStore:
    """The shipped model and the user's own in a folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[InstalledModel | DamagedModel]:
        """Return the shipped model, then the user's own by name; each is loaded to check it.

        Raises StorageError.
        """
        own = sorted(name for name in self._names(folders=True) if _NAME.fullmatch(name))
        return [self._checked(name) for name in (SHIPPED, *own)]

    def shipped(self) -> InstalledModel:
        """Return the model that came with the program; raises ModelError."""
        path = shipped_model()
        return InstalledModel(SHIPPED, path, read_card(path.with_suffix(".json")))

    def named(self, name: str) -> InstalledModel:
        """Return the model of that name; raises ModelError."""
        if name == SHIPPED:
            return self.shipped()
        path = self._folder_of(name) / MODEL
        return InstalledModel(name, path, read_card(path.with_suffix(".json")))

    def active(self) -> InstalledModel:
        """Return the active model; raises ModelError if not even the shipped one can be used."""
        return self.load_active().model

    def load_active(self) -> ActiveModel:
        """Load the active model, or the shipped one where that cannot be used.

        Raises ModelError if neither can be used.
        """
        name, notice = self._active_name(), ""
        if name != SHIPPED:
            try:
                model = self.named(name)
                return ActiveModel(model, Recogniser(model.path))
            except ModelError as error:
                LOG.warning("The active model %s cannot be used: %s", name, error)
                notice = _("Your model {name} cannot be used; the shipped model is used instead.")
        model = self.shipped()
        return ActiveModel(model, Recogniser(model.path), notice.format(name=name))

    def activate(self, name: str) -> InstalledModel:
        """Load a model, then make it the active one; raises ModelError, StorageError."""
        model = self.named(name)
        Recogniser(model.path)
        self._make_folder()
        write_atomically(self.folder / ACTIVE, name.encode("utf-8"))
        return model

    def install(self, source: Path, name: str, progress: Progress = no_progress) -> InstalledModel:
        """Copy a model (.tflite with its card beside it, or an archive of both) under a free name.

        It must load before it is installed. Raises ModelError, StorageError; if
        `progress` raises, nothing is installed.
        """
        name = self.free_name(name)
        message = _("The model could not be stored in {folder}: {problem}.")
        with (
            storage_errors(message, folder=self.folder),
            self.temporary_folder() as folder,
        ):
            new = folder / name
            new.mkdir(mode=0o700)
            copy_model(source, new, progress)
            Recogniser(new / MODEL)
            move(new, self.folder / name)
        return self.named(name)

    @contextlib.contextmanager
    def temporary_folder(self) -> Iterator[Path]:
        """Yield a new folder beside the models, removed at the end; raises StorageError."""
        self._make_folder()
        with temporary_folder(self.folder) as folder:
            yield folder

    def rename(self, name: str, new_name: str) -> InstalledModel:
        """Rename one of the user's models; raises ModelError, StorageError."""
        folder = self._folder_of(name)
        if new_name != name:
            new_name = self.free_name(new_name)
        with _change_errors():
            was_active = self._read_active() == name
            move(folder, self.folder / new_name)
        return self.activate(new_name) if was_active else self.named(new_name)

    def delete(self, name: str) -> None:
        """Delete one of the user's models, damaged or not; if it was active, the shipped one is.

        Raises ModelError, StorageError.
        """
        folder = self._folder_of(name)
        with _change_errors():
            if self._read_active() == name:
                (self.folder / ACTIVE).unlink()
            removed = temporary_path(folder)  # whole or gone, whenever the program is killed
            move(folder, removed)
            shutil.rmtree(removed)

    def export(self, name: str, path: Path, progress: Progress = no_progress) -> None:
        """Write a model and its card, with what is kept of its training, as a zip archive.

        Raises ModelError, StorageError; if `progress` raises, nothing is written.
        """
        model = self.named(name)
        files = {MODEL: model.path, CARD: model.path.with_suffix(".json")}
        if model.keras is not None:
            files[KERAS] = model.keras
        if model.history is not None:
            files[HISTORY] = model.history
        with replacing(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
            copier = ProgressCopy(progress, total_size(files))
            for archived, source in files.items():
                copier.add_to_archive(archive, source, archived)

    def free_name(self, name: str) -> str:
        """Return the name, with a number added if it is taken.

        Raises ModelError if it is no name for a model, StorageError.
        """
        name = name.strip()
        if not _NAME.fullmatch(name) or name.endswith((" ", ".")):
            raise ModelError(
                _("A model's name may have up to 60 letters, digits, spaces, points and dashes.")
            )
        if _RESERVED.fullmatch(name):
            raise ModelError(
                _("Windows keeps the name {name} for itself; choose another one.").format(name=name)
            )
        taken = {SHIPPED, ACTIVE, *self._names()}
        numbered = (f"{name} {number}" for number in itertools.count(2))
        taken = {one.lower() for one in taken}
        return next(one for one in itertools.chain([name], numbered) if one.lower() not in taken)

    def _names(self, folders: bool = False) -> list[str]:
        """Return the names of everything in the folder, or of its folders; raises StorageError."""
        message = _("Your models in {folder} cannot be read: {problem}.")
        with storage_errors(message, folder=self.folder):
            if not self.folder.is_dir():
                return []
            return [path.name for path in self.folder.iterdir() if not folders or path.is_dir()]

    def _active_name(self) -> str:
        """Return the active model's name; the shipped one's where it cannot be read."""
        try:
            return self._read_active()
        except OSError as error:
            LOG.warning("The active model's name cannot be read: %s", error)
            return SHIPPED

    def _read_active(self) -> str:
        """Return the active model's name; raises OSError."""
        try:
            return (self.folder / ACTIVE).read_text("utf-8").strip() or SHIPPED
        except (FileNotFoundError, UnicodeDecodeError):
            return SHIPPED

    def _checked(self, name: str) -> InstalledModel | DamagedModel:
        try:
            model = self.named(name)
            Recogniser(model.path)
        except ModelError as error:
            LOG.warning("The model %s cannot be used: %s", name, error)
            return DamagedModel(name, str(error))
        return model

    def _folder_of(self, name: str) -> Path:
        """Return the folder of one of the user's models; raises ModelError if there is none."""
        if name == SHIPPED:
            raise ModelError(_("The shipped model cannot be changed."))
        # A name that none of them can have could be a path.
        if not _NAME.fullmatch(name) or name not in self._names():
            raise ModelError(_("There is no model called {name}.").format(name=name))
        return self.folder / name

    def _make_folder(self) -> None:
        message = _("The folder for models, {folder}, cannot be created ({problem}).")
        with storage_errors(message, folder=self.folder):
            make_private(self.folder)


def _change_errors() -> AbstractContextManager[None]:
    return storage_errors(_("This could not be done: {problem}."))
