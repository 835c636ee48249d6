"""The time machine's answers as files: CSV for tables, GIF for everybody."""

import csv
import itertools
from io import BytesIO, StringIO

from PIL import Image, ImageDraw, ImageFont

from app.explanation.timeline import Timeline
from app.ink.geometry import Rect
from app.ink.stroke import bounding_box

_WIDTH, _HEIGHT, _MARGIN = 480, 320, 16
_LABEL, _BAR = 22, 18
"""Of the bars on the right: the width of a label and the height of a bar."""
_PEN, _FONT = 9, 16
"""All in pixels."""
_PAPER, _INK, _TRACK, _OTHER, _BEST = range(5)
_COLOURS = (255, 255, 255, 27, 31, 36, 226, 229, 234, 124, 135, 150, 0, 114, 178)
"""Of these five: white, black, two greys, and the blue of Okabe and Ito."""
_MOST_FRAMES = 120
_SHORTEST_MS, _LONGEST_MS, _LAST_MS = 20, 400, 2000
"""A frame's time: browsers slow down shorter ones; nobody waits for a writer who thinks."""


def timeline_csv(timeline: Timeline) -> bytes:
    """Return a table with a row for each moment: its time, point, whether the pen was lifted after.

    Then whether the ink was a digit, and each label's probability, 0 to 1, unrounded.
    """
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    heading = ("ms", "stroke", "point", "pen_lift", "is_digit")
    rows.writerow((*heading, *(f"p_{label}" for label in timeline.labels)))
    for index, moment in enumerate(timeline.moments):
        is_lift, is_digit = index in timeline.pen_lifts, bool(timeline.is_digit[index])
        probabilities = timeline.probabilities[index].tolist()
        rows.writerow((moment.t, moment.stroke, moment.point, is_lift, is_digit, *probabilities))
    return text.getvalue().encode("utf-8")


def timeline_gif(timeline: Timeline, speed: float = 1.0) -> bytes:
    """Return an animation of ink and bars, `speed` times as fast as it was written; it repeats."""
    step = max(-(-len(timeline.moments) // _MOST_FRAMES), 1)
    last = len(timeline.moments) - 1
    chosen = [*range(0, last, step), last]
    frames = [_frame(timeline, index) for index in chosen]
    times = [timeline.moments[index].t for index in chosen]
    waits = [(b - a) / max(speed, 1e-3) for a, b in itertools.pairwise(times)]
    durations = [round(min(max(wait, _SHORTEST_MS), _LONGEST_MS)) for wait in waits]
    stream = BytesIO()
    frames[0].save(
        stream,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[*durations, _LAST_MS],
        loop=0,
        disposal=1,
    )
    return stream.getvalue()


def _frame(timeline: Timeline, index: int) -> Image.Image:
    image = Image.new("P", (_WIDTH, _HEIGHT), _PAPER)
    image.putpalette(_COLOURS)
    draw = ImageDraw.Draw(image)
    _draw_ink(draw, timeline, index)
    _draw_bars(draw, timeline, index)
    return image


def _draw_ink(draw: ImageDraw.ImageDraw, timeline: Timeline, index: int) -> None:
    box = bounding_box(timeline.strokes) or Rect(0, 0, 1, 1)
    side = _HEIGHT - 2 * _MARGIN - 2 * _PEN
    factor = side / max(box.width, box.height, 1e-9)
    for stroke in timeline.drawn_at(index):
        points = [
            (
                (x - box.centre_x) * factor + _HEIGHT / 2,
                (y - box.centre_y) * factor + _HEIGHT / 2,
            )
            for x, y, _t in stroke.points
        ]
        draw.line(points, _INK, _PEN)
        for x, y in points:
            draw.ellipse((x - _PEN / 2, y - _PEN / 2, x + _PEN / 2, y + _PEN / 2), _INK)


def _draw_bars(draw: ImageDraw.ImageDraw, timeline: Timeline, index: int) -> None:
    font = ImageFont.load_default(_FONT)
    draw.fontmode = "1"  # no other grey levels: the palette has five colours
    shares = timeline.probabilities[index].tolist()
    best = max(range(len(shares)), key=shares.__getitem__) if timeline.is_digit[index] else -1
    shown = sorted(range(len(shares)), key=lambda label: -shares[label])[:10]
    left, right = _HEIGHT + _LABEL, _WIDTH - _MARGIN
    row = (_HEIGHT - 2 * _MARGIN) / 10
    for place, label in enumerate(sorted(shown)):
        middle = _MARGIN + row * (place + 0.5)
        top, bottom = middle - _BAR / 2, middle + _BAR / 2
        draw.text((left - 8, middle), timeline.labels[label], _INK, font, "rm")
        draw.rectangle((left, top, right, bottom), _TRACK)
        end = left + (right - left) * shares[label]
        if end - left >= 1:
            draw.rectangle((left, top, end, bottom), _BEST if label == best else _OTHER)
