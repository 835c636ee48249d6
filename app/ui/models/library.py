"""The models, as the window uses them: listed, changed and loaded on the recogniser's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.ui.signal import Signal

if TYPE_CHECKING:
    from pathlib import Path

    from app.ink.drawing import Content
    from app.recognition.model_store import DamagedModel, InstalledModel, ModelStore
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction
    from app.ui.recognition_client import RecognitionClient

T = TypeVar("T")
Done = Callable[[object], None]
"""Called once a change is made."""
Failed = Callable[[str], None]
"""Called with a sentence for the user."""


@dataclass(frozen=True)
class Listing:
    """All models, and the active one's name."""

    models: list[InstalledModel | DamagedModel]
    active: str
    notice: str
    """Why the active model is not the one that the user chose, if it is not."""


class ModelLibrary:
    """Lists and changes the models; the active one answers."""

    def __init__(self, recognition: RecognitionClient, folder: Callable[[], Path]) -> None:
        """`folder` returns where the user's models are."""
        self._recognition = recognition
        self._folder = folder
        self.changed: Signal[[]] = Signal()
        """Emitted when models were added, renamed or deleted, or another is active."""
        self.activated: Signal[[]] = Signal()
        """Emitted when another model answers from now on."""

    @property
    def store(self) -> ModelStore:
        """The models on disk."""
        from app.recognition.model_store import ModelStore

        return ModelStore(self._folder())

    def all(self, done: Callable[[Listing], None], failed: Failed) -> None:
        """Give `done` all models."""

        def job(_recogniser: PersonalRecogniser) -> Listing:
            active = self.store.load_active()
            return Listing(self.store.all(), active.model.name, active.notice)

        self._recognition.run(job, done, failed)

    def activate(self, name: str, done: Done, failed: Failed) -> None:
        """Make a model the active one, now."""

        def job(recogniser: PersonalRecogniser) -> None:
            _use(self.store.activate(name), recogniser)

        self._change(job, done, failed, activates=True)

    def rename(self, name: str, new_name: str, done: Done, failed: Failed) -> None:
        """Give a model another name."""
        self._change(lambda _recogniser: self.store.rename(name, new_name), done, failed)

    def delete(self, name: str, done: Done, failed: Failed) -> None:
        """Delete a model; where it was active, the shipped one answers from now on."""

        def job(recogniser: PersonalRecogniser) -> None:
            store = self.store
            was_active = store.active().name == name
            store.delete(name)
            if was_active:
                _use(store.shipped(), recogniser)

        self._change(job, done, failed, activates=True)

    def install(
        self,
        path: Path,
        name: str,
        activate: bool,
        done: Callable[[str], None],
        failed: Failed,
        release: Callable[[], None],
    ) -> None:
        """Install a trained model, and activate it if asked; `done` gets the name it was given.

        `release` is called when the file at `path` is needed no longer, also after a failure: on
        the recogniser's thread, because the program may be closing.
        """

        def job(recogniser: PersonalRecogniser) -> str:
            try:
                store = self.store
                model = store.install(path, name)
                if activate:
                    _use(store.activate(model.name), recogniser)
                return model.name
            finally:
                release()

        self._change(job, done, failed, activates=activate)

    def predict(
        self,
        content: Content,
        models: list[InstalledModel],
        done: Callable[[list[Prediction]], None],
        failed: Failed,
    ) -> None:
        """Give `done` each model's prediction for a drawing; an empty list without ink."""

        def job(_recogniser: PersonalRecogniser) -> list[Prediction]:
            from app.imaging.drawing_raster import drawing_raster
            from app.recognition.model import Recogniser

            raster = drawing_raster(content)
            return [] if raster is None else [Recogniser(m.path).predict(raster) for m in models]

        self._recognition.run(job, done, failed)

    def _change(
        self,
        job: Callable[[PersonalRecogniser], T],
        done: Callable[[T], None],
        failed: Failed,
        activates: bool = False,
    ) -> None:
        def finish(result: T) -> None:
            done(result)
            self.changed.emit()
            if activates:
                self.activated.emit()

        self._recognition.run(job, finish, failed)


def _use(model: InstalledModel, recogniser: PersonalRecogniser) -> None:
    """Answer with a model from now on."""
    from app.recognition.model import Recogniser

    recogniser.set_model(Recogniser(model.path))
