"""Owns importing and exporting samples: the dialogs, and the slow work on other threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InkError, InklingError
from app.i18n import _, ngettext
from app.ui.dialogs.transfer import Transfer

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.dialogs.progress import Progress


class SamplesFiles(Transfer):
    """Reads collections into the samples, and writes collections of them."""

    def ask_export(self, kept: list[StoredSample]) -> None:
        """Let the user name a file and write these samples to it."""
        if not kept:
            self._failed(_("There are no samples to export."))
            return
        from tkinter import filedialog

        kinds = [
            (_("Strokes, to import again"), "*.ink.zip"),
            (_("Pictures and table"), "*.png.zip"),
        ]
        name = filedialog.asksaveasfilename(
            parent=self._top,
            title=_("Export Samples"),
            initialfile="samples.ink.zip",
            filetypes=kinds,
        )
        if name:
            self.export(kept, Path(name))

    def export(self, kept: list[StoredSample], path: Path) -> None:
        """Write samples: strokes, or pictures and a table if the name ends in .png.zip."""
        samples = [one.sample for one in kept]

        def work(progress: Progress) -> None:
            from app.formats.sample_archive import pictures_archive, strokes_archive
            from app.storage.atomic_write import write_atomically

            as_pictures = path.name.lower().endswith(".png.zip")
            archive = pictures_archive if as_pictures else strokes_archive
            data = archive(samples, progress)
            progress(len(samples), len(samples))
            write_atomically(path, data)

        said = ngettext(
            "{count} sample exported to {name}.",
            "{count} samples exported to {name}.",
            len(samples),
        ).format(count=len(samples), name=path.name)
        self._window.tasks.run(
            lambda: _("Exporting samples…"), work, lambda _nothing: self._tell(said), self._failed
        )

    def ask_import(self) -> None:
        """Let the user choose collections or strokes files with labels."""
        from tkinter import filedialog

        names = filedialog.askopenfilenames(
            parent=self._top,
            title=_("Import Samples"),
            filetypes=[(_("Samples"), "*.zip *.ink"), (_("All files"), "*")],
        )
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: list[Path]) -> None:
        """Import samples from files; the bad ones are told, the others are taken.

        If it is cancelled, or the disk is full, none is.
        """
        progress = self._window.tasks.follow(lambda: _("Importing samples…"))

        def work(recogniser: PersonalRecogniser) -> tuple[int, list[str]]:
            return imported(recogniser, paths, progress)

        def done(result: tuple[int, list[str]]) -> None:
            count, problems = result
            self._changed()
            said = ngettext("{count} sample imported.", "{count} samples imported.", count)
            said = said.format(count=count)
            if problems:
                more = _("{count} could not be read: {first}").format(
                    count=len(problems), first=problems[0]
                )
                self._failed(f"{said} {more}")
            else:
                self._tell(said)

        def failed(problem: str) -> None:
            progress.over = True  # also where the work could not begin
            self._changed()
            self._failed(problem)

        self._window.do(progress.watched(work), done, failed)


def imported(
    recogniser: PersonalRecogniser, paths: list[Path], step: Callable[[int, int], None]
) -> tuple[int, list[str]]:
    """Take the samples of files; return how many there were, and a sentence for each bad one.

    `step` is told how far it is. What it raises takes all back, as a StorageError does.
    """
    from app.formats.sample_archive import count_samples, read_samples

    total = sum(map(count_samples, paths))
    names: list[str] = []
    problems: list[str] = []

    def take(path: Path) -> None:
        for sample in read_samples(path):
            step(len(names) + len(problems), total)
            if isinstance(sample, str):
                problems.append(sample)
            else:
                names.append(recogniser.add(sample).name)

    try:
        for path in paths:
            try:
                take(path)
            except InkError as error:
                problems.append(str(error))
        step(total, total)
    except InklingError:
        for name in names:
            recogniser.remove(name)
        raise
    return len(names), problems
