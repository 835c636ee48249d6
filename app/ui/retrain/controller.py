"""Retraining from the menu: the dialog, the training process, and what becomes of its model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app import training_process
from app.i18n import _
from app.ui.dialogs.prompts import choose
from app.ui.toolkit import file_dialogs

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    from PIL.Image import Image

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.storage.paths import Folders
    from app.storage.run_folder import RetrainingFolder
    from app.ui.dialogs.progress import Tasks
    from app.ui.models.library import ModelLibrary
    from app.ui.retrain.dialog import Choice, RetrainDialog
    from app.ui.retrain.progress_window import Decision, TrainingWindow
    from app.ui.samples.library import SampleLibrary
    from app.ui.status import Status
    from app.ui.theme.theme import Theme

_PICTURE_SIDE = 64
"""Pixels at 100 %."""


class RetrainController:
    """Runs one training at a time, in a folder that is removed once the user has decided."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        folders: Folders,
        profile: Path | None,
        theme: Theme,
        samples: SampleLibrary,
        models: ModelLibrary,
        status: Status,
        tasks: Tasks,
    ) -> None:
        self._root = root
        self._folders = folders
        self._profile = profile
        self._theme = theme
        self._samples = samples
        self._models = models
        self._status = status
        self._tasks = tasks
        self._choice: Choice | None = None
        """What the last training was started with."""
        self._process: training_process.TrainingProcess | None = None
        self._run_folder: RetrainingFolder | None = None
        self.dialog: RetrainDialog | None = None
        self.training: TrainingWindow | None = None

    @property
    def is_running(self) -> bool:
        """Whether a training is under way."""
        return self._process is not None and self._process.status is None

    def show(self) -> None:
        """Show the training that is under way, or ask what to train."""
        for window in (self.training, self.dialog):
            if window is not None and window.exists:
                window.to_front()
                return
        if not training_process.has_tensorflow():
            self._status.show_problem(
                _(
                    "Retraining needs TensorFlow: use the full edition of Inkling, or, in a folder "
                    "with its source, run: uv sync"
                )
            )
            return
        self.dialog = None
        self._samples.read(lambda recogniser: len(recogniser), self._ask, self._status.show_problem)

    def begin(self, choice: Choice) -> None:
        """Start a training in a process of its own."""
        from app.storage.run_folder import RetrainingFolder  # none of this is needed at start
        from app.ui.retrain.progress_window import TrainingWindow

        self._choice = choice
        try:
            self._run_folder = RetrainingFolder(self._folders.runs)
        except OSError as error:
            self._status.show_problem(
                _("Training needs to write in {folder}, which failed: {problem}.").format(
                    folder=self._folders.data, problem=error.strerror or error
                )
            )
            return
        arguments = [*choice.arguments, "--out", str(self._run_folder.path)]
        arguments += ["--against", str(self._models.store.active().path)]
        if self._profile is not None:
            arguments += ["--profile", str(self._profile)]
        self._process = training_process.TrainingProcess(arguments)
        self.training = TrainingWindow(
            self._root,
            self._theme,
            process=self._process,
            ended=self._ended,
            decided=self._decided,
            draw_samples=self._draw_samples,
            again=lambda: self.begin(choice),
            choose_data=self._choose_data,
        )

    def may_end(self) -> bool:
        """Return whether the program may end: no training is under way, or the user ends it."""
        if not self.is_running:
            return True
        question = _("Training is still running. End it and quit?")
        ways, stay = {"end": _("End and Quit")}, _("Continue Training")
        return choose(self._root, self._theme, question, ways, stay, destroys=True) is not None

    def end(self) -> None:
        """End a running training; keep the better model of a finished one; remove the folder."""
        if self.training is not None and self.training.exists:
            self.training.decide_by_default()
        if self._process is not None:
            self._process.end()
        self._remove_run()

    def _ask(self, sample_count: int) -> None:
        from app.ui.retrain.dialog import RetrainDialog

        if self.dialog is None or not self.dialog.exists:
            self.dialog = RetrainDialog(
                self._root, self._theme, sample_count=sample_count, begin=self.begin
            )

    def _ended(self, finished: bool) -> None:
        if not finished:
            self._remove_run()

    def _decided(self, decision: Decision) -> None:
        """Install the new model, and activate it, as the user has decided."""
        folder, self._run_folder = self._run_folder, None
        if folder is None:
            return
        if decision == "discard":
            folder.remove()
            self._status.show(_("The new model was discarded; nothing has changed."))
            return
        activate = decision == "use"

        def done(name: str) -> None:
            text = (
                _("{name} is now active; the old model is kept.")
                if activate
                else _("Kept as {name}; the active model has not changed.")
            )
            self._status.show(text.format(name=name))

        self._models.install(
            folder.path / "digits.tflite",
            self._model_name,
            activate,
            done,
            self._status.show_problem,
            release=folder.remove,
        )

    @property
    def _model_name(self) -> str:
        """The new model's name: what it was trained on, and the day."""
        choice = self._choice
        if choice is not None and "samples" not in choice.data:
            return f"{choice.recipe} {date.today()}"
        return _("My handwriting {day}").format(day=date.today())

    def _choose_data(self, window: TrainingWindow) -> None:
        """Ask for the files of a data set, import them, and start the training anew."""
        names = file_dialogs.ask_files(
            window.top,
            title=_("Training data"),
            filetypes=[(_("Data sets"), "*.npz *.gz *.zip *.tra *.json"), (_("All files"), "*")],
        )
        if not names:
            return
        self._tasks.run(
            lambda: _("Importing training data…"),
            lambda progress: training_process.import_data(
                [Path(name) for name in names], self._profile, progress
            ),
            lambda _none: window.try_again(),
            window.show_problem,
            over=window.top,
        )

    def _draw_samples(self, names: list[str], show: Callable[[dict[str, Image]], None]) -> None:
        """Draw samples on the recogniser's thread, and give their pictures to `show`."""
        side = self._theme.px(_PICTURE_SIDE)

        def job(recogniser: PersonalRecogniser) -> dict[str, Image]:
            from app.ink.renderer import render_thumbnail

            return {
                stored.name: render_thumbnail(stored.sample.content, side)
                for stored in recogniser.stored_samples()
                if stored.name in names
            }

        self._samples.read(job, show, self._status.show_problem)

    def _remove_run(self) -> None:
        folder, self._run_folder = self._run_folder, None
        if folder is not None:
            folder.remove()
