"""Where data sets are: in a folder that the user names, in the user's cache, or on a mirror.

What is downloaded or imported is kept in the cache and is checked again whenever it is read.
"""

import os
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from app.errors import StorageError
from app.i18n import _
from app.storage.paths import user_folders
from training.data.dataset import (
    FOLDER_VARIABLE,
    IMPORTED_PREFIX,
    DataError,
    DataSet,
    IncompleteError,
    Mirror,
)
from training.data.download import Progress, download, no_progress, replacing_folder
from training.errors import os_errors_as

MIRROR_VARIABLE = "INKLING_DATA_MIRROR"
"""Environment variable: an address with all data files, asked before the public mirrors."""

T = TypeVar("T")


class Library:
    """The data sets that this user has or can download."""

    def __init__(
        self,
        folder: Path | None = None,
        profile: Path | None = None,
        progress: Progress = no_progress,
    ) -> None:
        """Search `folder`, or else the one that INKLING_DATA names, before the user's cache."""
        named = folder or os.environ.get(FOLDER_VARIABLE)
        folders = user_folders(profile)
        self.folder = Path(named) if named else None
        self.cache = folders.cache / "data"
        self.samples = folders.samples
        """The folder of the user's own samples."""
        self._progress = progress

    def load(self, data_set: DataSet[T]) -> T:
        """Return the data set; raises DataError, or StorageError if it cannot be stored."""
        if self.folder and (files := data_set.files_in(_readable(self.folder))):
            return data_set.read(files)
        cached = self.cache / data_set.name
        if files := data_set.files_in(cached):
            try:
                return data_set.read(files)
            except DataError:  # damaged since it was stored
                _set_aside(cached)
        if not data_set.mirrors:
            wrong = _(
                "The data set {name} is not here and cannot be downloaded; put {files} into "
                "the folder that {variable} names."
            )
            values = {"name": data_set.name, "files": data_set.patterns[0]}
            raise DataError(wrong.format(variable=FOLDER_VARIABLE, **values))
        return download(data_set, _mirrors(data_set), self.cache, self._progress)

    def folder_of(self, data_set: DataSet[T]) -> Path | None:
        """Return the folder that the data set would be read from; None: it is not here."""
        for folder in (self.folder, self.cache / data_set.name):
            if folder and data_set.files_in(folder):
                return folder
        return None

    def import_files(self, files: Sequence[Path], data_sets: Sequence[DataSet[T]]) -> DataSet[T]:
        """Copy the files, in any packaging, into the cache; return which of `data_sets` they are.

        A folder stands for all files in it.

        Raises DataError if they are none of these; the cache is then as before.
        """
        for path in files:
            if not (path.is_file() or path.is_dir()):
                raise DataError(_("There is no file {path}.").format(path=path))
        problems = []
        for data_set in data_sets:
            try:
                data_set.read(files)
            except IncompleteError:
                raise
            except DataError as error:
                problems.append(error)
                continue
            self._store(files, data_set)
            return data_set
        names = ", ".join(data_set.name for data_set in data_sets)
        wrong = _("These files are none of the data sets {names}. {first}")
        raise DataError(wrong.format(names=names, first=problems[0]))

    def _store(self, files: Sequence[Path], data_set: DataSet[T]) -> None:
        sentence = _("The data could not be copied to {folder}: {problem}.")
        with (
            os_errors_as(StorageError, sentence, folder=self.cache),
            replacing_folder(self.cache / data_set.name) as incoming,
        ):
            for number, path in enumerate(files):
                ending = Path(data_set.patterns[0]).name.removeprefix("*")
                to = incoming / f"{IMPORTED_PREFIX}{number}{ending}"
                if path.is_dir():
                    with tarfile.open(to, "w") as archive:
                        archive.add(path, path.name)
                else:
                    shutil.copyfile(path, to)


def _readable(folder: Path) -> Path:
    """Return the folder; raises DataError if it cannot be listed."""
    sentence = _("The data folder {folder} cannot be read: {problem}.")
    with os_errors_as(DataError, sentence, folder=folder):
        next(folder.iterdir(), None)
    return folder


def _set_aside(cached: Path) -> None:
    """Rename a damaged folder: it may hold the only copy that somebody has."""
    damaged = cached.with_name(f"{cached.name}.damaged")
    sentence = _("{kept} is damaged and cannot be moved aside: {problem}.")
    with os_errors_as(StorageError, sentence, kept=cached):
        shutil.rmtree(damaged, ignore_errors=True)
        cached.replace(damaged)


def _mirrors(data_set: DataSet[T]) -> Sequence[Mirror]:
    own = os.environ.get(MIRROR_VARIABLE)
    if not own:
        return data_set.mirrors
    base_url = own.rstrip("/") + "/"
    packagings = dict.fromkeys(mirror.files for mirror in data_set.mirrors)
    return [*(Mirror(base_url, files) for files in packagings), *data_set.mirrors]
