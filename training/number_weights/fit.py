"""Fits the weights by which whole numbers are read: `python -m training.number_weights.fit`.

A conditional random field over segmentations (Lafferty et al. 2001): the right way to read a string
shall be probable among the best ways that there are. Those are searched for again with the weights
found, until nothing new comes (n-best training, Och 2003). The file
app/numbers/weights.py is written anew.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.numbers import weights as number_weights
from app.numbers.best_path import Path as Way
from app.numbers.features import FEATURES, Weights
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.stdio import silence_native_stderr
from app.storage.atomic_write import write_atomically
from app.storage.sample_store import SampleStore
from training.data.library import Library
from training.data.pendigits import load_pendigits
from training.number_weights.lattices import Lattice, Values, lattices, learnt_digits

_WAYS = 20
"""So many of the best ways to read a string are told from the right one in each round."""
_ROUNDS = 4
_STEPS = 30
_PRIOR = 0.1
"""How hard a weight is held to 0: its standard deviation would be 1 / sqrt(this). It matters for
what hardly ever happens; the rest, strings decide, so that no weight remembers former ones."""
_LEAST = dict.fromkeys(FEATURES[-3:], 0.0)
"""What is not known yet counts as good as can be: these weights may not be negative."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one string says of the weights: its ways' features, the right ones first."""

    ways: Values
    """(ways, FEATURES)."""
    right: int
    """So many of the first are right."""


def fitted(found: Sequence[Lattice], start: Values) -> Values:
    """Return the weights under which the right ways are most probable, float64 (FEATURES,).

    Strings of which no way is right say nothing: their ink is cut wrongly or a digit is misread.
    """
    weights = start
    known: list[dict[tuple[int, ...], bool]] = [{} for _one in found]
    for _round in range(_ROUNDS):
        for one, ways in zip(found, known, strict=True):
            best = one.best(weights, _WAYS)
            ways |= {way.arcs: one.reading.lattice.text(way) == one.text for way in best}
            ways |= {one.right.arcs: True} if one.right else {}
        choices = [_choice(*pair) for pair in zip(found, known, strict=True)]
        weights = most_probable([one for one in choices if one.right], weights)
    return weights


def most_probable(choices: Sequence[Choice], weights: Values) -> Values:
    """Return the weights that make the right ways most probable, by Newton's method with damping.

    It starts from `weights`, float64 (FEATURES,).
    """
    least = np.array([_LEAST.get(name, -np.inf) for name in FEATURES])
    value, slope, bend = _likelihood(choices, weights)
    damping = 1e-3
    for _step in range(_STEPS):
        step = np.linalg.solve(bend + damping * np.diag(np.diag(bend)), slope)
        tried = np.maximum(weights + step, least)
        new = _likelihood(choices, tried)
        if new[0] > value:
            weights, damping = tried, damping / 5
            value, slope, bend = new
        else:
            damping *= 10
    return weights


def _choice(one: Lattice, ways: dict[tuple[int, ...], bool]) -> Choice:
    ordered = sorted(ways, key=lambda arcs: not ways[arcs])
    features = np.array([one.features[list(arcs)].sum(axis=0) for arcs in ordered])
    return Choice(features, sum(ways.values()))


def _likelihood(choices: Sequence[Choice], weights: Values) -> tuple[float, Values, Values]:
    """Return the logarithm of the right ways' probability, its slope, and how it bends down."""
    value, slope = -_PRIOR * float(weights @ weights) / 2, -_PRIOR * weights
    bend = _PRIOR * np.eye(len(weights))
    for one in choices:
        scores = one.ways @ weights
        chances = np.exp(scores - scores.max())
        mean = chances @ one.ways / chances.sum()
        right = chances[: one.right] @ one.ways[: one.right] / chances[: one.right].sum()
        value += float(np.log(chances[: one.right].sum() / chances.sum()))
        slope = slope + right - mean
        bend += (one.ways * (chances / chances.sum())[:, None]).T @ one.ways - np.outer(mean, mean)
    return value, slope, bend


def right_share(found: Sequence[Lattice], weights: Values) -> float:
    """Return the share of strings of which the best way is right."""
    best: list[Way] = [one.best(weights, 1)[0] for one in found]
    texts = [one.reading.lattice.text(way) for one, way in zip(found, best, strict=True)]
    return sum(text == one.text for text, one in zip(texts, found, strict=True)) / len(found)


def written(text: str, weights: Values) -> str:
    """Return the text of app/numbers/weights.py with other weights."""
    rows = "".join(
        f'        "{feature}": {round(float(w), 2) + 0.0},\n'
        for feature, w in zip(FEATURES, weights, strict=True)
    )
    pattern = r"(?<=^WEIGHTS = Weights\.of\(\n    \{\n).*?(?=    \}\n\))"
    return re.sub(pattern, rows, text, flags=re.DOTALL | re.MULTILINE)


def values_of(weights: Weights) -> Values:
    """Return weights as float64 (FEATURES,)."""
    return np.array([*weights.geometry, *weights.network])


def main() -> int:
    """Fit the weights; print how many strings are read right before and after."""
    parser = argparse.ArgumentParser("python -m training.number_weights.fit", description=__doc__)
    parser.add_argument("--strings", type=int, default=2_000, help="for strokes; pictures: half")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    path = Path(str(number_weights.__file__))
    digits = learnt_digits(load_pendigits(Library()), arguments.seed)
    with tempfile.TemporaryDirectory() as folder, silence_native_stderr():
        personal = PersonalRecogniser(shipped_recogniser(), SampleStore(Path(folder)))
        strokes = list(lattices(digits, arguments.strings, arguments.seed, personal, False))
        pictures = list(lattices(digits, arguments.strings // 2, arguments.seed, personal, True))
    before = values_of(number_weights.WEIGHTS)
    after = fitted([*strokes, *pictures], before)
    write_atomically(path, written(path.read_text("utf-8"), after).encode())
    for name, found in (("strokes", strokes), ("pictures", pictures)):
        shares = f"{right_share(found, before):.2%} → {right_share(found, after):.2%}"
        sys.stdout.write(f"{name}: {len(found)} strings, read right {shares}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
