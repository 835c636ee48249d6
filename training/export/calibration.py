"""Owns the numbers that turn outputs into honest ones: a temperature and two thresholds.

All are chosen on validation data alone.
"""

import numpy as np

from training.evaluation.evaluate import Answers, Floats

REFUSED = 0.005
"""The share of true validation digits that the threshold may refuse."""
UNSURE = 0.01
"""The share of true validation digits of which the program says that it is not sure."""


def temperature(answers: Answers) -> float:
    """Return the temperature with the lowest cross-entropy on the digits (Guo et al. 2017)."""
    logits = answers.logits[answers.is_digit]
    labels = answers.labels[answers.is_digit]
    tried = np.geomspace(0.2, 5.0, 321)
    losses = [cross_entropy(logits / t, labels) for t in tried]
    return float(tried[int(np.argmin(losses))])


def cross_entropy(logits: Floats, labels: "np.typing.NDArray[np.integer]") -> float:
    """Return the mean of -log p of the right label, in nats."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float((log_sums - shifted[np.arange(len(labels)), labels]).mean())


def digit_threshold(answers: Answers) -> float:
    """Return the digit score (0 to 1) below which REFUSED of the true digits lie, at most 0.5."""
    scores = digit_scores(answers)[answers.is_digit]
    return min(float(np.quantile(scores, REFUSED)), 0.5)


def sure_threshold(answers: Answers, temperature: float) -> float:
    """Return the confidence (0 to 1) below which UNSURE of the answers to true digits lie.

    Answering only what is above a confidence: Chow 1970.
    """
    logits = answers.logits[answers.is_digit] / temperature
    shifted = logits - logits.max(axis=1, keepdims=True)
    confidences = 1.0 / np.exp(shifted).sum(axis=1)
    return float(np.quantile(confidences, UNSURE))


def digit_scores(answers: Answers) -> Floats:
    """Return the digit scores, 0 to 1."""
    scores: Floats = 1.0 / (1.0 + np.exp(-answers.digit))
    return scores


def auroc(answers: Answers) -> float:
    """Return how often a digit among the answers scores above a drawing that is none, 0 to 1."""
    scores = digit_scores(answers)
    return auroc_of(scores[answers.is_digit], scores[~answers.is_digit])


def auroc_of(digits: Floats, others: Floats) -> float:
    """Return how often one of `digits` is above one of `others`, 0 to 1 (Mann-Whitney)."""
    others = np.sort(others)
    below = np.searchsorted(others, digits, "left") + np.searchsorted(others, digits, "right")
    return float(below.mean() / 2 / len(others))
