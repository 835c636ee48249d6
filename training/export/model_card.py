"""Writing a model's card: what it is, how its outputs are calibrated, what was measured.

The temperature and the thresholds of single digits are chosen on validation data alone.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from app.edition import edition
from app.ink.rasterize import RASTER_VERSION
from app.recognition.alphabet import ALPHABETS, DIGITS, Alphabet, look_alike_group
from app.recognition.model import Recogniser
from app.recognition.model_card import (
    FORMAT,
    NUMBER_CUT_THRESHOLD,
    NUMBER_DIGIT_THRESHOLD,
    SURE_THRESHOLD,
    VERSION,
    checked_card,
)
from training.data.corpus import Corpus, LabelledRasters
from training.data.dataset import DataError
from training.data.library import Library
from training.evaluation.evaluate import (
    Floats,
    ModelOutputs,
    auroc,
    cross_entropy,
    litert_outputs,
    network_outputs,
    probabilities,
)
from training.evaluation.test_sets import data_named
from training.fitting.run_folder import overrides_of, write_json
from training.networks.heads import DIGIT, EMBEDDING, LOGITS
from training.recipes.recipe import Recipe, as_values, writers_of_split
from training.robustness.characters import answer_rows

REFUSED = 0.005
"""The share of validation digits that `digit_threshold` may reject."""
UNSURE = 0.01
"""The share of validation digits whose answer is reported as not sure."""
SURE_RIGHT = 0.99
MOST_UNSURE = 0.1
"""See `_calibration`."""

_SOURCES = {
    "MNIST": "LeCun, Cortes and Burges; CC BY-SA 3.0",
    "Pen-Based Recognition of Handwritten Digits (original strokes)": (
        "Alpaydin and Alimoglu, UCI Machine Learning Repository; CC BY 4.0"
    ),
    "Omniglot (strokes; characters that look like no digit)": "Lake et al.; MIT",
}
_MORE_SOURCES = {
    "unipen": ("UNIPEN train_r01_v07", "International Unipen Foundation; CC BY 4.0"),
    "symbols": (
        "Detexify and texnolatin (symbols that look like no digit)",
        "Kirelabs, ODbL 1.0; texnoforge, CC0",
    ),
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become probabilities, and which answers are rejected or reported as not sure."""

    temperature: float = 1.0
    """The logits are divided by it before the softmax (Guo et al. 2017)."""
    digit_threshold: float = 0.5
    """The least digit score, 0 to 1, that is accepted as a digit."""
    sure_threshold: float = SURE_THRESHOLD
    """The least probability of the best label, 0 to 1, that is sure (Chow 1970)."""
    number_digit_threshold: float = NUMBER_DIGIT_THRESHOLD
    number_cut_threshold: float = NUMBER_CUT_THRESHOLD
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """`sure_threshold` in other alphabets of a model of the 94 characters, by their names."""


def calibrate(validation: ModelOutputs) -> Calibration:
    """Return the calibration for a model's outputs on validation data.

    The temperature has the lowest cross-entropy on the digits. The thresholds reject REFUSED of
    them, but never one whose score is above 0.5, and leave UNSURE of them not sure.
    """
    digits = validation.digits()
    tried = np.geomspace(0.2, 5.0, 321)
    losses = [cross_entropy(digits.logits / t, digits.labels) for t in tried]
    temperature = float(tried[int(np.argmin(losses))])
    confidences = probabilities(digits.logits / temperature).max(axis=1)
    return Calibration(
        temperature=temperature,
        digit_threshold=min(float(np.quantile(digits.digit_scores, REFUSED)), 0.5),
        sure_threshold=float(np.quantile(confidences, UNSURE)),
    )


def _calibration(recipe: Recipe, validation: ModelOutputs) -> Calibration:
    """Return the calibration; if the labels are the 94 characters, each alphabet's threshold too.

    That is where the sure answers are right in SURE_RIGHT, look-alikes as one, or else MOST_UNSURE
    of the answers are not sure.
    """
    calibration = calibrate(validation)
    if recipe.alphabet == DIGITS.name:
        return calibration
    known = validation.digits()
    thresholds = {}
    for alphabet in ALPHABETS.values():
        columns = [recipe.labels.index(label) for label in alphabet.labels]
        chosen = np.isin(known.labels, columns)
        shares = probabilities(known.logits[chosen][:, columns] / calibration.temperature)
        is_alike = np.array(
            [
                [look_alike_group(a) == look_alike_group(b) for b in alphabet.labels]
                for a in alphabet.labels
            ]
        )
        best = shares.argmax(axis=1)
        certainty = (shares * is_alike[best]).sum(axis=1)
        right = is_alike[best, np.searchsorted(columns, known.labels[chosen])]
        thresholds[alphabet.name] = _threshold(certainty, right)
    return replace(calibration, sure_threshold=thresholds[recipe.alphabet], thresholds=thresholds)


def _threshold(certainty: Floats, right: NDArray[np.bool_]) -> float:
    """Return the least threshold of `_calibration`."""
    order = np.argsort(certainty)
    right_from = np.cumsum(right[order][::-1])[::-1] / np.arange(len(order), 0, -1)
    enough = np.flatnonzero(right_from >= SURE_RIGHT)
    most = int(MOST_UNSURE * len(order))
    return float(certainty[order[min(int(enough[0]), most) if len(enough) else most]])


