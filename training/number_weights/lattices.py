"""Owns the lattices that the weights of whole numbers are fitted to: what there is to choose from.

They are of strings of the digits of those writers from whom the shipped model learnt, never of a
validation writer's. The model knows these digits by heart, so one of four is varied as in training:
then about as many strings are read right as of writers whom it has never seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.numbers.best_path import Arc, Path, best_paths
from app.numbers.features import Hypothesis
from app.numbers.number_ink import NumberInk, number_ink
from app.numbers.reader import NumberReader, NumberReading
from app.recognition.personal_recogniser import PersonalRecogniser
from training.augmentation.polylines import polylines_of
from training.augmentation.strokes import vary_digit
from training.data.pendigits import PenDigit
from training.recipes.catalogue import VALIDATION_WRITERS
from training.robustness.number_strings import NumberString, number_strings

Values = NDArray[np.float64]
_VARIED = 0.25
"""The share of digits that are varied."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """All ways to read one string."""

    reading: NumberReading
    text: str
    features: Values
    """(arcs, FEATURES)."""
    right: Path | None
    """The path that gives every digit its own ink and reads it right, if there is one."""

    def best(self, weights: Values, most: int) -> list[Path]:
        """Return the best paths by these weights, best first."""
        scores = (self.features @ weights).tolist()
        arcs = [
            Arc(one.segments, score, one.arc.at_most_once)
            for one, score in zip(self.reading.lattice.hypotheses, scores, strict=True)
        ]
        return best_paths(len(self.reading.lattice.segments), arcs, most)


def learnt_digits(digits: Sequence[PenDigit], seed: int) -> list[PenDigit]:
    """Return the digits of the writers from whom the shipped model learnt, some of them varied."""
    rng = np.random.default_rng(seed)
    own = [digit for digit in digits if digit.writer not in VALIDATION_WRITERS]
    return [_varied(digit, rng) if rng.random() < _VARIED else digit for digit in own]


def lattices(
    digits: Sequence[PenDigit], count: int, seed: int, personal: PersonalRecogniser, pictures: bool
) -> Iterator[Lattice]:
    """Yield the lattices of strings, half of them plain, as strokes or as pictures of them."""
    plain = number_strings(digits, count // 2, seed, plain=True)
    for string in [*number_strings(digits, count - count // 2, seed), *plain]:
        content = Content(strokes=string.strokes)
        if pictures:
            content = Content(page=content.extent, background=render(content))
        page = number_ink(content)
        assert page is not None
        yield lattice(page, string, personal)


def lattice(page: NumberInk, string: NumberString, personal: PersonalRecogniser) -> Lattice:
    """Return all ways to read a page with a string on it."""
    reading = NumberReading(page, NumberReader(personal))
    reading.lattice.recognise_all()
    features = np.array(
        [(*one.features, *one.network_features) for one in reading.lattice.hypotheses]
    )
    return Lattice(reading, string.text, features, _right_path(reading, page, string))


def _varied(digit: PenDigit, rng: np.random.Generator) -> PenDigit:
    """Return a variation of a digit, as large as the digit is."""
    changed, _pen = vary_digit(polylines_of(digit.strokes), digit.label, rng)
    points = np.concatenate([[point[:2] for point in stroke.points] for stroke in digit.strokes])
    size = float(np.ptp(points, axis=0).max())
    strokes = tuple(Stroke.of((line * size).tolist()) for line in changed)
    return replace(digit, strokes=strokes)


def _right_path(reading: NumberReading, page: NumberInk, string: NumberString) -> Path | None:
    owners = _owners(reading, page, string)
    if len(set(owners)) < len(string.text):  # ink of two digits in one piece
        return None
    arcs = []
    for one in reading.lattice.hypotheses:
        its = {owners[index] for index in one.segments}
        own = owners.count(owners[one.segments[0]])
        is_right = len(its) == 1 and len(one.segments) == own and _is_text(one, string, its.pop())
        arcs.append(Arc(one.segments, one.arc.score if is_right else -np.inf))
    found = best_paths(len(reading.lattice.segments), arcs, 1)[0]
    return found if found.score > -np.inf else None


def _is_text(candidate: Hypothesis, string: NumberString, owner: int) -> bool:
    return candidate.text == string.text[owner]


def _owners(reading: NumberReading, page: NumberInk, string: NumberString) -> list[int]:
    """Return for every piece the mark of the text whose strokes most of it lies on."""
    strokes = [np.array([point[:2] for point in stroke.points]) for stroke in string.strokes]
    places = np.concatenate([_filled(stroke) for stroke in strokes])
    owners = np.repeat(string.owners, [len(_filled(stroke)) for stroke in strokes])
    found = []
    for piece in reading.lattice.segments:
        box = page.to_drawing(piece.box)
        scale = (box.right - box.left) / max(piece.width, 1e-9) if piece.width else 1.0
        corner = np.array([piece.box.left, piece.box.top])
        here = (piece.points - corner) * scale + np.array([box.left, box.top])
        away = ((here[:, None] - places[None]) ** 2).sum(axis=2)
        found.append(int(np.bincount(owners[away.argmin(axis=1)]).argmax()))
    return found


def _filled(stroke: Values) -> Values:
    """Return a stroke's points and three more between each two: a fast pen leaves few."""
    between = np.arange(4 * (len(stroke) - 1) + 1) / 4
    along = np.arange(len(stroke))
    return np.column_stack([np.interp(between, along, stroke[:, axis]) for axis in (0, 1)])
