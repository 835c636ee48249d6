"""Frames around the digits of a number that do not cross one another."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ink.geometry import Rect


def frames(inks: Sequence[Rect], margin: float, gap: float, chosen: int) -> list[Rect | None]:
    """Return a frame for each box of ink, `margin` outside it, or None where there is no room.

    Neighbours that are close share the room between them, less `gap`. Where the boxes of ink cross,
    as those of a 7 and the point below it may, only one has a frame: the chosen one, else the
    larger one.
    """
    found: list[Rect | None] = [ink.grown(margin) for ink in inks]
    for one, other in permutations(range(len(inks)), 2):
        frame, following = found[one], found[other]
        if frame is None or following is None or not frame.intersects(following):
            continue
        ink, next_ink = inks[one], inks[other]
        if ink.right <= next_ink.left:
            middle = (ink.right + next_ink.left) / 2
            found[one] = replace(frame, right=min(frame.right, middle - gap / 2))
            found[other] = replace(following, left=max(following.left, middle + gap / 2))
        elif ink.bottom <= next_ink.top and not next_ink.right <= ink.left:
            middle = (ink.bottom + next_ink.top) / 2
            found[one] = replace(frame, bottom=min(frame.bottom, middle - gap / 2))
            found[other] = replace(following, top=max(following.top, middle + gap / 2))
        elif ink.intersects(next_ink) and _rank(one, inks, chosen) > _rank(other, inks, chosen):
            found[other] = None
    return found


def _rank(index: int, inks: Sequence[Rect], chosen: int) -> tuple[bool, float, int]:
    return index == chosen, inks[index].width * inks[index].height, -index
