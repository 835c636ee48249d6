"""Smooth changes of a drawing's strokes: knots along them, each moved by a vector."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.explanation.scores import Floats
from app.ink.geometry import Rect
from app.ink.stroke import Point, Stroke, bounding_box

SPACING = 0.2
"""Between knots, in heights of the drawing: the smallest part that is bent by itself."""
_MOST_KNOTS = 9
"""Of a stroke."""
_STEPS = 20
"""Points along a line as long as the drawing's longer side: where it has fewer, some are added."""
_MOST_POINTS = 150
"""Of a drawing that is deformed; one that has more is thinned."""

_STEP_LENGTHS = (0.02, 0.05, 0.1, 0.16, 0.24)
_SHARPNESS = (1.0, 2.0, 4.0)
"""Of a step: the higher, the more it is the step of the most effective knots alone."""
_LEASTS = (0.3, 1.0)
"""What terms should reach by their slopes: above 0, because they bend."""
_ROUNDS, _SWEEPS = 6, 15
_STILL = 2e-3
"""A shorter way of a point, in heights, counts as this one."""


class Deformable:
    """A drawing whose strokes can be bent: n points, k knots.

    Lengths are in heights of the drawing; where it is much wider than high, in fifths of its width.
    """

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        """Take strokes, at least one, with points added or left out for even steps."""
        places = np.array([point[:2] for stroke in strokes for point in stroke.points])
        extent = np.ptp(places, axis=0)
        self.height = height_of(strokes)
        step = max(float(extent.max()) / _STEPS, 1e-9)
        total = sum(len(stroke.points) for stroke in strokes)
        thinning = max(-(-total // _MOST_POINTS), 1)
        parts = [_even(stroke, step, thinning) for stroke in strokes]
        self._widths = [stroke.width for stroke in strokes]
        self._sizes = [len(part) for part in parts]
        every = np.concatenate(parts)
        self._times = every[:, 2]
        self.points: Floats = every[:, :2] / self.height
        self.weights = self._knot_weights(parts)
        """How much of each knot's movement a point takes part in, (n, k); rows add up to 1."""
        starts, ends = self._segment_ends()
        self._starts, self._ends = starts, ends

    @property
    def knots(self) -> int:
        """The number of knots."""
        return int(self.weights.shape[1])

    @property
    def arc(self) -> Floats:
        """How far along the ink each point lies, from 0 to 1 over all strokes, (n,)."""
        steps = np.hypot(*np.diff(self.points, axis=0).T)
        firsts = np.cumsum(self._sizes)[:-1] - 1
        steps[firsts] = 1e-6  # the pen was lifted there
        along = np.concatenate([[0.0], np.cumsum(steps)])
        arc: Floats = along / max(float(along[-1]), 1e-9)
        return arc

    def moved(self, moves: Floats) -> Floats:
        """Return how far the points move with knots moved by (b, k, 2), as vectors (b, n, 2)."""
        vectors: Floats = np.matmul(self.weights, moves)
        return vectors

    def distances(self, moves: Floats) -> Floats:
        """Return the mean distances that the points move, (b,), in heights."""
        vectors = self.moved(moves)
        means: Floats = np.hypot(vectors[..., 0], vectors[..., 1]).mean(axis=1)
        return means

    def segments(self, moves: Floats) -> Floats:
        """Return the line segments of the drawings with knots moved by (b, k, 2): (b, s, 4)."""
        return self.segments_at(self.points + self.moved(moves))

    def segments_at(self, places: Floats) -> Floats:
        """Return the line segments of the drawings with the points at places (b, n, 2)."""
        return np.concatenate([places[:, self._starts], places[:, self._ends]], axis=2)

    def projected(self, vectors: Floats) -> Floats:
        """Return the movements of knots that move the points most nearly by (b, n, 2)."""
        solve = np.linalg.pinv(self.weights, rcond=1e-3)
        moves: Floats = np.matmul(solve, vectors)
        return moves

    def strokes(self, moves: Floats | None = None) -> tuple[Stroke, ...]:
        """Return the drawing's strokes with knots moved by (k, 2), in its own units."""
        places = self.points if moves is None else self.points + self.moved(moves[None])[0]
        rows = np.column_stack([places * self.height, self._times])
        bounds = np.cumsum([0, *self._sizes]).tolist()
        return tuple(
            Stroke(tuple(Point(*row) for row in rows[first:end].tolist()), width)
            for first, end, width in zip(bounds[:-1], bounds[1:], self._widths, strict=True)
        )

    def _knot_weights(self, parts: Sequence[Floats]) -> Floats:
        """Return smooth hats over the knots of every stroke, evenly spread along it."""
        columns, rows = [], 0
        for part in parts:
            lengths = np.hypot(*np.diff(part[:, :2], axis=0).T) / self.height
            along = np.concatenate([[0.0], np.cumsum(lengths)])
            count = int(np.clip(round(along[-1] / SPACING) + 1, 1, _MOST_KNOTS))
            places = along / max(float(along[-1]), 1e-9) * (count - 1)
            reach = np.clip(np.abs(places[:, None] - np.arange(count)), 0, 1)
            hats = np.zeros((sum(map(len, parts)), count))
            hats[rows : rows + len(part)] = (1 + np.cos(np.pi * reach)) / 2
            columns.append(hats)
            rows += len(part)
        return np.concatenate(columns, axis=1)

    def _segment_ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the indices of the points that segments start and end at."""
        starts: list[int] = []
        ends: list[int] = []
        first = 0
        for size in self._sizes:
            starts += range(first, first + size - 1) if size > 1 else [first]
            ends += range(first + 1, first + size) if size > 1 else [first]
            first += size
        return np.array(starts), np.array(ends)


def height_of(strokes: Sequence[Stroke]) -> float:
    """Return what lengths are compared with: the height of strokes, or a fifth of their width."""
    box = bounding_box(strokes) or Rect(0, 0, 0, 0)
    return max(box.height, box.width / 5, 1e-9)


def _even(stroke: Stroke, step: float, thinning: int) -> Floats:
    """Return a stroke's points (m, 3), every `thinning`-th, with others between distant ones."""
    last = len(stroke.points) - 1
    chosen = [*range(0, last, thinning), last] if last else [0]
    points = np.array([stroke.points[index] for index in chosen])
    parts = [points[:1]]
    for start, end in itertools.pairwise(points):
        count = max(int(np.ceil(np.hypot(*(end - start)[:2]) / step)), 1)
        shares = np.linspace(0, 1, count + 1)[1:, None]
        parts.append(start + (end - start) * shares)
    return np.concatenate(parts)


def ascents(moves: Floats, slope: Floats, shares: Floats) -> Floats:
    """Return variants a step further up: of a few knots or of many, near or far, (b, k, 2).

    `shares` has the share of the ink that moves with each knot: little ink counts as little way.
    """
    steepness = np.hypot(slope[:, 0], slope[:, 1])
    rates = steepness / np.maximum(shares, 1e-3)
    rates = rates / max(float(rates.max()), 1e-9)
    ways = slope / np.maximum(steepness, 1e-9)[:, None]
    return np.array(
        [
            moves + ways * (rates**sharpness)[:, None] * step
            for sharpness in _SHARPNESS
            for step in _STEP_LENGTHS
        ]
    )


def smaller(drawing: Deformable, moves: Floats, terms: Floats, slopes: Floats) -> Floats:
    """Return variants that are moved less: all, single knots, the least useful, the nearest good.

    `terms` (t,), none below 0, should stay so; `slopes` (t, k, 2): how they change with each knot.
    """
    lengths = np.hypot(moves[:, 0], moves[:, 1])
    moved = np.flatnonzero(lengths > 1e-4)
    variants = [moves * factor for factor in (0.6, 0.7, 0.8, 0.87, 0.93, 0.97)]
    for factor in (0.0, 0.5, 0.8):
        for knot in moved:
            one = moves.copy()
            one[knot] *= factor
            variants.append(one)
    losses = np.maximum((softened(terms, slopes) * moves).sum(axis=1), 1e-6)
    saved = drawing.weights.mean(axis=0) * lengths
    order = sorted(moved.tolist(), key=lambda knot: -saved[knot] / losses[knot])
    for factor in (0.0, 0.6):
        for count in range(2, len(order)):
            one = moves.copy()
            one[order[:count]] *= factor
            variants.append(one)
    for least in _LEASTS:
        way = _nearest(drawing, moves, least - terms, slopes) - moves
        variants += [moves + way * share for share in (0.25, 0.5, 1.0)]
    variants += _along_the_border(drawing, moves, softened(terms, slopes))
    return np.array(variants)


def softened(terms: Floats, slopes: Floats) -> Floats:
    """Return the slope (k, 2) of the softened minimum of terms (t,) with slopes (t, k, 2)."""
    shares = np.exp(terms.min() - terms)
    slope: Floats = np.tensordot(shares / shares.sum(), slopes, 1)
    return slope


def _nearest(drawing: Deformable, moves: Floats, missing: Floats, slopes: Floats) -> Floats:
    """Return the movements of the least mean distance that make up for what terms miss, (k, 2).

    As if terms were linear. A sum of lengths is made least by weighted least squares, repeated
    (Weiszfeld 1937); so most knots stay. The terms' multipliers: Hildreth (1957).
    """
    flat = slopes.reshape(len(slopes), -1)
    missing = missing + flat @ moves.ravel()
    found = moves
    for _round in range(_ROUNDS):
        vectors = drawing.moved(found[None])[0]
        rates = 1 / np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), _STILL)
        squares = (drawing.weights * rates[:, None]).T @ drawing.weights / len(rates)
        ways = np.linalg.solve(squares + 1e-6 * np.eye(len(squares)), slopes)
        products = flat @ ways.reshape(flat.shape).T
        shares = np.zeros(len(flat))
        for _sweep in range(_SWEEPS):
            for term in np.flatnonzero(products.diagonal() > 1e-9):
                lack = missing[term] - products[term] @ shares
                shares[term] = max(shares[term] + lack / products[term, term], 0.0)
        found = np.tensordot(shares, ways, 1)
    return found


def _along_the_border(drawing: Deformable, moves: Floats, slope: Floats) -> list[Floats]:
    """Return variants that are moved less where the slope is level, so that nothing is lost."""
    vectors = drawing.moved(moves[None])[0]
    lengths = np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-3)
    growth: Floats = drawing.weights.T @ (vectors / lengths[:, None]) / len(vectors)
    steepest = max(float((slope * slope).sum()), 1e-9)
    level = slope * float((growth * slope).sum()) / steepest - growth
    level = level / max(float(np.linalg.norm(level)), 1e-9)
    uphill = slope / steepest**0.5
    return [
        moves + step * (level + share * uphill)
        for share in (0.0, 0.2, 0.5)
        for step in (0.02, 0.05, 0.1)
    ]
