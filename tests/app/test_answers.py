"""Answers outside the program: the files have what was answered, unrounded."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import pytest
from PIL import Image

from app.answers import (
    answer_object,
    bars_png,
    columns,
    probabilities_csv,
    probabilities_json,
    raster_png,
    row_writer,
)
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.numbers.number import Number, NumberCharacter
from app.recognition.alphabet import ALPHABETS
from app.recognition.prediction import Prediction

PROBABILITIES = (0.01, 0.02, 0.9, 0.07, 0, 0, 0, 0, 0, 0)
RASTER = np.linspace(0, 1, 28 * 28, dtype=np.float32).reshape(28, 28)


def answer(is_known: bool = True) -> Prediction:
    return Prediction(tuple("0123456789"), PROBABILITIES, 0.98, is_known, (1.0,), RASTER)


def test_csv_has_a_row_for_each_label() -> None:
    rows = list(csv.DictReader(StringIO(probabilities_csv(answer()).decode(), newline="")))
    assert [row["label"] for row in rows] == list("0123456789")
    assert [float(row["probability"]) for row in rows] == list(PROBABILITIES)


@pytest.mark.parametrize("is_known", [True, False])
def test_json_has_the_fields_of_the_command_line(is_known: bool) -> None:
    fields = json.loads(probabilities_json(answer(is_known)))
    assert fields["label"] == "2" and fields["is_digit"] is is_known
    assert fields["text"] == ("2" if is_known else "")
    assert list(fields["probabilities"].values()) == list(PROBABILITIES)


def test_a_numbers_readings_and_digits_are_exported() -> None:
    two = NumberCharacter("2", Rect(0, 0, 40, 100), 0.9, (0,), Content(), True, answer())
    number = Number((two, two), (("22", 0.8), ("23", 0.06)))
    rows = list(csv.reader(StringIO(probabilities_csv(number).decode(), newline="")))
    assert rows == [["label", "probability"], ["22", "0.8"], ["23", "0.06"]]
    fields = json.loads(probabilities_json(number))
    assert fields["text"] == "22" and fields["confidence"] == 0.8
    assert [digit["box"] for digit in fields["digits"]] == [[0, 0, 40, 100]] * 2


def test_the_raster_has_its_28_pixels() -> None:
    with Image.open(BytesIO(raster_png(RASTER))) as picture:
        assert (picture.size, picture.mode) == ((28, 28), "L")
        assert np.abs(np.asarray(picture) / 255 - RASTER).max() <= 0.5 / 255


@pytest.mark.parametrize("is_known", [True, False])
def test_bars_are_as_long_as_the_probabilities(is_known: bool) -> None:
    with Image.open(BytesIO(bars_png(answer(is_known)))) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.int16)
    track, best = (0xE2, 0xE5, 0xEA), (0x00, 0x72, 0xB2)
    lengths = []
    for row in range(10):
        line = pixels[24 + row * 44 + 22 + 8]
        rest = (line == track).all(axis=1).sum()
        lengths.append(1 - rest / 443)
    shown = answer(is_known).probabilities if is_known else answer(False).joint_probabilities
    assert lengths == pytest.approx(shown, abs=0.01)
    assert ((pixels == best).all(axis=2).any()) == is_known


def letters(*shares: float, is_known: bool = True) -> Prediction:
    labels = ALPHABETS["letters"].labels
    rest = (1 - sum(shares)) / (52 - len(shares))
    probabilities = (*shares, *[rest] * (52 - len(shares)))
    return Prediction(labels, probabilities, 0.98, is_known, (1.0,), RASTER, alphabet="letters")


def test_another_alphabet_has_its_ten_most_probable_labels_by_rank() -> None:
    fields = answer_object(letters(0.1, 0.6, 0.2))
    assert (
        list(fields["probabilities"])[:3] == ["B", "C", "A"] and len(fields["probabilities"]) == 10
    )
    assert (fields["is_known"], fields["known_score"], fields["alternatives"]) == (True, 0.98, [])
    assert "is_digit" not in fields and fields["label"] == "B"
    rows = probabilities_csv(letters(0.1, 0.6, 0.2)).decode().splitlines()
    assert len(rows) == 53 and rows[1] == "B,0.6"


def test_look_alikes_are_named_and_count_together() -> None:
    shares = dict.fromkeys(ALPHABETS["letters"].labels, 0.0) | {"O": 0.6, "o": 0.35, "Q": 0.05}
    one = replace(letters(), probabilities=tuple(shares.values()))
    assert one.alternatives == ("o",) and one.certainty == pytest.approx(0.95)
    assert replace(one, probabilities=tuple((shares | {"o": 0.01}).values())).alternatives == ()
    stream = StringIO()
    row_writer("text", stream, ())({"id": 1, **answer_object(one)})
    assert stream.getvalue() == "1: O or o  (95.0%)\n"
    stream = StringIO()
    row_writer("csv", stream, columns(one.labels, is_of_digits=False))(
        {"id": 1, **answer_object(one), "ms": 1.0}
    )
    (row,) = csv.DictReader(StringIO(stream.getvalue()))
    assert (row["alternatives"], row["is_known"], row["p_O"]) == ("o", "True", "0.6")
    assert set(row) >= {f"p_{label}" for label in one.labels} and "is_digit" not in row


def test_ink_that_is_no_letter_is_none_of_these() -> None:
    stream = StringIO()
    row_writer("text", stream, ())({"id": 1, **answer_object(letters(is_known=False))})
    assert "none of these" in stream.getvalue()


def test_the_picture_of_another_alphabet_has_ten_bars() -> None:
    with Image.open(BytesIO(bars_png(letters(0.5)))) as picture:
        assert picture.height == 10 * 44 + 2 * 24
