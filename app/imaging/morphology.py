"""Dilation of masks and grey images."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Footprint = NDArray[np.bool_]
"""A structuring element, bool (2r + 1, 2r + 1)."""

SQUARE: Footprint = np.ones((3, 3), bool)
"""A pixel and the eight around it."""

_Value = TypeVar("_Value", bound=np.generic)


def disc(radius: int) -> Footprint:
    """Return a round structuring element; of radius 1 it is a plus sign."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside: Footprint = x * x + y * y <= radius * radius + 0.5
    return inside


def dilate(image: NDArray[_Value], footprint: Footprint) -> NDArray[_Value]:
    """Return the image (h, w) with every pixel replaced by the maximum under the footprint.

    Of a mask, that is where any pixel under the footprint is True. `footprint` is symmetric and
    contains its centre; what lies outside the image does not count.
    """
    result = image.copy()
    if len(footprint) == 1:
        return result
    height, width = image.shape
    radius = len(footprint) // 2
    for dy, dx in (np.argwhere(footprint) - radius).tolist():
        if abs(dy) >= height or abs(dx) >= width:
            continue
        target = result[max(dy, 0) : height + min(dy, 0), max(dx, 0) : width + min(dx, 0)]
        source = image[max(-dy, 0) : height + min(-dy, 0), max(-dx, 0) : width + min(-dx, 0)]
        np.maximum(target, source, out=target)
    return result
