"""The personal recogniser: one correction changes the answers from then on, in every run."""

from pathlib import Path
from typing import Any

import pytest

from app.errors import InkError, StorageError
from app.formats.sample import Sample, new_sample
from app.ink.drawing import Content
from app.ink.rasterize import Raster, rasterize
from app.ink.stroke import Stroke
from app.recognition.model import Recogniser, shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
from app.storage.sample_store import SampleStore
from tests.app.recognition.stand_in import stand_in

SEVEN = Content(strokes=(Stroke.of([(0, 0), (60, 0), (25, 100)]),))
LIKE_IT = Content(strokes=(Stroke.of([(3, 2), (58, -2), (27, 97)]),))
ZERO = Content(strokes=(Stroke.of([(50, 0), (0, 50), (50, 100), (100, 50), (50, 0)]),))


def raster_of(content: Content) -> Raster:
    image = rasterize(content.strokes)
    assert image is not None
    return image


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return shipped_recogniser()


@pytest.fixture
def personal(recogniser: Recogniser, tmp_path: Path) -> PersonalRecogniser:
    return PersonalRecogniser(recogniser, SampleStore(tmp_path / "samples"))


def test_one_correction_changes_the_answers_from_then_on(personal: PersonalRecogniser) -> None:
    before = personal.predict(raster_of(ZERO))
    assert personal.predict(raster_of(SEVEN)).text == "7"
    stored = personal.teach(SEVEN, "1")
    assert (stored.sample.label, stored.sample.predicted) == ("1", "7")
    for content in (SEVEN, LIKE_IT):
        answer = personal.predict(raster_of(content))
        assert answer.text == "1" and answer.matches_samples
        assert sum(answer.probabilities) == pytest.approx(1.0)
        assert answer.is_sure or content is LIKE_IT
    assert personal.predict(raster_of(ZERO)) == before
    again = PersonalRecogniser(personal.recogniser, personal.samples)
    assert len(again) == 1 and again.predict(raster_of(SEVEN)).text == "1"


def test_teaching_rasterises_once_and_infers_once(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasters: list[Raster] = []
    inferred: list[Raster] = []
    infer = personal.recogniser.infer_many

    def rasterise(content: Content) -> Raster:
        rasters.append(raster_of(content))
        return rasters[-1]

    def count(raster: Raster) -> Any:
        inferred.append(raster)
        return infer(raster)

    monkeypatch.setattr("app.recognition.personal_recogniser.drawing_raster", rasterise)
    monkeypatch.setattr(personal.recogniser, "infer_many", count)
    personal.teach(SEVEN, "1")
    assert len(rasters) == len(inferred) == 1


def test_samples_can_be_switched_off(personal: PersonalRecogniser) -> None:
    personal.teach(SEVEN, "1")
    personal.uses_samples = False
    answer = personal.predict(raster_of(SEVEN))
    assert answer.text == "7" and not answer.matches_samples


def test_a_sample_can_be_removed_restored_and_relabelled(personal: PersonalRecogniser) -> None:
    stored = personal.teach(SEVEN, "")
    assert personal.predict(raster_of(SEVEN)).text == ""
    personal.remove(stored.name)
    assert personal.predict(raster_of(SEVEN)).text == "7"
    assert personal.samples.names() == []
    personal.restore(stored)
    assert personal.predict(raster_of(SEVEN)).text == "" and personal.samples.names() == [
        stored.name
    ]
    sample = stored.sample
    personal.restore(
        StoredSample(
            stored.name, Sample(sample.content, "1", sample.time, sample.predicted, sample.model)
        )
    )
    assert personal.predict(raster_of(SEVEN)).text == "1" and len(personal) == 1


def test_a_sample_that_cannot_be_stored_is_not_learnt(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise StorageError("full")

    monkeypatch.setattr("app.storage.sample_store.write_atomically", full)
    with pytest.raises(StorageError, match="full"):
        personal.teach(SEVEN, "1")
    assert personal.predict(raster_of(SEVEN)).text == "7" and len(personal) == 0


def test_an_empty_drawing_cannot_be_taught(personal: PersonalRecogniser) -> None:
    with pytest.raises(InkError, match="nothing drawn"):
        personal.teach(Content(), "1")


def test_a_damaged_sample_is_set_aside_and_the_others_are_learnt(
    personal: PersonalRecogniser,
) -> None:
    stored = personal.teach(SEVEN, "1")
    folder = personal.samples.folder
    (folder / "00.ink").write_bytes(b"{")
    again = PersonalRecogniser(personal.recogniser, personal.samples)
    assert len(again) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["00.ink.damaged", stored.name]


@pytest.mark.usefixtures("characters")
def test_a_sample_counts_in_its_own_alphabet(personal: PersonalRecogniser) -> None:
    letters = personal.for_alphabet("letters")
    assert personal.for_alphabet("digits") is personal
    assert personal.for_alphabet("letters") is letters
    small = personal.for_alphabet("small")
    before = small.predict(raster_of(SEVEN))
    stored = letters.teach(SEVEN, "q")
    assert letters.predict(raster_of(SEVEN)).text == "q"
    assert personal.predict(raster_of(SEVEN)).text == "7"
    assert small.predict(raster_of(SEVEN)) == before
    again = PersonalRecogniser(personal.recogniser, personal.samples)
    assert len(again) == 0 and len(again.for_alphabet("letters")) == 1
    assert len(again.stored_samples()) == 1
    personal.remove(stored.name)
    assert letters.predict(raster_of(SEVEN)).text != "q"


@pytest.mark.usefixtures("characters")
def test_other_alphabets_use_the_samples_or_not_as_digits_do(personal: PersonalRecogniser) -> None:
    personal.for_alphabet("capitals").teach(SEVEN, "Q")
    personal.uses_samples = False
    assert personal.for_alphabet("capitals").predict(raster_of(SEVEN)).text != "Q"


@pytest.mark.usefixtures("characters")
def test_a_sample_from_elsewhere_has_a_label_of_its_alphabet(personal: PersonalRecogniser) -> None:
    letters = personal.for_alphabet("letters")
    with pytest.raises(InkError, match="not of this alphabet"):
        letters.add(new_sample(SEVEN, "7", alphabet="letters"))
    with pytest.raises(InkError, match="no alphabet called runes"):
        personal.for_alphabet("runes")
    assert personal.samples.names() == []


def test_the_model_of_all_characters_is_loaded_when_it_is_asked_for(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Recogniser] = []

    def load() -> Recogniser:
        loaded.append(stand_in())
        return loaded[-1]

    monkeypatch.setattr("app.recognition.personal_recogniser.characters_recogniser", load)
    personal.predict(raster_of(SEVEN))
    assert not loaded
    for name in ("small", "letters", "characters"):
        personal.for_alphabet(name).predict(raster_of(SEVEN))
    assert len(loaded) == 1
