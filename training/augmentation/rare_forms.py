"""Rare forms of digits, made from common ones: marked 0, flagged 1, crossed 7, hooked 9, …

Few people write them and few data sets hold them. Polylines are in units of the digit's longest
side; a digit that a form cannot be made from is returned as it is.
"""

from collections.abc import Callable

import numpy as np

from training.augmentation.polylines import Polyline, arc_lengths, bounding_box, resampled

Form = Callable[[list[Polyline], np.random.Generator], list[Polyline]]


def rare_form(lines: list[Polyline], label: int, rng: np.random.Generator) -> list[Polyline]:
    """Return the digit `label` in its rare form, or as it is if there is none for it."""
    form = _FORMS.get(label)
    return form(lines, rng) if form else lines


def _marked_zero(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 0 with a slash, a bar or a dot in it, as programmers and surveyors write it.

    A bar across may be twice as long as the 0 is wide.
    """
    corner, extent = bounding_box(lines)
    begin, end = rng.uniform(-0.1, 0.15), 1 - rng.uniform(-0.1, 0.15)
    middle, tilt = rng.uniform(0.4, 0.6), rng.normal(0, 0.06)
    kind = rng.random()
    if kind < 0.45:
        mark = [[end, begin], [begin, end]]
    elif kind < 0.55:
        mark = [[begin, begin], [end, end]]
    elif kind < 0.65:
        mark = [[middle + tilt, begin], [middle - tilt, end]]
    elif kind < 0.9:
        begin, end = rng.uniform(-0.6, 0.1), 1 - rng.uniform(-0.6, 0.1)
        mark = [[begin, middle + tilt], [end, middle - tilt]]
    else:
        mark = [[middle, 0.5 + tilt], [middle + 0.02, 0.52 + tilt]]
    return [*lines, corner + np.array(mark) * extent]


def _rare_one(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 1 on a bar, or with a flag that is nearly as long as its stem, like Λ, or both."""
    kind = rng.random()
    if kind < 0.3:
        return _footed_one(lines, rng)
    return _footed_one(_flagged_one(lines, rng), rng) if kind < 0.45 else _flagged_one(lines, rng)


def _flagged_one(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 1 whose flag is a third of its stem or nearly as long."""
    points = np.concatenate(lines)
    top, bottom = points[points[:, 1].argmin()], points[points[:, 1].argmax()]
    height = bottom[1] - top[1]
    flag = top + np.array([-rng.uniform(0.25, 0.7), rng.uniform(0.3, 0.95)]) * height
    return [np.stack([flag, top, bottom])]


def _footed_one(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 1 on a horizontal bar, as it is printed."""
    points = np.concatenate(lines)
    lowest = points[points[:, 1].argmax()]
    reach = np.array([rng.uniform(0.15, 0.3), rng.normal(0, 0.02)])
    return [*lines, np.stack([lowest - reach, lowest + reach])]


def _single_stroke_four(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 4 of one stroke, like ϟ: its stem starts where the bar ends."""
    if len(lines) != 2:
        return lines
    elbow, stem = (line if line[0, 1] <= line[-1, 1] else line[::-1] for line in lines)
    end = elbow[-1]
    below = stem[stem[:, 1] > end[1] + 0.05]
    if not len(below) or end[0] < float(np.median(elbow[:, 0])):
        return lines
    return [np.concatenate([elbow, end[None] + rng.normal(0, 0.02, 2), below])]


def _crossed_seven(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 7 with a bar through its stem."""
    corner, extent = bounding_box(lines)
    points = np.concatenate([resampled(line, 24) for line in lines])
    height = float(corner[1] + rng.uniform(0.45, 0.6) * extent[1])
    stem = points[np.abs(points[:, 1] - height).argmin()]
    reach = np.array([rng.uniform(0.12, 0.25), rng.normal(0, 0.03)])
    return [*lines, np.stack([stem - reach, stem + reach])]


def _hooked_nine(lines: list[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Return a 9 whose tail turns to the left and upwards, like a g."""
    *others, last = lines
    if arc_lengths(last)[-1] < 0.3 or last[-1, 1] < np.concatenate(lines)[:, 1].max() - 0.15:
        return lines
    radius = rng.uniform(0.08, 0.22)
    angles = np.linspace(0, rng.uniform(0.6, 1.1) * np.pi, 12)[1:]
    arc = last[-1] + radius * np.column_stack([np.cos(angles) - 1, np.sin(angles)])
    return [*others, np.concatenate([last, arc])]


_FORMS: dict[int, Form] = {
    0: _marked_zero,
    1: _rare_one,
    4: _single_stroke_four,
    7: _crossed_seven,
    9: _hooked_nine,
}
