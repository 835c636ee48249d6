"""All robustness measures of one model: unseen writers, other data sets, trials, negatives."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.ink.rasterize import rasterize
from app.recognition.model_card import read_card
from training.augmentation.negatives import FAMILIES, synthetic_negative
from training.augmentation.polylines import polylines_of, rasterize_polylines
from training.data.corpus import LabelledRasters, negative_rasters, rasters_of
from training.data.library import Library
from training.data.omniglot import OMNIGLOT, clear_non_digits
from training.data.pendigits import PENDIGITS, PenDigit
from training.evaluation.evaluate import (
    ModelOutputs,
    auroc,
    check_is_of_digits,
    outputs_of,
    probabilities,
    temperature_of,
)
from training.evaluation.metrics import calibration_error
from training.evaluation.test_sets import data_named
from training.recipes.catalogue import VALIDATION_WRITERS
from training.robustness.pictures import PICTURE_TRIALS, picture_trial_rasters
from training.robustness.strokes import STROKE_TRIALS, stroke_trial_rasters

OTHER_DATA_SETS = ("skahl", "optdigits", "semeion")
_PER_FAMILY = 500
"""Negatives made of each synthetic family."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: its group, its name, and its value from 0 to 1."""

    group: str
    name: str
    value: float
    count: int
    """How many drawings it was measured on."""


def as_line(row: Row) -> str:
    """Return the row as a line of a text table."""
    return f"{row.group:<15} {row.name:<45} {row.value:>8.2%}  {row.count:>6,}"


def trial_rows(model: Path, library: Library) -> Iterator[Row]:
    """Yield the model's rows as they are measured, on writers whom it was not trained on.

    Raises ModelError if its labels are not the digits, DataError if a data set is missing.
    """
    card = _card(model)
    writers = card.get("data", {}).get("validation_writers", VALIDATION_WRITERS)
    digits = [digit for digit in library.load(PENDIGITS) if digit.writer in writers]
    written = outputs_of(model, rasters_of(digits))
    threshold = float(card.get("digit_threshold", 0.5))
    yield from _unseen_writers(written, temperature_of(model), threshold)
    for name in OTHER_DATA_SETS:
        yield _accuracy("other hands", name, outputs_of(model, data_named(name, library)))
    for name in STROKE_TRIALS:
        yield _accuracy("drawn", name, outputs_of(model, stroke_trial_rasters(name, digits)))
    for name in PICTURE_TRIALS:
        yield _accuracy(
            "pictured", name, outputs_of(model, picture_trial_rasters(name, digits[::2]))
        )
    yield from _negatives(model, card, digits, library, written, threshold)


def _unseen_writers(outputs: ModelOutputs, temperature: float, threshold: float) -> Iterator[Row]:
    calibrated = probabilities(outputs.logits / temperature)
    error = calibration_error(calibrated.max(axis=1), calibrated.argmax(axis=1) == outputs.labels)
    count = len(outputs.labels)
    group = "unseen writers"
    yield _accuracy(group, "accuracy", outputs)
    yield Row(group, "expected calibration error", error, count)
    refused = float((outputs.digit_scores < threshold).mean())
    yield Row(group, "digits refused", refused, count)


def _negatives(
    model: Path,
    card: dict[str, Any],
    digits: list[PenDigit],
    library: Library,
    written: ModelOutputs,
    threshold: float,
) -> Iterator[Row]:
    """Yield how well digits are told from every alphabet and every synthetic family (AUROC)."""
    data = card.get("data", {})
    held_out = {*data.get("held_out_alphabets", ()), *data.get("held_out_families", ())}
    scores = written.digit_scores
    all_held_out = []
    for name, part in _negatives_by_kind(digits, library):
        others = outputs_of(model, part).digit_scores
        learnt = "" if name in held_out else " (of a family learnt from)"
        if name in held_out:
            all_held_out.append(others)
        yield Row("no digits", f"AUROC, {name}{learnt}", auroc(scores, others), len(others))
    if all_held_out:
        others = np.concatenate(all_held_out)
        yield Row("no digits", "AUROC, all held out", auroc(scores, others), len(others))
        accepted = float((others >= threshold).mean())
        yield Row("no digits", "accepted, of all held out", accepted, len(others))


def _negatives_by_kind(
    digits: list[PenDigit], library: Library
) -> Iterator[tuple[str, LabelledRasters]]:
    characters = clear_non_digits(library.load(OMNIGLOT))
    for alphabet in sorted({character.alphabet for character in characters}):
        rasters = [rasterize(c.strokes) for c in characters if c.alphabet == alphabet]
        yield alphabet, negative_rasters(rasters)
    lines = [polylines_of(digit.strokes) for digit in digits]
    for family in FAMILIES:
        rng = np.random.default_rng(2)
        made = [synthetic_negative(family, lines, rng) for _drawing in range(_PER_FAMILY)]
        yield family, negative_rasters([rasterize_polylines(*drawing) for drawing in made])


def _accuracy(group: str, name: str, outputs: ModelOutputs) -> Row:
    return Row(group, name, outputs.accuracy(), len(outputs.labels))


def _card(model: Path) -> dict[str, Any]:
    """Return the fields of the model's card; {} if there is none (a .keras from elsewhere)."""
    card = model.with_suffix(".json")
    if not card.exists():
        return {}
    check_is_of_digits(model)
    return dict(read_card(card).json)
