"""Readings: the probabilities of texts, from segmentations and their predictions."""

import numpy as np
import pytest

from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.numbers.number import Number, NumberCharacter, reading_probabilities
from app.recognition.prediction import Prediction

LABELS = tuple("0123456789")


def digit(likely: dict[str, float], score: float = 0.99) -> Prediction:
    rest = (1 - sum(likely.values())) / (10 - len(likely))
    probabilities = tuple(likely.get(label, rest) for label in LABELS)
    raster = np.zeros((28, 28), np.float32)
    return Prediction(LABELS, probabilities, score, score >= 0.5, (), raster)


def test_a_reading_is_the_sum_over_where_the_digits_are() -> None:
    one, seven = digit({"1": 0.9, "7": 0.1}), digit({"7": 1.0})
    readings = dict(
        reading_probabilities([(0.6, [one, seven]), (0.3, [seven, "."]), (0.1, [one, seven])])
    )
    assert readings["17"] == pytest.approx(0.7 * 0.9)
    assert readings["77"] == pytest.approx(0.7 * 0.1)
    assert readings["7."] == pytest.approx(0.3)
    assert sum(readings.values()) == pytest.approx(1.0)


def test_long_numbers_have_few_readings_all_the_same() -> None:
    doubtful = digit({"1": 0.4, "7": 0.35, "2": 0.2})
    readings = reading_probabilities([(1.0, [doubtful] * 40)])
    assert readings[0][0] == "1" * 40 and len(readings) <= 20


def character(text: str, prediction: Prediction | None, is_known: bool = True) -> NumberCharacter:
    return NumberCharacter(text, Rect(0, 0, 1, 1), 0.8, (0,), Content(), is_known, prediction)


def test_a_number_with_something_that_is_no_digit_has_no_text() -> None:
    good, bad = digit({"4": 0.9}), digit({"7": 0.9}, score=0.2)
    number = Number(
        (character("-", None), character("4", good), character("7", bad, False)), (("-47", 0.7),)
    )
    assert number.label == "-47" and number.text == "" and not number.is_known
    assert number.confidence == 0.7 and number.known_score == 0.2
    assert number.characters[0].probabilities == {"-": 0.8}
