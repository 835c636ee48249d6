"""Owns getting the shipped model ready for its first answer."""

from app.ink.raster import raster
from app.ink.stroke import Stroke
from app.recognition.recogniser import Recogniser
from app.resources import shipped_model


def shipped_recogniser() -> Recogniser:
    """Return the shipped model's recogniser, warmed up; raises ModelError."""
    recogniser = Recogniser(shipped_model())
    first = raster([Stroke.of([(0.0, 0.0), (0.0, 1.0)])])
    assert first is not None
    recogniser.predict(first)  # the runtime sets its memory up at the first call
    return recogniser
