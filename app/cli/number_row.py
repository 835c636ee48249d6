"""Owns what `inkling recognise --number` says of one input."""

import time
from typing import Any

from app.cli.inputs import Item
from app.errors import InkError
from app.i18n import _
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader


def number_row(reader: NumberReader, item: Item) -> dict[str, Any]:
    """Return an input's number as JSON's own types; raises InklingError for a bad input.

    It is Number.value and "ms": the time from reading the input on.
    """
    started = time.perf_counter()
    page = number_ink(item.read())
    if page is None:
        raise InkError(_("The drawing has no ink."))
    number = reader.read(page)
    ms = (time.perf_counter() - started) * 1000
    return {**number.value, "ms": round(ms, 3)}
