"""The training part of `inkling --self-test`: two batches, export, and the model read again.

It needs no data set: its rasters are made up.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from training.data.corpus import Corpus, LabelledDrawings, LabelledRasters
from training.evaluation.evaluate import network_outputs, outputs_of
from training.export.litert import export_litert
from training.export.model_card import Calibration, write_card
from training.fitting.checkpoint import load_network
from training.fitting.run import Options, fit
from training.fitting.run_folder import HISTORY, MODEL, read_history
from training.networks.builders import EMBEDDING_SIZE
from training.recipes.catalogue import INKLING
from training.recipes.recipe import Recipe, as_values

_BATCH = 16
_BATCHES = 2
_TOLERANCE = 0.15
"""For the logits of 8-bit weights: difference from the checkpoint's, as a share of their range."""


def self_test() -> dict[str, Any]:
    """Train the shipped network for two batches, export it and read it again.

    Returns {"batches", "loss", "accuracy", "largest_difference"}; raises ModelError if the logits
    of the exported model differ from the checkpoint's, StorageError if the disk is full.
    """
    recipe = _recipe()
    corpus = _corpus()
    with tempfile.TemporaryDirectory(prefix="inkling-") as name:
        folder = Path(name)
        network = load_network(fit(recipe, corpus, folder, Options()))
        export_litert(network, folder / MODEL)
        write_card(
            folder / MODEL,
            name=recipe.name,
            recipe=as_values(recipe),
            embedding_size=EMBEDDING_SIZE,
            calibration=Calibration(),
        )
        exported = outputs_of(folder / MODEL, corpus.validation_mnist)
        expected = network_outputs(network, corpus.validation_mnist).logits
        loss = read_history(folder / HISTORY)[-1]["loss"]
    difference = float(np.abs(exported.logits - expected).max() / max(np.ptp(expected), 1e-6))
    if difference > _TOLERANCE:
        wrong = _("The exported model differs from its checkpoint by {share:.0%}.")
        raise ModelError(wrong.format(share=difference))
    return {
        "batches": _BATCHES,
        "loss": round(loss, 4),
        "accuracy": exported.accuracy(),
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
    labels = np.arange(_BATCH * _BATCHES, dtype=np.int16) % 10
    bars = LabelledRasters(_bars(labels, rng), labels)
    hooks = tuple([np.array([(0.0, 0.0), (0.1 * k, 0.5), (0.0, 1.0)])] for k in range(10))
    return Corpus(
        mnist=bars,
        validation_mnist=bars,
        pen=LabelledDrawings(hooks, np.arange(10, dtype=np.int16)),
        characters=LabelledDrawings(hooks, np.full(10, -1, np.int16)),
    )


def _bars(labels: NDArray[np.int16], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return rasters uint8 (n, 28, 28): noise and a vertical bar at the label's position."""
    images = rng.integers(0, 60, (len(labels), 28, 28), dtype=np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[4:24, 4 + 2 * label : 6 + 2 * label] = 255
    return images
