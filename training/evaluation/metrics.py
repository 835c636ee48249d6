"""Owns the figures of merit of a classifier's answers to labelled rasters."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from training.evaluation.evaluate import Answers, Floats
from training.export.calibration import cross_entropy

_BINS = 15
_Z = 1.959964  # 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """Precision, recall and F1 of one label (0 to 1), and how many there are."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """What is reported of a model on one data set."""

    count: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    """95 %, Wilson (1927)."""
    loss: float
    """Cross-entropy in nats, of the calibrated probabilities."""
    calibration_error: float
    """Expected calibration error, 15 bins of equal width (Guo et al. 2017), 0 to 1."""
    classes: dict[str, ClassMetrics]
    macro: ClassMetrics
    confusion: list[list[int]]
    """confusion[true][predicted]."""

    def as_json(self) -> dict[str, Any]:
        """Return the metrics as JSON's own types."""
        return asdict(self)


def metrics_of(answers: Answers, temperature: float = 1.0) -> Metrics:
    """Return the metrics of the digits among the answers; `temperature` as in the model's card."""
    digits = answers.is_digit
    labels = answers.labels[digits].astype(np.int64)
    logits = answers.logits[digits] / temperature
    chances = probabilities(logits)
    predicted = chances.argmax(axis=1)
    right = predicted == labels
    names = list(range(logits.shape[1]))
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predicted, labels=names, zero_division=0.0
    )
    return Metrics(
        count=len(labels),
        accuracy=float(right.mean()),
        accuracy_interval=wilson_interval(int(right.sum()), len(labels)),
        loss=cross_entropy(logits, labels),
        calibration_error=calibration_error(chances.max(axis=1), right),
        classes={
            str(n): ClassMetrics(
                float(precision[n]), float(recall[n]), float(f1[n]), int(support[n])
            )
            for n in names
        },
        macro=ClassMetrics(
            float(precision.mean()), float(recall.mean()), float(f1.mean()), len(labels)
        ),
        confusion=confusion_matrix(labels, predicted, labels=names).tolist(),
    )


def probabilities(logits: Floats) -> Floats:
    """Return the softmax of logits (n, k) by row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def wilson_interval(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, 0 to 1 (Wilson 1927): true also near 100 %."""
    share, z2 = right / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    reach = _Z * np.sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return float(middle - reach), float(middle + reach)


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Return the mean distance of confidence and accuracy over 15 bins, weighed by their count."""
    place = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    distance = 0.0
    for number in range(_BINS):
        inside = place == number
        if inside.any():
            distance += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(distance)
