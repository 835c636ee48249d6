"""Reads a .tflite file: its tensors, weights and operators, without LiteRT.

A FlatBuffer: a table's first int32 leads back to its vtable, which has the place of each field, 0
for one that is left out (https://flatbuffers.dev/internals; the fields are numbered as in LiteRT's
schema.fbs).
"""

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_TYPES = {0: np.float32, 1: np.float16, 2: np.int32, 4: np.int64, 6: np.bool_, 9: np.int8}
_IDENTIFIER = b"TFL3"
_MAX_ITEMS = 100_000
"""Tensors or operators of one model; the shipped one has 60."""

_NAMES = {
    0: "add",
    3: "conv",
    4: "depthwise",
    9: "dense",
    17: "max_pool",
    18: "mul",
    19: "relu",
    22: "reshape",
    25: "softmax",
    41: "sub",
    42: "div",
    47: "exp",
    53: "cast",
    55: "maximum",
    57: "minimum",
    59: "neg",
    71: "equal",
    73: "log",
    74: "sum",
    75: "sqrt",
    76: "rsqrt",
    82: "reduce_max",
    92: "square",
    123: "select",
}
"""The operators that our networks have, by their number in schema.fbs."""
_OPTIONS: dict[str, dict[str, tuple[int, str, int]]] = {
    "conv": {"valid": (0, "b", 0), "stride_x": (1, "i", 1), "stride_y": (2, "i", 1)}
    | {"activation": (3, "b", 0), "dilation_x": (4, "i", 1), "dilation_y": (5, "i", 1)},
    "depthwise": {"valid": (0, "b", 0), "stride_x": (1, "i", 1), "stride_y": (2, "i", 1)}
    | {"multiplier": (3, "i", 1), "activation": (4, "b", 0), "dilation_x": (5, "i", 1)}
    | {"dilation_y": (6, "i", 1)},
    "max_pool": {"valid": (0, "b", 0), "stride_x": (1, "i", 1), "stride_y": (2, "i", 1)}
    | {"width": (3, "i", 1), "height": (4, "i", 1), "activation": (5, "b", 0)},
    "sum": {"keep_dims": (0, "b", 0)},
    "reduce_max": {"keep_dims": (0, "b", 0)},
    "cast": {"to": (1, "b", 0)},
} | {name: {"activation": (0, "b", 0)} for name in ("dense", "add", "sub", "mul", "div")}
"""The options that matter: number of the field, its type, its default."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor of the graph: its shape for one input, and its values if they are constant."""

    name: str
    shape: tuple[int, ...]
    values: Array | None
    scales: NDArray[np.float32] | None = None
    """Of int8 weights, one for each channel along `axis`."""
    axis: int = 0


@dataclass(frozen=True, slots=True)
class Operator:
    """A node of the graph; inputs and outputs are indices of tensors, -1 for one left out."""

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """A network with one input; the operators are in the order of computing."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    input: int
    outputs: tuple[int, ...]


def read_graph(content: bytes) -> Graph:
    """Return the graph of a .tflite file's content.

    Raises ValueError for a file that is damaged, or has operators or types that are not known here.
    """
    try:
        if content[4:8] != _IDENTIFIER:
            raise ValueError("no .tflite file")
        model = _Table(content, _offset(content, 0))
        buffers = model.tables(4)
        (graph,) = model.tables(2)
        codes = [_operator_name(code) for code in model.tables(1)]
        (image,) = graph.numbers(1, "i")
        return Graph(
            tuple(_tensor(table, buffers) for table in graph.tables(0)),
            tuple(_operator(table, codes) for table in graph.tables(3)),
            int(image),
            tuple(graph.numbers(2, "i").tolist()),
        )
    except (struct.error, IndexError, KeyError, TypeError) as error:
        raise ValueError("a damaged .tflite file") from error


def _operator_name(code: "_Table") -> str:
    number = max(code.number(0, "b"), code.number(3, "i"))  # the first is from when it was a byte
    if number not in _NAMES:
        raise ValueError(f"operator {number} is not known")
    return _NAMES[number]


def _operator(table: "_Table", codes: list[str]) -> Operator:
    name = codes[table.number(0, "I")]
    options = table.table(4)
    fields = _OPTIONS.get(name, {})
    return Operator(
        name,
        tuple(table.numbers(1, "i").tolist()),
        tuple(table.numbers(2, "i").tolist()),
        {
            key: default if options is None else options.number(number, kind, default)
            for key, (number, kind, default) in fields.items()
        },
    )


def _tensor(table: "_Table", buffers: list["_Table"]) -> Tensor:
    shape = tuple(table.numbers(0, "i").tolist())
    data = buffers[table.number(2, "I")].numbers(0, "B")
    kind = table.number(1, "b")
    if kind not in _TYPES:
        raise ValueError(f"tensors of type {kind} are not known")
    values = data.view(_TYPES[kind]).reshape(shape) if len(data) else None
    quantization = table.table(4)
    scales = quantization.numbers(2, "f") if quantization is not None else np.zeros(0, np.float32)
    has_scales = len(scales) > 0 and quantization is not None
    return Tensor(
        bytes(table.numbers(3, "B")).decode("utf-8", "replace"),
        shape,
        values,
        scales if has_scales else None,
        quantization.number(6, "i") if has_scales and quantization is not None else 0,
    )


class _Table:
    """A table of a FlatBuffer at a position; the fields are numbered."""

    def __init__(self, content: bytes, position: int) -> None:
        self._content, self._position = content, position
        self._vtable = position - struct.unpack_from("<i", content, position)[0]
        self._size = struct.unpack_from("<H", content, self._vtable)[0]

    def number(self, index: int, kind: str, default: int = 0) -> int:
        """Return a whole number; `kind` as in struct."""
        place = self._place(index)
        return default if place is None else int(self._unpack(kind, place))

    def table(self, index: int) -> "_Table | None":
        """Return the table in a field, if it is there."""
        place = self._place(index)
        return None if place is None else _Table(self._content, _offset(self._content, place))

    def tables(self, index: int) -> list["_Table"]:
        """Return the tables in a field that is a vector of them."""
        place = self._place(index)
        if place is None:
            return []
        start, count = self._span(place)
        if count > _MAX_ITEMS:
            raise ValueError("too many tables")
        return [
            _Table(self._content, _offset(self._content, start + 4 * number))
            for number in range(count)
        ]

    def numbers(self, index: int, kind: str) -> Array:
        """Return the numbers in a field that is a vector of them; empty if it is not there."""
        place = self._place(index)
        if place is None:
            return np.zeros(0, f"<{kind}")
        start, count = self._span(place)
        return np.frombuffer(self._content, f"<{kind}", count, start)

    def _place(self, index: int) -> int | None:
        """Return where a field's value is, None if it is left out."""
        entry = 4 + 2 * index
        if entry >= self._size:
            return None
        offset = int(self._unpack("H", self._vtable + entry))
        return self._position + offset if offset else None

    def _span(self, place: int) -> tuple[int, int]:
        """Return where a vector's items begin, and how many there are."""
        start = _offset(self._content, place)
        return start + 4, int(self._unpack("I", start))

    def _unpack(self, kind: str, place: int) -> int:
        value: int = struct.unpack_from(f"<{kind}", self._content, place)[0]
        return value


def _offset(content: bytes, place: int) -> int:
    """Return where the offset at `place`, an uint32, leads."""
    target: int = place + struct.unpack_from("<I", content, place)[0]
    return target
