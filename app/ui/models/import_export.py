"""Importing and exporting models: the file dialogs, and the slow work on another thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from app.training_process import convert_keras
from app.ui.dialogs.progress import MEGABYTES
from app.ui.toolkit import file_dialogs
from app.ui.toolkit.display_name import display_name

if TYPE_CHECKING:
    import tkinter as tk

    from app.recognition.model_store import InstalledModel
    from app.ui.dialogs.progress import Progress, Tasks
    from app.ui.models.library import ModelLibrary
    from app.ui.status import Status


class ModelFiles:
    """Installs models from files, and writes models to files."""

    def __init__(
        self,
        parent: tk.Toplevel,
        *,
        models: ModelLibrary,
        tasks: Tasks,
        profile: Path | None,
        status: Status,
    ) -> None:
        """`parent`: the window of the dialogs; `status` shows the outcome."""
        self._parent = parent
        self._models = models
        self._tasks = tasks
        self._profile = profile
        self._status = status

    def ask_import(self) -> None:
        """Let the user choose a model's file, and install the model."""
        name = file_dialogs.ask_file(
            self._parent,
            title=_("Import Model"),
            filetypes=[(_("Models"), "*.zip *.tflite *.keras"), (_("All files"), "*")],
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Install a model from a file; a .keras is converted in a process of its own first."""
        store = self._models.store

        def work(progress: Progress) -> InstalledModel:
            progress.unit = MEGABYTES
            with store.temporary_folder() as folder:
                source = path
                if path.suffix.lower() == ".keras":
                    source = convert_keras(path, folder, self._profile, progress)
                return store.install(source, path.name.split(".")[0], progress)

        def done(model: InstalledModel) -> None:
            self._status.show(_("Imported as {name}.").format(name=model.name))
            self._models.changed.emit()

        # Not on the recogniser's thread: converting a .keras takes half a minute.
        self._tasks.run(
            lambda: _("Importing {name}…").format(name=display_name(path.name)),
            work,
            done,
            self._status.show_problem,
            over=self._parent,
        )

    def ask_export(self, name: str) -> None:
        """Let the user name a file and write a model to it."""
        chosen = file_dialogs.ask_save_name(
            self._parent,
            title=_("Export Model"),
            initialfile=f"{name}.zip",
            filetypes=[(_("Model with its card"), "*.zip")],
        )
        if chosen:
            self.export(name, Path(chosen))

    def export(self, name: str, path: Path) -> None:
        """Write a model, its card and its checkpoint as a zip archive."""
        store = self._models.store

        def work(progress: Progress) -> None:
            progress.unit = MEGABYTES
            store.export(name, path, progress)

        text = _("Exported {name} to {file}.").format(name=name, file=display_name(path.name))
        self._tasks.run(
            lambda: _("Exporting {name}…").format(name=name),
            work,
            lambda _none: self._status.show(text),
            self._status.show_problem,
            over=self._parent,
        )
