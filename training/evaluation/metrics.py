"""Figures of merit of a classifier's outputs for labelled rasters, as values and as text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from app.i18n import _
from training.evaluation.evaluate import Floats, ModelOutputs, cross_entropy, probabilities
from training.evaluation.text_table import pad_left

_BINS = 15


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """Precision, recall and F1 of one label, 0 to 1, and its count."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of merit of a model on one data set."""

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

    def as_text(self, model: str, data: str) -> str:
        """Return a sentence, a line for each label and the confusion matrix, for a person."""
        low, high = self.accuracy_interval
        first = _(
            "{model} on {data}: {accuracy:.2%} of {count:,} right (95 %: {low:.2%} to {high:.2%}), "
            "loss {loss:.4f}, macro F1 {f1:.4f}, calibration error {error:.2%}"
        ).format(
            model=model,
            data=data,
            accuracy=self.accuracy,
            count=self.count,
            low=low,
            high=high,
            loss=self.loss,
            f1=self.macro.f1,
            error=self.calibration_error,
        )
        titles = [(_("label"), 6), (_("precision"), 10), (_("recall"), 10), ("F1", 10)]
        head = " ".join(pad_left(*title) for title in [*titles, (_("count"), 8)])
        classes = [
            f"{label:>6} {m.precision:>10.4f} {m.recall:>10.4f} {m.f1:>10.4f} {m.support:>8,}"
            for label, m in self.classes.items()
        ]
        predicted = " " * 7 + "".join(f"{label:>6}" for label in range(10))
        confusion = [
            f"{label:>6} " + "".join(f"{count:>6}" for count in row)
            for label, row in enumerate(self.confusion)
        ]
        matrix = [_("drawn (rows) and recognised as (columns):"), predicted, *confusion]
        return "\n".join([first, "", head, *classes, "", *matrix])


def metrics_of(outputs: ModelOutputs, temperature: float = 1.0) -> Metrics:
    """Return the metrics of the digits among the outputs; `temperature` as in the model's card."""
    digits = outputs.digits()
    labels, logits = digits.labels.astype(np.int64), digits.logits / temperature
    confidence = probabilities(logits).max(axis=1)
    predicted = logits.argmax(axis=1)
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
        calibration_error=calibration_error(confidence, right),
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


def wilson_interval(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, 0 to 1 (Wilson 1927), which holds near 100 % too."""
    interval = binomtest(right, count).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Return the mean distance of confidence and accuracy over 15 bins, weighted by their count."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)
