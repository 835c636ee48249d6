"""Doodles that are no digit: faces, suns, clouds, spirals, … as polylines of random proportions."""

from collections.abc import Callable

import numpy as np

from training.augmentation.polylines import Polyline

Doodle = Callable[[np.random.Generator], list[Polyline]]


def doodle(rng: np.random.Generator) -> list[Polyline]:
    """Return a random doodle, about 2 units wide around (0, 0)."""
    return _DOODLES[int(rng.integers(len(_DOODLES)))](rng)


def _arc(
    x: float, y: float, rx: float, ry: float, begin: float = 0.0, end: float = 1.0
) -> Polyline:
    """Return a part of an ellipse around (x, y); `begin` and `end` in turns, 0: to the right."""
    angles = 2 * np.pi * np.linspace(begin, end, 4 + round(20 * abs(end - begin)))
    return np.column_stack([x + rx * np.cos(angles), y + ry * np.sin(angles)])


def _ring(
    rng: np.random.Generator, x: float = 0.0, y: float = 0.0, radius: float = 1.0
) -> Polyline:
    """Return a closed ring that begins anywhere and ends near its beginning."""
    begin = rng.uniform(0, 1)
    return _arc(x, y, radius, radius * rng.uniform(0.8, 1.2), begin, begin + rng.uniform(0.95, 1.1))


def _line(*points: tuple[float, float]) -> Polyline:
    return np.array(points, np.float64)


def _outline(turns: float, radius: Callable[[Polyline], Polyline], width: float = 1.0) -> Polyline:
    """Return a curve around (0, 0) whose radius is a function of the angle in radians."""
    angles = 2 * np.pi * np.linspace(0, turns, 60)
    radii = radius(angles)
    return np.column_stack([width * radii * np.cos(angles), radii * np.sin(angles)])


def _face(rng: np.random.Generator) -> list[Polyline]:
    y, size = rng.uniform(-0.4, -0.2), rng.uniform(0.03, 0.15)
    eyes = [_arc(x, y, size, size) for x in (-0.35, 0.35)]
    bend = rng.choice([-1, 1]) * rng.uniform(0.1, 0.3)
    return [_ring(rng), *eyes, _arc(0, 0.35, 0.45, bend, 0.02, 0.48)]


def _sun(rng: np.random.Generator) -> list[Polyline]:
    angles = 2 * np.pi * np.arange(count := int(rng.integers(5, 11))) / count
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    inner, outer = rng.uniform(0.5, 0.65), rng.uniform(0.85, 1.2)
    return [_ring(rng, radius=0.45), *(np.stack([ray * inner, ray * outer]) for ray in rays)]


def _flower(rng: np.random.Generator) -> list[Polyline]:
    petals, depth = int(rng.integers(4, 8)), rng.uniform(0.35, 0.7)
    edge = _outline(1, lambda angle: 1 - depth + depth * np.abs(np.cos(petals * angle / 2)))
    stalk = [_line((0, 1), (rng.uniform(-0.2, 0.2), 2.2))] if rng.random() < 0.5 else []
    return [edge, *([_ring(rng, radius=0.25)] if rng.random() < 0.6 else []), *stalk]


def _cloud(rng: np.random.Generator) -> list[Polyline]:
    bumps, depth = int(rng.integers(5, 10)), rng.uniform(0.2, 0.35)
    return [_outline(1, lambda t: 1 + depth * np.abs(np.sin(bumps * t / 2)), rng.uniform(1.4, 2))]


def _spiral(rng: np.random.Generator) -> list[Polyline]:
    turns, first = rng.uniform(2.2, 4), rng.uniform(0, 2 * np.pi)
    line = _outline(turns, lambda angle: 0.05 + angle / (2 * np.pi * turns))
    cos, sin = np.cos(first), np.sin(first)
    return [(line @ np.array([[cos, -sin], [sin, cos]])) * (1, rng.choice([-1, 1]))]


def _lying_eight(rng: np.random.Generator) -> list[Polyline]:
    angles = 2 * np.pi * np.linspace(0, 1, 40) + rng.uniform(0, 2 * np.pi)
    return [np.column_stack([np.sin(angles), rng.uniform(0.5, 0.9) * np.sin(2 * angles) / 2])]


