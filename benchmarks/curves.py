"""The network's answers to rasters of the strokes' curves and of their polylines."""

from collections.abc import Callable, Sequence

import numpy as np

from app.ink.curve import flattened
from app.ink.rasterize import INK_SIDE, rasterize
from app.ink.stroke import Stroke, bounding_box
from app.resources import shipped_model
from benchmarks.unseen_digits import unseen_digits
from training.data.corpus import LabelledRasters
from training.evaluation.evaluate import outputs_of, probabilities, temperature_of

_EVERY = 1, 2, 3, 5, 8
_PIXELS = 0.02
"""The farthest from the curve, in pixels of the raster."""

Strokes = Sequence[Stroke]


def curves() -> list[tuple[str, str]]:
    """Return accuracy and mean probability of the right label, whole and thinned, of both."""
    digits = unseen_digits()
    labels = [digit.label for digit in digits]
    rows = []
    for every in _EVERY:
        thinned = [_thinned(digit.strokes, every) for digit in digits]
        kept = "every point" if every == 1 else f"1 in {every} points"
        for name, lines in (("polyline", list), ("curve", _curved)):
            rows.append((f"{kept}, {name}: accuracy, p(right)", _answers(thinned, labels, lines)))
    return rows


def _answers(
    drawings: Sequence[Strokes], labels: list[int], lines: Callable[[Strokes], Strokes]
) -> str:
    rasters = LabelledRasters.of((rasterize(lines(one)) for one in drawings), labels)
    outputs = outputs_of(shipped_model(), rasters)
    shares = probabilities(outputs.logits / temperature_of(shipped_model()))
    right = shares[np.arange(len(labels)), outputs.labels].mean()
    return f"{outputs.accuracy():.2%}, {right:.4f}"


def _thinned(strokes: Strokes, every: int) -> list[Stroke]:
    """Return the strokes with every so manieth point, and their last."""
    return [
        Stroke((*stroke.points[:-1:every], stroke.points[-1]), stroke.width) for stroke in strokes
    ]


def _curved(strokes: Strokes) -> list[Stroke]:
    box = bounding_box(strokes)
    assert box is not None
    tolerance = max(box.width, box.height, 1.0) * _PIXELS / INK_SIDE
    return [Stroke.of(list(flattened(stroke.points, tolerance))) for stroke in strokes]
