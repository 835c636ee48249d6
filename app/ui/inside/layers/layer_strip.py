"""The layers as pictures, one below the other: how they are laid out, drawn and found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.explanation.layers import RASTER, Layer

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
_CELL = 46
"""The side of a map, at least, in pixels at 100 %, where whole squares allow it."""
_VALUE = 10
"""The side of a value that has no place."""
_LARGEST = 4
"""How often a map is enlarged at most."""
_BRIGHTER = 0.6
"""The exponent of a value's brightness: small values can be seen."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A layer's picture: its maps side by side in rows."""

    layer: int
    pixels: Pixels
    """(height, width, 3)."""
    enlarged: int
    """The side of a value, in pixels."""
    gap: int
    per_row: int
    size: tuple[int, int, int]
    """Rows, columns and channels of the layer."""

    def at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """Return row, column and channel of the value at a pixel; None between maps."""
        rows, columns, channels = self.size
        wide, high = columns * self.enlarged + self.gap, rows * self.enlarged + self.gap
        across, inside_x = divmod(x, wide)
        down, inside_y = divmod(y, high)
        column, row = int(inside_x // self.enlarged), int(inside_y // self.enlarged)
        channel = int(down) * self.per_row + int(across)
        known = 0 <= across < self.per_row and 0 <= row < rows and 0 <= column < columns
        return (row, column, channel) if known and 0 <= channel < channels else None

    def box(self, row: int, column: int, channel: int) -> tuple[int, int, int, int]:
        """Return the pixels of a value: left, top, right and bottom."""
        rows, columns, _channels = self.size
        down, across = divmod(channel, self.per_row)
        left = across * (columns * self.enlarged + self.gap) + column * self.enlarged
        top = down * (rows * self.enlarged + self.gap) + row * self.enlarged
        return left, top, left + self.enlarged, top + self.enlarged


def tiles(layers: Sequence[Layer], width: int, scale: float, ground: Colour) -> Iterator[Tile]:
    """Yield the pictures of layers for a width in pixels; `ground` is the colour between maps."""
    for index, layer in enumerate(layers):
        yield _tile(index, layer, width, scale, ground)


def _tile(index: int, layer: Layer, width: int, scale: float, ground: Colour) -> Tile:
    rows, columns, channels = layer.values.shape
    if layer.kind == RASTER:
        enlarged = max(round(_LARGEST * scale), 1)
    elif rows * columns == 1:
        enlarged = max(round(_VALUE * scale), 1)
    else:
        enlarged = max(round(min(_CELL / columns, _LARGEST) * scale), 1)
    gap = max(round(2 * scale), 1)
    per_row = min(max((width + gap) // (columns * enlarged + gap), 1), channels)
    down = -(-channels // per_row)
    high, wide = rows * enlarged + gap, columns * enlarged + gap
    pixels = np.empty((down * high - gap, per_row * wide - gap, 3), np.uint8)
    pixels[:] = ground
    for channel, picture in enumerate(_coloured(layer.values)):
        large = picture.repeat(enlarged, axis=0).repeat(enlarged, axis=1)
        top, left = channel // per_row * high, channel % per_row * wide
        pixels[top : top + len(large), left : left + large.shape[1]] = large
    return Tile(index, pixels, enlarged, gap, per_row, (rows, columns, channels))


def _coloured(values: NDArray[np.float32]) -> Pixels:
    """Return values (rows, columns, n) as colours (n, rows, columns, 3), all by one measure.

    0 is black; positive ones are brighter greys; negative ones are red.
    """
    shares = np.abs(values) / max(float(np.abs(values).max()), 1e-9)
    light = (shares**_BRIGHTER * 255).transpose(2, 0, 1)[..., None]
    tint = np.where(values.transpose(2, 0, 1)[..., None] < 0, (1.0, 0.4, 0.35), (1.0, 1.0, 1.0))
    coloured: Pixels = np.rint(light * tint).astype(np.uint8)
    return coloured
