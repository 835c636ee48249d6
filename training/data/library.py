"""Owns where data sets come from: a folder that is named, the user's cache, or a download.

The folder is `folder`, or the one that the environment variable INKLING_DATA names. What is
downloaded or imported lies in the cache, checked, and is checked again whenever it is read.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from app.errors import StorageError
from app.i18n import _
from app.storage.paths import user_folders
from training.data.dataset import (
    FOLDER_VARIABLE,
    IMPORTED,
    DataError,
    DataSet,
    IncompleteError,
    Mirror,
)
from training.data.download import Progress, downloaded, no_progress

MIRROR_VARIABLE = "INKLING_DATA_MIRROR"
"""An address that has all data files side by side, asked before the public ones."""

T = TypeVar("T")


class Library:
    """The data sets that this user can have."""

    def __init__(
        self,
        folder: Path | None = None,
        profile: Path | None = None,
        progress: Progress = no_progress,
    ) -> None:
        """Look in `folder` or INKLING_DATA's first; keep downloads in the user's cache."""
        named = folder or os.environ.get(FOLDER_VARIABLE)
        folders = user_folders(profile)
        self.folder = Path(named) if named else None
        self.cache = folders.cache / "data"
        self.samples = folders.samples
        """The user's own labelled drawings."""
        self._progress = progress

    def load(self, source: DataSet[T]) -> T:
        """Return the data set; raises DataError; StorageError if it cannot be kept."""
        if self.folder and (files := source.files_in(self._readable(self.folder))):
            return source.read(files)
        kept = self.cache / source.name
        if files := source.files_in(kept):
            try:
                return source.read(files)
            except DataError:  # cut off or changed since it was checked
                self._set_aside(kept)
        if not source.mirrors:
            raise DataError(
                _(
                    "The data set {name} is not here and cannot be downloaded; put {files} into "
                    "the folder that {variable} names."
                ).format(name=source.name, files=source.patterns[0], variable=FOLDER_VARIABLE)
            )
        return downloaded(source, self._mirrors(source), self.cache, self._progress)

    def folder_of(self, source: DataSet[T]) -> Path | None:
        """Return the folder that the data set would be read from; None if it would be fetched."""
        for folder in (self.folder, self.cache / source.name):
            if folder and source.files_in(folder):
                return folder
        return None

    def import_files(self, files: Sequence[Path], sources: Sequence[DataSet[T]]) -> DataSet[T]:
        """Copy files in any packaging into the cache and return the data set that they are.

        Raises DataError if they are none of the `sources`, with what is wrong; nothing is changed.
        """
        for path in files:
            if not path.is_file():
                raise DataError(_("There is no file {path}.").format(path=path))
        problems = []
        for source in sources:
            try:
                source.read(files)
            except IncompleteError:
                raise
            except DataError as error:
                problems.append(error)
                continue
            self._keep(files, source)
            return source
        raise (
            problems[0]
            if len(problems) == 1
            else DataError(
                _("These files are none of the data sets {names}. {first}").format(
                    names=", ".join(source.name for source in sources), first=problems[0]
                )
            )
        )

    def _keep(self, files: Sequence[Path], source: DataSet[T]) -> None:
        """Put copies in the cache under names by which they will be found again."""
        target, incoming = self.cache / source.name, self.cache / f".{source.name}.incoming"
        try:
            shutil.rmtree(incoming, ignore_errors=True)
            incoming.mkdir(parents=True)
            for number, path in enumerate(files):
                shutil.copyfile(path, incoming / f"{IMPORTED}{number}{source.patterns[0]}")
            shutil.rmtree(target, ignore_errors=True)
            incoming.replace(target)
        except OSError as error:
            shutil.rmtree(incoming, ignore_errors=True)
            raise StorageError(
                _("The data could not be copied to {folder}: {problem}.").format(
                    folder=self.cache, problem=error.strerror or error
                )
            ) from error

    def _readable(self, folder: Path) -> Path:
        """Return the folder; raises DataError if it cannot be looked into."""
        try:
            next(folder.iterdir(), None)
        except OSError as error:
            raise DataError(
                _("The data folder {folder} cannot be read: {problem}.").format(
                    folder=folder, problem=error.strerror or error
                )
            ) from error
        return folder

    def _set_aside(self, kept: Path) -> None:
        damaged = kept.with_name(f"{kept.name}.damaged")
        try:
            shutil.rmtree(damaged, ignore_errors=True)
            kept.replace(damaged)
        except OSError as error:
            raise StorageError(
                _("{kept} is damaged and cannot be moved aside: {problem}.").format(
                    kept=kept, problem=error.strerror or error
                )
            ) from error

    def _mirrors(self, source: DataSet[T]) -> Sequence[Mirror]:
        own = os.environ.get(MIRROR_VARIABLE)
        if not own:
            return source.mirrors
        base = own.rstrip("/") + "/"
        packagings = dict.fromkeys(mirror.files for mirror in source.mirrors)
        return [*(Mirror(base, files) for files in packagings), *source.mirrors]
