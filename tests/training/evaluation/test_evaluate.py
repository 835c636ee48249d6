"""A model's outputs are the same from one process and from several."""

from functools import partial

import numpy as np
import pytest

from app.batch.outputs import RasterOutputs
from app.batch.pool import Pool
from app.errors import ModelError
from app.resources import shipped_model
from training.data.corpus import LabelledRasters
from training.evaluation.evaluate import outputs_of


def test_several_processes_give_the_outputs_of_one() -> None:
    images = np.random.default_rng(1).integers(0, 256, (1_203, 28, 28), np.uint8)
    part = LabelledRasters(images, np.zeros(len(images), np.int16))
    alone, shared = (
        outputs_of(shipped_model(), part, shared_by) for shared_by in (None, partial(Pool, jobs=2))
    )
    assert np.array_equal(shared.logits, alone.logits)
    assert np.array_equal(shared.digit, alone.digit)


def test_rasters_at_which_processes_end_are_an_error() -> None:
    with pytest.raises(ModelError, match="the same 3 images"):
        RasterOutputs(shipped_model()).lost(np.zeros((3, 28, 28), np.uint8))
