"""Segmentation lattices of strings whose text is known, which the weights are fitted to.

The strings are of digits by writers on whom the shipped model was trained, never by a validation
writer. The model is better at digits that it was trained on, so one in four is varied as in
training: then about as many strings are read right as of unseen writers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.numbers.best_path import Arc, Path, best_paths
from app.numbers.number_ink import NumberInk, number_ink
from app.numbers.reader import NumberReader, NumberReading
from app.numbers.segmentation import SegmentationLattice
from app.recognition.personal_recogniser import PersonalRecogniser
from training.augmentation.polylines import points_of, polylines_of
from training.augmentation.strokes import vary_digit
from training.data.pendigits import PenDigit
from training.recipes.catalogue import VALIDATION_WRITERS
from training.robustness.number_strings import NumberString, number_strings

Floats = NDArray[np.float64]
_VARIED_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class LabelledLattice:
    """The lattice of a string, with every hypothesis recognised, and the string's text."""

    lattice: SegmentationLattice
    text: str
    features: Floats
    """(hypotheses, FEATURES)."""
    correct: Path | None
    """The path that gives every digit its own ink and the right label; None if there is none."""

    def best(self, weights: Floats, limit: int) -> list[Path]:
        """Return the `limit` best paths by `weights`, float64 (FEATURES,), best first."""
        scores = (self.features @ weights).tolist()
        arcs = [
            Arc(hypothesis.segments, score, hypothesis.arc.at_most_once)
            for hypothesis, score in zip(self.lattice.hypotheses, scores, strict=True)
        ]
        return best_paths(len(self.lattice.segments), arcs, limit)

    def is_correct(self, path: Path) -> bool:
        """Return whether a path reads as the string's text."""
        return self.lattice.text(path) == self.text


def training_digits(digits: Sequence[PenDigit], seed: int) -> list[PenDigit]:
    """Return the digits of all but the validation writers, a quarter of them varied."""
    rng = np.random.default_rng(seed)
    own = [digit for digit in digits if digit.writer not in VALIDATION_WRITERS]
    return [_varied(digit, rng) if rng.random() < _VARIED_SHARE else digit for digit in own]


def labelled_lattices(
    digits: Sequence[PenDigit], count: int, seed: int, personal: PersonalRecogniser, pictures: bool
) -> Iterator[LabelledLattice]:
    """Yield the lattices of `count` strings, half of them plain, as strokes or as pictures."""
    plain = number_strings(digits, count // 2, seed, plain=True)
    for string in [*number_strings(digits, count - count // 2, seed), *plain]:
        content = Content(strokes=string.strokes)
        if pictures:
            content = Content(page=content.extent, background=render(content))
        ink = number_ink(content)
        assert ink is not None
        yield labelled_lattice(ink, string, personal)


def labelled_lattice(
    ink: NumberInk, string: NumberString, personal: PersonalRecogniser
) -> LabelledLattice:
    """Return the lattice of ink that shows `string`."""
    lattice = NumberReading(ink, NumberReader(personal)).lattice
    lattice.recognise_all()
    features = [(*one.features, *one.network_features) for one in lattice.hypotheses]
    correct = _correct_path(lattice, string, _characters_of(lattice, ink, string))
    return LabelledLattice(lattice, string.text, np.array(features), correct)


def _varied(digit: PenDigit, rng: np.random.Generator) -> PenDigit:
    """Return a variation of a digit in the digit's size."""
    lines, _pen = vary_digit(polylines_of(digit.strokes), digit.label, rng)
    size = float(np.ptp(np.concatenate(points_of(digit.strokes)), axis=0).max())
    return replace(digit, strokes=tuple(Stroke.of((line * size).tolist()) for line in lines))


def _correct_path(
    lattice: SegmentationLattice, string: NumberString, characters: list[int]
) -> Path | None:
    """Return the path of correct hypotheses; `characters`: see _characters_of."""
    if len(set(characters)) < len(string.text):  # a segment has ink of two characters
        return None
    arcs = []
    for hypothesis in lattice.hypotheses:
        first, *others = {characters[index] for index in hypothesis.segments}
        has_all_ink = not others and len(hypothesis.segments) == characters.count(first)
        is_correct = has_all_ink and hypothesis.text == string.text[first]
        arcs.append(Arc(hypothesis.segments, hypothesis.arc.score if is_correct else -np.inf))
    best = best_paths(len(lattice.segments), arcs, 1)[0]
    return best if best.score > -np.inf else None


def _characters_of(lattice: SegmentationLattice, ink: NumberInk, string: NumberString) -> list[int]:
    """Return for every segment the index of its character in the text.

    That is the character to whose strokes most of the segment's points are nearest.
    """
    strokes = [_interpolated(points) for points in points_of(string.strokes)]
    stroke_points = np.concatenate(strokes)
    owners = np.repeat(string.owners, [len(stroke) for stroke in strokes])
    characters = []
    for segment in lattice.segments:
        box = ink.to_drawing(segment.box)
        scale = box.width / max(segment.box.width, 1e-9) if segment.box.width else 1.0
        corner = np.array([segment.box.left, segment.box.top])
        points = (segment.points - corner) * scale + np.array([box.left, box.top])
        squared = ((points[:, None] - stroke_points[None]) ** 2).sum(axis=2)
        characters.append(int(np.bincount(owners[squared.argmin(axis=1)]).argmax()))
    return characters


def _interpolated(points: Floats) -> Floats:
    """Return the points of a stroke (n, 2) and three between each two: fast pens leave few."""
    wanted = np.arange(4 * (len(points) - 1) + 1) / 4
    known = np.arange(len(points))
    return np.column_stack([np.interp(wanted, known, points[:, axis]) for axis in (0, 1)])
