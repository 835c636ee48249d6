"""Runs a .tflite network in numpy: where LiteRT has no wheel, and to look at each layer's values.

Weights of 8 bits are multiplied as LiteRT does it (dynamic range quantisation): each image's
activations are rounded to 256 levels between their smallest and largest value, 0 among them. One
that is rounded the other way changes all that follow, so sums are rounded where LiteRT rounds them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.recognition.tflite_file import Array, Operator, Tensor, read_graph

Floats = NDArray[np.float32]
_LEVELS = np.float32(255)
_MAX_SIDE = 64
"""Of a window and its steps, in pixels: a raster has 28."""


class NumpyNetwork:
    """A network that is run operator by operator. Safe in any thread."""

    def __init__(self, content: bytes) -> None:
        """Read a .tflite file's content; raises ValueError if it cannot be run here."""
        self.graph = read_graph(content)
        constants = enumerate(self.graph.tensors)
        self._constants = {i: _Constant.of(one) for i, one in constants if one.values is not None}

    def run(self, rasters: Floats) -> list[Floats]:
        """Return the outputs for rasters (n, 28, 28), each with n rows, in the file's order.

        Raises ValueError if the shapes of the file's weights do not fit together.
        """
        values = self.values(rasters)
        if not values.keys() >= set(self.graph.outputs):
            raise ValueError("a damaged network")
        return [values[index] for index in self.graph.outputs]

    def values(self, rasters: Floats) -> dict[int, Array]:
        """Return the values, of n rows, of each tensor that is computed; raises ValueError."""
        values: dict[int, Array] = {self.graph.input: rasters[..., None].astype(np.float32)}
        try:
            with np.errstate(all="ignore"):  # what is not finite is found in the outputs
                for operator in self.graph.operators:
                    inputs = [self._value(index, values) for index in operator.inputs if index >= 0]
                    shape = self.graph.tensors[operator.outputs[0]].shape
                    values[operator.outputs[0]] = _OPERATORS[operator.name](operator, inputs, shape)
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError("a damaged network") from error
        return values

    def _value(self, index: int, values: Mapping[int, Array]) -> "Value":
        return self._constants[index] if index in self._constants else values[index]

    def weights(self, index: int) -> Floats:
        """Return the constant tensor with this index as float32; raises KeyError."""
        return self._constants[index].floats


@dataclass(frozen=True, slots=True)
class _Constant:
    """Weights as they are multiplied: whole numbers with a scale for each channel, or floats."""

    values: Array
    scales: Floats | None

    @classmethod
    def of(cls, tensor: Tensor) -> "_Constant":
        assert tensor.values is not None
        if tensor.scales is None:
            return cls(tensor.values, None)
        return cls(tensor.values.astype(np.float32), tensor.scales.astype(np.float32))

    @property
    def floats(self) -> Floats:
        if self.scales is None:
            return self.values.astype(np.float32)
        axis = 0 if self.values.shape[0] == len(self.scales) else self.values.ndim - 1
        shape = [len(self.scales) if one == axis else 1 for one in range(self.values.ndim)]
        scaled: Floats = self.values * self.scales.reshape(shape)
        return scaled


Value = Array | _Constant


def _plain(value: Value) -> Array:
    return value.floats if isinstance(value, _Constant) else value


def _quantised(values: Floats) -> tuple[Floats, Floats]:
    """Return each image's values as whole numbers from zero on, and the size of a step, (n,)."""
    flat = values.reshape(len(values), -1)
    low = np.minimum(flat.min(axis=1), np.float32(0))
    high = np.maximum(flat.max(axis=1), np.float32(0))
    span = high - low
    scale = np.where(span > 0, _LEVELS / np.where(span > 0, span, 1), 1).astype(np.float32)
    zero = np.rint(np.clip(-128 - low * scale, -128, 127))
    shape = (-1, *[1] * (values.ndim - 1))
    zero = zero.reshape(shape)
    rounded = np.clip(np.rint(values * scale.reshape(shape)) + zero, -128, 127) - zero
    return rounded.astype(np.float32), (1 / scale).astype(np.float32)


def _fused(factor: Array, other: Array | np.float32, term: Array | np.float32) -> Floats:
    """Return factor · other + term, rounded once to float32, as processors and LiteRT do it."""
    fused: Floats = (factor.astype(np.float64) * other + term).astype(np.float32)
    return fused


def _prepared(inputs: Sequence[Value]) -> tuple[Floats, Floats | None, Array, Floats | None]:
    """Return the input, the size of its step if its weights have 8 bits, these and their scales."""
    weights = inputs[1]
    if not isinstance(weights, _Constant):
        raise ValueError("weights that are computed")
    values = _plain(inputs[0])
    if weights.scales is None:
        return values, None, weights.values, None
    whole, step = _quantised(values)
    return whole, step, weights.values, weights.scales


def _finished(
    operator: Operator,
    inputs: Sequence[Value],
    sums: Floats,
    step: Floats | None,
    scales: Floats | None,
) -> Floats:
    """Return the sums as what they stand for, with the bias, if there is one, and the activation.

    `step` and `scales` are None if they are no whole numbers.
    """
    bias = _plain(inputs[2]) if len(inputs) > 2 else np.float32(0)
    if step is None or scales is None:
        return _activated(operator, sums + bias)
    stepped = sums * step.reshape(-1, *[1] * (sums.ndim - 1))
    return _activated(operator, _fused(stepped, scales, bias))


def _activated(operator: Operator, values: Array) -> Array:
    match operator.options.get("activation", 0):
        case 0:
            return values
        case 1:
            return np.maximum(values, 0)
        case 3:
            return np.clip(values, 0, 6)
    raise ValueError("an activation that is not known")