def _fish(rng: np.random.Generator) -> list[Polyline]:
    tail, height = rng.uniform(0.3, 0.6), rng.uniform(0.35, 0.6)
    upper = _line((1.5, -tail), *map(tuple, _arc(0, 0.35, 1.1, 0.35 + height, 0, -0.5)))
    return [upper, upper * (1, -1), _arc(-0.6, -0.05, 0.05, 0.05)]


def _moon(rng: np.random.Generator) -> list[Polyline]:
    side, hollow = rng.choice([-1, 1]), rng.uniform(0.3, 0.7)
    outer, inner = _arc(0, 0, 1, 1, 0.25, 0.75), _arc(0, 0, hollow, 1, 0.75, 0.25)
    return [np.concatenate([outer, inner]) * (side, 1)]


def _tree(rng: np.random.Generator) -> list[Polyline]:
    width = rng.uniform(0.1, 0.25)
    trunk = [_line((x, 0.8), (x, 1.8)) for x in (-width, width)]
    return [_line((0, -1), (1, 0.8), (-1, 0.8), (0, -1)), *trunk]


def _person(rng: np.random.Generator) -> list[Polyline]:
    arms, legs = rng.uniform(-0.3, 0.5), rng.uniform(0.25, 0.6)
    body = [_line((0, -0.5), (0, 0.5)), _line((-0.6, arms - 0.2), (0, -0.2), (0.6, arms - 0.2))]
    return [_ring(rng, 0, -0.85, 0.35), *body, _line((-legs, 1.3), (0, 0.5), (legs, 1.3))]


def _cup(rng: np.random.Generator) -> list[Polyline]:
    foot = rng.uniform(0.4, 0.9)
    handle = _arc(0.85, 0, rng.uniform(0.35, 0.6), 0.5, -0.25, 0.25)
    return [_line((-1, -1), (-foot, 1), (foot, 1), (1, -1), (-1, -1)), handle]


def _cube(rng: np.random.Generator) -> list[Polyline]:
    shift = np.array([rng.uniform(0.3, 0.7), -rng.uniform(0.3, 0.7)])
    front = _line((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [front, front + shift, *(np.stack([corner, corner + shift]) for corner in front[:4])]


def _bow(rng: np.random.Generator) -> list[Polyline]:
    height = rng.uniform(0.4, 0.9)
    return [_line((-1, -height), (1, height), (1, -height), (-1, height), (-1, -height))]


def _wheel(rng: np.random.Generator) -> list[Polyline]:
    spokes = int(rng.integers(3, 6))  # with fewer it is a crossed zero
    angles = np.pi * np.arange(spokes) / spokes + rng.uniform(0, np.pi)
    rays = np.column_stack([np.cos(angles), np.sin(angles)]) * rng.uniform(0.9, 1.05)
    return [_ring(rng), *(np.stack([ray, -ray]) for ray in rays)]


def _rings(rng: np.random.Generator) -> list[Polyline]:
    return [_ring(rng, radius=radius) for radius in (1.0, rng.uniform(0.4, 0.7), 0.2)]


def _coil(rng: np.random.Generator) -> list[Polyline]:
    """Return loops side by side, like eeee."""
    angles = 2 * np.pi * np.linspace(0, int(rng.integers(3, 6)) + 0.5, 80)
    step = rng.uniform(0.08, 0.16)
    return [np.column_stack([step * angles + np.sin(angles) * 0.5, np.cos(angles) * 0.9])]


def _wave(rng: np.random.Generator) -> list[Polyline]:
    xs = np.linspace(-1, 1, 60)
    return [np.column_stack([xs, rng.uniform(0.15, 0.5) * np.sin(xs * rng.uniform(8, 16))])]


def _envelope(rng: np.random.Generator) -> list[Polyline]:
    frame = _line((-1, -0.6), (1, -0.6), (1, 0.6), (-1, 0.6), (-1, -0.6))
    return [frame, _line((-1, -0.6), (0, rng.uniform(-0.1, 0.3)), (1, -0.6))]


_DOODLES: tuple[Doodle, ...] = (
    *(_face, _sun, _flower, _cloud, _spiral, _lying_eight, _fish, _moon, _tree, _person),
    *(_cup, _cube, _bow, _wheel, _rings, _coil, _wave, _envelope),
)
