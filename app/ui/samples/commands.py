"""The menu's commands for the samples: whether the answers use them, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.storage.paths import make_private
from app.ui.toolkit.desktop import show_in_file_manager

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.samples.library import SampleLibrary
    from app.ui.status import Status


class SampleCommands:
    """Runs the commands and shows their outcome in the status bar."""

    def __init__(self, *, samples: SampleLibrary, status: Status) -> None:
        self._samples = samples
        self._status = status

    def toggle(self) -> None:
        """Take the samples into account in the answers, or stop doing so."""
        on = not self._samples.in_use
        text = (
            _("The answers use your samples again.")
            if on
            else _("The answers no longer use your samples; the samples are kept.")
        )
        self._samples.use(on, lambda _none: self._status.show(text), self._status.show_problem)

    def open_folder(self) -> None:
        """Show the samples' folder in the system's file manager."""

        def job(recogniser: PersonalRecogniser) -> Path:
            folder = recogniser.samples.folder
            make_private(folder)
            return folder

        self._samples.read(job, self._show_folder, self._status.show_problem)

    def _show_folder(self, folder: Path) -> None:
        try:
            show_in_file_manager(folder)
        except OSError:
            self._status.show(_("Your samples are in {folder}.").format(folder=folder))
