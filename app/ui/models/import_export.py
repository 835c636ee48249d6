"""Owns importing and exporting models: the dialogs, and the slow work on other threads."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.i18n import _
from app.training_process import convert_keras
from app.ui.dialogs.progress import MEGABYTES
from app.ui.dialogs.transfer import Transfer
from app.ui.toolkit.display_name import shown

if TYPE_CHECKING:
    from app.recognition.model_store import InstalledModel, ModelStore
    from app.ui.dialogs.progress import Progress


class ModelsFiles(Transfer):
    """Reads models from files, and writes them to files; both show how far they are."""

    def ask_import(self) -> None:
        """Let the user choose a model's file."""
        from tkinter import filedialog

        name = filedialog.askopenfilename(
            parent=self._top,
            title=_("Import Model"),
            filetypes=[(_("Models"), "*.zip *.tflite *.keras"), (_("All files"), "*")],
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Install a model from a file; a .keras is converted in a process of its own first."""
        store, profile = self._store(), self._window.profile

        def work(progress: Progress) -> InstalledModel:
            progress.unit = MEGABYTES
            with TemporaryDirectory(prefix="inkling-") as folder:
                source = path
                if path.suffix.lower() == ".keras":
                    source = convert_keras(path, Path(folder), profile, progress)
                return store.install(source, path.name.split(".")[0], progress)

        def done(model: InstalledModel) -> None:
            self._tell(_("Imported as {name}.").format(name=model.name))
            self._changed()

        # Not on the recogniser's thread: to convert a .keras takes half a minute.
        self._window.tasks.run(
            lambda: _("Importing {name}…").format(name=shown(path.name)), work, done, self._failed
        )

    def ask_export(self, name: str) -> None:
        """Let the user name a file and write a model to it."""
        from tkinter import filedialog

        chosen = filedialog.asksaveasfilename(
            parent=self._top,
            title=_("Export Model"),
            initialfile=f"{name}.zip",
            filetypes=[(_("Model with its card"), "*.zip")],
        )
        if chosen:
            self.export(name, Path(chosen))

    def export(self, name: str, path: Path) -> None:
        """Write a model, its card and its checkpoint as a zip archive."""
        store = self._store()

        def work(progress: Progress) -> None:
            progress.unit = MEGABYTES
            store.export(name, path, progress)

        said = _("Exported {name} to {file}.").format(name=name, file=shown(path.name))
        self._window.tasks.run(
            lambda: _("Exporting {name}…").format(name=name),
            work,
            lambda _nothing: self._tell(said),
            self._failed,
        )

    def _store(self) -> ModelStore:
        from app.recognition.model_store import ModelStore

        return ModelStore(self._window.folders.models)
