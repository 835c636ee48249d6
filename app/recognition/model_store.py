"""Owns the models that the program can use: the shipped one, the user's own, and which is active.

Each own model is a folder with digits.tflite, its card digits.json and, where it was trained here,
digits.keras. `active` holds the name of the active one; without it, or if that one is gone or
damaged, the shipped model is active. Own models are never changed by the program itself.
"""

import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.errors import ModelError, StorageError
from app.i18n import _
from app.recognition.model import Recogniser
from app.recognition.model_card import ModelCard, read_card
from app.resources import shipped_model
from app.stdio import silence_native_stderr
from app.storage.atomic_write import replacing, write_atomically
from app.storage.copying import Copying, Step, no_step
from app.storage.log import LOG

SHIPPED = "shipped"
_ACTIVE = "active"
_MODEL = "digits.tflite"
_CARD = "digits.json"
_KERAS = "digits.keras"
_NAME = re.compile(r"[^\W_][\w .()-]{0,60}")
MAX_BYTES = 200 * 1024 * 1024
ARCHIVE_SUFFIX = ".zip"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """One model: its name, where its LiteRT file is, and its card."""

    name: str
    path: Path
    card: ModelCard

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program."""
        return self.name == SHIPPED

    @property
    def keras(self) -> Path | None:
        """The checkpoint beside it that training can go on from, if there is one."""
        path = self.path.with_name(_KERAS)
        return path if path.is_file() else None


class Models:
    """The shipped model and those in a folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[InstalledModel]:
        """Return the shipped model and the user's own by name; damaged ones are left out."""
        found = [self.shipped()]
        for path in sorted(self.folder.glob(f"[!.]*/{_MODEL}")):
            try:
                found.append(self._at(path))
            except ModelError as error:
                LOG.warning("The model %s is left out: %s", path.parent.name, error)
        return found

    def shipped(self) -> InstalledModel:
        """Return the model that came with the program; raises ModelError."""
        path = shipped_model()
        return InstalledModel(SHIPPED, path, read_card(path.with_suffix(".json")))

    def named(self, name: str) -> InstalledModel:
        """Return the model of a name; raises ModelError."""
        if name == SHIPPED:
            return self.shipped()
        path = self._folder_of(name) / _MODEL
        if not path.is_file():
            raise ModelError(_("There is no model called {name}.").format(name=name))
        return self._at(path)

    def active(self) -> InstalledModel:
        """Return the active model; the shipped one where the active one cannot be used."""
        name = self._active_name()
        try:
            return self.named(name)
        except ModelError as error:
            LOG.warning("The active model %s cannot be used: %s", name, error)
            return self.shipped()

    def activate(self, name: str) -> InstalledModel:
        """Make a model the active one, once it has answered; raises ModelError, StorageError."""
        model = self.named(name)
        with silence_native_stderr():
            Recogniser(model.path)
        self._make_folder()
        write_atomically(self.folder / _ACTIVE, name.encode("utf-8"))
        return model

    def install(self, source: Path, name: str, step: Step = no_step) -> InstalledModel:
        """Copy a model (.tflite with its card beside it, or an archive of both) under a free name.

        It is checked by its card before it is taken. Raises ModelError, StorageError; if `step`
        raises, nothing is installed.
        """
        name = self.free_name(name)
        self._make_folder()
        try:
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as folder:
                new = Path(folder) / name
                new.mkdir()
                _copy(source, new, step)
                with silence_native_stderr():
                    Recogniser(new / _MODEL)
                new.rename(self.folder / name)
        except OSError as error:
            raise StorageError(
                _("The model could not be stored in {folder}: {problem}.").format(
                    folder=self.folder, problem=error.strerror or error
                )
            ) from error
        return self.named(name)

    def rename(self, name: str, to: str) -> InstalledModel:
        """Give one of the user's models another name; raises ModelError, StorageError."""
        model, was_active = self._own(name), self._active_name() == name
        to = self.free_name(to) if to != name else to
        try:
            model.path.parent.rename(self.folder / to)
        except OSError as error:
            raise StorageError(_cannot(error)) from error
        return self.activate(to) if was_active else self.named(to)

    def delete(self, name: str) -> None:
        """Delete one of the user's models; if it was active, the shipped one is from then on."""
        model = self._own(name)
        if self._active_name() == name:
            self.activate(SHIPPED)
        try:
            shutil.rmtree(model.path.parent)
        except OSError as error:
            raise StorageError(_cannot(error)) from error

    def export(self, name: str, path: Path, step: Step = no_step) -> None:
        """Write a model and its card, with the checkpoint if it has one, as a zip archive.

        Raises ModelError, StorageError; if `step` raises, nothing is written.
        """
        model = self.named(name)
        files = {_MODEL: model.path, _CARD: model.path.with_suffix(".json")}
        if model.keras is not None:
            files[_KERAS] = model.keras
        with replacing(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
            copying = Copying(step, _size_of(files))
            for inside, source in files.items():
                copying.into(archive, source, inside)

    def free_name(self, name: str) -> str:
        """Return the name, with a number if there is such a model; raises ModelError."""
        name = name.strip()
        if not _NAME.fullmatch(name) or name.endswith((" ", ".")):
            raise ModelError(
                _("A model's name has letters, digits, spaces, points or dashes: up to 60.")
            )
        taken = {SHIPPED, _ACTIVE, *(path.name for path in self.folder.glob("*"))}
        candidates = [name, *(f"{name} {number}" for number in range(2, len(taken) + 3))]
        return next(one for one in candidates if one.lower() not in {t.lower() for t in taken})

    def _active_name(self) -> str:
        try:
            return (self.folder / _ACTIVE).read_text("utf-8").strip() or SHIPPED
        except (OSError, UnicodeDecodeError):
            return SHIPPED

    def _own(self, name: str) -> InstalledModel:
        if name == SHIPPED:
            raise ModelError(_("The shipped model stays as it is."))
        return self.named(name)

    def _folder_of(self, name: str) -> Path:
        if not _NAME.fullmatch(name):  # a path, or nothing that was ever installed
            raise ModelError(_("There is no model called {name}.").format(name=name))
        return self.folder / name

    def _at(self, path: Path) -> InstalledModel:
        return InstalledModel(path.parent.name, path, read_card(path.with_suffix(".json")))

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                _("The models' folder {folder} cannot be made ({problem}).").format(
                    folder=self.folder, problem=error.strerror or error
                )
            ) from error


