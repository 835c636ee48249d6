"""Owns the gate: whether a new model may take an old one's place, and on what grounds.

It must be better for its user, on samples from which it did not learn, and no worse for all others.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.i18n import _
from app.storage.atomic_write import write_atomically
from training.data.corpus import Corpus, LabelledRasters
from training.data.library import Library
from training.evaluation.evaluate import Answers, answers_of, temperature_of
from training.evaluation.test_sets import data_named
from training.export.calibration import cross_entropy

COMPARISON = "comparison.json"
MAY_LOSE = 0.001
"""Of MNIST's test accuracy, and of the built-in validation data's: a tenth of a point."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one model is worth on one set of digits."""

    count: int
    right: int
    loss: float
    """Cross-entropy in nats, by the card's temperature; 0 for an empty set."""
    by_digit: tuple[tuple[int, int], ...]
    """(right, count) for each digit."""

    @property
    def accuracy(self) -> float:
        """The share that is right, 0 to 1; 1 for an empty set."""
        return self.right / self.count if self.count else 1.0


@dataclass(frozen=True, slots=True)
class Changed:
    """A sample of the user's, held out, to which the two models answer differently."""

    name: str
    label: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both models on the user's held-out samples, validation data and MNIST's test set."""

    own: tuple[Score, Score]
    """Before and after, as in the next two."""
    validation: tuple[Score, Score]
    mnist: tuple[Score, Score]
    changed: tuple[Changed, ...]
    reasons: tuple[str, ...]
    """Why the new model is not to take the old one's place; empty if it is."""

    @property
    def passes(self) -> bool:
        """Whether the new model may take the old one's place."""
        return not self.reasons

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as JSON's own types."""
        return {**asdict(self), "passes": self.passes}


def gate(before: Path, after: Path, corpus: Corpus, library: Library) -> Comparison:
    """Return how two models (.tflite with their cards) compare; MNIST's test set is looked at."""
    parts = (
        corpus.validation_own,
        corpus.validation_mnist + corpus.validation_pen,
        data_named("mnist", library),
    )
    old, new = ([_answers(path, part) for part in parts] for path in (before, after))
    own, validation, mnist = (
        (_score(one, temperature_of(before)), _score(other, temperature_of(after)))
        for one, other in zip(old, new, strict=True)
    )
    return Comparison(
        own,
        validation,
        mnist,
        changed=_changed(old[0], new[0], corpus.validation_own_names),
        reasons=tuple(_reasons(own, validation, mnist)),
    )


def write_comparison(comparison: Comparison, folder: Path) -> None:
    """Write comparison.json into a run's folder; raises StorageError."""
    content = json.dumps(comparison.as_json(), indent=2) + "\n"
    write_atomically(folder / COMPARISON, content.encode("utf-8"))


def _reasons(
    own: tuple[Score, Score], validation: tuple[Score, Score], mnist: tuple[Score, Score]
) -> list[str]:
    before, after = own
    reasons = []
    if after.count and (after.right, -after.loss) <= (before.right, -before.loss):
        reasons.append(_("It is not better on those of your samples that were held out."))
    for name, (old, new) in (
        (_("the validation data"), validation),
        (_("MNIST's test set"), mnist),
    ):
        if old.accuracy - new.accuracy > MAY_LOSE:
            reasons.append(
                _("On {name} it loses {points:.2f} points.").format(
                    name=name, points=100 * (old.accuracy - new.accuracy)
                )
            )
    return reasons


def _changed(before: Answers, after: Answers, names: tuple[str, ...]) -> tuple[Changed, ...]:
    old, new = before.logits.argmax(axis=1), after.logits.argmax(axis=1)
    return tuple(
        Changed(names[i], int(before.labels[i]), int(old[i]), int(new[i]))
        for i in np.flatnonzero(old != new)
    )


def _score(answers: Answers, temperature: float) -> Score:
    if not len(answers.labels):
        return Score(0, 0, 0.0, ((0, 0),) * 10)
    labels = answers.labels.astype(np.int64)
    right = answers.logits.argmax(axis=1) == labels
    return Score(
        count=len(labels),
        right=int(right.sum()),
        loss=cross_entropy(answers.logits / temperature, labels),
        by_digit=tuple(
            (int(right[labels == digit].sum()), int((labels == digit).sum())) for digit in range(10)
        ),
    )


def _answers(path: Path, part: LabelledRasters) -> Answers:
    if not len(part):
        return Answers(np.zeros((0, 10)), np.zeros(0), part.labels)
    return answers_of(path, part)
