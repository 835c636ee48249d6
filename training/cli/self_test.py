"""Owns the training's part of `inkling --self-test`: two batches, export, and the model read again.

It needs no data set: its rasters are made up, so that nothing but the machinery is tried.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.recognition.model import Recogniser
from app.storage.atomic_write import write_atomically
from training.data.corpus import Corpus, LabelledDrawings, LabelledRasters
from training.evaluation.evaluate import answers_of
from training.export.litert import export_litert
from training.export.model_card import as_bytes, identity
from training.fitting.checkpoint import load_network
from training.fitting.fit import Options, fit
from training.fitting.history import HISTORY, read_history
from training.fitting.run_folder import CARD, MODEL
from training.networks.heads import LOGITS
from training.recipes.catalogue import INKLING
from training.recipes.recipe import Recipe, as_values

_BATCH = 16
_BATCHES = 2
_CLOSE = 0.15
"""How far logits of 8-bit weights may be from the checkpoint's, as a share of their range."""


def self_test() -> dict[str, Any]:
    """Train the shipped network for two batches, export it and read it again.

    Returns {"batches", "loss", "largest_difference"}; raises ModelError if the exported model does
    not say what the checkpoint says, StorageError where there is no room.
    """
    recipe = _recipe()
    corpus = _corpus()
    with tempfile.TemporaryDirectory(prefix="inkling-") as name:
        folder = Path(name)
        checkpoint = fit(recipe, corpus, folder, Options())
        size = export_litert(checkpoint, folder / MODEL)
        card = {
            **identity("self-test", as_values(recipe), folder / MODEL, size, refuses=True),
            "temperature": 1.0,
            "digit_threshold": 0.5,
            "sure_threshold": 0.9,
            "metrics": {},
        }
        write_atomically(folder / CARD, as_bytes(card))
        kept = corpus.validation_mnist
        difference = _difference(folder / MODEL, checkpoint, kept)
        loss = read_history(folder / HISTORY)[-1]["loss"]
        accuracy = answers_of(folder / MODEL, kept).accuracy()
    if difference > _CLOSE:
        raise ModelError(
            _("The exported model differs from its checkpoint by {share:.0%}.").format(
                share=difference
            )
        )
    return {
        "batches": _BATCHES,
        "loss": round(loss, 4),
        "accuracy": accuracy,
        "largest_difference": round(difference, 4),
    }


def _recipe() -> Recipe:
    assert INKLING.ink is not None
    ink = replace(INKLING.ink, pen_digits=_BATCH // 2, negatives=_BATCH // 4)
    mnist = _BATCH * _BATCHES - _BATCH // 2 - _BATCH // 4
    return replace(
        INKLING, name="self-test", epochs=1, batch=_BATCH, mnist_digits=mnist, ink=ink, ema=0.0
    )


def _corpus() -> Corpus:
    rng = np.random.default_rng(1)
    labels = np.arange(_BATCH * _BATCHES, dtype=np.int8) % 10
    bars = LabelledRasters(_bars(labels, rng), labels)
    hooks = tuple([np.array([(0.0, 0.0), (0.1 * k, 0.5), (0.0, 1.0)])] for k in range(10))
    return Corpus(
        mnist=bars,
        validation_mnist=bars,
        pen=LabelledDrawings(hooks, np.arange(10, dtype=np.int8)),
        characters=LabelledDrawings(hooks, np.full(10, -1, np.int8)),
    )


def _bars(labels: NDArray[np.int8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return rasters uint8 (n, 28, 28): noise with an upright bar whose place is the label."""
    images = rng.integers(0, 60, (len(labels), 28, 28), dtype=np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[4:24, 4 + 2 * label : 6 + 2 * label] = 255
    return images


def _difference(model: Path, checkpoint: Path, part: LabelledRasters) -> float:
    """Return how far the model's logits are from the checkpoint's, as a share of their range."""
    recogniser = Recogniser(model)
    rasters = part.images.astype(np.float32) / 255.0
    ours = np.stack([recogniser.infer(raster)[0] for raster in rasters])
    theirs = np.asarray(load_network(checkpoint)(rasters[..., None], training=False)[LOGITS])
    return float(np.abs(ours - theirs).max() / max(np.ptp(theirs), 1e-6))
