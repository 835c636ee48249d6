"""Owns reading a number: which pieces of ink are one digit is decided by recognising them.

Every group of pieces that may be a digit is an arc of a lattice, scored by `number_score`; the best
path is the number. Only arcs that can be on the best path are recognised: one that is not known yet
counts as if the network were certain of it (lazy shortest paths, Dellin & Srinivasa 2016).
"""

import math
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator, Sequence

from app.ink.grouping import Group, groups_of
from app.ink.marks import marks_of
from app.ink.page import Ink, Page
from app.ink.pieces import MAX_PIECES, Piece, box_of, from_the_left, usual_height
from app.ink.raster import Raster
from app.recognition.lattice import Path, best_paths, log_sum
from app.recognition.number import MOST_READINGS, Number, NumberMark, readings_of
from app.recognition.number_score import Candidate, Weights, digit_features, mark_features
from app.recognition.number_weights import PICTURES, STROKES
from app.recognition.personal import PersonalRecogniser
from app.recognition.prediction import Outputs, Prediction

_CERTAIN = 0.9
"""A wide piece that is a digit so probably is not cut."""
_HIGH = 0.5
"""A piece lower than so many heights of a usual digit is no two of them."""
_NARROW = 0.4
"""Only pieces narrower than so many heights are borrowed."""
_DOT = 0.2
"""What is smaller both ways than so many heights is no second stroke of a digit."""
_DOUBTFUL, _CUT = 0.3, 0.1
"""Digit scores that are enough among other digits, which are sure: see `_are_digits`. The second is
for ink that was cut, which is rarely clean."""
_PATHS = 6
_RELEVANT = 4.0
"""Paths whose score is so much less than the best one's do not matter for how sure it is."""
_MOST_RECOGNITIONS = 160
"""For one number: bounds the time for ink that is none."""
_MOST_KEPT = 600


class NumberReader:
    """Reads numbers, and remembers what it recognised: the next stroke costs only what it changes.

    Not for two threads at once.
    """

    def __init__(self, personal: PersonalRecogniser) -> None:
        self._personal = personal
        self._seen_by = personal.recogniser
        self._kept: OrderedDict[Hashable, tuple[Raster, Outputs]] = OrderedDict()

    def read(self, page: Page) -> Number:
        """Return what a page with ink is read as."""
        if self._personal.recogniser is not self._seen_by:
            self._kept.clear()
            self._seen_by = self._personal.recogniser
        if not page.has_strokes:
            self._kept.clear()  # a picture's labels mean nothing on another page
        return Reading(page, self).number()

    def predict(self, page: Page, ink: Ink) -> Prediction:
        """Return the prediction for some of a page's ink, recognised now or before."""
        known = self._kept.get(ink)
        if known is None:
            raster = page.raster(ink)
            known = raster, self._personal.recogniser.calibrated(raster)
            self._kept[ink] = known
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(ink)
        return self._personal.answer(known[1], known[0])


