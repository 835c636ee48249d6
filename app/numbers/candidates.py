"""Candidate digits: which segments may form one digit together, and their geometric features.

All lengths are in heights of a usual digit, so that size and position do not matter; neither does
the order of the strokes.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.ink.geometry import Rect
from app.numbers.segments import Segment

_WINDOW, _PARTS_WINDOW = 6, 10
"""A segment may be joined with this many that follow it from the left; the second number is that of
parts of the same ink, which a zero among touching digits has many of."""
_MAX_SOURCES = 5
"""The most strokes or components of one digit: digits of more have been merged before."""
_MAX_WIDTH = 1.7
"""The widest digit of more than one segment."""
_MAX_GAP = 0.45
"""Segments farther apart than this are not of one digit."""
_OVERLAP_PADDING = 0.06
"""How much wider ink counts when horizontal overlap is measured."""
_TOUCHING = 0.03
"""Ink this near touches."""
_SEVERED = 0.15
"""Parts of one stroke or component that are this near were cut from each other."""

GEOMETRY = (
    "too small",
    "too tall",
    "too wide",
    "gap",
    "overlap",
    "touching",
    "severed",
    "extra segments",
)
"""The names of Candidate.features. "gap": the largest distance between its segments. "overlap",
"touching", "severed": with how many segments outside the candidate its own overlap, touch, or were
one before they were cut."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Segments that may form one digit."""

    segments: tuple[int, ...]
    """Indices, in ascending order: from left to right."""
    box: Rect
    features: tuple[float, ...]
    """One for each of GEOMETRY, at least 0; 0 where nothing is unusual."""


def find_candidates(segments: Sequence[Segment], height: float) -> list[Candidate]:
    """Return all candidates; each segment alone is one of them.

    `segments` come from left to right; `height` is that of a usual digit, in the segments' unit.
    """
    distances = _Distances(segments, height)
    found = []
    for first in range(len(segments)):
        for chosen, box in _combinations((first,), segments[first].box, segments, height):
            gap = _largest_gap(chosen, distances)
            if gap <= _MAX_GAP:
                found.append(Candidate(chosen, box, _features(chosen, box, distances, gap)))
    return found


def _combinations(
    chosen: tuple[int, ...], box: Rect, segments: Sequence[Segment], height: float
) -> Iterator[tuple[tuple[int, ...], Rect]]:
    """Yield the chosen segments with their box, and all that can be added within the window.

    Parts of one stroke or component are only joined without leaving out one between them.
    """
    yield chosen, box
    sources = {segments[index].sources for index in chosen}
    for index in range(chosen[-1] + 1, min(chosen[0] + 1 + _PARTS_WINDOW, len(segments))):
        is_part = segments[index].sources in sources
        if not is_part and (index > chosen[0] + _WINDOW or len(sources) == _MAX_SOURCES):
            continue
        joint = box.union(segments[index].box)
        if joint.width > _MAX_WIDTH * height:
            continue
        if not (is_part and _skips_a_part(chosen, index, segments)):
            yield from _combinations((*chosen, index), joint, segments, height)


def _skips_a_part(chosen: tuple[int, ...], index: int, segments: Sequence[Segment]) -> bool:
    """Return whether a part of the same ink between those chosen and this one is left out."""
    sources = segments[index].sources
    last = max(other for other in chosen if segments[other].sources == sources)
    return any(segments[other].sources == sources for other in range(last + 1, index))


class _Distances:
    """Distances and overlaps between all pairs of segments, each a matrix (n, n)."""

    def __init__(self, segments: Sequence[Segment], height: float) -> None:
        count = len(segments)
        self.height = height
        distance = np.full((count, count), np.inf)
        """Inf where the boxes are farther apart than _MAX_GAP."""
        self.overlap = np.zeros((count, count))
        self.severed = np.zeros((count, count))
        for a, b in itertools.combinations(range(count), 2):
            gap, overlap = _gap_and_overlap(segments[a].box, segments[b].box, height)
            if gap > _MAX_GAP:
                continue
            away = segments[a].points[:, None] - segments[b].points[None]
            nearest = float(np.sqrt((away * away).sum(axis=2).min())) / height
            distance[a, b] = distance[b, a] = nearest
            self.overlap[a, b] = self.overlap[b, a] = overlap
            is_same_ink = not set(segments[a].sources).isdisjoint(segments[b].sources)
            is_severed = is_same_ink and nearest < _SEVERED
            self.severed[a, b] = self.severed[b, a] = is_severed
        self.rows: list[list[float]] = distance.tolist()
        self.touching = (distance < _TOUCHING).astype(float)


def _gap_and_overlap(a: Rect, b: Rect, height: float) -> tuple[float, float]:
    """Return the gap between two boxes in heights, and the overlap as a share of the narrower."""
    across = max(a.left, b.left) - min(a.right, b.right)
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    gap = max(across, down, 0.0) / height
    padding = _OVERLAP_PADDING * height
    narrower = min(a.width, b.width) + padding
    return gap, min(max(padding - across, 0.0) / narrower, 1.0)


def _largest_gap(chosen: tuple[int, ...], distances: _Distances) -> float:
    """Return the longest edge of the minimum spanning tree of the segments, in heights (Prim)."""
    rest = {index: distances.rows[chosen[0]][index] for index in chosen[1:]}
    longest = 0.0
    while rest:
        nearest = min(rest, key=rest.__getitem__)
        longest = max(longest, rest.pop(nearest))
        for index, distance in rest.items():
            rest[index] = min(distance, distances.rows[nearest][index])
    return longest


def _features(
    chosen: tuple[int, ...], box: Rect, distances: _Distances, gap: float
) -> tuple[float, ...]:
    width, height = box.width / distances.height, box.height / distances.height
    size = max(height, 0.5 * width, 1e-3)
    inside = list(chosen)
    outside = np.ones(len(distances.rows), bool)
    outside[inside] = False
    return (
        max(float(np.log(0.75 / size)), 0.0),
        max(float(np.log(size / 1.3)), 0.0),
        max(width - 0.9, 0.0),
        gap,
        # Halved, because the candidate on the other side counts each pair as well.
        float(distances.overlap[inside][:, outside].sum()) / 2,
        float(distances.touching[inside][:, outside].sum()) / 2,
        float(distances.severed[inside][:, outside].sum()) / 2,
        float(len(chosen) - 1),
    )
