"""Owns importing and exporting samples: the dialogs, and the slow work on other threads."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.translation import _, ngettext
from app.window.thread import run_in_thread

if TYPE_CHECKING:
    from app.recognition.personal import Kept, PersonalRecogniser

Tell = Callable[[str], None]


class SamplesFiles:
    """Reads collections into the samples, and writes collections of them."""

    def __init__(
        self,
        top: tk.Toplevel,
        do: Callable[..., None],
        tell: Tell,
        failed: Tell,
        changed: Callable[[], None],
    ) -> None:
        """`do(work, done, failed)` works on the recogniser's thread: see MainWindow.do."""
        self._top = top
        self._do = do
        self._tell = tell
        self._failed = failed
        self._changed = changed

    def ask_export(self, kept: list[Kept]) -> None:
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

    def export(self, kept: list[Kept], path: Path) -> None:
        """Write samples: strokes, or pictures and a table if the name ends in .png.zip."""
        samples = [one.sample for one in kept]

        def work() -> None:
            from app.ink.collection import pictures_archive, strokes_archive
            from app.storage.atomic import write_atomically

            as_pictures = path.name.lower().endswith(".png.zip")
            write_atomically(path, (pictures_archive if as_pictures else strokes_archive)(samples))

        said = ngettext(
            "{count} sample exported to {name}.",
            "{count} samples exported to {name}.",
            len(samples),
        ).format(count=len(samples), name=path.name)
        run_in_thread(self._top, work, lambda _nothing: self._tell(said), self._failed)

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
        """Import samples from files; the bad ones are told, the others are taken."""

        def work(recogniser: PersonalRecogniser) -> tuple[int, list[str]]:
            from app.errors import InkError
            from app.ink.collection import read_samples

            count, problems = 0, []
            for path in paths:
                try:
                    for sample in read_samples(path):
                        if isinstance(sample, str):
                            problems.append(sample)
                        else:
                            recogniser.take(sample)
                            count += 1
                except InkError as error:
                    problems.append(str(error))
            return count, problems

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

        self._do(work, done, self._failed)
