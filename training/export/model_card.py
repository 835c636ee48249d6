"""Owns writing a model card: what a run measured, and where its data came from."""

import hashlib
import json
from pathlib import Path
from typing import Any

import keras
import numpy as np

from app.edition import edition
from app.ink.rasterize import RASTER_VERSION
from app.recognition.model_card import FORMAT, LABELS, VERSION
from app.storage.atomic_write import write_atomically
from training.data.corpus import Corpus, LabelledRasters
from training.data.dataset import DataError
from training.data.library import Library
from training.evaluation.evaluate import Answers, answers_of
from training.evaluation.test_sets import data_named
from training.export.calibration import (
    auroc,
    digit_scores,
    digit_threshold,
    sure_threshold,
    temperature,
)
from training.fitting.run_folder import overrides_of
from training.networks.heads import DIGIT, EMBEDDING, LOGITS
from training.recipes.recipe import Recipe, as_values, writers_of_split

_SOURCES = {
    "MNIST": "LeCun, Cortes and Burges; CC BY-SA 3.0",
    "Pen-Based Recognition of Handwritten Digits (original strokes)": (
        "Alpaydin and Alimoglu, UCI Machine Learning Repository; CC BY 4.0"
    ),
    "Omniglot (strokes; characters that look like no digit)": "Lake et al.; MIT",
}


def write_card(
    recipe: Recipe, corpus: Corpus, library: Library, checkpoint: Path, model: Path, embedding: int
) -> dict[str, Any]:
    """Write the card of `model` (.tflite) beside it as .json and return it.

    Temperature and thresholds come from validation data; MNIST's test set is looked at once, here,
    when nothing is left to choose. `embedding` is the size of that output.
    """
    name = f"Inkling {recipe.name}" if recipe.ink else recipe.name
    validation = answers_of(checkpoint, corpus.validation)
    threshold, warmth = digit_threshold(validation), temperature(validation)
    card = {
        **identity(name, as_values(recipe), model, embedding, refuses=recipe.ink is not None),
        "overrides": overrides_of(recipe),
        "temperature": warmth,
        "digit_threshold": threshold,
        "sure_threshold": sure_threshold(validation, warmth),
        "data": _data(recipe),
    }
    write_atomically(model.with_suffix(".json"), as_bytes(card))
    # Measured on the exported file, which needs its card to be read.
    card["metrics"] = _metrics(model, corpus, library, validation, threshold)
    write_atomically(model.with_suffix(".json"), as_bytes(card))
    return card


def identity(
    name: str, recipe: dict[str, Any], model: Path, embedding: int, refuses: bool
) -> dict[str, Any]:
    """Return what a model is, what goes in and comes out; `refuses`: it was shown non-digits."""
    meaning = (
        "logit of: this is a digit at all"
        if refuses
        else "logit of the highest probability: the network was never shown what is no digit"
    )
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "labels": LABELS,
        "recipe": recipe,
        "raster_version": RASTER_VERSION,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "input": {"shape": [1, 28, 28, 1], "dtype": "float32", "range": [0, 1], "ink": 1},
        "outputs": {
            LOGITS: {"size": 10},
            EMBEDDING: {"size": embedding, "length": 1},
            DIGIT: {"size": 1, "meaning": meaning},
        },
        "versions": {
            "inkling": edition().version,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
    }


def _data(recipe: Recipe) -> dict[str, Any]:
    """Return what was learnt from, and what was kept for choosing."""
    kept = f"the last {recipe.mnist_validation} of the 60,000"
    if recipe.ink is None:
        return {"sources": {"MNIST": _SOURCES["MNIST"]}, "mnist_validation": kept}
    writers = writers_of_split(recipe.split)
    return {
        "sources": _SOURCES,
        "training_writers": [writer for writer in range(1, 31) if writer not in writers],
        "validation_writers": list(writers),
        "held_out_alphabets": list(recipe.ink.held_out_alphabets),
        "held_out_families": list(recipe.ink.held_out_families),
        "mnist_validation": kept,
    }


def _metrics(
    model: Path, corpus: Corpus, library: Library, validation: Answers, threshold: float
) -> dict[str, float]:
    accepted = digit_scores(validation) >= threshold
    is_digit = validation.is_digit
    metrics = {
        "mnist_test_accuracy": answers_of(model, data_named("mnist", library)).accuracy(),
        "mnist_validation_accuracy": answers_of(model, corpus.validation_mnist).accuracy(),
        "true_digits_refused_validation": float((~accepted[is_digit]).mean()),
    }
    if len(corpus.validation_negatives):
        metrics |= {
            "digit_auroc_validation": auroc(validation),
            "non_digits_accepted_validation": float(accepted[~is_digit].mean()),
        }
    unseen = _unseen_pen_digits(corpus, library)
    if unseen:
        metrics["pen_validation_accuracy"] = answers_of(model, unseen).accuracy()
    return metrics


def _unseen_pen_digits(corpus: Corpus, library: Library) -> LabelledRasters | None:
    """Return pen digits from which the run did not learn; None where they cannot be had.

    MNIST's recipes need no pen strokes.
    """
    if len(corpus.validation_pen):
        return corpus.validation_pen
    try:
        return data_named("pendigits", library)
    except DataError:
        return None


def as_bytes(card: dict[str, Any]) -> bytes:
    """Return a card as its file."""
    return (json.dumps(card, indent=2) + "\n").encode("utf-8")
