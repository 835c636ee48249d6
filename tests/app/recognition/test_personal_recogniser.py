"""The recogniser that knows its user's hand: correct once, know it from then on, in every run."""

from pathlib import Path
from typing import Any

import pytest

from app.errors import InkError, StorageError
from app.formats.sample import Sample
from app.ink.drawing import Content
from app.ink.rasterize import Raster, rasterize
from app.ink.stroke import Stroke
from app.recognition.model import Recogniser, shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
from app.storage.sample_store import SampleStore

SEVEN = Content(strokes=(Stroke.of([(0, 0), (60, 0), (25, 100)]),))
LIKE_IT = Content(strokes=(Stroke.of([(3, 2), (58, -2), (27, 97)]),))
ZERO = Content(strokes=(Stroke.of([(50, 0), (0, 50), (50, 100), (100, 50), (50, 0)]),))


def seen(content: Content) -> Raster:
    image = rasterize(content.strokes)
    assert image is not None
    return image


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return shipped_recogniser()


@pytest.fixture
def personal(recogniser: Recogniser, tmp_path: Path) -> PersonalRecogniser:
    return PersonalRecogniser(recogniser, SampleStore(tmp_path / "samples"))


def test_one_correction_is_known_from_then_on(personal: PersonalRecogniser) -> None:
    before = personal.predict(seen(ZERO))
    assert personal.predict(seen(SEVEN)).text == "7"
    kept = personal.teach(SEVEN, "1")
    assert (kept.sample.label, kept.sample.predicted) == ("1", "7")
    for content in (SEVEN, LIKE_IT):
        answer = personal.predict(seen(content))
        assert answer.text == "1" and answer.matches_samples
        assert sum(answer.probabilities) == pytest.approx(1.0)
    assert personal.predict(seen(ZERO)) == before
    again = PersonalRecogniser(personal.recogniser, personal.samples)
    assert len(again) == 1 and again.predict(seen(SEVEN)).text == "1"


def test_it_can_be_switched_off(personal: PersonalRecogniser) -> None:
    personal.teach(SEVEN, "1")
    personal.uses_samples = False
    answer = personal.predict(seen(SEVEN))
    assert answer.text == "7" and not answer.matches_samples


def test_no_digit_can_be_taught_and_taken_back(personal: PersonalRecogniser) -> None:
    kept = personal.teach(SEVEN, "")
    assert personal.predict(seen(SEVEN)).text == ""
    personal.remove(kept.name)
    assert personal.predict(seen(SEVEN)).text == "7"
    assert personal.samples.names() == []
    personal.restore(kept)
    assert personal.predict(seen(SEVEN)).text == "" and personal.samples.names() == [kept.name]
    sample = kept.sample
    personal.restore(
        StoredSample(
            kept.name, Sample(sample.content, "1", sample.time, sample.predicted, sample.model)
        )
    )
    assert personal.predict(seen(SEVEN)).text == "1" and len(personal) == 1


def test_what_cannot_be_stored_is_not_learnt(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise StorageError("full")

    monkeypatch.setattr("app.storage.sample_store.write_atomically", full)
    with pytest.raises(StorageError, match="full"):
        personal.teach(SEVEN, "1")
    assert personal.predict(seen(SEVEN)).text == "7" and len(personal) == 0


def test_nothing_drawn_is_nothing_to_learn(personal: PersonalRecogniser) -> None:
    with pytest.raises(InkError, match="nothing drawn"):
        personal.teach(Content(), "1")


def test_a_damaged_sample_is_set_aside_and_the_others_are_learnt(
    personal: PersonalRecogniser,
) -> None:
    kept = personal.teach(SEVEN, "1")
    folder = personal.samples.folder
    (folder / "00.ink").write_bytes(b"{")
    again = PersonalRecogniser(personal.recogniser, personal.samples)
    assert len(again) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["00.ink.damaged", kept.name]