def _size_of(files: dict[str, Path]) -> int:
    """Return how many bytes the files have together."""
    return sum(path.stat().st_size for path in files.values())


def _copy(source: Path, to: Path, step: Step) -> None:
    """Copy a model's files into a folder; raises ModelError, OSError, and what `step` raises."""
    if source.suffix.lower() == ARCHIVE_SUFFIX:
        _extract(source, to, step)
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
    files = {_MODEL: source, _CARD: card}
    for name in (source.with_suffix(".keras").name, "interpolated.keras", "best.keras"):
        if (keras := source.with_name(name)).is_file():
            files.setdefault(_KERAS, keras)
    copying = Copying(step, _size_of(files))
    for name, path in files.items():
        copying.file(path, to / name)


def _extract(source: Path, to: Path, step: Step) -> None:
    bad = _("{name} is not an exported model.").format(name=source.name)
    try:
        with zipfile.ZipFile(source) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if not {_MODEL, _CARD} <= set(sizes) or sum(sizes.values()) > MAX_BYTES:
                raise ModelError(bad)
            copying = Copying(step, sum(sizes.values()))
            for name in (_MODEL, _CARD, _KERAS):
                if name in sizes:
                    copying.out_of(archive, name, to / name)
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise ModelError(bad) from error


def _cannot(error: OSError) -> str:
    return _("This could not be done: {problem}.").format(problem=error.strerror or error)
