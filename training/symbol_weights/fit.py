"""Fit of what own symbols are compared by: `python -m training.symbol_weights.fit`.

Linear discriminants of the shape features are those of the kinds that are for training. The weights
of the distances, and from which score on ink is known, are fitted to the kinds and writers for
validation. The file models/symbols.npz is overwritten.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.recognition.model import Recogniser
from app.resources import shipped_symbol_weights
from app.storage.atomic_write import write_atomically
from app.symbols.description import WEIGHTS, Describer, Description, SymbolWeights
from app.symbols.features import shape_features
from app.symbols.index import MOST_STROKES, Index
from app.symbols.marks import stroke_marks
from app.symbols.matching import cloud_distances
from app.symbols.own import own_recogniser
from training.data.library import Library
from training.symbol_weights.kinds import (
    Kinds,
    alphabet_kinds,
    character_kinds,
    own_symbols_of,
    symbol_kinds,
    whole_drawings,
    writer_kinds,
)
from training.symbol_weights.tasks import Task, described, share_right, tasks

Floats = NDArray[np.float64]
DISCRIMINANTS = 64
SHRINKAGE = 0.4
"""How much of the variance within kinds counts as the same in every direction."""
_PRIOR = 1e-3
_SHOTS = 5
_LEAST = 8
"""Symbols with fewer drawings are left out."""


def discriminants(features: Floats, kinds: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the features' mean (n,) and the linear discriminants (n, DISCRIMINANTS).

    They maximise the variance between kinds over that within them (Fisher 1936), and are weighted
    by how much of their variance lies between kinds.
    """
    means = np.stack([features[kinds == kind].mean(axis=0) for kind in range(kinds.max() + 1)])
    inner = features - means[kinds]
    within = inner.T @ inner / len(features)
    size = len(within)
    within = (1 - SHRINKAGE) * within + SHRINKAGE * np.trace(within) / size * np.eye(size)
    mean = features.mean(axis=0)
    between = (means - mean).T @ (means - mean) / len(means)
    variances, axes = np.linalg.eigh(within)
    whitening = axes / np.sqrt(variances)
    ratios, axes = np.linalg.eigh(whitening.T @ between @ whitening)
    best = np.argsort(-ratios)[:DISCRIMINANTS]
    return mean, whitening @ axes[:, best] * (ratios[best] / (ratios[best] + 1))


def fit_discriminants(every: Sequence[Kinds]) -> tuple[Floats, Floats]:
    """Return the mean and the discriminants for the kinds' shape features."""
    drawings = [one for kinds in every for one in kinds.values() if len(one) > 1]
    features = [shape_features(stroke_marks(d)).astype(np.float64) for one in drawings for d in one]
    owners = np.repeat(np.arange(len(drawings)), [len(one) for one in drawings])
    return discriminants(np.stack(features), owners)


def pair_distances(task: Task) -> Floats:
    """Return the distances of all queries to all drawings, (queries, symbols, shots, 4).

    They are made with weights of 1, in the order of `description.WEIGHTS`.
    """
    drawings = [drawing for symbol in task.symbols for drawing in symbol]
    clouds = np.stack([drawing.cloud for drawing in drawings])
    rows = []
    for query in task.queries:
        both = np.stack([drawing.vector for drawing in drawings]) * query.vector
        strokes = [min(abs(d.strokes - query.strokes), MOST_STROKES) for d in drawings]
        shape, rest = both[:, :DISCRIMINANTS].sum(axis=1), both[:, DISCRIMINANTS:].sum(axis=1)
        rows.append([1 - shape, 1 - rest, cloud_distances(query.cloud, clouds), strokes])
    shape_of_all = (len(task.queries), len(task.symbols), -1, 4)
    return np.array(rows, np.float64).transpose(0, 2, 1).reshape(shape_of_all)


