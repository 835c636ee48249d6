"""What each piece of ink does for a label: strokes in pieces, pictures in patches."""

import itertools
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.explanation.leaving_out import Masks, finished, weights
from app.explanation.scores import Floats, score_rasters, score_segments
from app.ink.rasterize import RASTER_SIDE, Raster, Segments
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser

PIECES = 20
"""Of about equal length in a drawing; more where it has more strokes."""
PATCH = 4
"""The side of a patch, in raster pixels."""
_MOST_SEGMENTS = 300
"""Of the drawings that are rasterised; a drawing of more points is thinned for that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a stroke and what it does for the label."""

    stroke: int
    first: int
    """Index of its first point; the piece before it ends there."""
    last: int
    weight: float
    """Log-odds that the label gains by it; negative where it speaks against the label."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A square of the raster and what its ink does for the label."""

    row: int
    column: int
    """Its first ones, in raster pixels; its side is PATCH."""
    weight: float
    """Log-odds, as a piece's."""


def explain_strokes(
    personal: PersonalRecogniser, strokes: Sequence[Stroke], label: int
) -> list[Piece]:
    """Return the pieces of strokes, at least one, in order; `label` is an index.

    The rest of a drawing is rasterised anew where pieces are left out, as if they had not been
    drawn. Raises ModelError.
    """
    return finished(piece_steps(personal, strokes, label))


def explain_raster(personal: PersonalRecogniser, raster: Raster, label: int) -> list[Patch]:
    """Return the patches of a raster that have ink, in order of rows; `label` is an index.

    Patches that are left out become paper; the others stay where they are. Raises ModelError.
    """
    return finished(patch_steps(personal, raster, label))


def piece_steps(
    personal: PersonalRecogniser, strokes: Sequence[Stroke], label: int
) -> Generator[None, None, list[Piece]]:
    """Do what `explain_strokes` does in steps of a few milliseconds."""
    bounds = _bounds(strokes)
    segments, owners = _owned_segments(strokes, bounds)
    whole = score_segments(personal, [segments]).log_odds(label)[0]

    def falls(masks: Masks) -> Floats:
        rests = [segments[~mask[owners]] for mask in masks]
        fallen: Floats = whole - score_segments(personal, rests).log_odds(label)
        return fallen

    lengths = [_lengths(strokes[number])[first:last].sum() for number, first, last in bounds]
    found = yield from weights(lengths, falls)
    return [Piece(*bound, float(one)) for bound, one in zip(bounds, found, strict=True)]


def patch_steps(
    personal: PersonalRecogniser, raster: Raster, label: int
) -> Generator[None, None, list[Patch]]:
    """Do what `explain_raster` does in steps of a few milliseconds."""
    side = RASTER_SIDE // PATCH
    inked = raster.reshape(side, PATCH, side, PATCH).max(axis=(1, 3)) > 0
    places = np.argwhere(inked)
    if not len(places):
        return []
    whole = score_rasters(personal, raster[None]).log_odds(label)[0]

    def falls(masks: Masks) -> Floats:
        kept = np.ones((len(masks), side, side), np.float32)
        kept[:, places[:, 0], places[:, 1]] = ~masks
        rests = raster * kept.repeat(PATCH, axis=1).repeat(PATCH, axis=2)
        fallen: Floats = whole - score_rasters(personal, rests).log_odds(label)
        return fallen

    ink = raster.reshape(side, PATCH, side, PATCH).sum(axis=(1, 3))[inked]
    found = yield from weights(ink.tolist(), falls)
    return [
        Patch(int(row) * PATCH, int(column) * PATCH, float(one))
        for (row, column), one in zip(places, found, strict=True)
    ]


Bound = tuple[int, int, int]
"""A piece's stroke, first and last point."""


def _bounds(strokes: Sequence[Stroke]) -> list[Bound]:
    """Return the pieces of the strokes, in order; every segment is in one of them."""
    lengths = [_lengths(stroke) for stroke in strokes]
    piece = max(sum(float(one.sum()) for one in lengths) / PIECES, 1e-12)
    bounds: list[Bound] = []
    for number, one in enumerate(lengths):
        if not len(one):
            bounds.append((number, 0, 0))
            continue
        count = max(round(float(one.sum()) / piece), 1)
        middles = np.cumsum(one) - one / 2
        owners = np.minimum(middles / max(float(one.sum()), 1e-12) * count, count - 1).astype(int)
        starts = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(one)]
        bounds += [(number, a, b) for a, b in itertools.pairwise(starts)]
    return bounds


def _lengths(stroke: Stroke) -> Floats:
    """Return the lengths of a stroke's segments, in drawing units."""
    places = np.array([point[:2] for point in stroke.points])
    lengths: Floats = np.hypot(*np.diff(places, axis=0).T)
    return lengths


def _owned_segments(
    strokes: Sequence[Stroke], bounds: Sequence[Bound]
) -> tuple[Segments, NDArray[np.int64]]:
    """Return the drawing's line segments (n, 4), and the piece of each, (n,)."""
    total = sum(len(stroke.points) for stroke in strokes)
    step = max(-(-total // _MOST_SEGMENTS), 1)
    segments, owners = [], []
    for owner, (number, first, last) in enumerate(bounds):
        points = strokes[number].points
        kept = [*range(first, last, step), last]
        ends = [(points[a][:2], points[b][:2]) for a, b in itertools.pairwise(kept)]
        ends = ends or [(points[first][:2], points[last][:2])]
        segments += [(*a, *b) for a, b in ends]
        owners += [owner] * len(ends)
    return np.array(segments, np.float64), np.array(owners)
