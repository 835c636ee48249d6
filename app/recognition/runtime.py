"""What runs a network: LiteRT on one thread, or numpy where LiteRT has no wheel."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.ink.rasterize import RASTER_SIDE
from app.recognition.numpy_network import NumpyNetwork
from app.stdio import silence_native_stderr

try:
    from ai_edge_litert.interpreter import Interpreter
except ImportError:  # Macs with Intel processors, Windows on ARM
    Interpreter = None

Floats = NDArray[np.float32]
_BATCH = 8
"""Rasters that are recognised at once: more take no less time, and more memory."""
_RASTER = (RASTER_SIDE, RASTER_SIDE)


class Runtime(Protocol):
    """A loaded network. Not for two threads at once."""

    def run(self, rasters: Floats) -> list[Floats]:
        """Return the outputs for rasters (n, 28, 28), each with n rows, in the order asked for."""


def load_runtime(content: bytes, sizes: tuple[int, ...]) -> Runtime:
    """Return what runs the network in a .tflite file's content.

    Its outputs are found by their sizes, all different. Raises ValueError if it has others, or
    takes no raster, and ValueError, RuntimeError or MemoryError if it is damaged.
    """
    if Interpreter is None:
        return _Numpy(content, sizes)
    return _LiteRT(content, sizes)


def runtime_name() -> str:
    """Return the name of what answers on this machine, for people."""
    return "numpy" if Interpreter is None else "LiteRT"


class _LiteRT:
    """An interpreter for one raster, and one for _BATCH of them where there are so many."""

    def __init__(self, content: bytes, sizes: tuple[int, ...]) -> None:
        self._content = content
        self._batch: Any = None
        self._has_batch = True
        with silence_native_stderr():  # LiteRT logs its start there
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
        self._input, self._outputs = _tensor_indices(self._interpreter, sizes)

    def run(self, rasters: Floats) -> list[Floats]:
        batch = self._batch_interpreter(rasters[0]) if len(rasters) >= _BATCH else None
        parts, first = [], 0
        while first < len(rasters):
            is_batch = batch is not None and len(rasters) - first >= _BATCH
            size = _BATCH if is_batch else 1
            interpreter = batch if is_batch else self._interpreter
            parts.append(self._invoke(interpreter, rasters[first : first + size]))
            first += size
        return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]

    def _invoke(self, interpreter: Any, rasters: Floats) -> list[Floats]:
        """Return the outputs for as many rasters as the interpreter's input has."""
        values = np.ascontiguousarray(rasters[..., None], np.float32)
        interpreter.set_tensor(self._input, values)
        interpreter.invoke()
        return [interpreter.get_tensor(index) for index in self._outputs]

    def _batch_interpreter(self, raster: Floats) -> Any:
        """Return an interpreter whose input has _BATCH rasters; None if the model has fixed shapes.

        It is made at the first call, and tried on `raster`: drawings in the window come one by one.
        """
        if self._batch is None and self._has_batch:
            try:
                with silence_native_stderr():
                    batch = Interpreter(model_content=self._content, num_threads=1)
                    batch.resize_tensor_input(self._input, [_BATCH, *_RASTER, 1])
                    batch.allocate_tensors()
                    outputs = self._invoke(batch, np.broadcast_to(raster, (_BATCH, *_RASTER)))
                alone = self._invoke(self._interpreter, raster[None])
                self._has_batch = all(
                    len(many) == _BATCH and np.allclose(many, one, atol=1e-5)
                    for many, one in zip(outputs, alone, strict=True)
                )
                self._batch = batch if self._has_batch else None
            except (RuntimeError, ValueError):
                self._has_batch = False
        return self._batch


class _Numpy:
    """The same network, operator by operator."""

    def __init__(self, content: bytes, sizes: tuple[int, ...]) -> None:
        self._network = NumpyNetwork(content)
        graph = self._network.graph
        by_shape = {graph.tensors[index].shape: index for index in graph.outputs}
        self._outputs = _chosen(graph.tensors[graph.input].shape, by_shape, graph.outputs, sizes)

    def run(self, rasters: Floats) -> list[Floats]:
        parts = [
            self._network.values(rasters[first : first + _BATCH])
            for first in range(0, len(rasters), _BATCH)
        ]
        return [np.concatenate([part[index] for part in parts]) for index in self._outputs]


def _tensor_indices(interpreter: Any, sizes: tuple[int, ...]) -> tuple[int, list[int]]:
    """Return the tensor indices of the input and of the outputs, float32 both.

    Raises ValueError if the model has other tensors.
    """
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    by_shape = {
        tuple(output["shape"].tolist()): int(output["index"])
        for output in outputs
        if output["dtype"] is np.float32
    }
    if len(inputs) != 1 or inputs[0]["dtype"] is not np.float32:
        raise ValueError("another input")
    shape = tuple(inputs[0]["shape"].tolist())
    return inputs[0]["index"], _chosen(shape, by_shape, outputs, sizes)


def _chosen(
    shape: tuple[int, ...],
    by_shape: dict[tuple[int, ...], int],
    outputs: Any,
    sizes: tuple[int, ...],
) -> list[int]:
    """Return the indices of the outputs (1, size); raises ValueError if any is missing or more."""
    found = [by_shape[1, size] for size in sizes if (1, size) in by_shape]
    if shape != (1, *_RASTER, 1) or not len(outputs) == len(found) == len(sizes):
        raise ValueError("other tensors")
    return found
