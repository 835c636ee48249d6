"""The shipped model without samples, and some drawings."""

import pytest

from app.ink.stroke import Stroke
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import TemporarySamples


@pytest.fixture(scope="package")
def personal() -> PersonalRecogniser:
    return PersonalRecogniser(shipped_recogniser(), TemporarySamples())


@pytest.fixture
def four() -> tuple[Stroke, ...]:
    """An open 4 of two strokes, as a pen writes it: a point every few units."""
    angle = [(20 - 0.5 * i, 2.5 * i) for i in range(25)] + [(8 + 2.5 * i, 62) for i in range(25)]
    bar = [(50, 5 + 4 * i) for i in range(25)]
    return Stroke.of(angle), Stroke.of(bar, start=600.0)