def _windows(
    values: Array, operator: Operator, sides: tuple[int, int], padding: float = 0.0
) -> Iterator[Array]:
    """Yield for each place of a window (height, width) the values under it, (n, rows, columns, c).

    Places are in the order of rows.
    """
    options = operator.options
    strides = options["stride_y"], options["stride_x"]
    dilations = options.get("dilation_y", 1), options.get("dilation_x", 1)
    if min(*strides, *dilations, *sides) < 1 or max(*strides, *dilations, *sides) > _MAX_SIDE:
        raise ValueError("a window of an absurd size")
    spans, counts = [], []
    for size, side, stride, dilation in zip(
        values.shape[1:3], sides, strides, dilations, strict=True
    ):
        reach = (side - 1) * dilation + 1
        count = (size - reach) // stride + 1 if options["valid"] else -(-size // stride)
        missing = 0 if options["valid"] else max((count - 1) * stride + reach - size, 0)
        spans.append((missing // 2, missing - missing // 2))
        counts.append(count)
    if min(counts) < 1:
        raise ValueError("a window larger than its image")
    if any(map(any, spans)):
        values = np.pad(values, ((0, 0), *spans, (0, 0)), constant_values=padding)
    for row in range(0, sides[0] * dilations[0], dilations[0]):
        for column in range(0, sides[1] * dilations[1], dilations[1]):
            yield values[
                :,
                row : row + (counts[0] - 1) * strides[0] + 1 : strides[0],
                column : column + (counts[1] - 1) * strides[1] + 1 : strides[1],
            ]


def _convolution(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
    values, step, weights, scales = _prepared(inputs)
    count, height, width, depth = weights.shape
    if depth != values.shape[3]:
        raise ValueError("weights of another depth")
    places = _windows(values, operator, (height, width))
    matrix = weights.reshape(count, -1).T
    if step is None and depth == 1 and len(inputs) > 2:
        return _activated(operator, _one_by_one(places, matrix, _plain(inputs[2])))
    columns = np.concatenate(list(places), axis=3)
    sums = columns.reshape(-1, len(matrix)) @ matrix
    return _finished(operator, inputs, sums.reshape(*columns.shape[:3], count), step, scales)


def _one_by_one(places: Iterator[Array], kernels: Array, bias: Array) -> Floats:
    """Return the sums of a first layer of floats, added in LiteRT's order: from the bias on."""
    sums = bias
    for place, kernel in zip(places, kernels, strict=True):
        sums = _fused(place, kernel, sums)
    return sums


def _depthwise(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
    values, step, weights, scales = _prepared(inputs)
    _one, height, width, count = weights.shape
    values = np.repeat(values, operator.options["multiplier"], axis=3)
    places = _windows(values, operator, (height, width))
    kernels = weights.reshape(-1, count)
    products = (place * kernel for place, kernel in zip(places, kernels, strict=True))
    return _finished(operator, inputs, _sum(products), step, scales)


def _sum(arrays: Iterator[Array]) -> Array:
    total = next(arrays).copy()
    for array in arrays:
        total += array
    return total


def _dense(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
    flat = [_plain(inputs[0]).reshape(len(_plain(inputs[0])), -1), *inputs[1:]]
    values, step, weights, scales = _prepared(flat)
    return _finished(operator, inputs, values @ weights.T, step, scales)


def _max_pool(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
    sides = operator.options["height"], operator.options["width"]
    places = _windows(_plain(inputs[0]), operator, sides, -np.inf)
    return _activated(operator, np.maximum.reduce(list(places)))


def _reshape(_operator: Operator, inputs: Sequence[Value], shape: tuple[int, ...]) -> Array:
    values = _plain(inputs[0])
    return values.reshape(len(values), *shape[1:])


def _softmax(_operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
    values = _plain(inputs[0])
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _reduced(reduce: Callable[..., Array]) -> "_Run":
    def run(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
        axes = tuple(int(axis) for axis in np.atleast_1d(_plain(inputs[1])))
        keeps = bool(operator.options["keep_dims"])
        return reduce(_plain(inputs[0]), axis=axes, keepdims=keeps)

    return run


def _each(compute: Callable[..., Array]) -> "_Run":
    """Return an operator of one to three inputs, value by value."""

    def run(operator: Operator, inputs: Sequence[Value], _shape: tuple[int, ...]) -> Array:
        return _activated(operator, compute(*map(_plain, inputs)))

    return run


def _to_float(values: Array) -> Array:
    return values.astype(np.float32)


_Run = Callable[[Operator, Sequence[Value], tuple[int, ...]], Array]
_OPERATORS: Mapping[str, _Run] = {
    "conv": _convolution,
    "depthwise": _depthwise,
    "dense": _dense,
    "max_pool": _max_pool,
    "reshape": _reshape,
    "softmax": _softmax,
    "sum": _reduced(np.sum),
    "reduce_max": _reduced(np.max),
    "add": _each(np.add),
    "sub": _each(np.subtract),
    "mul": _each(np.multiply),
    "div": _each(np.divide),
    "maximum": _each(np.maximum),
    "minimum": _each(np.minimum),
    "equal": _each(np.equal),
    "select": _each(np.where),
    "exp": _each(np.exp),
    "log": _each(np.log),
    "neg": _each(np.negative),
    "sqrt": _each(np.sqrt),
    "rsqrt": _each(lambda values: 1 / np.sqrt(values)),
    "square": _each(np.square),
    "relu": _each(lambda values: np.maximum(values, 0)),
    "cast": _each(_to_float),
}
