"""Reads arrays of pictures row by row: .npy, .npz (NumPy) and idx (MNIST's), gzipped or not.

What a head announces is not trusted: no more is read or allocated than is there.
"""

import contextlib
import gzip
import math
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from PIL import Image

from app.batch.items import GROUP, GROUP_BYTES, Item, failure
from app.errors import InkError
from app.file_reader import picture_content
from app.i18n import _
from app.imaging.picture_reader import MAX_PIXELS
from app.ink.drawing import Content
from app.ink.rasterize import RASTER_SIDE, Raster
from app.storage.archive_errors import ARCHIVE_ERRORS

DAMAGED = (OSError, *ARCHIVE_ERRORS)
"""What the readers of gzip, zip and NumPy raise for a damaged file."""
IDX_TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


@dataclass(frozen=True, slots=True)
class _Head:
    """How many rows an array announces, and of what."""

    count: int
    shape: tuple[int, ...]
    """Of one row: (height, width), with or without channels, or (784,)."""
    dtype: np.dtype[Any]


def array_groups(path: Path, kind: str) -> Iterator[list[Item]]:
    """Yield the pictures of a file, `kind` npy, npz or idx; an error where it is damaged or ends.

    Arrays of another shape in an .npz, such as labels, are left out.
    """
    try:
        if kind != "npz":
            with _opened(path) as stream:
                head = _idx_head(stream) if kind == "idx" else _npy_head(stream)
                yield from _row_groups(stream, _checked(head), str(path))
            return
        found = False
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as member, contextlib.suppress(InkError):
                    head = _checked(_npy_head(member))
                    found = True
                    yield from _row_groups(member, head, f"{path}/{name.removesuffix('.npy')}")
        if not found:
            raise InkError(_shape_message())
    except InkError as error:
        yield [failure(str(path), str(error))]
    except DAMAGED:
        yield [failure(str(path), _("The file is damaged or incomplete; copy it again."))]


def count_rows(path: Path, kind: str) -> int | None:
    """Return how many pictures the heads of a file announce; None if it is damaged."""
    try:
        if kind != "npz":
            with _opened(path) as stream:
                return _checked(_idx_head(stream) if kind == "idx" else _npy_head(stream)).count
        total = 0
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as member, contextlib.suppress(InkError):
                    total += _checked(_npy_head(member)).count
    except (InkError, *DAMAGED):
        return None
    return total


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if is_gzip else path.open("rb")  # type: ignore[return-value]


def _npy_head(stream: IO[bytes]) -> _Head:
    version = npy.read_magic(stream)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, is_fortran, dtype = read(stream)
    if is_fortran and len(shape) > 1:
        raise InkError(_("The array is in Fortran order; save numpy.ascontiguousarray of it."))
    return _Head(shape[0] if shape else 0, tuple(shape[1:]), dtype)


def _idx_head(stream: IO[bytes]) -> _Head:
    """Return the head of an idx file: 0, 0, type, dimensions, and their sizes (LeCun et al.)."""
    _zero, code, dimensions = struct.unpack(">HBB", stream.read(4))
    sizes = struct.unpack(f">{dimensions}I", stream.read(4 * dimensions))
    return _Head(sizes[0], sizes[1:], np.dtype(IDX_TYPES[code]))


def _checked(head: _Head) -> _Head:
    """Return the head of an array of pictures; raises InkError for anything else."""
    shape = head.shape
    if len(shape) == 1 and shape[0] != RASTER_SIDE**2:
        head = _Head(1, (head.count, *shape), head.dtype)  # a picture alone
        shape = head.shape
    is_picture = len(shape) in (1, 2, 3) and 0 < math.prod(shape) <= MAX_PIXELS
    if not is_picture or head.dtype.kind not in "buif":
        raise InkError(_shape_message())
    return head


def _row_groups(stream: IO[bytes], head: _Head, name: str) -> Iterator[list[Item]]:
    """Yield the rows that are there; an error in place of the first one that is not."""
    size = math.prod(head.shape) * head.dtype.itemsize
    most = max(min(GROUP, GROUP_BYTES // size), 1)
    done = 0
    while done < head.count:
        rows = _read_rows(stream, size, min(most, head.count - done))
        block = _Rows(np.frombuffer(b"".join(rows), head.dtype).reshape(len(rows), *head.shape))
        items = [
            Item(f"{name}[{done + row}]", partial(block.picture, row)) for row in range(len(rows))
        ]
        done += len(rows)
        if len(rows) < most and done < head.count:
            wrong = _("The file ends after {found} of {announced} pictures; copy it again.")
            sentence = wrong.format(found=f"{done:,}", announced=f"{head.count:,}")
            yield [*items, failure(f"{name}[{done}]", sentence)]
            return
        yield items


def _read_rows(stream: IO[bytes], size: int, most: int) -> list[bytes]:
    """Return up to `most` rows of `size` bytes; fewer where the stream ends or is damaged."""
    rows: list[bytes] = []
    with contextlib.suppress(*DAMAGED):
        while len(rows) < most and len(row := stream.read(size)) == size:
            rows.append(row)
    return rows


class _Rows:
    """Rows of an array, decoded at once by the process that reads the first of them."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._rows = rows

    def __reduce__(self) -> tuple[Any, ...]:
        return _Rows, (self._rows,)

    @cached_property
    def _values(self) -> NDArray[np.float32]:
        """(n, height, width), or with channels, divided by 255 where they go that far."""
        count, *shape = self._rows.shape
        if len(shape) == 1:
            shape = [RASTER_SIDE, RASTER_SIDE]
        sides = [side for side in shape if side > 1]
        shape = sides if len(sides) > 1 else shape[:2]
        with np.errstate(over="ignore"):  # of a row that is out of range
            values = self._rows.astype(np.float32).reshape(count, *shape)
        divisors = np.where(self._range[1] > 1, np.float32(255), np.float32(1))
        values /= divisors.reshape(-1, *[1] * len(shape))
        return values

    @cached_property
    def _range(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The least and the greatest value of each row, NaN if one is; both (n,)."""
        flat = self._rows.reshape(len(self._rows), -1)
        return flat.min(axis=1), flat.max(axis=1)

    @cached_property
    def _are_rasters(self) -> NDArray[np.bool_]:
        """Whether each row is bright ink on 28 × 28 dark pixels."""
        values = self._values
        if values.shape[1:] != (RASTER_SIDE, RASTER_SIDE):
            return np.zeros(len(values), np.bool_)
        edges = values[:, [0, -1]].reshape(len(values), -1)
        return np.asarray(edges.mean(axis=1) < 0.5)

    def picture(self, index: int) -> Content | Raster:
        """Return a row as a raster if it is one already, else as a picture.

        Raises InkError for values that are not finite or out of range.
        """
        low, top = self._range[0][index], self._range[1][index]
        if not (low >= 0 and top <= 255):  # NaN is not
            raise InkError(_("The values of a picture must lie from 0 to 1 or from 0 to 255."))
        if top == 0:
            raise InkError(_("The drawing has no ink."))
        values: Raster = self._values[index]
        if self._are_rasters[index]:
            return values
        if values.ndim == 3 and values.shape[2] not in (2, 3, 4):
            raise InkError(_shape_message())
        return picture_content(Image.fromarray((values * 255).round().astype(np.uint8)))


def _shape_message() -> str:
    return _("There is no array of pictures: its shape must be (n, height, width) or (n, 784).")
