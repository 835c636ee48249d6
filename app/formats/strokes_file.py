"""Owns the strokes file (.ink) and strokes in JSON: both are checked, as data from outside."""

import json
import math
from collections.abc import Sequence
from typing import Any

from app.errors import InkError
from app.i18n import _
from app.ink.drawing import Content
from app.ink.stroke import (
    DEFAULT_WIDTH,
    MAX_COORDINATE,
    MAX_POINTS,
    Bounds,
    Stroke,
    too_many_points,
)

FORMAT = "inkling-strokes"
VERSION = 1
SUFFIX = ".ink"
MAX_BYTES = 16 * 1024 * 1024
"""80 bytes for each of MAX_POINTS points; reading takes about twenty times as much memory."""


def ink_bytes(content: Content) -> bytes:
    """Return the .ink file of a drawing: its page moved to (0, 0), its background left out."""
    page = content.extent
    width, height = page.right - page.left, page.bottom - page.top
    left, top = page.left, page.top
    if max(width, height) > MAX_COORDINATE:  # moved, the far end would be out of range
        width, height, left, top = min(width, MAX_COORDINATE), min(height, MAX_COORDINATE), 0.0, 0.0
    # A millionth of the page, whatever its unit: finer than any pen.
    places = max(6 - math.floor(math.log10(max(width, height))), 0)
    value = {
        "format": FORMAT,
        "version": VERSION,
        "width": width,
        "height": height,
        "strokes": [
            {
                "width": stroke.width,
                "points": [
                    [round(x - left, places), round(y - top, places), round(t, 1)]
                    for x, y, t in stroke.points
                ],
            }
            for stroke in content.strokes
        ],
    }
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def parse_ink(data: bytes | str) -> Content:
    """Return the drawing in a strokes file; raises InkError in one plain sentence."""
    return ink_of(parse_json(data))


def ink_of(value: object) -> Content:
    """Return the drawing in the JSON value of a strokes file; raises InkError as `parse_ink`."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InkError(_("This is not an Inkling strokes file."))
    if value.get("version") != VERSION or isinstance(value.get("version"), bool):
        raise InkError(
            _("This strokes file has version {version}; this program reads version 1.").format(
                version=_short(value.get("version"))
            )
        )
    width, height = (_side(value.get(key)) for key in ("width", "height"))
    strokes = value.get("strokes")
    if not isinstance(strokes, list) or not all(isinstance(item, dict) for item in strokes):
        raise InkError(_("The strokes file has no list of strokes."))
    return Content(
        page=Bounds(0.0, 0.0, width, height),
        strokes=strokes_of(
            [item.get("points") for item in strokes],
            [item.get("width", DEFAULT_WIDTH) for item in strokes],
        ),
    )


def strokes_of(value: object, widths: Sequence[Any] | None = None) -> tuple[Stroke, ...]:
    """Return strokes from JSON's [[[x, y] or [x, y, t], …], …]; raises InkError.

    x, y in drawing units, t in milliseconds; where t is missing, 10 ms a point are assumed.
    """
    if not isinstance(value, list):
        raise InkError(_("Strokes must be a list of lists of points."))
    total = 0
    for points in value:
        if not isinstance(points, list):
            raise InkError(_("A stroke must be a list of points."))
        total += len(points)
    if total > MAX_POINTS:
        raise InkError(too_many_points())
    strokes: list[Stroke] = []
    start = 0.0
    for index, points in enumerate(value):
        stroke = Stroke.of(points, widths[index] if widths else DEFAULT_WIDTH, start)
        start = stroke.points[-1].t + 10.0
        strokes.append(stroke)
    return tuple(strokes)


def parse_json(data: bytes | str) -> Any:
    """Return the JSON value; raises InkError for anything that is none."""
    if len(data) > MAX_BYTES:
        raise InkError(_("The text is larger than 16 MB; no drawing needs that."))
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(
            _("This is not valid JSON: {problem}").format(problem=_short(error))
        ) from error


def _side(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InkError(_("The strokes file's width and height must be numbers."))
    if not 0 < value <= MAX_COORDINATE:
        raise InkError(_("The strokes file's width and height must be positive."))
    return float(value)


def _short(value: object) -> str:
    text = str(value) if not isinstance(value, int) or abs(value) < 10**30 else "…"
    return text if len(text) <= 80 else text[:79] + "…"
