"""A sample's file: round trip, and one error message for a damaged one."""

import json
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import InkError
from app.formats.drawing_file import parse_drawing
from app.formats.sample import Sample, encode_sample, new_sample, parse_sample
from app.ink.drawing import Content
from app.ink.stroke import Stroke

FOUR = Content(strokes=(Stroke.of([(100, 50), (60, 200), (180, 200)]), Stroke.of([(150, 90)])))
SAMPLE = Sample(FOUR, "4", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "9", "ab" * 32)


def test_a_sample_comes_back_whole() -> None:
    assert parse_sample(encode_sample(SAMPLE)) == SAMPLE


def test_a_sample_is_a_drawing_that_opens() -> None:
    assert parse_drawing(encode_sample(SAMPLE)).strokes == FOUR.strokes


@pytest.mark.parametrize("label", (*"0123456789", ""))
def test_every_label_can_be_kept(label: str) -> None:
    assert parse_sample(encode_sample(new_sample(FOUR, label))).label == label


def test_a_picture_is_kept_small() -> None:
    picture = Image.new("RGB", (1000, 500), "white")
    picture.paste("black", (300, 100, 400, 400))
    back = parse_sample(encode_sample(new_sample(Content(background=picture), "1")))
    assert back.content.background is not None
    assert back.content.background.size == (400, 200)
    assert np.asarray(back.content.background.convert("L")).min() == 0


def test_a_sample_from_another_program_needs_only_its_label() -> None:
    value = json.loads(encode_sample(SAMPLE))
    for key in ("time", "predicted", "model"):
        del value[key]
    back = parse_sample(json.dumps(value).encode())
    assert (back.label, back.predicted, back.model, back.time.year) == ("4", "", "", 1970)


def test_times_are_kept_as_utc() -> None:
    value = json.loads(encode_sample(SAMPLE))
    value["time"] = datetime(2026, 1, 2, 5, tzinfo=timezone(timedelta(hours=2))).isoformat()
    assert parse_sample(json.dumps(value).encode()).time == datetime(2026, 1, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_times_that_utc_does_not_have_are_left_out(time: str) -> None:
    value = {**json.loads(encode_sample(SAMPLE)), "time": time}
    assert parse_sample(json.dumps(value).encode()).time.year == 1970


@pytest.mark.parametrize("text", ["=cmd()", "-1+2", "\ud800", "a\nb", "x" * 65, 7])
def test_what_is_no_answer_and_no_model_is_left_out(text: object) -> None:
    value = {**json.loads(encode_sample(SAMPLE)), "predicted": text, "model": text}
    sample = parse_sample(json.dumps(value).encode())
    assert (sample.predicted, sample.model) == ("", "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": None}, "no label"),
        ({"label": "12"}, "digit"),
        ({"label": "x"}, "digit"),
        ({"strokes": []}, "nothing drawn"),
        ({"picture": 3}, "picture is damaged"),
        ({"picture": "%%%"}, "picture is damaged"),
        ({"picture": "aGVsbG8="}, "not a picture"),
        ({"version": 9}, "version 9"),
    ],
)
def test_the_error_names_what_is_wrong_with_a_sample(changes: dict[str, object], said: str) -> None:
    with pytest.raises(InkError, match=said):
        parse_sample(json.dumps({**json.loads(encode_sample(SAMPLE)), **changes}).encode())


@given(st.binary(max_size=40), st.integers(0, 400))
def test_damaged_bytes_give_a_sample_or_an_error(junk: bytes, offset: int) -> None:
    data = encode_sample(SAMPLE)
    try:
        parse_sample(data[:offset] + junk + data[offset + len(junk) :])
    except InkError as error:
        assert str(error)


@pytest.mark.parametrize("label", ["a", "Z", ",", "=", ""])
def test_a_sample_of_another_alphabet_keeps_its_name(label: str) -> None:
    sample = new_sample(FOUR, label, predicted="/", alphabet="characters")
    back = parse_sample(encode_sample(sample))
    assert (back.label, back.alphabet, back.predicted) == (label, "characters", "/")
    assert b"alphabet" not in encode_sample(new_sample(FOUR, "4"))


@pytest.mark.parametrize(
    "changes", [{"alphabet": 3}, {"alphabet": ""}, {"alphabet": "../x"}, {"label": "ab"}]
)
def test_a_sample_of_an_impossible_alphabet_is_refused(changes: dict[str, object]) -> None:
    value = json.loads(encode_sample(new_sample(FOUR, "a", alphabet="letters")))
    with pytest.raises(InkError):
        parse_sample(json.dumps({**value, **changes}).encode())
