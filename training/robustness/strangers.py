"""How a model does on people, sites and signs that it was not trained on: answers and refusals.

The test share chose nothing: neither recipe nor checkpoint nor threshold. To choose, use the share
"validation".
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import rasterize
from app.recognition.model_card import read_card
from training.curation import selection
from training.curation.left_out import drawing_id
from training.curation.people import people
from training.curation.shares import TEST_SITES, VALIDATION_SITES, Share, share_of_kind
from training.data.corpus import (
    OF_A_LETTER,
    LabelledRasters,
    labelled,
    negative_rasters,
    rasterized,
    rasters_of,
    symbol_drawings,
)
from training.data.library import Library
from training.data.omniglot import OMNIGLOT, clear_non_digits
from training.data.unipen import UNIPEN, Written
from training.evaluation.evaluate import ModelOutputs, auroc, outputs_of
from training.evaluation.test_sets import data_named, unseen_pen_digits
from training.robustness.report import Row

FORMS = Path(__file__).with_name("forms.json")
"""Names of difficult forms, and the ids (`drawing_id`) of digits of UNIPEN that have them."""
_ALPHABETS = {"validation": "Balinese", "test": "Greek", "training": "Korean"}


def stranger_rows(model: Path, library: Library, share: Share = "test") -> Iterator[Row]:
    """Yield the model's rows for one share of UNIPEN, symbols and Omniglot; raises DataError."""
    card = model.with_suffix(".json")
    threshold = read_card(card).digit_threshold if card.exists() else 0.5
    unipen = people(library.load(UNIPEN))
    digits = selection.digits(unipen, share)
    scores = []
    for name, part in _digits(digits, library):
        outputs = outputs_of(model, part)
        scores.append(outputs.digit_scores)
        yield from _answers(name, outputs, threshold)
    if share == "test":
        for name, part in _forms(unipen):
            yield from _answers(name, outputs_of(model, part), threshold)
    for name, part in _others(unipen, library, share):
        others = outputs_of(model, part).digit_scores
        called = float((others >= threshold).mean())
        yield Row("called digits", name, called, len(others))
        yield Row("AUROC", name, auroc(np.concatenate(scores), others), len(others))


def _digits(digits: Sequence[Written], library: Library) -> Iterator[tuple[str, LabelledRasters]]:
    """Yield UNIPEN's whole sites, its other writers, and the sets that are only reported on."""
    sites = (*TEST_SITES, *VALIDATION_SITES)
    whole = [one for one in digits if one.site in sites]
    yield "UNIPEN, whole sites", rasterized(labelled(whole))
    others = [one for one in digits if one.site not in sites]
    yield "UNIPEN, writers of the other sites", rasterized(labelled(others))
    yield "the pen set, unseen writers", rasters_of(unseen_pen_digits(library))
    for name in ("skahl", "optdigits", "semeion"):
        yield name, data_named(name, library)


def _answers(name: str, outputs: ModelOutputs, threshold: float) -> Iterator[Row]:
    right = outputs.logits.argmax(axis=1) == outputs.labels
    answered: NDArray[np.bool_] = outputs.digit_scores >= threshold
    count = len(outputs.labels)
    yield Row("right", name, float(right.mean()), count)
    yield Row("answered, right", name, float((right & answered).mean()), count)
    yield Row("refused", name, float((~answered).mean()), count)


def _forms(unipen: Sequence[Written]) -> Iterator[tuple[str, LabelledRasters]]:
    """Yield every difficult form with its digits, of writers of the test and of validation."""
    forms: dict[str, list[str]] = json.loads(FORMS.read_bytes())
    by_id = {drawing_id(one.label, one.lines): one for one in unipen if one.label.isdigit()}
    for name, ids in forms.items():
        yield name, rasterized(labelled([by_id[one] for one in ids if one in by_id]))


def _others(
    unipen: Sequence[Written], library: Library, share: Share
) -> Iterator[tuple[str, LabelledRasters]]:
    """Yield letters, signs and symbols; of kinds that are never trained on, and of known ones."""
    drawn = selection.letters_and_signs(unipen, share, OF_A_LETTER[share])
    for title, are_letters in (("letters", True), ("signs", False)):
        for known in (True, False):
            part = [
                one
                for one in drawn
                if one.label.isalpha() == are_letters
                and (share_of_kind(one.label) == "training") == known
            ]
            kinds = "of kinds trained on" if known else "of other kinds"
            yield f"{title} by strangers, {kinds}", rasterized(labelled(part))
    yield "symbols of kinds not trained on", rasterized(symbol_drawings(library, share))
    alphabet = _ALPHABETS[share]
    characters = [c for c in clear_non_digits(library.load(OMNIGLOT)) if c.alphabet == alphabet]
    yield f"Omniglot, {alphabet}", negative_rasters([rasterize(c.strokes) for c in characters])
