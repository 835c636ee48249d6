"""Fit of the weights by which whole numbers are read: `python -m training.number_weights.fit`.

They are those of a conditional random field over segmentations (Lafferty et al. 2001): the correct
paths through a string's lattice shall be probable among its best paths. The best paths are searched
for again with the new weights, several times (n-best training, Och 2003). The file
app/numbers/weights.py is overwritten.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.numbers import weights as number_weights
from app.numbers.features import FEATURES
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.stdio import silence_native_stderr
from app.storage.atomic_write import write_atomically
from app.storage.sample_store import SampleStore
from training.data.library import Library
from training.data.pendigits import PENDIGITS
from training.number_weights.lattices import (
    Floats,
    LabelledLattice,
    labelled_lattices,
    training_digits,
)

_BEST_PATHS = 20
"""Paths of a string that are added in each round."""
_ROUNDS = 4
_NEWTON_STEPS = 30
_PRIOR = 0.1
"""The precision (1 / variance) of each weight's normal prior around 0. It only matters for features
that are rare."""
_MINIMUM = dict.fromkeys(FEATURES[-3:], 0.0)
"""Least weights: the last three features may only lower a score, see `features`."""


@dataclass(frozen=True, slots=True)
class PathSet:
    """The features of some paths through one lattice, those of the correct paths first."""

    features: Floats
    """(paths, FEATURES)."""
    correct_count: int


def fit_weights(lattices: Sequence[LabelledLattice], start: Floats) -> Floats:
    """Return the weights under which the correct paths are most probable, float64 (FEATURES,).

    Strings without a correct path are ignored: their ink is cut wrongly or a digit is misread.
    """
    weights = start
    known: list[dict[tuple[int, ...], bool]] = [{} for _lattice in lattices]
    for _round in range(_ROUNDS):
        for lattice, paths in zip(lattices, known, strict=True):
            best = lattice.best(weights, _BEST_PATHS)
            paths |= {path.arcs: lattice.is_correct(path) for path in best}
            paths |= {lattice.correct.arcs: True} if lattice.correct else {}
        path_sets = [_path_set(*pair) for pair in zip(lattices, known, strict=True)]
        weights = maximum_likelihood([one for one in path_sets if one.correct_count], weights)
    return weights


def maximum_likelihood(path_sets: Sequence[PathSet], weights: Floats) -> Floats:
    """Return the weights that make the correct paths most probable, by a damped Newton method.

    It starts from `weights`, float64 (FEATURES,).
    """
    minimum = np.array([_MINIMUM.get(name, -np.inf) for name in FEATURES])
    value, gradient, curvature = _log_likelihood(path_sets, weights)
    damping = 1e-3
    for _step in range(_NEWTON_STEPS):
        step = np.linalg.solve(curvature + damping * np.diag(np.diag(curvature)), gradient)
        candidate = np.maximum(weights + step, minimum)
        new = _log_likelihood(path_sets, candidate)
        if new[0] > value:
            weights, damping = candidate, damping / 5
            value, gradient, curvature = new
        else:
            damping *= 10
    return weights


def _path_set(lattice: LabelledLattice, paths: dict[tuple[int, ...], bool]) -> PathSet:
    correct_first = sorted(paths, key=lambda arcs: not paths[arcs])
    features = [lattice.features[list(arcs)].sum(axis=0) for arcs in correct_first]
    return PathSet(np.array(features), sum(paths.values()))


def _log_likelihood(path_sets: Sequence[PathSet], weights: Floats) -> tuple[float, Floats, Floats]:
    """Return the log-likelihood with the prior, its gradient, and its negative Hessian.

    The Hessian is that of the denominator alone, so that it is positive definite.
    """
    value, gradient = -_PRIOR * float(weights @ weights) / 2, -_PRIOR * weights
    curvature = _PRIOR * np.eye(len(weights))
    for one in path_sets:
        scores = one.features @ weights
        powers = np.exp(scores - scores.max())
        correct_powers, correct_features = (
            part[: one.correct_count] for part in (powers, one.features)
        )
        mean = powers @ one.features / powers.sum()
        correct_mean = correct_powers @ correct_features / correct_powers.sum()
        value += float(np.log(correct_powers.sum() / powers.sum()))
        gradient = gradient + correct_mean - mean
        weighted = one.features * (powers / powers.sum())[:, None]
        curvature += weighted.T @ one.features - np.outer(mean, mean)
    return value, gradient, curvature


def accuracy(lattices: Sequence[LabelledLattice], weights: Floats) -> float:
    """Return the share of strings whose best path is correct, 0 to 1."""
    correct = [lattice.is_correct(lattice.best(weights, 1)[0]) for lattice in lattices]
    return sum(correct) / len(correct)


def with_weights(source: str, weights: Floats) -> str:
    """Return the source text of app/numbers/weights.py with other weights."""
    rows = "".join(
        f'    "{feature}": {round(float(w), 2) + 0.0},\n'
        for feature, w in zip(FEATURES, weights, strict=True)
    )
    pattern = r"(?<=^WEIGHTS = \{\n).*?(?=\}\n)"
    return re.sub(pattern, rows, source, flags=re.DOTALL | re.MULTILINE)


def as_array(weights: Mapping[str, float]) -> Floats:
    """Return the weights as float64 (FEATURES,)."""
    return np.array([weights[feature] for feature in FEATURES])


def main() -> int:
    """Fit the weights; print the share of strings that are read right before and after."""
    parser = argparse.ArgumentParser("python -m training.number_weights.fit", description=__doc__)
    parser.add_argument("--strings", type=int, default=2_000, help="as strokes; as pictures: half")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    path = Path(str(number_weights.__file__))
    count, seed = arguments.strings, arguments.seed
    digits = training_digits(Library().load(PENDIGITS), seed)
    with tempfile.TemporaryDirectory() as folder, silence_native_stderr():
        personal = PersonalRecogniser(shipped_recogniser(), SampleStore(Path(folder)))
        strokes = list(labelled_lattices(digits, count, seed, personal, pictures=False))
        pictures = list(labelled_lattices(digits, count // 2, seed, personal, pictures=True))
    before = as_array(number_weights.WEIGHTS)
    after = fit_weights([*strokes, *pictures], before)
    write_atomically(path, with_weights(path.read_text("utf-8"), after).encode())
    for name, lattices in (("strokes", strokes), ("pictures", pictures)):
        shares = f"{accuracy(lattices, before):.2%} → {accuracy(lattices, after):.2%}"
        sys.stdout.write(f"{name}: {len(lattices)} strings, read right {shares}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
