"""Owns writing a model card: what a run measured, and where its data came from."""

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.ink.raster import RASTER_VERSION
from app.recognition.card import FORMAT, LABELS, VERSION
from app.storage.atomic import write_atomically
from training.calibration import auroc, digit_scores, digit_threshold, temperature
from training.corpus import Corpus
from training.datasets import data_named
from training.evaluate import Answers, answers_of
from training.networks import EMBEDDING
from training.recipes import Recipe

_SOURCES = {
    "MNIST": "LeCun, Cortes and Burges; CC BY-SA 3.0",
    "Pen-Based Recognition of Handwritten Digits (original strokes)": (
        "Alpaydin and Alimoglu, UCI Machine Learning Repository; CC BY 4.0"
    ),
    "Omniglot (strokes; characters that look like no digit)": "Lake et al.; MIT",
}


def write_card(recipe: Recipe, corpus: Corpus, checkpoint: Path, model: Path) -> dict[str, Any]:
    """Write the card of `model` (.tflite) beside it as .json and return it.

    Temperature and threshold come from validation data; MNIST's test set is looked at once, here,
    when nothing is left to choose.
    """
    validation = answers_of(checkpoint, corpus.validation)
    warmth, threshold = temperature(validation), digit_threshold(validation)
    card: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": f"Inkling {recipe.name}",
        "labels": LABELS,
        "recipe": asdict(recipe),
        "raster_version": RASTER_VERSION,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "input": {"shape": [1, 28, 28, 1], "dtype": "float32", "range": [0, 1], "ink": 1},
        "outputs": {
            "logits": {"size": 10},
            "embedding": {"size": EMBEDDING, "length": 1},
            "digit": {"size": 1, "meaning": "logit of: this is a digit at all"},
        },
        "temperature": warmth,
        "digit_threshold": threshold,
        "data": {
            "sources": _SOURCES,
            "training_writers": [
                writer for writer in range(1, 31) if writer not in recipe.validation_writers
            ],
            "validation_writers": list(recipe.validation_writers),
            "held_out_alphabets": list(recipe.held_out_alphabets),
            "mnist_validation": f"the last {recipe.mnist_validation} of the 60,000",
        },
        "versions": {name: version(name) for name in ("inkling", "keras", "numpy")},
    }
    write_atomically(model.with_suffix(".json"), _as_bytes(card))
    # Measured on the exported file, which needs its card to be read.
    card["metrics"] = _metrics(model, corpus, validation, threshold)
    write_atomically(model.with_suffix(".json"), _as_bytes(card))
    return card


def _metrics(
    model: Path, corpus: Corpus, validation: Answers, threshold: float
) -> dict[str, float]:
    accepted = digit_scores(validation) >= threshold
    is_digit = validation.is_digit
    return {
        "mnist_test_accuracy": answers_of(model, data_named("mnist")).accuracy(),
        "mnist_validation_accuracy": answers_of(model, corpus.validation_mnist).accuracy(),
        "pen_validation_accuracy": answers_of(model, corpus.validation_pen).accuracy(),
        "digit_auroc_validation": auroc(validation),
        "true_digits_refused_validation": float((~accepted[is_digit]).mean()),
        "non_digits_accepted_validation": float(accepted[~is_digit].mean()),
    }


def _as_bytes(card: dict[str, Any]) -> bytes:
    return (json.dumps(card, indent=2) + "\n").encode("utf-8")
