"""Answers outside the program: the files have what was answered, unrounded."""

import csv
import json
from io import BytesIO, StringIO

import numpy as np
import pytest
from PIL import Image

from app.answers import bars_png, probabilities_csv, probabilities_json, raster_png
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.numbers.number import Number, NumberCharacter
from app.recognition.prediction import Prediction

PROBABILITIES = (0.01, 0.02, 0.9, 0.07, 0, 0, 0, 0, 0, 0)
RASTER = np.linspace(0, 1, 28 * 28, dtype=np.float32).reshape(28, 28)


def answer(is_digit: bool = True) -> Prediction:
    return Prediction(tuple("0123456789"), PROBABILITIES, 0.98, is_digit, (1.0,), RASTER)


def test_csv_has_a_row_for_each_label() -> None:
    rows = list(csv.DictReader(StringIO(probabilities_csv(answer()).decode(), newline="")))
    assert [row["label"] for row in rows] == list("0123456789")
    assert [float(row["probability"]) for row in rows] == list(PROBABILITIES)


@pytest.mark.parametrize("is_digit", [True, False])
def test_json_has_the_fields_of_the_command_line(is_digit: bool) -> None:
    fields = json.loads(probabilities_json(answer(is_digit)))
    assert fields["label"] == "2" and fields["is_digit"] is is_digit
    assert fields["text"] == ("2" if is_digit else "")
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


@pytest.mark.parametrize("is_digit", [True, False])
def test_bars_are_as_long_as_the_probabilities(is_digit: bool) -> None:
    with Image.open(BytesIO(bars_png(answer(is_digit)))) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.int16)
    track, best = (0xE2, 0xE5, 0xEA), (0x00, 0x72, 0xB2)
    lengths = []
    for row in range(10):
        line = pixels[24 + row * 44 + 22 + 8]
        rest = (line == track).all(axis=1).sum()
        lengths.append(1 - rest / 443)
    shown = answer(is_digit).probabilities if is_digit else answer(False).joint_probabilities
    assert lengths == pytest.approx(shown, abs=0.01)
    assert ((pixels == best).all(axis=2).any()) == is_digit
