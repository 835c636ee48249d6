"""The segmentation lattice: all ways to read segments as characters, and the search for the best.

Each candidate read as a digit, and each segment read as punctuation, is an arc. Only arcs that may
be on the best path are recognised: an arc that is not recognised yet counts as if the network were
certain of it (lazy shortest paths, Dellin & Srinivasa 2016).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.numbers.best_path import Path, best_paths
from app.numbers.candidates import Candidate, find_candidates
from app.numbers.features import Hypothesis, digit_features, punctuation_features
from app.numbers.number_ink import NumberInk
from app.numbers.punctuation import find_punctuation
from app.numbers.segments import InkParts, Segment, bounding_box
from app.recognition.prediction import Prediction

Predict = Callable[[NumberInk, InkParts], Prediction]
Prepare = Callable[[NumberInk, Sequence[InkParts]], None]

_MAX_BORROWED_WIDTH = 0.4
"""Only segments narrower than this many heights of a usual digit are borrowed."""
_DOT = 0.2
"""A segment smaller in both directions than this many heights is no second stroke of a digit."""
_MAX_SEARCHES = 20
"""For one number: numbers take at most 13, forty dots on one another took 438."""
_RELEVANT = 4.0
"""Paths whose score is lower than the best one's by more than this do not change the
probabilities."""


class SegmentationLattice:
    """All ways to read some segments."""

    def __init__(
        self,
        ink: NumberInk,
        predict: Predict,
        segments: Sequence[Segment],
        height: float,
        recognition_limit: int,
        prepare: Prepare | None = None,
    ) -> None:
        """`segments` come from left to right; `height` is that of a usual digit, in their unit.

        Once recognitions that cost `recognition_limit` (`NumberInk.effort`) are used up, only
        single segments are recognised. `prepare` is told what `predict` is to be called with.
        """
        self.segments = segments
        self._ink = ink
        self._predict = predict
        self._prepare = prepare
        self._height = height
        self._recognitions_left = recognition_limit
        self._segments_of = Counter(source for segment in segments for source in segment.sources)
        candidates = find_candidates(segments, height)
        self.hypotheses = [
            hypothesis
            for candidate in candidates
            for hypothesis in self._digit_hypotheses(candidate)
        ]
        alone = {one.segments[0]: one for one in candidates if len(one.segments) == 1}
        for mark in find_punctuation(segments, height):
            is_outermost = mark.segment in (0, len(segments) - 1)
            features = punctuation_features(mark, alone[mark.segment], is_outermost)
            self.hypotheses.append(Hypothesis((mark.segment,), features, mark.text))

    def likely_paths(self, limit: int) -> list[Path]:
        """Return at most `limit` fully recognised paths, the best first."""
        searches = 1
        while self._recognise(self.search(1)):
            searches += 1
            if searches == _MAX_SEARCHES:
                self._give_up_the_rest()
        paths = self.search(limit)
        if self._recognise(p for p in paths if p.score > paths[0].score - _RELEVANT):
            paths = self.search(limit)
        return [path for path in paths if not self._unrecognised([path])]

    def search(self, limit: int) -> list[Path]:
        """Return the best paths by what is recognised so far, best first."""
        return best_paths(len(self.segments), [one.arc for one in self.hypotheses], limit)

    def recognise_all(self) -> None:
        """Recognise every hypothesis, whether or not it matters: to fit the weights."""
        for hypothesis in self.hypotheses:
            if not hypothesis.is_recognised:
                hypothesis.prediction = self._predict(self._ink, self.parts(hypothesis))

    def characters(self, path: Path) -> list[Hypothesis]:
        """Return the hypotheses of a path from left to right."""
        chosen = [self.hypotheses[arc] for arc in path.arcs]
        boxes = [bounding_box([self.segments[index] for index in one.segments]) for one in chosen]
        order = sorted(range(len(chosen)), key=lambda i: boxes[i].left + boxes[i].right)
        return [chosen[index] for index in order]

    def text(self, path: Path) -> str:
        """Return the text of a path that is recognised."""
        return "".join(hypothesis.text for hypothesis in self.characters(path))

    def parts(self, hypothesis: Hypothesis) -> InkParts:
        """Return the ink that a hypothesis is recognised from."""
        drawn = hypothesis.segments + hypothesis.borrowed
        return tuple(part for index in drawn for part in self.segments[index].parts)

    def _digit_hypotheses(self, candidate: Candidate) -> Iterator[Hypothesis]:
        """Yield a candidate as a digit: with its own ink alone, and with what it may borrow."""
        is_cut = any(self._is_part(index) for index in candidate.segments)
        has_two_strokes = len(candidate.segments) == 2 and not any(
            map(self._is_dot, candidate.segments)
        )
        for borrowed in ((), *self._borrowable(candidate)):
            features = digit_features(candidate, is_cut, len(borrowed))
            yield Hypothesis(
                candidate.segments, features, borrowed=borrowed, has_two_strokes=has_two_strokes
            )

    def _is_part(self, index: int) -> bool:
        return any(self._segments_of[source] > 1 for source in self.segments[index].sources)

    def _is_dot(self, index: int) -> bool:
        segment = self.segments[index]
        return max(segment.box.width, segment.box.height) < _DOT * self._height

    def _borrowable(self, candidate: Candidate) -> list[tuple[int, ...]]:
        """Return the sets of neighbouring segments of the same component in a picture, if any."""
        if self._ink.has_strokes:
            return []
        sources = {source for i in candidate.segments for source in self.segments[i].sources}

        def nearest(indices: Iterable[int]) -> tuple[int, ...]:
            for index in indices:
                segment = self.segments[index]
                is_narrow = segment.box.width <= _MAX_BORROWED_WIDTH * self._height
                if is_narrow and segment.sources[0] in sources:
                    return (index,)
            return ()

        left = nearest(range(candidate.segments[0] - 1, -1, -1))
        right = nearest(range(candidate.segments[-1] + 1, len(self.segments)))
        return [borrowed for borrowed in {left, right, left + right} if borrowed]

    def _recognise(self, paths: Iterable[Path]) -> bool:
        """Recognise what is not recognised yet of paths; return whether there was anything."""
        unrecognised = self._unrecognised(paths)
        every = [self.parts(hypothesis) for hypothesis in unrecognised]
        if (
            self._prepare is not None
            and sum(map(self._ink.effort, every)) <= self._recognitions_left
        ):
            self._prepare(self._ink, every)
        for hypothesis in unrecognised:
            if self._recognitions_left <= 0 and len(hypothesis.segments) > 1:
                hypothesis.geometry_score = -math.inf
                continue
            parts = self.parts(hypothesis)
            hypothesis.prediction = self._predict(self._ink, parts)
            self._recognitions_left -= self._ink.effort(parts)
        return bool(unrecognised)

    def _give_up_the_rest(self) -> None:
        """Leave out what is not recognised yet and has several segments: the ink is no number."""
        self._recognitions_left = 0
        for hypothesis in self.hypotheses:
            if not hypothesis.is_recognised and len(hypothesis.segments) > 1:
                hypothesis.geometry_score = -math.inf

    def _unrecognised(self, paths: Iterable[Path]) -> list[Hypothesis]:
        arcs = sorted({arc for path in paths for arc in path.arcs})
        return [one for arc in arcs if not (one := self.hypotheses[arc]).is_recognised]
