"""Owns the menu's entries on the user's samples: the window, the folder, whether they count."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.main_window import MainWindow
    from app.ui.samples.window import SamplesWindow


class SamplesCommands:
    """Starts what has to do with the samples; the window "My samples" is open once at most."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.open_window: SamplesWindow | None = None
        self.count = True
        """Whether the samples have a say in the answers."""

    def show(self) -> None:
        """Open the window "My samples", or bring it to the front."""
        from app.ui.samples.window import SamplesWindow

        if self.open_window is None or not self.open_window.exists:
            self.open_window = SamplesWindow(self._window)
        self.open_window.to_front()

    def refresh(self) -> None:
        """Show what is there now, if the window is open."""
        if self.open_window is not None and self.open_window.exists:
            self.open_window.refresh()

    def toggle(self) -> None:
        """Let the samples have a say in the answers, or not any more."""
        self.use(not self.count)

    def use(self, on: bool) -> None:
        """Let the samples have a say in the answers, or not."""
        self.count = on

        def work(recogniser: PersonalRecogniser) -> None:
            recogniser.uses_samples = on

        said = (
            _("Your samples count again.")
            if on
            else _("The answers are the model's own; your samples are kept.")
        )
        self._window.do(work, self._then(said), self._failed)

    def open_folder(self) -> None:
        """Show the samples' folder in the system's file manager."""

        def work(recogniser: PersonalRecogniser) -> Path:
            recogniser.samples.folder.mkdir(parents=True, exist_ok=True)
            return recogniser.samples.folder

        self._window.do(work, self._show_folder, self._failed)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        if self.open_window is not None and self.open_window.exists:
            self.open_window.apply_theme()

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now."""
        if self.open_window is not None and self.open_window.exists:
            self.open_window.retranslate()

    def _show_folder(self, folder: Path) -> None:
        from app.ui.toolkit.desktop import show_in_file_manager

        try:
            show_in_file_manager(folder)
        except OSError:
            self._window.tell(_("Your samples are in {folder}.").format(folder=folder))

    def _then(self, sentence: str) -> Callable[[None], None]:
        def tell(_nothing: None) -> None:
            self._window.tell(sentence)
            self._window.ask_again()

        return tell

    def _failed(self, problem: str) -> None:
        self._window.tell(problem, True)
