"""Reading numbers with the shipped model: simple strokes, odd ones, and far too many."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.errors import ModelError
from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.ink.stroke import Stroke
from app.numbers.best_path import Path as LatticePath
from app.numbers.number import Number
from app.numbers.number_ink import StrokeInk
from app.numbers.reader import NumberReader
from app.numbers.segmentation import SegmentationLattice
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.recognition.prediction import Outputs
from app.storage.sample_store import SampleStore

Lines = list[list[tuple[float, float]]]
SEVEN: Lines = [[(0, 0), (60, 0), (25, 100)]]
FIVE: Lines = [[(10, 0), (8, 45), (40, 48), (48, 75), (35, 97), (0, 95)], [(10, 0), (50, -3)]]
FOUR: Lines = [[(30, 0), (0, 60), (60, 60)], [(45, 35), (43, 110)]]
ONE: Lines = [[(0, 0), (0, 100)]]
POINT: Lines = [[(0, 98), (1, 99)]]
COMMA: Lines = [[(6, 92), (0, 118)]]
MINUS: Lines = [[(0, 50), (35, 50)]]


def placed(*characters: Lines) -> list[Stroke]:
    """The strokes of characters side by side."""
    strokes, edge = [], 0.0
    for lines in characters:
        for line in lines:
            strokes.append(Stroke.of([(x + edge, y) for x, y in line], 7.0))
        edge = max(point.x for stroke in strokes for point in stroke.points) + 22.0
    return strokes


@pytest.fixture(scope="module")
def personal(tmp_path_factory: pytest.TempPathFactory) -> PersonalRecogniser:
    return PersonalRecogniser(shipped_recogniser(), SampleStore(tmp_path_factory.mktemp("none")))


def read(personal: PersonalRecogniser, strokes: list[Stroke]) -> Number:
    return NumberReader(personal).read(StrokeInk(strokes))


def counted(personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch) -> list[Raster]:
    """Return a list that gets every raster that the network sees from now on."""
    calls: list[Raster] = []
    plain = personal.recogniser.calibrated_many

    def calibrated_many(rasters: NDArray[np.float32]) -> list[Outputs | ModelError]:
        calls.extend(rasters)
        return plain(rasters)

    monkeypatch.setattr(personal.recogniser, "calibrated_many", calibrated_many)
    return calls


@pytest.mark.parametrize(
    ("characters", "text"),
    [
        ((SEVEN,), "7"),
        ((FIVE,), "5"),
        ((MINUS, ONE, SEVEN, POINT, FIVE), "-17.5"),
        ((FOUR, FOUR, COMMA, FIVE, SEVEN), "44,57"),
        ((FIVE, ONE, FIVE, ONE), "5151"),
    ],
    ids=["7", "5", "minus and point", "comma", "top bars"],
)
def test_numbers_are_read(
    personal: PersonalRecogniser, characters: tuple[Lines, ...], text: str
) -> None:
    strokes = placed(*characters)
    number = read(personal, strokes)
    assert number.text == number.label == text
    assert 0 < number.confidence <= 1
    assert number.readings[0] == (text, number.confidence)
    assert sorted(s for one in number.characters for s in one.strokes) == list(range(len(strokes)))


def test_the_order_of_the_strokes_does_not_matter(personal: PersonalRecogniser) -> None:
    strokes = placed(FIVE, FOUR, SEVEN, FIVE)
    plain = read(personal, strokes)
    order = list(range(len(strokes)))
    random.Random(1).shuffle(order)
    mixed = read(personal, [strokes[index] for index in order])
    assert mixed.text == plain.text == "5475"
    assert mixed.confidence == pytest.approx(plain.confidence, abs=1e-4)
    for character, other in zip(plain.characters, mixed.characters, strict=True):
        assert tuple(sorted(order[index] for index in other.strokes)) == character.strokes
        assert other.box == character.box


def test_size_and_position_do_not_matter(personal: PersonalRecogniser) -> None:
    strokes = placed(MINUS, FIVE, POINT, FOUR)
    plain = read(personal, strokes)
    for scale, by in ((0.05, -30.0), (40.0, 9000.0)):
        changed = [
            Stroke.of([(x * scale + by, y * scale - by) for x, y, _t in stroke.points])
            for stroke in strokes
        ]
        number = read(personal, changed)
        assert number.text == plain.text == "-5.4"
        assert number.confidence == pytest.approx(plain.confidence, abs=1e-3)


def test_a_pen_that_is_not_lifted_between_digits(personal: PersonalRecogniser) -> None:
    seven, three = SEVEN[0], [(0, 5), (30, 0), (45, 20), (15, 45), (48, 70), (30, 98), (0, 95)]
    joined = [*seven, *((x + 80, y) for x, y in three)]
    number = read(personal, [Stroke.of(joined, 7.0)])
    assert len(number.characters) == 2 and number.characters[0].strokes == (0,)


def test_a_number_with_a_scribble_has_no_text(personal: PersonalRecogniser) -> None:
    rng = random.Random(5)
    scribble = [(rng.uniform(100, 200), rng.uniform(0, 100)) for _point in range(60)]
    number = read(personal, [*placed(SEVEN), Stroke.of(scribble, 7.0)])
    assert number.text == "" and not number.is_known and number.label


def test_the_card_has_the_thresholds_within_a_number(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    strokes = placed(SEVEN, FIVE, FOUR, [[(0, 0), (60, 90), (60, 0), (0, 90), (0, 0), (60, 0)]])
    texts = []
    for threshold in (0.0, 0.499):
        card = replace(
            personal.recogniser.card,
            number_digit_threshold=threshold,
            number_cut_threshold=threshold,
        )
        monkeypatch.setattr(personal.recogniser, "card", card)
        number = read(personal, strokes)
        texts.append(number.text)
    assert texts == [number.label, ""]


@pytest.mark.parametrize(
    "strokes",
    [
        [[(5.0, 5.0)]],
        [[(5.0, 5.0)]] * 3000,
        [[(float(i % 2000), float(i % 97)) for i in range(50_000)]],
        [[(i * 7.0, 0.0), (i * 7.0 + 3, 90.0 + i % 7)] for i in range(2000)],
        [[(0.0, 0.0), (1e7, 1e7)], [(0.0, 1e7)]],
        [[(i * 2.0, i * 0.0)] for i in range(500)],
    ],
    ids=["dot", "one dot often", "huge scribble", "fence", "vast", "row of dots"],
)
def test_any_ink_has_an_answer_after_few_recognitions(
    personal: PersonalRecogniser, strokes: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(personal, monkeypatch)
    number = read(personal, [Stroke.of(line) for line in strokes])
    assert number.characters
    assert len(calls) <= 300
    used = [stroke for character in number.characters for stroke in character.strokes]
    assert set(used) == set(range(len(strokes)))


def test_the_work_grows_no_faster_than_the_ink(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    plain = StrokeInk.rasterize

    def rasterize(ink: StrokeInk, parts: tuple[Stroke, ...]) -> Raster:
        drawn.append(sum(len(stroke.points) for stroke in parts))
        return plain(ink, parts)

    monkeypatch.setattr(StrokeInk, "rasterize", rasterize)
    rng = random.Random(1)
    dots = [Stroke.of([(rng.uniform(0, 400), rng.uniform(0, 400))]) for _ in range(20_000)]
    read(personal, dots)
    assert sum(drawn) < 10 * len(dots)


def test_another_stroke_costs_only_what_it_changes(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    strokes = placed(SEVEN, ONE, SEVEN, SEVEN)
    reader = NumberReader(personal)
    reader.read(StrokeInk(strokes[:-1]))
    calls = counted(personal, monkeypatch)
    reader.read(StrokeInk(strokes))
    assert 1 <= len(calls) <= 2
    reader.read(StrokeInk(strokes))
    assert len(calls) <= 2


def test_a_new_sample_counts_for_cached_ink_too(tmp_path: Path) -> None:
    personal = PersonalRecogniser(shipped_recogniser(), SampleStore(tmp_path))
    reader = NumberReader(personal)
    strokes = placed(SEVEN, FIVE)
    assert reader.read(StrokeInk(strokes)).text == "75"
    personal.teach(Content(strokes=tuple(strokes[:1])), "1")
    number = reader.read(StrokeInk(strokes))
    assert number.text == "15" and number.matches_samples


def test_dots_on_one_another_take_few_searches(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = []
    search = SegmentationLattice.search

    def counted(lattice: SegmentationLattice, limit: int) -> list[LatticePath]:
        searches.append(limit)
        return search(lattice, limit)

    monkeypatch.setattr(SegmentationLattice, "search", counted)
    read(personal, [Stroke.of([(5, 5)]) for _dot in range(120)])
    assert len(searches) < 30


def test_what_is_recognised_at_once_reads_as_one_by_one(
    personal: PersonalRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    strokes = placed(MINUS, ONE, SEVEN, POINT, FIVE, FOUR)
    together = read(personal, strokes)
    monkeypatch.setattr(NumberReader, "prepare", lambda _reader, _ink, _several: None)
    assert read(personal, strokes) == together
