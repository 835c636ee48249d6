"""Damaged inputs for every parser: it must answer, or say in one sentence what is wrong."""

import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from app.answers import answer_object
from app.batch.stream import stream_groups
from app.errors import InkError, InklingError
from app.file_reader import read_content
from app.formats.sample import encode_sample, parse_sample
from app.formats.sample_archive import count_samples, read_samples
from app.imaging.drawing_raster import drawing_raster
from app.ink.drawing import Content
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader
from app.recognition.model import Recogniser, shipped_recogniser
from app.recognition.model_card import read_card
from app.recognition.model_store import ModelStore
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import TemporarySamples
from app.storage.settings_store import SettingsStore
from app.training_process import parse_event
from benchmarks.faults import seeds
from benchmarks.faults.campaign import Try
from benchmarks.faults.mutation import Make
from training.data.mnist import read_mnist
from training.data.pendigits import read_pendigits
from training.data.report_only import read_skahl
from training.fitting.run_folder import read_history


@dataclass(frozen=True)
class _Target:
    """A parser: its name in the figures, a maker of damaged files, and what reads them."""

    suffix: str
    share: int
    make: Make
    use: Any
    """Called with the file's path; may raise InklingError."""


def prepare() -> Try:
    """Return what tries one damaged input."""
    reader = _Reader()
    targets = [
        _Target(".jsonl", 40, seeds.lines(), reader.line),
        _Target(".ink", 25, seeds.drawings(), reader.file),
        *(_Target(suffix, 2, make, reader.file) for suffix, make in seeds.pictures().items()),
        _Target(".ink", 15, seeds.samples(), _read_sample),
        _Target(".zip", 6, seeds.sample_archive(), _read_archive),
        _Target(".json", 8, seeds.settings(), _read_settings),
        _Target(".json", 12, seeds.card(), read_card),
        _Target(".tflite", 1, seeds.model(), reader.model),
        _Target(".zip", 1, seeds.model_archive(), reader.model),
        _Target(".csv", 6, seeds.history(), read_history),
        _Target(".jsonl", 8, seeds.events(), _read_events),
        _Target(".tra", 8, seeds.pendigits(), lambda path: read_pendigits([path])),
        _Target(".gz", 3, seeds.idx(), lambda path: read_mnist([path])),
        _Target(".npz", 3, seeds.npz(), lambda path: read_mnist([path])),
        _Target(".json", 3, seeds.skahl(), lambda path: read_skahl([path])),
    ]
    weights = [target.share for target in targets]
    folder = Path(tempfile.mkdtemp(prefix="inkling-faults-"))

    def try_item(rng: Random) -> None:
        (target,) = rng.choices(targets, weights)
        with tempfile.TemporaryDirectory(dir=folder) as own:
            path = Path(own) / f"input{target.suffix}"
            path.write_bytes(target.make(rng))
            try:
                target.use(path)
            except InklingError as error:
                _check_sentence(str(error))

    return try_item


def _check_sentence(text: str) -> None:
    """Raise AssertionError for what no person could read."""
    assert 8 < len(text) < 2000, f"no sentence: {text[:80]!r}"
    assert "Traceback" not in text and "Error:" not in text, text[:200]


class _Reader:
    """Recognises drawings, as `inkling recognise` and the window do."""

    def __init__(self) -> None:
        self._personal = PersonalRecogniser(shipped_recogniser(), TemporarySamples())
        self._numbers = NumberReader(self._personal)

    def line(self, path: Path) -> None:
        """Read JSON Lines, as from standard input."""
        for group in stream_groups(io.BytesIO(path.read_bytes()), labelled=True):
            for item in (line.item() for line in group):
                json.dumps(item.id, allow_nan=False)
                self._answer(item.read)

    def file(self, path: Path) -> None:
        """Read a drawing or a picture."""
        self._answer(lambda: read_content(path))

    def model(self, path: Path) -> None:
        """Import a model, and let it answer."""
        if path.suffix == ".tflite":
            seeds.write_card_for(path)
        store = ModelStore(path.parent / "store")
        model = store.install(path, "model")
        Recogniser(model.path)

    def _answer(self, read: Any) -> None:
        content: Content = read()
        raster = drawing_raster(content)
        if raster is None:
            raise InkError("The drawing has no ink.")
        _check_answer(self._personal.predict(raster))
        ink = number_ink(content) if len(content.strokes) % 4 == 2 else None  # it takes longer
        if ink is not None:
            _check_answer(self._numbers.read(ink))


def _check_answer(answer: Any) -> None:
    """Raise ValueError for what is not finite, AssertionError for what is no probability."""
    value = answer_object(answer)
    json.dumps(value, allow_nan=False)
    assert 0.0 <= value["confidence"] <= 1.0, value["confidence"]
    assert all(0.0 <= share <= 1.0 for share in value["probabilities"].values())


def _read_sample(path: Path) -> None:
    """Read a sample; what was read must be readable again."""
    parse_sample(encode_sample(parse_sample(path.read_bytes())))


def _read_archive(path: Path) -> None:
    count_samples(path)
    for sample in read_samples(path):
        if isinstance(sample, str):
            _check_sentence(sample)


def _read_settings(path: Path) -> None:
    """Read settings, write them and read the same again."""
    store = SettingsStore(path)
    settings = store.read()
    store.write(settings)
    again = SettingsStore(path)
    assert not path.exists() or again.read() == settings, "settings change when they are written"


def _read_events(path: Path) -> None:
    for line in path.read_text("utf-8", "replace").splitlines():
        parse_event(line)