def write_run_card(
    recipe: Recipe, corpus: Corpus, library: Library, network: keras.Model, model: Path
) -> dict[str, Any]:
    """Write the card of a run's model (.tflite, exported from `network`) and return it.

    MNIST's test set is used here for the first time, when there is nothing left to choose.
    """
    validation = network_outputs(network, corpus.validation)
    calibration = _calibration(recipe, validation)
    return write_card(
        model,
        name=f"Inkling {recipe.name}" if recipe.ink else recipe.name,
        recipe=as_values(recipe),
        overrides=overrides_of(recipe),
        embedding_size=network.output[EMBEDDING].shape[-1],
        has_seen_negatives=recipe.ink is not None,
        calibration=calibration,
        data=_data(recipe),
        measure=lambda exported: (
            _metrics(exported, corpus, library, validation, calibration.digit_threshold)
            if recipe.alphabet == DIGITS.name
            else _character_metrics(exported, corpus)
        ),
        alphabet=ALPHABETS[recipe.alphabet],
    )


def write_card(
    model: Path,
    *,
    name: str,
    recipe: dict[str, Any],
    embedding_size: int,
    calibration: Calibration,
    overrides: dict[str, Any] | None = None,
    has_seen_negatives: bool = False,
    data: dict[str, Any] | None = None,
    measure: Callable[[Recogniser], dict[str, float]] = lambda _exported: {},
    alphabet: Alphabet = DIGITS,
) -> dict[str, Any]:
    """Write the card of `model` (.tflite) beside it as .json and return it.

    `measure` returns the metrics of the exported model, shares from 0 to 1 by name.
    """
    versions = {"inkling": edition().version, "keras": keras.__version__, "numpy": np.__version__}
    card = {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "labels": list(alphabet.labels),
        "recipe": recipe,
        "raster_version": RASTER_VERSION,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "input": {"shape": [1, 28, 28, 1], "dtype": "float32", "range": [0, 1], "ink": 1},
        "outputs": _outputs(len(alphabet.labels), embedding_size, has_seen_negatives),
        "versions": versions,
        "overrides": overrides or {},
        **asdict(calibration),
        "data": data or {},
    }
    card["metrics"] = measure(Recogniser(model, checked_card(card, alphabet)))
    write_json(model.with_suffix(".json"), card)
    return card


def _outputs(labels: int, embedding_size: int, has_seen_negatives: bool) -> dict[str, Any]:
    meaning = (
        f"logit of: this is {'a digit' if labels == len(DIGITS.labels) else 'a character'} at all"
        if has_seen_negatives
        else "logit of the highest probability: the network was never shown what is no digit"
    )
    return {
        LOGITS: {"size": labels},
        EMBEDDING: {"size": embedding_size, "length": 1},
        DIGIT: {"size": 1, "meaning": meaning},
    }


def _data(recipe: Recipe) -> dict[str, Any]:
    """Return the sources of the training data and what was held out for validation."""
    held_out = f"the last {recipe.mnist_validation} of the 60,000"
    if recipe.ink is None:
        return {"sources": {"MNIST": _SOURCES["MNIST"]}, "mnist_validation": held_out}
    writers = writers_of_split(recipe.split)
    more = dict(_MORE_SOURCES[part] for part in recipe.data if part in _MORE_SOURCES)
    sources = _SOURCES | more
    data: dict[str, Any] = {
        "sources": sources,
        "training_writers": [writer for writer in range(1, 31) if writer not in writers],
        "validation_writers": list(writers),
        "held_out_alphabets": list(recipe.ink.held_out_alphabets + recipe.ink.tested_alphabets),
        "held_out_families": list(recipe.ink.held_out_families),
        "mnist_validation": held_out,
    }
    if recipe.alphabet != DIGITS.name:  # it does not learn from MNIST
        del sources["MNIST"], data["mnist_validation"], data["held_out_families"]
    return data


def _metrics(
    exported: Recogniser,
    corpus: Corpus,
    library: Library,
    validation: ModelOutputs,
    threshold: float,
) -> dict[str, float]:
    """Return accuracies of the exported model, and the rejection by `threshold`, all 0 to 1."""
    scores, is_digit = validation.digit_scores, validation.is_digit
    digits, others = scores[is_digit], scores[~is_digit]
    mnist_test = litert_outputs(exported, data_named("mnist", library))
    metrics = {
        "mnist_test_accuracy": mnist_test.accuracy(),
        "mnist_validation_accuracy": litert_outputs(exported, corpus.validation_mnist).accuracy(),
        "true_digits_refused_validation": float((digits < threshold).mean()),
    }
    if len(others):
        metrics |= {
            "digit_auroc_validation": auroc(digits, others),
            "non_digits_accepted_validation": float((others >= threshold).mean()),
        }
    unseen = _unseen_pen_digits(corpus, library)
    if unseen is not None:
        metrics["pen_validation_accuracy"] = litert_outputs(exported, unseen).accuracy()
    if len(corpus.validation_unipen):
        unipen = litert_outputs(exported, corpus.validation_unipen)
        metrics["unipen_validation_accuracy"] = unipen.accuracy()
        refused = float((unipen.digit_scores < threshold).mean())
        metrics["unipen_digits_refused_validation"] = refused
    return metrics


def _character_metrics(exported: Recogniser, corpus: Corpus) -> dict[str, float]:
    """Return accuracies of the exported model on UNIPEN's validation characters, 0 to 1."""
    outputs = litert_outputs(exported, corpus.validation_unipen)
    return {
        f"unipen {row.group} {row.name}".replace(",", "").replace(" ", "_"): row.value
        for row in answer_rows("validation", outputs)
    }


def _unseen_pen_digits(corpus: Corpus, library: Library) -> LabelledRasters | None:
    """Return pen digits that the run was not trained on; None if there are none here.

    MNIST's recipes do not need them.
    """
    if len(corpus.validation_pen):
        return corpus.validation_pen
    try:
        return data_named("pendigits", library)
    except DataError:
        return None
