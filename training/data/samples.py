"""Reader for the user's own samples: .ink files with a label "0" to "9"."""

from pathlib import Path

from app.errors import InklingError
from app.formats.sample import DIGITS, NO_DIGIT, parse_sample
from app.i18n import _
from app.recognition.model_card import LABELS
from app.storage.sample_store import SampleStore
from training.data.dataset import DataError
from training.data.pendigits import PenDigit


def load_samples(folder: Path) -> list[tuple[str, PenDigit]]:
    """Return the samples in `folder` with their file names, oldest first.

    Pictures, samples of other alphabets and of no digit are left out. Raises DataError if none is
    left or one cannot be read.
    """
    samples = []
    store = SampleStore(folder)
    for order, name in enumerate(store.names()):
        try:
            sample = parse_sample(store.read(name))
        except InklingError as error:
            wrong = _("The sample {path} cannot be read: {problem}")
            raise DataError(wrong.format(path=folder / name, problem=error)) from error
        is_digit = sample.alphabet == DIGITS and sample.label != NO_DIGIT
        if is_digit and sample.content.strokes:
            label = LABELS.index(sample.label)
            samples.append((name, PenDigit(label, 0, order, sample.content.strokes)))
    if not samples:
        raise DataError(_("You have no samples in {folder} yet.").format(folder=folder))
    return samples
