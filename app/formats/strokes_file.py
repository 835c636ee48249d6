"""The strokes file (.ink) and strokes in JSON, checked as data from outside.

A file is {"format": FORMAT, "version": VERSION, "width", "height", "strokes": [{"width", "points":
[[x, y, t], …]}, …]}; `drawing_file` and `sample` add more keys to it.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

from app.errors import InkError
from app.i18n import _
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.stroke import (
    DEFAULT_WIDTH,
    MAX_COORDINATE,
    MAX_POINTS,
    Stroke,
    too_many_points_message,
)

FORMAT = "inkling-strokes"
VERSION = 1
INK_SUFFIX = ".ink"
MAX_STROKES_BYTES = 16 * 1024 * 1024
"""80 bytes for each of MAX_POINTS points; parsing takes about twenty times as much memory."""


def content_to_json(content: Content) -> dict[str, Any]:
    """Return a drawing as the JSON value of a strokes file, without its background picture.

    The coordinates are moved so that the drawing's extent begins at (0, 0).
    """
    extent = content.extent
    width, height, left, top = extent.width, extent.height, extent.left, extent.top
    if max(width, height) > MAX_COORDINATE:  # moved, the far end would be out of range
        width, height, left, top = min(width, MAX_COORDINATE), min(height, MAX_COORDINATE), 0.0, 0.0
    # A millionth of the page, whatever its unit: finer than any pen.
    decimals = max(6 - math.floor(math.log10(max(width, height))), 0)
    return {
        "format": FORMAT,
        "version": VERSION,
        "width": width,
        "height": height,
        "strokes": [
            {
                "width": stroke.width,
                "points": [
                    [round(x - left, decimals), round(y - top, decimals), round(t, 1)]
                    for x, y, t in stroke.points
                ],
            }
            for stroke in content.strokes
        ],
    }


def content_from_json(value: object) -> Content:
    """Return the drawing in the JSON value of a strokes file; raises InkError."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InkError(_("This is not an Inkling strokes file."))
    if value.get("version") != VERSION or isinstance(value.get("version"), bool):
        raise InkError(
            _("This strokes file has version {version}; this program reads version 1.").format(
                version=_shortened(value.get("version"))
            )
        )
    width, height = (_side(value.get(key)) for key in ("width", "height"))
    strokes = value.get("strokes")
    if not isinstance(strokes, list) or not all(isinstance(item, dict) for item in strokes):
        raise InkError(_("The strokes file has no list of strokes."))
    return Content(
        page=Rect(0.0, 0.0, width, height),
        strokes=strokes_from_json(
            [item.get("points") for item in strokes],
            [item.get("width", DEFAULT_WIDTH) for item in strokes],
        ),
    )


def strokes_from_json(value: object, widths: Sequence[Any] | None = None) -> tuple[Stroke, ...]:
    """Return strokes from parsed JSON: [[[x, y] or [x, y, t], …], …]; raises InkError.

    x, y in drawing units, t in milliseconds; where t is missing, 10 ms a point are assumed.
    `widths` has a pen width for each stroke, DEFAULT_WIDTH if None.
    """
    if not isinstance(value, list):
        raise InkError(_("Strokes must be a list of lists of points."))
    total = 0
    for points in value:
        if not isinstance(points, list):
            raise InkError(_("A stroke must be a list of points."))
        total += len(points)
    if total > MAX_POINTS:
        raise InkError(too_many_points_message())
    strokes: list[Stroke] = []
    start = 0.0
    for index, points in enumerate(value):
        stroke = Stroke.of(points, widths[index] if widths else DEFAULT_WIDTH, start)
        start = stroke.points[-1].t + 10.0
        strokes.append(stroke)
    return tuple(strokes)


def parse_json(data: bytes | str) -> Any:
    """Return the JSON value in a text of at most MAX_STROKES_BYTES; raises InkError."""
    if len(data) > MAX_STROKES_BYTES:
        raise InkError(too_large_message())
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InkError(
            _("This is not valid JSON: {problem}").format(problem=_shortened(error))
        ) from error


def encode_json(value: object) -> bytes:
    """Return a JSON value as the text of a file, as short as it can be."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def too_large_message() -> str:
    """Return the message for a text of more than MAX_STROKES_BYTES."""
    return _("The text is larger than 16 MB; no drawing needs that.")


def _side(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InkError(_("The strokes file's width and height must be numbers."))
    if not 0 < value <= MAX_COORDINATE:
        raise InkError(_("The strokes file's width and height must be positive."))
    return float(value)


def _shortened(value: object) -> str:
    text = str(value) if not isinstance(value, int) or abs(value) < 10**30 else "…"
    return text if len(text) <= 80 else text[:79] + "…"
