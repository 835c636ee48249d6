"""The figure of an explanation, as SVG and as PNG: coloured ink, and the change beside it.

The words are figures and labels alone, so that no font is needed for any language.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from app.explanation.explanation import Explanation
from app.explanation.pieces import PATCH
from app.ink.geometry import Rect
from app.ink.rasterize import RASTER_SIDE
from app.ink.stroke import Stroke, bounding_box

Place = tuple[float, float]
Colour = tuple[int, int, int]
Colours = tuple[Colour, Colour, Colour]
FOR, NEUTRAL, AGAINST = (33, 102, 172), (203, 207, 213), (178, 24, 43)
"""The ends and the middle of ColorBrewer's RdBu, which every kind of colour blindness tells apart.
"""
ON_PAPER = FOR, NEUTRAL, AGAINST
_GHOST, _INK, _TEXT = "#cbcfd5", "#1b1f24", "#1b1f24"
_PANEL, _MARGIN, _CAPTION, _LEGEND = 360.0, 24.0, 40.0, 40.0
_PEN = 14.0
_BAR_STEPS = 48
_FONT = 20
"""All in pixels."""
_SUPERSAMPLING = 3


@dataclass(frozen=True, slots=True)
class _Line:
    points: tuple[Place, ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class _Words:
    x: float
    y: float
    text: str
    anchor: str = "l"
    """l, m or r: where x is."""


_Shape = _Line | _Box | _Words


def figure_svg(explanation: Explanation) -> str:
    """Return the figure as SVG 1.1."""
    width, height = _size(explanation)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="{_FONT}">',
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        *map(_svg, _shapes(explanation)),
        "</svg>",
        "",
    ]
    return "\n".join(lines)


def figure_png(explanation: Explanation) -> bytes:
    """Return the figure as an RGB PNG."""
    width, height = _size(explanation)
    scale = _SUPERSAMPLING
    image = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(_FONT * scale)
    for shape in _shapes(explanation):
        match shape:
            case _Line():
                points = [(x * scale, y * scale) for x, y in shape.points]
                radius = shape.width * scale / 2
                draw.line(points, shape.colour, round(2 * radius))
                for x, y in points:
                    draw.ellipse((x - radius, y - radius, x + radius, y + radius), shape.colour)
            case _Box():
                right, bottom = shape.left + shape.width, shape.top + shape.height
                box = (shape.left * scale, shape.top * scale, right * scale - 1, bottom * scale - 1)
                draw.rectangle(box, shape.colour)
            case _Words():
                place = (shape.x * scale, shape.y * scale)
                draw.text(place, shape.text, _TEXT, font, f"{shape.anchor}m")
    stream = BytesIO()
    image.reduce(scale).save(stream, "PNG")
    return stream.getvalue()


def weight_colour(weight: float, largest: float, colours: Colours = ON_PAPER) -> str:
    """Return the colour of a weight, "#rrggbb"; `colours`: at `largest`, at 0, at -`largest`."""
    share = max(min(weight / max(largest, 1e-9), 1.0), -1.0)
    highest, middle, lowest = colours
    end = highest if share >= 0 else lowest
    mixed = (round(a + (b - a) * abs(share)) for a, b in zip(middle, end, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _size(explanation: Explanation) -> Place:
    panels = 1 if explanation.change is None else 2
    return panels * (_PANEL + _MARGIN) + _MARGIN, _CAPTION + _PANEL + _LEGEND + _MARGIN


def _shapes(explanation: Explanation) -> Iterator[_Shape]:
    prediction = explanation.prediction
    weights = [one.weight for one in explanation.pieces]
    weights += [one.weight for one in explanation.patches]
    largest = max(map(abs, weights), default=1.0)
    answer = f"{prediction.label}  {prediction.confidence * 100:.1f} %"
    yield _Words(_MARGIN, _CAPTION / 2 + 4, answer)
    if explanation.patches:
        yield from _patches(explanation, largest)
    else:
        yield from _coloured(explanation, largest)
    yield from _legend(largest)
    if explanation.change is not None:
        yield from _change(explanation)


def _coloured(explanation: Explanation, largest: float) -> Iterator[_Shape]:
    fit = _fit(explanation.strokes, 0)
    # What matters most is drawn last, on top where lines cross.
    for piece in sorted(explanation.pieces, key=lambda one: abs(one.weight)):
        points = explanation.strokes[piece.stroke].points[piece.first : piece.last + 1]
        yield _Line(_placed(points, fit), weight_colour(piece.weight, largest), _PEN)


def _patches(explanation: Explanation, largest: float) -> Iterator[_Shape]:
    raster, pixel = explanation.prediction.raster, _PANEL / RASTER_SIDE
    colours = {
        (one.row // PATCH, one.column // PATCH): weight_colour(one.weight, largest)
        for one in explanation.patches
    }
    for row, values in enumerate(raster.tolist()):
        for column, value in enumerate(values):
            if value > 0:
                colour = _paler(colours[row // PATCH, column // PATCH], value)
                left, top = _MARGIN + column * pixel, _CAPTION + row * pixel
                yield _Box(left, top, pixel, pixel, colour)


def _legend(largest: float) -> Iterator[_Shape]:
    top = _CAPTION + _PANEL + _LEGEND / 2
    left, width = _MARGIN + 90, _PANEL - 180
    for step in range(_BAR_STEPS):
        weight = largest * (2 * (step + 0.5) / _BAR_STEPS - 1)
        x = left + width * step / _BAR_STEPS
        yield _Box(x, top - 7, width / _BAR_STEPS, 14, weight_colour(weight, largest))
    yield _Words(left - 10, top, f"-{largest:.1f}", "r")
    yield _Words(left + width + 10, top, f"+{largest:.1f}")


def _change(explanation: Explanation) -> Iterator[_Shape]:
    change = explanation.change
    assert change is not None
    left = _PANEL + 2 * _MARGIN
    label = explanation.prediction.labels[change.label]
    yield _Words(left, _CAPTION / 2 + 4, f"{label}  {change.confidence * 100:.1f} %")
    yield _Words(left + _PANEL, _CAPTION / 2 + 4, f"d {change.moved * 100:.1f} %", "r")
    fit = _fit((*change.original, *change.strokes), left - _MARGIN)
    for strokes, colour, width in ((change.original, _GHOST, _PEN), (change.strokes, _INK, 6.0)):
        for stroke in strokes:
            yield _Line(_placed(stroke.points, fit), colour, width)


_Fit = tuple[float, float, float]
"""Factor, and what is added to x and to y."""


def _fit(strokes: Iterable[Stroke], left: float) -> _Fit:
    """Return how strokes come to lie in the middle of a panel."""
    box = bounding_box(strokes) or Rect(0, 0, 1, 1)
    factor = (_PANEL - 2 * _PEN) / max(box.width, box.height, 1e-9)
    x = left + _MARGIN + _PANEL / 2 - box.centre_x * factor
    return factor, x, _CAPTION + _PANEL / 2 - box.centre_y * factor


def _placed(points: Sequence[Sequence[float]], fit: _Fit) -> tuple[Place, ...]:
    factor, x, y = fit
    return tuple((point[0] * factor + x, point[1] * factor + y) for point in points)


def _paler(colour: str, ink: float) -> str:
    """Return a colour as thin ink on white paper, `ink` from 0 to 1."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * ink):02x}" for part in parts)


def _svg(shape: _Shape) -> str:
    match shape:
        case _Line():
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in shape.points)
            end = path if len(shape.points) > 1 else f"{path}h0"
            return (
                f'<path d="M{end}" fill="none" stroke="{shape.colour}" '
                f'stroke-width="{shape.width:g}" stroke-linecap="round" stroke-linejoin="round"/>'
            )
        case _Box():
            # Half a pixel more hides the seams that antialiasing would show.
            width, height = math.ceil(shape.width * 10) / 10, math.ceil(shape.height * 10) / 10
            return (
                f'<rect x="{shape.left:.2f}" y="{shape.top:.2f}" width="{width:g}" '
                f'height="{height:g}" fill="{shape.colour}"/>'
            )
    anchor = {"l": "start", "m": "middle", "r": "end"}[shape.anchor]
    return (
        f'<text x="{shape.x:g}" y="{shape.y:g}" text-anchor="{anchor}" '
        f'dominant-baseline="middle" fill="{_TEXT}">{escape(shape.text)}</text>'
    )
