"""Owns reading a number: which pieces of ink are one digit is decided by recognising them.

The best way to put the pieces together (`number_ways`) is the number.
"""

import math
from collections import OrderedDict
from collections.abc import Hashable, Sequence

from app.ink.rasterize import Raster
from app.numbers.best_path import Path, log_sum
from app.numbers.features import Candidate
from app.numbers.number import MOST_READINGS, Number, NumberMark, readings_of
from app.numbers.number_ink import Ink, Page
from app.numbers.segmentation import Ways
from app.numbers.segments import MAX_PIECES, Piece, box_of, from_the_left, usual_height
from app.recognition.personal_recogniser import PersonalRecogniser
from app.recognition.prediction import Outputs, Prediction

_CERTAIN = 0.9
"""A wide piece that is a digit so probably is not cut."""
_HIGH = 0.5
"""A piece lower than so many heights of a usual digit is no two of them."""
_DOUBTFUL, _CUT = 0.3, 0.1
"""Digit scores that are enough among other digits, which are sure: see `_are_digits`. The second is
for ink that was cut, which is rarely clean."""
_PATHS = 6
_MOST_RECOGNITIONS = 160
"""For one number: bounds the time for ink that is none."""
_MOST_OF_A_CUT = 40
"""The same for one way to cut some ink."""
_MOST_KEPT = 600


class NumberReader:
    """Reads numbers, and remembers what it recognised: the next stroke costs only what it changes.

    Not for two threads at once.
    """

    def __init__(self, personal: PersonalRecogniser) -> None:
        self._personal = personal
        self._seen_by = personal.recogniser
        self._kept: OrderedDict[Hashable, tuple[Raster, Outputs]] = OrderedDict()

    @property
    def sure_threshold(self) -> float:
        """The least probability at which an answer is given as sure: the model card's."""
        return self._personal.recogniser.card.sure_threshold

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
            raster = page.rasterize(ink)
            known = raster, self._personal.recogniser.calibrated_outputs(raster)
            self._kept[ink] = known
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(ink)
        return self._personal.prediction(known[1], known[0])


class Reading:
    """The reading of one page."""

    def __init__(self, page: Page, reader: NumberReader) -> None:
        self._page = page
        self._reader = reader
        self._height = usual_height(page.pieces)
        self.ways = self._ways(self._cut(), _MOST_RECOGNITIONS)

    def number(self) -> Number:
        """Return the number that the best ways to read the page make."""
        return self._number_of(self.ways.likely(_PATHS))

    def _ways(self, pieces: Sequence[Piece], most: int) -> Ways:
        return Ways(self._page, self._reader.predict, pieces, self._height, most)

    def _cut(self) -> list[Piece]:
        """Return the pieces, those cut that may be several digits."""
        pieces: list[Piece] = []
        for piece in self._page.pieces:
            if len(pieces) < MAX_PIECES and self._is_doubtful(piece):
                pieces += self._best_cut(self._page.cuts(piece, self._height))
            else:
                pieces.append(piece)
        return from_the_left(pieces)

    def _best_cut(self, cuts: Sequence[list[Piece]]) -> list[Piece]:
        """Return those parts of some ink that make the best number of it alone."""
        if len(cuts) == 1:
            return cuts[0]
        ordered = [from_the_left(parts) for parts in cuts]
        return max(ordered, key=lambda parts: self._ways(parts, _MOST_OF_A_CUT).best().score)

    def _is_doubtful(self, piece: Piece) -> bool:
        """Whether a piece is too wide to be part of a digit, and no digit for certain."""
        wide = piece.width > self._page.least_cut * self._height
        if not wide or piece.height < _HIGH * self._height:
            return False
        whole = self._reader.predict(self._page, piece.ink)
        return whole.digit_score < _CERTAIN or whole.confidence < _CERTAIN

    def _number_of(self, paths: Sequence[Path]) -> Number:
        """Return the number of paths that are known, the best first."""
        ordered = [self.ways.from_the_left(path) for path in paths]
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
        is_sure = dict(readings).get(texts[best], 0.0) >= self._reader.sure_threshold
        return Number(tuple(marks), tuple(readings[:MOST_READINGS]), is_sure)

    def _mark_of(self, candidate: Candidate, weight: float, is_digit: bool) -> NumberMark:
        pieces = [self.ways.pieces[index] for index in candidate.pieces]
        strokes = {source for piece in pieces for source in piece.sources}
        return NumberMark(
            text=candidate.text,
            box=self._page.in_drawing(box_of(pieces)),
            confidence=candidate.prediction.confidence if candidate.prediction else min(weight, 1),
            strokes=tuple(sorted(strokes)) if self._page.has_strokes else (),
            content=self._page.content(self.ways.ink(candidate)),
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
