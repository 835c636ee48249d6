"""What each layer of the network makes of a raster, and a first layer's arithmetic.

The values are computed in numpy from the model's own file, so every model that `NumpyNetwork` can
run has them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import RASTER_SIDE, Raster
from app.recognition.model import Recogniser
from app.recognition.numpy_network import NumpyNetwork
from app.recognition.tflite_file import Operator

Floats = NDArray[np.float32]
RASTER, FEATURES, UNITS, EMBEDDING, LOGITS, DIGIT = (
    "raster",
    "features",
    "units",
    "embedding",
    "logits",
    "digit",
)
_SHOWN = ("conv", "depthwise", "max_pool", "dense")
_WINDOWED = ("conv", "depthwise", "max_pool")
_THROUGH = ("relu", "reshape")
"""Operators after which a value still stands at its pixel."""

Box = tuple[int, int, int, int]
"""(left, top, right, bottom) in raster pixels; may reach beyond the raster."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The values of a layer, (rows, columns, channels); rows and columns are 1 without places."""

    kind: str
    """RASTER, FEATURES (maps with places), UNITS, EMBEDDING, LOGITS or DIGIT."""
    values: Floats


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How one value of the first layer is computed: the sum of weights × inputs, plus the bias."""

    inputs: Floats
    """The raster under the weights, 0 beyond its edge; (rows, columns)."""
    weights: Floats
    bias: float
    value: float
    """After the activation: the sum, or 0 where that is negative (ReLU)."""
    box: Box
    """Where the inputs lie."""

    @property
    def sum(self) -> float:
        """Weights × inputs, added, plus the bias; to rounding."""
        return float((self.inputs * self.weights).sum()) + self.bias

    @property
    def is_of_a_unit(self) -> bool:
        """Whether it looks at the whole raster: a value without a place, of no map."""
        return self.inputs.shape == (RASTER_SIDE, RASTER_SIDE)


class LayerViewer:
    """A model's layers, from the raster to the logits. Safe in any thread."""

    def __init__(self, recogniser: Recogniser) -> None:
        """Read the model's file; raises ModelError if its layers cannot be shown."""
        self._card = recogniser.card
        try:
            self._network = NumpyNetwork(recogniser.content)
            self._shown = self._chosen()
            self.layers(np.zeros((RASTER_SIDE, RASTER_SIDE), np.float32))
        except (ValueError, MemoryError) as error:
            raise ModelError(_("The layers of this model cannot be shown.")) from error

    def layers(self, raster: Raster) -> list[Layer]:
        """Return the layers for a raster, float32 (28, 28), in the order of computing."""
        values = self._network.values(raster[None])
        found = [Layer(RASTER, raster[..., None])]
        for kind, index in self._shown:
            value = values[index][0]
            found.append(Layer(kind, value if value.ndim == 3 else value.reshape(1, 1, -1)))
        return found

    def arithmetic(self, raster: Raster, row: int, column: int, channel: int) -> Arithmetic:
        """Return how the first layer after the raster computes one of its values.

        Raises IndexError if it has no such value.
        """
        operator = self._first()
        weights = self._network.weights(operator.inputs[1])
        has_bias = len(operator.inputs) > 2 and operator.inputs[2] >= 0  # -1: left out
        bias = self._network.weights(operator.inputs[2]) if has_bias else None
        value = self.layers(raster)[1].values[row, column, channel]
        if operator.name == "dense":
            kernel, box = weights[channel].reshape(raster.shape), (0, 0, RASTER_SIDE, RASTER_SIDE)
            inputs = raster
        else:
            box = _window(operator, weights.shape[1:3], (row, column), raster.shape)
            kernel, inputs = weights[channel, :, :, 0], _cut(raster, box)
        return Arithmetic(inputs, kernel, 0.0 if bias is None else float(bias[channel]), value, box)

    def receptive_field(self, layer: int, row: int, column: int) -> Box:
        """Return the part of the raster that a place of a layer, counted from 0, depends on."""
        if layer == 0:
            return column, row, column + 1, row + 1
        left, top, right, bottom = column, row, column + 1, row + 1
        for operator in self._way_to(self._shown[layer - 1][1]):
            if operator.name not in _WINDOWED:
                return 0, 0, RASTER_SIDE, RASTER_SIDE
            size = self._network.graph.tensors[operator.inputs[0]].shape[1:3]
            sides = self._sides(operator)
            first = _window(operator, sides, (top, left), size)
            last = _window(operator, sides, (bottom - 1, right - 1), size)
            left, top, right, bottom = *first[:2], *last[2:]
        return left, top, right, bottom

    def _chosen(self) -> list[tuple[str, int]]:
        """Return kind and tensor of every layer after the raster; raises ValueError."""
        graph = self._network.graph
        kinds = {1: DIGIT, self._card.embedding_size: EMBEDDING, len(self._card.labels): LOGITS}
        outputs = {index: kinds[graph.tensors[index].shape[-1]] for index in graph.outputs}
        if self._first().name not in ("conv", "dense"):
            raise ValueError("another first layer")
        inner = [
            (FEATURES if len(graph.tensors[index].shape) == 4 else UNITS, index)
            for index in (one.outputs[0] for one in graph.operators if one.name in _SHOWN)
            if index not in outputs
        ]
        order = {kind: index for index, kind in outputs.items()}
        return [*inner, *((kind, order[kind]) for kind in (EMBEDDING, LOGITS, DIGIT))]

    def _first(self) -> Operator:
        """Return the first operator that has weights; raises ValueError."""
        for operator in self._network.graph.operators:
            if operator.name in _SHOWN:
                return operator
        raise ValueError("no layers")

    def _way_to(self, index: int) -> Iterator[Operator]:
        """Yield the operators from a tensor back to the raster."""
        producers = {one.outputs[0]: one for one in self._network.graph.operators}
        while index in producers:
            operator = producers[index]
            if operator.name not in _THROUGH:
                yield operator
            index = operator.inputs[0]

    def _sides(self, operator: Operator) -> tuple[int, ...]:
        """Return the height and the width of an operator's window."""
        if operator.name == "max_pool":
            return operator.options["height"], operator.options["width"]
        return self._network.graph.tensors[operator.inputs[1]].shape[1:3]


def _window(
    operator: Operator, sides: tuple[int, ...], place: tuple[int, int], size: tuple[int, ...]
) -> Box:
    """Return the inputs of an operator's output at `place` (row, column), in input pixels."""
    ends = []
    for axis, letter in ((1, "x"), (0, "y")):
        stride = operator.options[f"stride_{letter}"]
        reach = (sides[axis] - 1) * operator.options.get(f"dilation_{letter}", 1) + 1
        count = -(-size[axis] // stride)
        missing = max((count - 1) * stride + reach - size[axis], 0)
        before = 0 if operator.options["valid"] else missing // 2
        start = place[axis] * stride - before
        ends.append((start, start + reach))
    (left, right), (top, bottom) = ends
    return left, top, right, bottom


def _cut(raster: Raster, box: Box) -> Floats:
    """Return a part of the raster, with 0 beyond its edge."""
    left, top, right, bottom = box
    edge = max(-left, -top, right - RASTER_SIDE, bottom - RASTER_SIDE, 0)
    padded = np.pad(raster, edge)
    return padded[top + edge : bottom + edge, left + edge : right + edge]
