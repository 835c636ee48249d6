"""Owns retraining from the menu: the dialog, the training, and what becomes of its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL.Image import Image

    from app.recognition.model_store import ModelStore
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.storage.paths import Folders
    from app.storage.run_folder import RetrainingFolder
    from app.training_process import TrainingProcess
    from app.ui.main_window import MainWindow
    from app.ui.retrain.dialog import Choice, RetrainDialog
    from app.ui.retrain.progress_window import TrainingWindow

_PICTURE = 64


class Retrain:
    """One training at a time; its run lies in a folder that goes when the user has decided."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._trainer: TrainingProcess | None = None
        self._folder: RetrainingFolder | None = None
        self.dialog: RetrainDialog | None = None
        self.training: TrainingWindow | None = None

    @property
    def is_running(self) -> bool:
        """Whether a training is under way."""
        return self._trainer is not None and self._trainer.status is None

    def show(self) -> None:
        """Ask what to train; where a training is under way, show it."""
        if self.training is not None and self.training.top.winfo_exists():
            self.training.top.lift()
            return
        from app.training_process import has_tensorflow

        if not has_tensorflow():
            self._window.tell(
                _(
                    "Retraining needs TensorFlow: take the full edition of Inkling, or, where you "
                    "have its source, run: uv sync"
                ),
                True,
            )
            return
        self.dialog = None
        self._window.do(lambda recogniser: len(recogniser), self._ask, self._failed)

    def may_end(self) -> bool:
        """Whether the program may end: no training is under way, or the user gives it up."""
        if not self.is_running:
            return True
        from app.ui.dialogs.prompts import choose

        said = _("A training is under way. End it and quit?")
        ways, stay = {"end": _("End and Quit")}, _("Keep Training")
        return choose(self._window.root, self._window.theme, said, ways, stay) is not None

    def end(self) -> None:
        """End what is under way, at once, and leave nothing of it; a better model is kept."""
        if self.training is not None and self.training.top.winfo_exists():
            self.training.leave_undecided()
        if self._trainer is not None:
            self._trainer.end()
        self._forget_run()

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        if self.training is not None and self.training.top.winfo_exists():
            self.training.apply_theme()

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now; a training goes on meanwhile."""
        if self.training is not None and self.training.top.winfo_exists():
            self.training.retranslate()
        if self.dialog is not None and self.dialog.top.winfo_exists():
            self.dialog.retranslate()

    def begin(self, choice: Choice) -> None:
        """Start a training in a process of its own."""
        from app.storage.run_folder import (
            RetrainingFolder,  # 5 ms that the window must not wait for
        )
        from app.training_process import TrainingProcess
        from app.ui.retrain.progress_window import TrainingWindow

        folders = self._window.folders
        try:
            self._folder = RetrainingFolder(folders.runs)
        except OSError as error:
            self._failed(
                _("There is no room to train in {folder}: {problem}.").format(
                    folder=folders.data, problem=error.strerror or error
                )
            )
            return
        active = self._models(folders).active()
        places = ["--out", str(self._folder.path), "--against", str(active.path)]
        profile = ["--profile", str(self._window.profile)] if self._window.profile else []
        self._trainer = TrainingProcess([*choice.words, *places, *profile])
        self.training = TrainingWindow(
            self._window.root,
            self._window.theme,
            self._trainer,
            self._ended,
            self._decided,
            self._drawings,
        )

    def _ask(self, samples: int) -> None:
        from app.ui.retrain.dialog import RetrainDialog

        self.dialog = RetrainDialog(self._window.root, self._window.theme, samples, self.begin)

    def _ended(self, finished: bool) -> None:
        if not finished:
            self._forget_run()

    def _decided(self, answer: str) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        folders = self._window.folders

        def work(recogniser: PersonalRecogniser) -> str:
            try:
                return self._taken(recogniser, folders, folder.path, answer)
            finally:
                folder.remove()

        def done(sentence: str) -> None:
            self._window.tell(sentence)
            self._window.ask_again()

        self._window.do(work, done, self._failed)

    def _taken(
        self, recogniser: PersonalRecogniser, folders: Folders, run: Path, answer: str
    ) -> str:
        """Install and use what was trained, as the user decided; return what to tell."""
        if answer == "discard":
            return _("The new model is discarded; nothing has changed.")
        from datetime import date

        from app.recognition.model import Recogniser

        models = self._models(folders)
        model = models.install(run / "digits.tflite", _("My hand {day}").format(day=date.today()))
        if answer == "keep":
            return _("Kept as {name}; the active model is as before.").format(name=model.name)
        models.activate(model.name)
        recogniser.set_model(Recogniser(model.path))
        return _("{name} answers from now on; the old model is kept.").format(name=model.name)

    def _drawings(self, names: list[str], show: Callable[[dict[str, Image]], None]) -> None:
        """Have samples drawn small on the recogniser's thread."""
        side = self._window.theme.px(_PICTURE)

        def work(recogniser: PersonalRecogniser) -> dict[str, Image]:
            from app.ink.renderer import render_thumbnail

            return {
                kept.name: render_thumbnail(kept.sample.content, side)
                for kept in recogniser.stored_samples()
                if kept.name in names
            }

        self._window.do(work, show, self._failed)

    def _models(self, folders: Folders) -> ModelStore:
        from app.recognition.model_store import ModelStore

        return ModelStore(folders.models)

    def _forget_run(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.remove()

    def _failed(self, problem: str) -> None:
        self._window.tell(problem, True)
