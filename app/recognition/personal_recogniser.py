"""Owns a recogniser that knows its user's hand: the model, and the samples that correct it."""

from dataclasses import dataclass

from app.errors import InkError, InklingError
from app.formats.sample import NO_DIGIT, Sample, parse_sample, sample_bytes, sample_of
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.recognition.adaptation import Hand
from app.recognition.model import Recogniser
from app.recognition.prediction import Outputs, Prediction
from app.storage.log import LOG
from app.storage.sample_store import SampleStore


@dataclass(frozen=True, slots=True)
class Kept:
    """A sample in its folder."""

    name: str
    sample: Sample


class PersonalRecogniser:
    """Answers as the model does, but for ink like the user's own samples. Not for two threads."""

    def __init__(self, recogniser: Recogniser, samples: SampleStore, notice: str = "") -> None:
        """Learn every sample in the folder; what cannot be read is set aside."""
        self.samples = samples
        self.notice = notice
        """What the user should know of how it was loaded, if anything."""
        self.learns = True
        """Whether the samples have a say."""
        self.use(recogniser)

    def use(self, recogniser: Recogniser) -> None:
        """Answer by this model from now on, and see the samples as it sees them."""
        self.recogniser = recogniser
        self._hand = Hand(recogniser.card.embedding_size)
        for name in self.samples.names():
            try:
                self._learn(Kept(name, parse_sample(self.samples.read(name))))
            except InklingError as error:
                LOG.warning("The sample %s is set aside: %s", name, error)
                if isinstance(error, InkError):
                    self.samples.set_aside(name)

    def __len__(self) -> int:
        return len(self._hand)

    def predict(self, raster: Raster) -> Prediction:
        """Return the prediction for one raster, float32 (28, 28) in [0, 1]."""
        return self.answer(self.recogniser.calibrated(raster), raster)

    def answer(self, outputs: Outputs, raster: Raster) -> Prediction:
        """Return the prediction for what the network said of a raster, with what was learnt."""
        adapted, own = self._hand.adapted(outputs) if self.learns else (outputs, False)
        return self.recogniser.prediction(adapted, raster, own=own)

    def teach(self, content: Content, label: str) -> Kept:
        """Store a drawing as a sample of `label` ("" for no digit) and learn it, in this order.

        Raises InkError if there is no ink, StorageError if it cannot be stored; then nothing is
        learnt.
        """
        raster = drawing_raster(content)
        predicted = "" if raster is None else self.predict(raster).text
        return self.take(sample_of(content, label, predicted, self.recogniser.card.sha256))

    def kept(self) -> list[Kept]:
        """Return all samples that can be read, oldest first; raises StorageError."""
        found = []
        for name in self.samples.names():
            try:
                found.append(Kept(name, parse_sample(self.samples.read(name))))
            except InklingError as error:
                LOG.warning("The sample %s cannot be read: %s", name, error)
        return found

    def take(self, sample: Sample) -> Kept:
        """Store a sample from elsewhere and learn it; raises InkError, StorageError."""
        if drawing_raster(sample.content) is None:
            raise InkError(_("There is nothing drawn to learn from."))
        kept = Kept(self.samples.add(sample_bytes(sample), sample.time), sample)
        self._learn(kept)
        return kept

    def forget(self, name: str) -> None:
        """Delete a sample and what was learnt from it; raises StorageError."""
        self.samples.remove(name)
        self._hand.forget(name)

    def restore(self, kept: Kept) -> None:
        """Store a sample under its name again, as it was or relabelled; raises StorageError."""
        self.samples.write(kept.name, sample_bytes(kept.sample))
        self._learn(kept)

    def _learn(self, kept: Kept) -> None:
        raster = drawing_raster(kept.sample.content)
        assert raster is not None, "a sample has ink"
        label = kept.sample.label
        self._hand.learn(
            kept.name,
            None if label == NO_DIGIT else self.recogniser.card.labels.index(label),
            self.recogniser.calibrated(raster),
        )
