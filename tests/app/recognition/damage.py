"""Models that load and whose cards have the right SHA-256, but that are damaged inside."""

import hashlib
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from app.stdio import silence_native_stderr

Damage = Callable[[Path], None]
"""Damages a model (.tflite) that has its card beside it."""


def change_card(model: Path, **changes: Any) -> None:
    """Change fields of a model's card."""
    path = model.with_suffix(".json")
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def change_model(model: Path, content: bytes) -> None:
    """Write a model, and its SHA-256 in the card."""
    model.write_bytes(content)
    change_card(model, sha256=hashlib.sha256(content).hexdigest())


def with_nan(model: Path) -> None:
    """Make the biases of the logits NaN."""
    bias = _constant(model, (10,), np.float32)
    nan = np.full(10, np.nan, np.float32).tobytes()
    change_model(model, model.read_bytes().replace(bias, nan))


def failing(model: Path) -> None:
    """Take the weights of a layer away: the model loads, and raises at its first answer."""
    content = bytearray(model.read_bytes())
    weights = _constant(model, (128, 3, 3, 96), np.int8)
    # A Buffer (flatbuffers): offset back to its vtable, offset of the data, size, data. A vtable
    # of 4 bytes for a table of 4 bytes has no fields.
    start = content.index(struct.pack("<II", 4, len(weights)) + weights) - 4
    struct.pack_into("<i", content, start, start - content.index(struct.pack("<HH", 4, 4)))
    change_model(model, bytes(content))


def with_broken_tensor_name(model: Path) -> None:
    """Give the outputs names that are not UTF-8."""
    content = model.read_bytes()
    assert b"StatefulPartitionedCall" in content
    change_model(model, content.replace(b"StatefulPartitionedCall", b"Stat\xe9fulPartitionedCall"))


def _constant(model: Path, shape: tuple[int, ...], kind: type) -> bytes:
    """Return the bytes of a constant of a shape."""
    with silence_native_stderr():
        interpreter = Interpreter(str(model), num_threads=1)
        interpreter.allocate_tensors()
    content = model.read_bytes()
    for tensor in interpreter.get_tensor_details():
        if tuple(tensor["shape"]) == shape and tensor["dtype"] is kind:
            value: bytes = interpreter.get_tensor(tensor["index"]).tobytes()
            if value in content:
                return value
    raise AssertionError(f"no constant of shape {shape}")