class Reading:
    """The reading of one page."""

    def __init__(self, page: Page, reader: NumberReader) -> None:
        weights = STROKES if page.has_strokes else PICTURES
        self._page = page
        self._reader = reader
        self._left = _MOST_RECOGNITIONS
        self._height = usual_height(page.pieces)
        self.pieces = self._cut()
        self._parts = Counter(source for piece in self.pieces for source in piece.sources)
        groups = groups_of(self.pieces, self._height, page.pen)
        self.candidates = [
            candidate for group in groups for candidate in self._digits(group, weights)
        ]
        alone = {group.pieces[0]: group for group in groups if len(group.pieces) == 1}
        for mark in marks_of(self.pieces, self._height):
            at_an_end = mark.piece in (0, len(self.pieces) - 1)
            features = mark_features(mark, alone[mark.piece], at_an_end)
            self.candidates.append(Candidate((mark.piece,), features, weights, mark.text))

    def number(self) -> Number:
        """Search, recognise what the search wants to know, and search again."""
        while self._recognised(self._search(1)):
            pass
        paths = self._search(_PATHS)
        if self._recognised([p for p in paths if p.score > paths[0].score - _RELEVANT]):
            paths = self._search(_PATHS)
        return self._number_of([path for path in paths if not self._unknown([path])])

    def lattice(self) -> list[Candidate]:
        """Return all candidates, each of them recognised: to fit the weights."""
        for candidate in self.candidates:
            if not candidate.is_known:
                candidate.prediction = self._reader.predict(self._page, self._ink(candidate))
        return self.candidates

    def text_of(self, path: Path) -> str:
        """Return what a path that is known reads as."""
        return "".join(candidate.text for candidate in self._from_the_left(path))

    def _cut(self) -> list[Piece]:
        """Return the pieces, those cut that may be several digits."""
        pieces: list[Piece] = []
        for piece in self._page.pieces:
            if len(pieces) < MAX_PIECES and self._is_doubtful(piece):
                pieces += self._page.cut(piece, self._height)
            else:
                pieces.append(piece)
        return from_the_left(pieces)

    def _is_doubtful(self, piece: Piece) -> bool:
        """Whether a piece is too wide to be part of a digit, and no digit for certain."""
        wide = piece.width > self._page.least_cut * self._height
        if not wide or piece.height < _HIGH * self._height:
            return False
        whole = self._reader.predict(self._page, piece.ink)
        return whole.digit_score < _CERTAIN or whole.confidence < _CERTAIN

    def _digits(self, group: Group, weights: Weights) -> Iterator[Candidate]:
        """Yield a group as a digit: its own ink, and with what it may borrow."""
        is_cut = any(self._is_part(index) for index in group.pieces)
        in_two = len(group.pieces) == 2 and not any(map(self._is_dot, group.pieces))
        for borrowed in ((), *self._loans(group)):
            features = digit_features(group, is_cut, len(borrowed))
            yield Candidate(group.pieces, features, weights, "", borrowed, in_two)

    def _is_part(self, index: int) -> bool:
        return any(self._parts[source] > 1 for source in self.pieces[index].sources)

    def _is_dot(self, index: int) -> bool:
        piece = self.pieces[index]
        return max(piece.width, piece.height) < _DOT * self._height

    def _loans(self, group: Group) -> list[tuple[int, ...]]:
        """Return what a group of a picture's cut ink may be recognised with: its neighbours."""
        if self._page.has_strokes:
            return []
        sources = {source for index in group.pieces for source in self.pieces[index].sources}
        beside = [
            [
                index
                for index in reach
                if self.pieces[index].sources[0] in sources
                and self.pieces[index].width <= _NARROW * self._height
            ][:1]
            for reach in (
                range(group.pieces[0] - 1, -1, -1),
                range(group.pieces[-1] + 1, len(self.pieces)),
            )
        ]
        left, right = map(tuple, beside)
        return [loan for loan in {left, right, left + right} if loan]

    def _search(self, most: int) -> list[Path]:
        return best_paths(len(self.pieces), [one.arc for one in self.candidates], most)

    def _recognised(self, paths: Sequence[Path]) -> bool:
        """Recognise what is not known yet of paths; return whether there was anything.

        Once that has been done too often, only single pieces are still looked at.
        """
        unknown = self._unknown(paths)
        for candidate in unknown:
            if self._left <= 0 and len(candidate.pieces) > 1:
                candidate.place = -math.inf
                continue
            candidate.prediction = self._reader.predict(self._page, self._ink(candidate))
            self._left -= 1
        return bool(unknown)

    def _unknown(self, paths: Sequence[Path]) -> list[Candidate]:
        arcs = sorted({arc for path in paths for arc in path.arcs})
        return [one for arc in arcs if not (one := self.candidates[arc]).is_known]

    def _ink(self, candidate: Candidate) -> Ink:
        drawn = candidate.pieces + candidate.borrowed
        return tuple(ink for index in drawn for ink in self.pieces[index].ink)

    def _number_of(self, paths: Sequence[Path]) -> Number:
        """Return the number of paths that are known, the best first."""
        ordered = [self._from_the_left(path) for path in paths]
        total = log_sum([path.score for path in paths])
        weights = [math.exp(path.score - total) for path in paths]
        readings = readings_of(
            [
                (weight, [one.prediction or one.mark for one in candidates])
                for weight, candidates in zip(weights, ordered, strict=True)
            ]
        )
        texts = ["".join(one.text for one in candidates) for candidates in ordered]
        best = texts.index(readings[0][0]) if readings[0][0] in texts else 0
        chosen, marks = ordered[best], []
        for candidate, is_digit in zip(chosen, _are_digits(chosen), strict=True):
            together = [w for w, path in zip(weights, ordered, strict=True) if candidate in path]
            marks.append(self._mark_of(candidate, sum(together), is_digit))
        return Number(tuple(marks), tuple(readings[:MOST_READINGS]))

    def _from_the_left(self, path: Path) -> list[Candidate]:
        chosen = [self.candidates[arc] for arc in path.arcs]
        boxes = [box_of([self.pieces[index] for index in one.pieces]) for one in chosen]
        order = sorted(range(len(chosen)), key=lambda i: boxes[i].left + boxes[i].right)
        return [chosen[index] for index in order]

    def _mark_of(self, candidate: Candidate, weight: float, is_digit: bool) -> NumberMark:
        pieces = [self.pieces[index] for index in candidate.pieces]
        strokes = {source for piece in pieces for source in piece.sources}
        return NumberMark(
            text=candidate.text,
            box=self._page.in_drawing(box_of(pieces)),
            confidence=candidate.prediction.confidence if candidate.prediction else min(weight, 1),
            strokes=tuple(sorted(strokes)) if self._page.has_strokes else (),
            content=self._page.content(self._ink(candidate)),
            is_digit=is_digit,
            prediction=candidate.prediction,
        )


def _are_digits(candidates: Sequence[Candidate]) -> list[bool]:
    """Return for everything in a number whether it may stand there; a sign may.

    Among digits a doubtful one is more probably a digit than alone on the page: where most are
    digits for certain, the others need less to be taken for one.
    """
    found = [one.prediction for one in candidates if one.prediction is not None]
    sure = sum(prediction.is_digit for prediction in found)
    among_digits = 2 * sure >= len(found) >= 2
    return [
        one.prediction is None
        or one.prediction.is_digit
        or (among_digits and one.prediction.digit_score >= (_CUT if one.is_cut else _DOUBTFUL))
        for one in candidates
    ]
