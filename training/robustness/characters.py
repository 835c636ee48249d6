"""How a model of the 94 characters does on people, sites and symbols that it was not trained on.

As in `strangers`, the test share chose nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import rasterize
from app.recognition.alphabet import ALPHABETS, CHARACTERS, look_alike_group
from app.recognition.model_card import read_card
from training.augmentation.polylines import Polyline, rasterize_polylines
from training.curation.character_corpus import as_drawings, characters, clear_symbols
from training.curation.people import people
from training.curation.shares import TEST_SITES, VALIDATION_SITES, Share, share_of_kind
from training.data.corpus import OF_A_SYMBOL, negative_rasters, rasterized
from training.data.library import Library
from training.data.omniglot import OMNIGLOT
from training.data.symbols import SYMBOLS
from training.data.unipen import UNIPEN
from training.evaluation.evaluate import Floats, ModelOutputs, auroc, outputs_of
from training.robustness.report import Row

LABELS = CHARACTERS.labels
CHOICES = {
    **{name: ALPHABETS[name].labels for name in ("digits", "capitals", "small")},
    "signs": tuple(label for label in LABELS if not label.isalnum()),
}
"""Each of these is recognised alone, by the logits of its labels."""
GROUPS = np.array([LABELS.index(look_alike_group(label)[0]) for label in LABELS])
"""For each label the first of those that look like it."""
DRAWS, WAYS = 100, 20
_ALPHABETS = {"validation": "Balinese", "test": "Greek", "training": "Korean"}

Kinds = dict[str, list[NDArray[np.float64]]]
"""The embeddings of the drawings of each kind of symbol."""


def character_rows(model: Path, library: Library, share: Share = "test") -> Iterator[Row]:
    """Yield the model's rows for one share of UNIPEN, symbols and Omniglot; raises DataError."""
    unipen = people(library.load(UNIPEN))
    drawn = characters(unipen, share)
    sites = (*TEST_SITES, *VALIDATION_SITES)
    scores = []
    for title, are_whole in (("whole sites", True), ("writers of the other sites", False)):
        part = rasterized(as_drawings(one for one in drawn if (one.site in sites) == are_whole))
        outputs = outputs_of(model, part, alphabet=CHARACTERS)
        scores.append(outputs.digit_scores)
        yield from answer_rows(title, outputs)
    left_out = rasterized(as_drawings(characters(unipen, share, are_left_out=True)))
    yield from answer_rows("left out", outputs_of(model, left_out, alphabet=CHARACTERS))
    known = np.concatenate(scores)
    threshold = read_card(model.with_suffix(".json"), CHARACTERS).digit_threshold
    yield Row("known", "refused", float((known < threshold).mean()), len(known))
    strangers = clear_symbols(library.load(SYMBOLS), share, OF_A_SYMBOL[share])
    rasters = [rasterize_polylines(list(one.lines)) for one in strangers]
    others = outputs_of(model, negative_rasters(rasters), alphabet=CHARACTERS).digit_scores
    name = "symbols of kinds not trained on"
    yield Row("known", f"{name}, accepted", float((others >= threshold).mean()), len(others))
    yield Row("known", f"{name}, AUROC", auroc(known, others), len(others))
    yield from symbol_rows(model, library, share)


def answer_rows(title: str, outputs: ModelOutputs) -> Iterator[Row]:
    """Yield how often each choice of labels is recognised, and all 94."""
    for name, labels in CHOICES.items():
        columns = np.array([LABELS.index(label) for label in labels])
        chosen = np.isin(outputs.labels, columns)
        if not chosen.any():
            continue
        answers = columns[outputs.logits[chosen][:, columns].argmax(axis=1)]
        right = answers == outputs.labels[chosen]
        yield Row("alone", f"{name}, {title}", float(right.mean()), int(chosen.sum()))
        if len(set(GROUPS[columns])) < len(columns):
            right = GROUPS[answers] == GROUPS[outputs.labels[chosen]]
            more = f"{name}, look-alikes as one, {title}"
            yield Row("alone", more, float(right.mean()), int(chosen.sum()))
    ranked = np.argsort(-outputs.logits, axis=1)
    right = ranked[:, :3] == outputs.labels[:, None]
    alike = GROUPS[ranked[:, 0]] == GROUPS[outputs.labels]
    count = len(outputs.labels)
    yield Row("94 characters", f"first, {title}", float(right[:, 0].mean()), count)
    yield Row("94 characters", f"first three, {title}", float(right.any(axis=1).mean()), count)
    yield Row("94 characters", f"look-alikes as one, {title}", float(alike.mean()), count)


def symbol_rows(model: Path, library: Library, share: Share) -> Iterator[Row]:
    """Yield how often one of 20 symbols is told by one or five drawings of each.

    Its embedding is the nearest to theirs, or to the mean of the five (Snell et al. 2017).
    """
    alphabet = _ALPHABETS[share]
    drawn: dict[str, list[Sequence[Polyline]]] = defaultdict(list)
    for symbol in library.load(SYMBOLS):
        if share_of_kind(symbol.name) == share:
            drawn[symbol.name].append(symbol.lines)
    of_symbols = [(name, rasterize_polylines(x)) for name, lines in drawn.items() for x in lines]
    of_omniglot = [
        (str(one.number), rasterize(one.strokes))
        for one in library.load(OMNIGLOT)
        if one.alphabet == alphabet
    ]
    for title, rasters in ((f"Omniglot, {alphabet}", of_omniglot), ("Detexify", of_symbols)):
        part = negative_rasters([raster for _name, raster in rasters])
        embeddings = outputs_of(model, part, alphabet=CHARACTERS).embeddings
        kinds: Kinds = defaultdict(list)
        for (name, _raster), embedding in zip(rasters, embeddings, strict=True):
            kinds[name].append(embedding)
        for shots in (1, 5):
            right = told_apart(kinds, shots)
            yield Row(f"20 symbols, {shots}", title, right, DRAWS * WAYS)


def told_apart(kinds: Kinds, shots: int) -> float:
    """Return how often, in DRAWS random choices of WAYS kinds, another drawing of each is told."""
    rng = np.random.default_rng(1)
    enough = [each for each in kinds.values() if len(each) > shots]
    right = 0
    for _draw in range(DRAWS):
        chosen = [enough[i] for i in rng.permutation(len(enough))[:WAYS]]
        drawings = [[each[i] for i in rng.permutation(len(each))[: shots + 1]] for each in chosen]
        prototypes = _normalised(np.array([np.mean(each[:-1], axis=0) for each in drawings]))
        asked = np.array([each[-1] for each in drawings])
        right += int(((asked @ prototypes.T).argmax(axis=1) == np.arange(len(chosen))).sum())
    return right / (DRAWS * WAYS)


def _normalised(vectors: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
