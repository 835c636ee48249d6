"""Owns the ways to put pieces of ink together to a number, and the search for the best of them.

Every group of pieces that may be a digit is an arc of a lattice, scored by `number_score`. Only
arcs that can be on the best path are recognised: one that is not known yet counts as if the network
were certain of it (lazy shortest paths, Dellin & Srinivasa 2016).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from app.numbers.best_path import Path, best_paths
from app.numbers.candidates import Group, groups_of
from app.numbers.features import Candidate, digit_features, mark_features
from app.numbers.number_ink import Ink, Page
from app.numbers.punctuation import marks_of
from app.numbers.segments import Piece, box_of
from app.numbers.weights import PICTURES, STROKES
from app.recognition.prediction import Prediction

Predict = Callable[[Page, Ink], Prediction]

_NARROW = 0.4
"""Only pieces narrower than so many heights are borrowed."""
_DOT = 0.2
"""What is smaller both ways than so many heights is no second stroke of a digit."""
_RELEVANT = 4.0
"""Paths whose score is so much less than the best one's do not matter for how sure it is."""


class Ways:
    """All ways to read some pieces of a page, from the left; `height` is a usual digit's.

    Once `most` groups have been recognised, only single pieces are still looked at.
    """

    def __init__(
        self, page: Page, predict: Predict, pieces: Sequence[Piece], height: float, most: int
    ) -> None:
        self.pieces = pieces
        self._page = page
        self._predict = predict
        self._left = most
        self._height = height
        self._weights = STROKES if page.has_strokes else PICTURES
        self._parts = Counter(source for piece in pieces for source in piece.sources)
        groups = groups_of(pieces, height, page.pen)
        self.candidates = [candidate for group in groups for candidate in self._digits(group)]
        alone = {group.pieces[0]: group for group in groups if len(group.pieces) == 1}
        for mark in marks_of(pieces, height):
            at_an_end = mark.piece in (0, len(pieces) - 1)
            features = mark_features(mark, alone[mark.piece], at_an_end)
            self.candidates.append(Candidate((mark.piece,), features, self._weights, mark.text))

    def best(self) -> Path:
        """Search, recognise what the search wants to know, and search again; return the best."""
        while True:
            (path,) = self.search(1)
            if not self._recognised([path]):
                return path

    def likely(self, most: int) -> list[Path]:
        """Return the best path and at most so many others that are known, the best first."""
        self.best()
        paths = self.search(most)
        if self._recognised([p for p in paths if p.score > paths[0].score - _RELEVANT]):
            paths = self.search(most)
        return [path for path in paths if not self._unknown([path])]

    def search(self, most: int) -> list[Path]:
        """Return the best paths by what is known."""
        return best_paths(len(self.pieces), [one.arc for one in self.candidates], most)

    def recognise_all(self) -> None:
        """Recognise every group, whether or not it matters: to fit the weights."""
        for candidate in self.candidates:
            if not candidate.is_known:
                candidate.prediction = self._predict(self._page, self.ink(candidate))

    def from_the_left(self, path: Path) -> list[Candidate]:
        """Return what a path consists of, in the order of reading."""
        chosen = [self.candidates[arc] for arc in path.arcs]
        boxes = [box_of([self.pieces[index] for index in one.pieces]) for one in chosen]
        order = sorted(range(len(chosen)), key=lambda i: boxes[i].left + boxes[i].right)
        return [chosen[index] for index in order]

    def text_of(self, path: Path) -> str:
        """Return what a path that is known reads as."""
        return "".join(candidate.text for candidate in self.from_the_left(path))

    def ink(self, candidate: Candidate) -> Ink:
        """Return what a candidate is recognised from."""
        drawn = candidate.pieces + candidate.borrowed
        return tuple(ink for index in drawn for ink in self.pieces[index].ink)

    def _digits(self, group: Group) -> Iterator[Candidate]:
        """Yield a group as a digit: its own ink, and with what it may borrow."""
        is_cut = any(self._is_part(index) for index in group.pieces)
        in_two = len(group.pieces) == 2 and not any(map(self._is_dot, group.pieces))
        for borrowed in ((), *self._loans(group)):
            features = digit_features(group, is_cut, len(borrowed))
            yield Candidate(group.pieces, features, self._weights, "", borrowed, in_two)

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

    def _recognised(self, paths: Sequence[Path]) -> bool:
        """Recognise what is not known yet of paths; return whether there was anything."""
        unknown = self._unknown(paths)
        for candidate in unknown:
            if self._left <= 0 and len(candidate.pieces) > 1:
                candidate.place = -math.inf
                continue
            candidate.prediction = self._predict(self._page, self.ink(candidate))
            self._left -= 1
        return bool(unknown)

    def _unknown(self, paths: Sequence[Path]) -> list[Candidate]:
        arcs = sorted({arc for path in paths for arc in path.arcs})
        return [one for arc in arcs if not (one := self.candidates[arc]).is_known]
