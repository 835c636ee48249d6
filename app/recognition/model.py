"""Owns running a model: one LiteRT Interpreter, one thread, loaded once.

A model is data from outside: its SHA-256 is compared with its card's before the runtime sees a byte
of it, since a truncated file can end the process inside the runtime (LiteRT #10080).
"""

import hashlib
import math
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import SIDE, Raster
from app.recognition.model_card import ModelCard, read_card
from app.recognition.prediction import Outputs, Prediction


class Recogniser:
    """A loaded model. Not for two threads at once."""

    def __init__(self, path: Path) -> None:
        """Load `path` (.tflite) by the card beside it (.json); raises ModelError."""
        self.card: ModelCard = read_card(path.with_suffix(".json"))
        content = _checked_content(path, self.card)
        try:
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise ModelError(_not_this_program(path)) from error
        wanted = {
            "logits": len(self.card.labels),
            "embedding": self.card.embedding_size,
            "digit": 1,
        }
        self._input, self._outputs = _places(self._interpreter, wanted, path)
        self._bar = _logit(self.card.digit_threshold)

    def predict(self, raster: Raster) -> Prediction:
        """Return the prediction for one raster, float32 (28, 28) in [0, 1]."""
        return self.prediction(self.calibrated(raster), raster)

    def calibrated(self, raster: Raster) -> Outputs:
        """Return what the network says of one raster, by the card's temperature and threshold."""
        logits, embedding, digit = self.outputs(raster)
        return Outputs(
            logits / np.float32(self.card.temperature), float(digit[0]) - self._bar, embedding
        )

    def prediction(self, outputs: Outputs, raster: Raster, own: bool = False) -> Prediction:
        """Return outputs as a prediction; `own`: the user's samples say the same."""
        probabilities = _softmax(outputs.logits)
        return Prediction(
            labels=self.card.labels,
            probabilities=probabilities,
            digit_score=_sigmoid(outputs.digit + self._bar),
            is_digit=outputs.digit >= 0,
            embedding=tuple(outputs.embedding.tolist()),
            raster=raster,
            own=own,
            is_sure=max(probabilities) >= self.card.sure_threshold,
        )

    def outputs(self, raster: Raster) -> list[NDArray[np.float32]]:
        """Return the network's own outputs: logits (10,), embedding (96,), digit logit (1,)."""
        if raster.shape != (SIDE, SIDE):
            raise ValueError(f"a raster is (28, 28), not {raster.shape}")
        self._interpreter.set_tensor(
            self._input, raster.reshape(1, SIDE, SIDE, 1).astype(np.float32, copy=False)
        )
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index)[0] for index in self._outputs]


def _checked_content(path: Path, card: ModelCard) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(
            _("The model {name} is missing; install the program again.").format(name=path.name)
        ) from error
    except OSError as error:
        raise ModelError(
            _("The model {name} cannot be read: {problem}.").format(
                name=path.name, problem=error.strerror
            )
        ) from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ModelError(
            _("The model {name} is not the one that its card describes; install it again.").format(
                name=path.name
            )
        )
    return content


def _places(interpreter: Any, wanted: dict[str, int], path: Path) -> tuple[int, list[int]]:
    """Return the tensor indices of the input and of the wanted outputs, found by their shapes."""
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    one_raster = (
        len(inputs) == 1
        and tuple(inputs[0]["shape"]) == (1, SIDE, SIDE, 1)
        and inputs[0]["dtype"] is np.float32
    )
    by_shape = {
        tuple(output["shape"]): output["index"]
        for output in outputs
        if output["dtype"] is np.float32
    }
    places = [by_shape.get((1, size)) for size in wanted.values()]
    if not one_raster or len(outputs) != len(wanted) or None in places:
        raise ModelError(_not_this_program(path))
    return inputs[0]["index"], [place for place in places if place is not None]


def _softmax(logits: NDArray[np.float32]) -> tuple[float, ...]:
    powers = np.exp(logits.astype(np.float64) - float(logits.max()))
    return tuple((powers / powers.sum()).tolist())


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def _logit(share: float) -> float:
    """Return the inverse of _sigmoid; 0 and 1 are taken as nearly so."""
    share = min(max(share, 1e-9), 1 - 1e-9)
    return math.log(share / (1 - share))


def _not_this_program(path: Path) -> str:
    return _("The model {name} is not a digit recogniser for this program.").format(name=path.name)
