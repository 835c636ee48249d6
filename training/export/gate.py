"""The gate: whether a retrained model may replace the one it started from.

It must be better on the user's held-out samples, if there are any, and at most MAX_ACCURACY_DROP
worse on everybody else's digits.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.i18n import _
from training.data.corpus import Corpus
from training.data.library import Library
from training.evaluation.evaluate import ModelOutputs, cross_entropy, outputs_of, temperature_of
from training.evaluation.test_sets import data_named

COMPARISON = "comparison.json"
MAX_ACCURACY_DROP = 0.001
"""On MNIST's test set, and on the built-in validation data: a tenth of a percentage point."""


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one model on one set of digits."""

    count: int
    right: int
    loss: float
    """Cross-entropy in nats, with the card's temperature; 0 for an empty set."""
    by_digit: tuple[tuple[int, int], ...]
    """(right, count) for each digit."""

    @property
    def accuracy(self) -> float:
        """The share that is right, 0 to 1; 1 for an empty set."""
        return self.right / self.count if self.count else 1.0


@dataclass(frozen=True, slots=True)
class Changed:
    """A held-out sample of the user's for which the two models predict different labels."""

    name: str
    label: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both models on the user's held-out samples, validation data and MNIST's test set.

    Its JSON form is the content of comparison.json and of the event "compared".
    """

    own: tuple[Score, Score]
    """Before and after, as are the next two."""
    validation: tuple[Score, Score]
    mnist: tuple[Score, Score]
    changed: tuple[Changed, ...]
    reasons: tuple[str, ...]
    """Sentences: why the new model may not replace the old one; empty if it may."""

    @property
    def passes(self) -> bool:
        """Whether the new model may replace the old one."""
        return not self.reasons

    def as_json(self) -> dict[str, Any]:
        """Return the comparison in JSON types."""
        return {**asdict(self), "passes": self.passes}


def gate(before: Path, after: Path, corpus: Corpus, library: Library) -> Comparison:
    """Compare two models (.tflite with their cards), on MNIST's test set among others."""
    parts = (
        corpus.validation_own,
        corpus.validation_mnist + corpus.validation_pen,
        data_named("mnist", library),
    )
    old, new = ([outputs_of(path, part) for part in parts] for path in (before, after))
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


def _reasons(
    own: tuple[Score, Score], validation: tuple[Score, Score], mnist: tuple[Score, Score]
) -> list[str]:
    before, after = own
    reasons = []
    if after.count and (after.right, -after.loss) <= (before.right, -before.loss):
        reasons.append(_("It is not better on your held-out samples."))
    for name, (old, new) in (
        (_("the validation data"), validation),
        (_("MNIST's test set"), mnist),
    ):
        if old.accuracy - new.accuracy > MAX_ACCURACY_DROP:
            points = 100 * (old.accuracy - new.accuracy)
            lost = _("On {name} its accuracy is {points:.2f} percentage points lower.")
            reasons.append(lost.format(name=name, points=points))
    return reasons


def _changed(
    before: ModelOutputs, after: ModelOutputs, names: tuple[str, ...]
) -> tuple[Changed, ...]:
    old, new = before.logits.argmax(axis=1), after.logits.argmax(axis=1)
    return tuple(
        Changed(names[i], int(before.labels[i]), int(old[i]), int(new[i]))
        for i in np.flatnonzero(old != new)
    )


def _score(outputs: ModelOutputs, temperature: float) -> Score:
    if not len(outputs.labels):
        return Score(0, 0, 0.0, ((0, 0),) * 10)
    labels = outputs.labels.astype(np.int64)
    right = outputs.logits.argmax(axis=1) == labels
    return Score(
        count=len(labels),
        right=int(right.sum()),
        loss=cross_entropy(outputs.logits / temperature, labels),
        by_digit=tuple(
            (int(right[labels == digit].sum()), int((labels == digit).sum())) for digit in range(10)
        ),
    )
