"""Playing a drawing as it was written: a clock, with the waits of a writer who thinks cut short."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

_LONGEST_WAIT_MS = 400.0
"""Between two moments; nobody waits longer for a pen that is in the air."""
SPEEDS = (0.25, 0.5, 1.0, 2.0)


class Playback:
    """Where in a drawing's writing the time machine is."""

    def __init__(self, times: Sequence[float]) -> None:
        """`times` of the moments, in milliseconds, in order; at least one. It starts at the end."""
        waits = (min(max(b - a, 1.0), _LONGEST_WAIT_MS) for a, b in pairwise(times))
        self.times = tuple(accumulate(waits, initial=0.0))
        """When each moment is shown, in milliseconds from the first."""
        self.position = self.length
        """In milliseconds from the first moment."""
        self.speed = 1.0
        self.is_playing = False

    @property
    def length(self) -> float:
        """When the last moment is shown."""
        return self.times[-1]

    @property
    def index(self) -> int:
        """The moment that is shown."""
        return max(bisect_right(self.times, self.position + 1e-6) - 1, 0)

    def play(self) -> None:
        """Play on, or from the start where it is at the end."""
        if self.position >= self.length:
            self.position = 0.0
        self.is_playing = True

    def advance(self, milliseconds: float) -> None:
        """Let so much time pass while it plays; at the end it stops."""
        if self.is_playing:
            self.position = min(self.position + milliseconds * self.speed, self.length)
            self.is_playing = self.position < self.length

    def go_to(self, position: float) -> None:
        """Show another time, and stop there."""
        self.position = min(max(position, 0.0), self.length)
        self.is_playing = False
