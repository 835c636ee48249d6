"""Importing and exporting samples: the file dialogs, and the slow work on other threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InkError, InklingError
from app.i18n import _, ngettext
from app.ui.toolkit import file_dialogs

if TYPE_CHECKING:
    import tkinter as tk

    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.dialogs.progress import Progress, Tasks
    from app.ui.samples.library import SampleLibrary
    from app.ui.status import Status

_PICTURES_SUFFIX = ".png.zip"


class SampleFiles:
    """Reads archives of samples into the library, and writes archives of them."""

    def __init__(
        self,
        parent: tk.Toplevel,
        *,
        samples: SampleLibrary,
        tasks: Tasks,
        status: Status,
    ) -> None:
        """`parent`: the window of the dialogs; `status` shows the outcome."""
        self._parent = parent
        self._samples = samples
        self._tasks = tasks
        self._status = status

    def ask_export(self, stored: list[StoredSample]) -> None:
        """Let the user name a file and write these samples to it."""
        if not stored:
            self._status.show_problem(_("There are no samples to export."))
            return
        name = file_dialogs.ask_save_name(
            self._parent,
            title=_("Export Samples"),
            initialfile="samples.ink.zip",
            filetypes=[
                (_("Strokes, to import again"), "*.ink.zip"),
                (_("Pictures and table"), f"*{_PICTURES_SUFFIX}"),
            ],
        )
        if name:
            self.export(stored, Path(name))

    def export(self, stored: list[StoredSample], path: Path) -> None:
        """Write samples as strokes, or as pictures and a table if the name ends in .png.zip."""
        samples = [one.sample for one in stored]

        def work(progress: Progress) -> None:
            from app.formats.sample_archive import pictures_archive, strokes_archive
            from app.storage.atomic_write import write_atomically

            as_pictures = path.name.lower().endswith(_PICTURES_SUFFIX)
            archive = pictures_archive if as_pictures else strokes_archive
            data = archive(samples, progress)
            progress(len(samples), len(samples))
            write_atomically(path, data)

        text = ngettext(
            "{count} sample exported to {name}.",
            "{count} samples exported to {name}.",
            len(samples),
        ).format(count=len(samples), name=path.name)
        self._tasks.run(
            lambda: _("Exporting samples…"),
            work,
            lambda _none: self._status.show(text),
            self._status.show_problem,
            over=self._parent,
        )

    def ask_import(self) -> None:
        """Let the user choose archives of samples, or strokes files with labels."""
        names = file_dialogs.ask_files(
            self._parent,
            title=_("Import Samples"),
            filetypes=[(_("Samples"), "*.zip *.ink"), (_("All files"), "*")],
        )
        if names:
            self.import_files([Path(name) for name in names])

    def import_files(self, paths: list[Path]) -> None:
        """Import the samples in files; what cannot be read is reported, the rest is imported.

        If the user cancels, or the disk is full, nothing is imported.
        """
        progress = self._tasks.follow(lambda: _("Importing samples…"), self._parent)

        def job(recogniser: PersonalRecogniser) -> tuple[int, list[str]]:
            return import_samples(recogniser, paths, progress)

        def done(result: tuple[int, list[str]]) -> None:
            count, problems = result
            text = ngettext("{count} sample imported.", "{count} samples imported.", count)
            text = text.format(count=count)
            if problems:
                more = _("{count} could not be read: {first}").format(
                    count=len(problems), first=problems[0]
                )
                self._status.show_problem(f"{text} {more}")
            else:
                self._status.show(text)

        def failed(problem: str) -> None:
            progress.over = True  # the job may never have begun
            self._status.show_problem(problem)

        self._samples.change(progress.watched(job), done, failed)


def import_samples(
    recogniser: PersonalRecogniser, paths: list[Path], progress: Callable[[int, int], None]
) -> tuple[int, list[str]]:
    """Store and learn the samples in files; return their number, and a sentence for each bad one.

    `progress` gets how many samples are done, of how many. What it raises undoes the whole import,
    as a StorageError does.
    """
    from app.formats.sample_archive import count_samples, read_samples

    total = sum(map(count_samples, paths))
    names: list[str] = []
    problems: list[str] = []

    def import_file(path: Path) -> None:
        for sample in read_samples(path):
            progress(len(names) + len(problems), total)
            if isinstance(sample, str):
                problems.append(sample)
            else:
                try:
                    names.append(recogniser.for_alphabet(sample.alphabet).add(sample).name)
                except InkError as error:
                    problems.append(str(error))

    try:
        for path in paths:
            try:
                import_file(path)
            except InkError as error:
                problems.append(str(error))
        progress(total, total)
    except InklingError:
        for name in names:
            recogniser.remove(name)
        raise
    return len(names), problems
