"""Shape features of ink: a direction map with the order of drawing, and a cloud of points."""

import numpy as np
from numpy.typing import NDArray

from app.symbols.marks import Marks

GRID = 8
"""Cells of the direction map each way."""
ANGLES = 4
"""Its planes: ink along 0°, 45°, 90° and 135°."""
STEPS = 16
"""Marks whose places and directions, in the order of drawing, are features."""
SHAPE_SIZE = GRID * GRID * ANGLES + 4 * STEPS
POINTS = 32
"""In a cloud."""
POINT_SIZE = 7

_BLUR = 0.06
"""The standard deviation of the map's blur, of its side."""
_SPREAD = 4.4
"""The side of the map, in standard deviations of the ink."""
_THIN = 0.35
"""The least standard deviation in the map's other direction, of the larger one."""
_DIRECTION_WEIGHT = 0.7
_ORDER_WEIGHT = 0.1
_ORIENTATION_WEIGHT = 0.1**0.5
_CONTEXT_WEIGHT = 0.4
_DARK = 0.8
"""Of the darkest pixel: points lie on pixels as dark, which are in the middle of lines."""
_RADIUS = 0.3
"""Of a point's surroundings, in standard deviations of the ink."""

_CELLS = (np.arange(GRID) + 0.5) / GRID
_PLANES = np.stack([f(2 * np.pi * np.arange(ANGLES) / ANGLES) for f in (np.cos, np.sin)])


def shape_features(marks: Marks) -> NDArray[np.float32]:
    """Return the direction map and the order of drawing, float32 (SHAPE_SIZE,); NaN: no order.

    The map has the ink's blurred density by place and orientation (Bai & Huo 2005), normalised by
    its standard deviations in x and in y. The order has places and directions (Wobbrock et al.'s
    $1, 2007, without turning), so that it matters who draws which stroke first.
    """
    deviations = np.sqrt(marks.weights @ marks.places**2)
    deviations = np.maximum(deviations, max(float(deviations.max()), 1e-6) * _THIN)
    places = marks.places / (deviations * _SPREAD) + 0.5
    columns, rows = (np.exp(-0.5 * ((places[:, i, None] - _CELLS) / _BLUR) ** 2) for i in (0, 1))
    planes = np.maximum(marks.orientations @ _PLANES, 0)
    planes[(marks.orientations**2).sum(axis=1) < 0.1] = 0.5
    cells = rows[:, :, None] * columns[:, None, :]
    weighted = planes * marks.weights[:, None]
    density = np.sqrt(cells.reshape(len(cells), -1).T @ weighted).ravel()
    density /= np.linalg.norm(density) + 1e-9
    if marks.directions is None:
        order = np.full(4 * STEPS, np.nan)
    else:
        every = len(marks.places) // STEPS
        chosen = slice(every // 2, None, every)
        ways = marks.directions[chosen] * _DIRECTION_WEIGHT
        order = np.hstack([marks.places[chosen], ways]).ravel() * _ORDER_WEIGHT
    return np.concatenate([density, order]).astype(np.float32)


def cloud(marks: Marks) -> NDArray[np.float32]:
    """Return POINTS points of the ink, float32 (POINTS, POINT_SIZE), in no order that matters.

    A point has its place, its orientation, and for its surroundings how far and where from it the
    ink's centre of mass lies there (a small shape context, Belongie et al. 2002).
    """
    chosen = _spread_out(marks) if marks.directions is None else _evenly(marks)
    places = marks.places[chosen]
    offsets = places[None] - places[:, None]
    squares = (offsets**2).sum(axis=2)
    columns = [places, marks.orientations[chosen] * _ORIENTATION_WEIGHT]
    near = np.exp(-squares / (2 * _RADIUS**2))
    ink = near.sum(axis=1, keepdims=True)
    columns.append((near[..., None] * offsets).sum(axis=1) / ink * (_CONTEXT_WEIGHT / _RADIUS))
    columns.append(ink * (_CONTEXT_WEIGHT / POINTS))
    return np.hstack(columns).astype(np.float32)


def _evenly(marks: Marks) -> NDArray[np.intp]:
    """Return indices of POINTS marks along the strokes, equally far apart."""
    every = len(marks.places) // POINTS
    return np.arange(every // 2, every * POINTS, every)


def _spread_out(marks: Marks) -> NDArray[np.intp]:
    """Return indices of POINTS dark marks, each as far as can be from those before it."""
    dark = np.flatnonzero(marks.weights >= _DARK * marks.weights.max())
    places = marks.places[dark]
    chosen = np.zeros(POINTS, np.intp)
    distances = (places**2).sum(axis=1)
    for index in range(POINTS):
        chosen[index] = distances.argmax()
        away = ((places - places[chosen[index]]) ** 2).sum(axis=1)
        distances = away if index == 0 else np.minimum(distances, away)
    return dark[chosen]
