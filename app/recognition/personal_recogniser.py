"""The model that answers the user, corrected by the samples that they labelled."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.errors import InkError, InklingError, ModelError
from app.formats.sample import NO_DIGIT, Sample, encode_sample, new_sample, parse_sample
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.recognition.adaptation import SampleCache
from app.recognition.alphabet import ALPHABETS, OWN, Alphabet
from app.recognition.model import Recogniser, characters_recogniser
from app.recognition.model_store import ModelStore
from app.recognition.prediction import Outputs, Prediction
from app.storage.log import LOG
from app.storage.paths import Folders
from app.storage.sample_store import SampleStore


@dataclass(frozen=True, slots=True)
class StoredSample:
    """A sample and the name of its file."""

    name: str
    sample: Sample


class PersonalRecogniser:
    """A model with the user's samples. Not for two threads at once."""

    def __init__(self, recogniser: Recogniser, samples: SampleStore, notice: str = "") -> None:
        """Load every sample in the folder; damaged ones are set aside."""
        self.samples = samples
        self.notice = notice
        """What the user should know of how it was loaded, if anything."""
        self.uses_samples = True
        """Whether the samples change the predictions."""
        self._others: dict[str, PersonalRecogniser] = {}
        """Those of other alphabets that were asked for, by name."""
        self.set_model(recogniser)

    def __len__(self) -> int:
        return len(self.cache)

    def for_alphabet(self, name: str) -> "PersonalRecogniser":
        """Return what answers in an alphabet, by the samples that count in it.

        The model of all other alphabets than the digits is loaded when the first is asked for.
        Raises ModelError, StorageError, and InkError if there is no such alphabet.
        """
        if name == self.recogniser.alphabet.name:
            return self
        if name == OWN:
            raise InkError(
                _("Your own symbols are found by comparing drawings: choose another alphabet.")
            )
        if name not in ALPHABETS:
            raise InkError(_("There is no alphabet called {name}.").format(name=name))
        if name not in self._others:
            loaded = next(iter(self._others.values()), None)
            model = characters_recogniser() if loaded is None else loaded.recogniser
            narrowed = model.narrowed(ALPHABETS[name])
            self._others[name] = PersonalRecogniser(narrowed, self.samples)
        other = self._others[name]
        other.uses_samples = self.uses_samples
        return other

    def set_model(self, recogniser: Recogniser) -> None:
        """Answer with this model from now on, and load the samples by its embedding."""
        self.recogniser = recogniser
        labels = len(recogniser.alphabet.labels)
        self.cache = SampleCache(recogniser.card.embedding_size, labels)
        """The samples in the embedding of the present model."""
        for name in self.samples.names():
            try:
                stored = StoredSample(name, parse_sample(self.samples.read(name)))
                if _counts_in(stored.sample, recogniser.alphabet):
                    self._learn(stored, _outputs_for(stored.sample.content, self.recogniser)[1])
            except InklingError as error:
                LOG.warning("The sample %s is set aside: %s", name, error)
                if isinstance(error, InkError):
                    self.samples.set_aside(name)

    def predict(self, raster: Raster) -> Prediction:
        """Return the prediction for one raster, float32 (28, 28) in [0, 1]."""
        return self.prediction(self.recogniser.calibrated_outputs(raster), raster)

    def predict_many(self, rasters: NDArray[np.float32]) -> list[Prediction | ModelError]:
        """Return the predictions for rasters (n, 28, 28), an error in place of what has none."""
        return [
            outputs if isinstance(outputs, ModelError) else self.prediction(outputs, raster)
            for outputs, raster in zip(
                self.recogniser.calibrated_many(rasters), rasters, strict=True
            )
        ]

    def adapted_many(self, rasters: NDArray[np.float32]) -> list[Outputs | ModelError]:
        """Return the outputs that the predictions for rasters (n, 28, 28) are made from.

        They are calibrated, and changed by the samples; an error stands in place of what has none.
        """
        found = self.recogniser.calibrated_many(rasters)
        if not self.uses_samples:
            return found
        return [
            outputs if isinstance(outputs, ModelError) else self.cache.adapt(outputs)[0]
            for outputs in found
        ]

    def prediction(self, outputs: Outputs, raster: Raster) -> Prediction:
        """Return the prediction that the model's calibrated outputs and the samples make.

        It is sure for ink that the user has labelled so, however probable the others are.
        """
        adapted, matches = self.cache.adapt(outputs) if self.uses_samples else (outputs, False)
        prediction = self.recogniser.prediction(adapted, raster, matches_samples=matches)
        if not matches or prediction.is_sure:
            return prediction
        label = int(adapted.logits.argmax()) if prediction.is_known else None
        return replace(prediction, is_sure=self.cache.holds(outputs.embedding, label))

    def teach(self, content: Content, label: str) -> StoredSample:
        """Store a drawing as a sample of `label` ("" for none of them), then learn it.

        Raises InkError if there is no ink, StorageError if it cannot be stored; then nothing is
        learnt.
        """
        raster, outputs = _outputs_for(content, self.recogniser)
        predicted = self.prediction(outputs, raster).text
        model, alphabet = self.recogniser.card.sha256, self.recogniser.alphabet.name
        return self._store(new_sample(content, label, predicted, model, alphabet), outputs)

    def add(self, sample: Sample) -> StoredSample:
        """Store a sample of this alphabet from elsewhere and learn it.

        Raises InkError, StorageError.
        """
        if not _counts_in(sample, self.recogniser.alphabet):
            raise InkError(
                _("The label {label} is not of this alphabet.").format(label=sample.label)
            )
        return self._store(sample, _outputs_for(sample.content, self.recogniser)[1])

    def stored_samples(self) -> list[StoredSample]:
        """Return the samples of every alphabet that can be read, oldest first.

        Raises StorageError.
        """
        found = []
        for name in self.samples.names():
            try:
                found.append(StoredSample(name, parse_sample(self.samples.read(name))))
            except InklingError as error:
                LOG.warning("The sample %s cannot be read: %s", name, error)
        return found

    def remove(self, name: str) -> None:
        """Delete a sample and what was learnt from it; raises StorageError."""
        self.samples.remove(name)
        for one in (self, *self._others.values()):
            one.cache.remove(name)

    def restore(self, stored: StoredSample) -> None:
        """Store a sample under its name again, as it was or relabelled; raises StorageError."""
        self.samples.write(stored.name, encode_sample(stored.sample))
        self._learn(stored, _outputs_for(stored.sample.content, self.recogniser)[1])

    def _store(self, sample: Sample, outputs: Outputs) -> StoredSample:
        stored = StoredSample(self.samples.add(encode_sample(sample), sample.time), sample)
        self._learn(stored, outputs)
        return stored

    def _learn(self, stored: StoredSample, outputs: Outputs) -> None:
        label = stored.sample.label
        index = None if label == NO_DIGIT else self.recogniser.alphabet.labels.index(label)
        self.cache.add(stored.name, index, outputs)


def _counts_in(sample: Sample, alphabet: Alphabet) -> bool:
    """Return whether a sample changes the answers in an alphabet."""
    return sample.alphabet == alphabet.name and sample.label in (*alphabet.labels, NO_DIGIT)


def _outputs_for(content: Content, recogniser: Recogniser) -> tuple[Raster, Outputs]:
    """Return a drawing's raster and the model's outputs for it; raises InkError without ink."""
    raster = drawing_raster(content)
    if raster is None:
        raise InkError(_("There is nothing drawn to learn from."))
    return raster, recogniser.calibrated_outputs(raster)


def load_personal_recogniser(folders: Folders) -> PersonalRecogniser:
    """Return the user's active model with their samples; raises ModelError, StorageError.

    Where the active model cannot be used, the shipped one is, and `notice` tells the user so.
    """
    active = ModelStore(folders.models).load_active()
    return PersonalRecogniser(active.recogniser, SampleStore(folders.samples), active.notice)
