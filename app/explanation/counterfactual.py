"""The smallest change of a drawing's strokes that makes the network answer another label.

A search for counterfactuals (Wachter, Mittelstadt and Russell 2018) over smooth deformations: knots
along the strokes are moved. Slopes are measured, not derived: any network can be asked so. The
search climbs from the drawing itself, and from the drawing bent towards typical digits of the
label; what it finds is then shrunk. A second opinion has to agree, or the change would be one that
this network alone falls for and nobody sees.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.explanation.deformation import Deformable
from app.explanation.exemplars import exemplars
from app.explanation.scores import Floats, score_rasters
from app.explanation.second_opinion import second_opinion
from app.ink.rasterize import rasterize, rasterize_many
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser

TARGET = 1.3
"""By how much the label's logit exceeds all others in a change that is looked for."""
_LEAST = 0.3
"""… in one that is taken where there is no better one."""
_OPINION = 12.0
"""The weight of the second opinion's margin, whose scores reach from 0 to 1, beside logits."""
_CLIMB, _SHRINK = 900, 700
"""Variants that are tried in one climb, and in shrinking what one has found."""
_SLOPE_STEP = 0.08
"""How far knots are moved to measure a slope, in heights; small steps show the noise of 8 bits."""
_STEPS = (0.02, 0.05, 0.1, 0.16, 0.24)
_SHARPNESS = (1.0, 2.0, 4.0)
"""Of a step: the higher, the more it is the step of the most effective knots alone."""
_LARGEST_SLOPE_STEP = 0.25
_FREE_WAY = 0.006
"""Added to a way, in heights, before gains are compared by it: short ways measure noise."""
_NO_GAIN = 1e-3
_SMALLER = 0.995
_FACTORS = (1.0, 1.02, 1.05)
_WAY_COST = 20.0
"""What a height of way costs a start for climbing, in logits."""
_WARPS = 10
_WARP_SHARES = (0.35, 0.5, 0.65, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Change:
    """Changed strokes that get the label that was asked for."""

    strokes: tuple[Stroke, ...]
    original: tuple[Stroke, ...]
    """The drawing's strokes with a point for each of the changed ones'."""
    label: int
    confidence: float
    """The label's probability for the changed strokes."""
    moved: float
    """The mean distance that points moved, in heights of the drawing."""


class Search:
    """Looks for the smallest change, in steps of some 20 ms: answers to the user go first."""

    def __init__(self, personal: PersonalRecogniser, strokes: Sequence[Stroke], label: int) -> None:
        """Prepare to change strokes, at least one, to the label with this index."""
        self._personal, self._label = personal, label
        self._drawing = Deformable(strokes)
        self._tried = 0
        self._knows_digits = personal.recogniser.alphabet.labels == tuple("0123456789")
        self._found: list[tuple[float, Floats]] = []
        """Distances and movements that reach the target."""
        self._spare: tuple[float, Floats] | None = None
        """The nearest that gets the label from the network alone."""

    def steps(self) -> Iterator[None]:
        """Search, with a pause after each batch of variants; raises ModelError."""
        still = np.zeros((self._drawing.knots, 2))
        if self._change(still) is not None:
            self._found = [(0.0, still)]
            return
        climbed = yield from self._climb(still)
        starts = [] if climbed is None else [climbed]
        if self._knows_digits:
            starts += yield from self._warped(climbed is None)
        for start in starts:
            yield from self._shrink(start)

    @property
    def has_result(self) -> bool:
        """Whether something was found so far."""
        return bool(self._found) or self._spare is not None

    def result(self) -> Change | None:
        """Return the smallest change found so far, recognised once more; None if there is none."""
        found = sorted(self._found, key=lambda one: one[0])
        ordered: list[Floats] = [moves for _distance, moves in found]
        if self._spare is not None:
            ordered.append(self._spare[1])
        for moves in ordered:
            for factor in _FACTORS:
                change = self._change(moves * factor)
                if change is not None:
                    return change
        return None

    def _change(self, moves: Floats) -> Change | None:
        """Return the change by moved knots (k, 2), if the recogniser then gives the label."""
        strokes = self._drawing.strokes(moves)
        raster = rasterize(strokes)
        assert raster is not None
        answer = self._personal.predict(raster)
        label = answer.labels[self._label]
        if answer.text != label:
            return None
        distance = float(self._drawing.distances(moves[None])[0])
        return Change(strokes, self._drawing.strokes(), self._label, answer.confidence, distance)

    def _judge(self, moves: Floats) -> Floats:
        """Return by how much variants (b, k, 2) exceed each target, (b, 3): all ≥ 0 are good.

        The network's margin, its "this is a digit at all", and the second opinion.
        """
        self._tried += len(moves)
        rasters = rasterize_many(list(self._drawing.segments(moves)))
        scores = score_rasters(self._personal, rasters)
        margins = scores.margins(self._label)
        terms: list[NDArray[np.floating]] = [margins - TARGET, scores.digit_margins]
        if self._knows_digits:
            terms.append(_OPINION * second_opinion().margins(rasters, self._label) - TARGET)
        good = (margins >= _LEAST) & (scores.digit_margins >= 0)
        if good.any():
            self._keep_spare(moves[good])
        return np.stack(terms, axis=1)

    def _keep_spare(self, moves: Floats) -> None:
        distances = self._drawing.distances(moves)
        nearest = int(distances.argmin())
        if self._spare is None or distances[nearest] < self._spare[0]:
            self._spare = float(distances[nearest]), moves[nearest]

    def _climb(self, moves: Floats) -> Any:
        """Return movements that reach the target, from others; None if that takes too long."""
        last, slope_step = self._tried + _CLIMB, _SLOPE_STEP
        terms = self._judge(moves[None])
        while terms.min() < 0:
            if self._tried > last or slope_step > _LARGEST_SLOPE_STEP:
                return None
            slope = yield from self._slope(moves, slope_step)
            variants = _ascents(moves, slope, self._drawing.weights.mean(axis=0))
            found = self._judge(variants)
            yield
            distances = self._drawing.distances(variants)
            reached = np.flatnonzero(found.min(axis=1) >= 0)
            if len(reached):
                return variants[reached[distances[reached].argmin()]]
            gains = _soft(found) - _soft(terms)
            ways = np.maximum(distances - self._drawing.distances(moves[None]), 0) + _FREE_WAY
            best = int((gains / ways).argmax())
            if gains[best] <= _NO_GAIN:
                slope_step *= 1.5
                continue
            moves, terms = variants[best], found[best : best + 1]
        return moves

    def _warped(self, is_needed: bool) -> Any:
        """Return movements that bend the drawing towards typical digits and reach the target."""
        drawing = self._drawing
        warps = drawing.projected(exemplars().warps(drawing, self._label, _WARPS))
        variants = np.concatenate([share * warps for share in _WARP_SHARES])
        terms = self._judge(variants)
        yield
        distances = drawing.distances(variants)
        lowest = terms.min(axis=1)
        reached = np.flatnonzero(lowest >= 0)
        starts = []
        if len(reached):
            starts.append(variants[reached[distances[reached].argmin()]])
        if is_needed:
            early = slice(0, 2 * len(warps))
            best = int((lowest[early] - _WAY_COST * distances[early]).argmax())
            climbed = yield from self._climb(variants[best])
            starts += [] if climbed is None else [climbed]
        return starts

    def _slope(self, moves: Floats, step: float) -> Any:
        """Return how the softened minimum of the terms changes with each knot, (k, 2)."""
        count = 2 * len(moves)
        steps = np.eye(count).reshape(count, -1, 2) * step
        values = _soft(self._judge(np.concatenate([moves + steps, moves - steps])))
        yield
        return ((values[:count] - values[count:]) / (2 * step)).reshape(-1, 2)

    def _shrink(self, moves: Floats) -> Iterator[None]:
        """Make movements that reach the target smaller, as long as they reach it."""
        drawing, last = self._drawing, self._tried + _SHRINK
        distance = float(drawing.distances(moves[None])[0])
        failures = 0
        while self._tried < last and failures < 2:
            slope = yield from self._slope(moves, _SLOPE_STEP)
            variants = _smaller(drawing, moves, slope)
            terms = self._judge(variants)
            yield
            distances = drawing.distances(variants)
            good = np.flatnonzero((terms.min(axis=1) >= 0) & (distances < distance * _SMALLER))
            if not len(good):
                failures += 1
                continue
            best = good[distances[good].argmin()]
            moves, distance = variants[best], float(distances[best])
        self._found.append((distance, moves))


def change_to(personal: PersonalRecogniser, strokes: Sequence[Stroke], label: int) -> Change | None:
    """Return the smallest change found of strokes, at least one, to the label with this index.

    It is deterministic. None if there is none within reach. Raises ModelError.
    """
    search = Search(personal, strokes, label)
    for _step in search.steps():
        pass
    return search.result()


def _soft(terms: Floats) -> Floats:
    """Return a smooth minimum of each row: one slope that raises what is lowest."""
    lowest = terms.min(axis=1)
    softened: Floats = lowest - np.log(np.exp(lowest[:, None] - terms).sum(axis=1))
    return softened


def _ascents(moves: Floats, slope: Floats, shares: Floats) -> Floats:
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
            for step in _STEPS
        ]
    )


def _smaller(drawing: Deformable, moves: Floats, slope: Floats) -> Floats:
    """Return variants that are moved less: all, single knots, the least useful, by the border."""
    lengths = np.hypot(moves[:, 0], moves[:, 1])
    moved = np.flatnonzero(lengths > 1e-4)
    variants = [moves * factor for factor in (0.6, 0.7, 0.8, 0.87, 0.93, 0.97)]
    for factor in (0.0, 0.5, 0.8):
        for knot in moved:
            one = moves.copy()
            one[knot] *= factor
            variants.append(one)
    losses = np.maximum((slope * moves).sum(axis=1), 1e-6)
    saved = drawing.weights.mean(axis=0) * lengths
    order = sorted(moved.tolist(), key=lambda knot: -saved[knot] / losses[knot])
    for factor in (0.0, 0.6):
        for count in range(2, len(order)):
            one = moves.copy()
            one[order[:count]] *= factor
            variants.append(one)
    return np.array([*variants, *_along_the_border(drawing, moves, slope)])


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
