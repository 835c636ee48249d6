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

from app.explanation.deformation import Deformable, ascents, smaller, softened
from app.explanation.edits import edit_distance, edits
from app.explanation.exemplars import exemplars
from app.explanation.scores import Floats, score_rasters
from app.explanation.second_opinion import second_opinion
from app.ink.rasterize import line_segments, rasterize, rasterize_many
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser

TARGET = 2.0
"""By how much the label's logit exceeds all others in a change that is looked for."""
_LEAST = 0.3
"""… in one that is taken where there is no better one."""
_OPINION = 12.0
"""The weight of the second opinion's margin, whose scores reach from 0 to 1, beside logits."""
_CLIMB, _SHRINK = 700, 500
"""Variants that are tried in one climb, and in shrinking what one has found."""
_SLOPE_STEP = 0.08
"""How far knots are moved to measure a slope, in heights; small steps show the noise of 8 bits."""
_LARGEST_SLOPE_STEP = 0.25
_SHRINK_SLOPE_STEPS = (_SLOPE_STEP, 0.05, 0.12)
"""Each is taken where nothing smaller was found with the one before."""
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
    """The drawing's strokes: with a point for each of the changed ones', unless strokes were added
    or left out."""
    label: int
    confidence: float
    """The label's probability for the changed strokes."""
    moved: float
    """The mean distance that points moved, in heights of the drawing; of ink that was added or left
    out, from the nearest that was not."""


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
        self._edited: list[tuple[float, tuple[Stroke, ...]]] = []
        """Distances and strokes of edits that reach it."""
        self._spare: tuple[float, Floats] | None = None
        """The nearest that gets the label from the network alone."""

    def steps(self) -> Iterator[None]:
        """Search, with a pause after each batch of variants; raises ModelError."""
        still = np.zeros((self._drawing.knots, 2))
        if self._answer(self._drawing.strokes()) is not None:
            self._found = [(0.0, still)]
            return
        self._edit()
        reached: list[Floats] = []
        starts = [still]
        if self._knows_digits:  # first, because it is quick: a first answer that is made smaller
            reached, nearest = yield from self._warped()
            starts = [still, nearest] if reached else [nearest, still]  # a first answer, quickly
        for start in starts:
            climbed = yield from self._climb(start)
            if climbed is not None:
                reached.append(climbed)
                if start is still:
                    break  # mostly smaller than from the other one
        for moves in reached:
            yield from self._shrink(moves)

    @property
    def has_result(self) -> bool:
        """Whether something was found so far."""
        return bool(self._found or self._edited) or self._spare is not None

    def result(self) -> Change | None:
        """Return the smallest change found so far, recognised once more; None if there is none."""
        original = self._drawing.strokes()
        ordered: list[tuple[float, tuple[Stroke, ...]]] = list(self._edited)
        spare = [] if self._spare is None else [self._spare]
        for moves in [moves for _distance, moves in self._found]:
            ordered += [self._moved(moves * factor) for factor in _FACTORS]
        ordered.sort(key=lambda one: one[0])
        for _distance, moves in spare:
            ordered += [self._moved(moves * factor) for factor in _FACTORS]
        for distance, strokes in ordered:
            answer = self._answer(strokes)
            if answer is not None:
                return Change(strokes, original, self._label, answer, distance)
        return None

    def _moved(self, moves: Floats) -> tuple[float, tuple[Stroke, ...]]:
        """Return the distance and the strokes with moved knots (k, 2)."""
        return float(self._drawing.distances(moves[None])[0]), self._drawing.strokes(moves)

    def _answer(self, strokes: Sequence[Stroke]) -> float | None:
        """Return the label's probability for strokes, if the recogniser gives them the label."""
        raster = rasterize(strokes)
        assert raster is not None
        answer = self._personal.predict(raster)
        return answer.confidence if answer.text == answer.labels[self._label] else None

    def _edit(self) -> None:
        """Try what can be left out or added."""
        drawing = self._drawing
        variants = edits(drawing.strokes(), drawing.height)
        if variants:
            terms = self._terms(rasterize_many([line_segments(one) for one in variants]))[0]
            self._edited = [
                (edit_distance(drawing, one), one)
                for one, lowest in zip(variants, terms.min(axis=1), strict=True)
                if lowest >= 0
            ]

    def _judge(self, moves: Floats) -> Floats:
        """Return by how much variants (b, k, 2) exceed each target, (b, 3): all ≥ 0 are good."""
        self._tried += len(moves)
        terms, good = self._terms(rasterize_many(list(self._drawing.segments(moves))))
        if good.any():
            self._keep_spare(moves[good])
        return terms

    def _terms(self, rasters: NDArray[np.float32]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return by how much rasters exceed each target, and which the network alone accepts.

        The network's margin, its "this is a digit at all", and the second opinion.
        """
        scores = score_rasters(self._personal, rasters)
        margins = scores.margins(self._label)
        terms: list[NDArray[np.floating]] = [margins - TARGET, scores.digit_margins]
        if self._knows_digits:
            terms.append(_OPINION * second_opinion().margins(rasters, self._label) - TARGET)
        good = (margins >= _LEAST) & (scores.digit_margins >= 0)
        return np.stack(terms, axis=1), good

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
            slopes = yield from self._slopes(moves, slope_step)
            slope = softened(terms[0], slopes)
            variants = ascents(moves, slope, self._drawing.weights.mean(axis=0))
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

    def _warped(self) -> Any:
        """Return movements that bend the drawing towards typical digits and reach the target.

        A list of one or none; then those to climb from where nothing better is found.
        """
        drawing = self._drawing
        warps = drawing.projected(exemplars().warps(drawing, self._label, _WARPS))
        variants = np.concatenate([share * warps for share in _WARP_SHARES])
        terms = self._judge(variants)
        yield
        distances = drawing.distances(variants)
        lowest = terms.min(axis=1)
        reached = np.flatnonzero(lowest >= 0)
        starts = [variants[reached[distances[reached].argmin()]]] if len(reached) else []
        early = slice(0, 2 * len(warps))
        best = int((lowest[early] - _WAY_COST * distances[early]).argmax())
        return starts, variants[best]

    def _slopes(self, moves: Floats, step: float) -> Any:
        """Return how the terms change with each knot, (t, k, 2)."""
        count = 2 * len(moves)
        steps = np.eye(count).reshape(count, -1, 2) * step
        values = self._judge(np.concatenate([moves + steps, moves - steps]))
        yield
        return ((values[:count] - values[count:]) / (2 * step)).T.reshape(-1, *moves.shape)

    def _shrink(self, moves: Floats) -> Iterator[None]:
        """Make movements that reach the target smaller, as long as they reach it."""
        drawing, last = self._drawing, self._tried + _SHRINK
        distance = float(drawing.distances(moves[None])[0])
        (terms,) = self._judge(moves[None])
        slope_steps = iter(_SHRINK_SLOPE_STEPS)
        slope_step = next(slope_steps, None)
        while self._tried < last and slope_step is not None:
            slopes = yield from self._slopes(moves, slope_step)
            variants = smaller(drawing, moves, terms, slopes)
            variants = variants[drawing.distances(variants) < distance * _SMALLER]
            found = self._judge(variants) if len(variants) else np.zeros((0, 1))
            yield
            good = np.flatnonzero(found.min(axis=1) >= 0)
            if not len(good):
                slope_step = next(slope_steps, None)
                continue
            distances = drawing.distances(variants)
            best = good[distances[good].argmin()]
            moves, terms, distance = variants[best], found[best], float(distances[best])
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
