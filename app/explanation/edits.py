"""Changes of a drawing that are no deformation: a stroke left out, two ends joined by a line."""

import itertools
from collections.abc import Sequence

import numpy as np

from app.explanation.deformation import Deformable
from app.explanation.scores import Floats
from app.ink.stroke import Point, Stroke

_LONGEST = 0.7
"""Of a line that is added, in heights of the drawing."""
_MOST_STROKES = 6
"""Of a drawing that is edited: one of more is a picture of hatches."""
_LINE_POINTS, _POINT_MS, _PAUSE_MS = 8, 10.0, 200.0


def edits(strokes: Sequence[Stroke], height: float) -> list[tuple[Stroke, ...]]:
    """Return the drawing without each of its strokes, and with each line between two of its ends.

    `height`: what lengths are compared with, in drawing units.
    """
    if len(strokes) > _MOST_STROKES:
        return []
    found = [
        tuple(stroke for stroke in strokes if stroke is not left_out)
        for left_out in strokes
        if len(strokes) > 1
    ]
    ends = [point for stroke in strokes for point in {stroke.points[0], stroke.points[-1]}]
    for start, end in itertools.combinations(sorted(ends), 2):
        length = float(np.hypot(end.x - start.x, end.y - start.y))
        if 0 < length <= _LONGEST * height:
            found.append((*strokes, _line(start, end, strokes[-1])))
    return found


def edit_distance(drawing: Deformable, strokes: Sequence[Stroke]) -> float:
    """Return the mean distance of the points of either drawing from the nearest of the other's.

    In heights of the first one: how far ink that comes or goes is from what stays.
    """
    places = Deformable(strokes)
    others = places.points * places.height / drawing.height
    return max(_mean_distance(drawing.points, others), _mean_distance(others, drawing.points))


def _mean_distance(points: Floats, others: Floats) -> float:
    steps = points[:, None] - others
    return float(np.hypot(steps[..., 0], steps[..., 1]).min(axis=1).mean())


def _line(start: Point, end: Point, last: Stroke) -> Stroke:
    """Return the line as a stroke that is drawn after the last one, with its pen."""
    begins = last.points[-1].t + _PAUSE_MS
    shares = np.linspace(0, 1, _LINE_POINTS).tolist()
    return Stroke(
        tuple(
            Point(
                start.x + (end.x - start.x) * share,
                start.y + (end.y - start.y) * share,
                begins + index * _POINT_MS,
            )
            for index, share in enumerate(shares)
        ),
        last.width,
    )