def fit_weights(every: Sequence[Floats]) -> Floats:
    """Return the weights of the distances that make the right symbols most probable.

    `every` has `pair_distances` of tasks, in which query i is of symbol i.
    """
    scale = np.concatenate([one.reshape(-1, 4) for one in every]).std(axis=0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, gradient = _PRIOR * float(weights @ weights), 2 * _PRIOR * weights
        for distances in every:
            scaled = distances / scale
            logits = -(scaled @ weights)
            powers = np.exp(logits - logits.max(axis=2, keepdims=True))
            inner = powers / powers.sum(axis=2, keepdims=True)
            means = (inner[..., None] * scaled).sum(axis=2)
            scores = np.log(powers.mean(axis=2)) + logits.max(axis=2)
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            value -= float(np.log(np.diag(shares) + 1e-12).mean()) / len(every)
            wrong = shares - np.eye(len(shares))
            gradient = gradient - (wrong[..., None] * means).sum(axis=(0, 1)) / (
                len(shares) * len(every)
            )
        return value, gradient

    start = np.full(4, 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * 4)
    fitted: Floats = found.x / scale
    return fitted


def fit_known(scores: Floats, is_known: NDArray[np.bool_]) -> Floats:
    """Return constant and slope of the logit of being known, both kinds weighted alike."""
    weights = np.where(is_known, 0.5 / is_known.sum(), 0.5 / (~is_known).sum())

    def loss(line: Floats) -> float:
        logits = (line[0] + line[1] * scores) * np.where(is_known, 1, -1)
        return float((weights * np.logaddexp(0, -logits)).sum())

    found: Floats = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x
    return found


def best_scores(every: Sequence[Kinds], describer: Describer) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the best score of each writer's next drawings, and whether it is of their symbols."""
    found: list[tuple[float, bool]] = []
    for kinds in map(whole_drawings, every):
        own, others = own_symbols_of(kinds, _SHOTS + 1)
        if len(own) < 2:
            continue
        of_all = {n: kinds[n][:_SHOTS] for n in own}
        index = Index(list(described(of_all, describer).values()), describer.weights)
        for names, first, known in ((own, _SHOTS, True), (others, 0, False)):
            more = described({n: kinds[n][first : first + 1] for n in names}, describer)
            found += [(float(index.scores(d).symbols.max()), known) for (d,) in more.values()]
    return np.array([s for s, _known in found]), np.array([known for _s, known in found])


def fit(library: Library, recogniser: Recogniser, draws: int) -> SymbolWeights:
    """Return the weights; raises DataError."""
    training = (
        alphabet_kinds(library, "training"),
        symbol_kinds(library, "training", _LEAST),
        character_kinds(library, "training"),
    )
    mean, projection = (part.astype(np.float32) for part in fit_discriminants(training))
    plain = np.ones(len(WEIGHTS), np.float32)
    describer = Describer(recogniser, SymbolWeights(mean, projection, plain, plain[:2]))
    distances = [
        pair_distances(task)
        for kinds in _validation(library, describer)
        for shots in (1, _SHOTS)
        for task in tasks(kinds, draws, shots)
    ]
    fitted = fit_weights(distances).astype(np.float32)
    describer = Describer(recogniser, SymbolWeights(mean, projection, fitted, plain[:2]))
    known = fit_known(*best_scores(writer_kinds(library, "validation"), describer))
    return SymbolWeights(mean, projection, fitted, known.astype(np.float32))


def _validation(library: Library, describer: Describer) -> list[dict[str, list[Description]]]:
    """Return the alphabets and the symbols for validation."""
    kinds = (
        alphabet_kinds(library, "validation"),
        symbol_kinds(library, "validation", _LEAST),
    )
    return [described(one, describer) for one in kinds]


def main() -> int:
    """Fit the weights, write them, and print the share of validation tasks that are right."""
    parser = argparse.ArgumentParser("python -m training.symbol_weights.fit", description=__doc__)
    parser.add_argument("--draws", type=int, default=30, help="tasks of each kind")
    draws = parser.parse_args().draws
    library, recogniser = Library(), own_recogniser()
    weights = fit(library, recogniser, draws)
    stream = io.BytesIO()
    np.savez_compressed(stream, **asdict(weights))
    write_atomically(shipped_symbol_weights(), stream.getvalue())
    sys.stdout.write(f"distances {dict(zip(WEIGHTS, weights.distances.round(2), strict=True))}\n")
    sys.stdout.write(f"known {weights.known.round(2)}\n")
    describer = Describer(recogniser, weights)
    for name, kinds in zip(("alphabet", "symbols"), _validation(library, describer), strict=True):
        for shots in (1, _SHOTS):
            right = share_right(tasks(kinds, draws, shots, seed=2), describer)
            sys.stdout.write(f"{name}, drawings of each {shots}: right {right:.1%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
