"""Owns what `inkling recognise --number` says of one input."""

import time
from typing import Any

from app.errors import InkError
from app.ink.source import content_page
from app.inputs import Item
from app.recognition.number import NumberMark
from app.recognition.number_reader import NumberReader
from app.translation import _


def number_row(reader: NumberReader, item: Item) -> dict[str, Any]:
    """Return an input's number as JSON's own types; raises InklingError for a bad input.

    The keys are a single digit's, of the whole number, and "digits": what it consists of, from the
    left. "probabilities" has the best readings; "ms" is the time from reading the input on.
    """
    started = time.perf_counter()
    page = content_page(item.read())
    if page is None:
        raise InkError(_("The drawing has no ink."))
    number = reader.read(page)
    ms = (time.perf_counter() - started) * 1000
    return {
        "text": number.text,
        "label": number.label,
        "confidence": number.confidence,
        "probabilities": dict(number.readings),
        "is_digit": number.is_digit,
        "digit_score": number.digit_score,
        "ms": round(ms, 3),
        "digits": [_mark(mark) for mark in number.marks],
    }


def _mark(mark: NumberMark) -> dict[str, Any]:
    """Return one digit or sign; "strokes" are the drawing's, by number, where it has any."""
    strokes = {"strokes": list(mark.strokes)} if mark.strokes else {}
    return {
        "text": mark.text if mark.is_digit else "",
        "box": list(mark.box),
        "confidence": mark.confidence,
        "probabilities": mark.probabilities,
        "is_digit": mark.is_digit,
        "digit_score": mark.digit_score,
        **strokes,
    }
