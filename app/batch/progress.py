"""A line on a terminal: how many inputs are answered, how fast, and the time left."""

import sys
import time

from app.i18n import _

_EVERY_S = 0.5


class Progress:
    """Writes one line on standard error, again and again, if that is a terminal."""

    def __init__(self, total: int | None, done: int = 0) -> None:
        """`total`: the number of inputs, if it is known; `done` of them were answered before."""
        self._total, self._before, self._done = total, done, done
        self._started = self._shown = time.monotonic()

    def add(self, count: int) -> None:
        """Count answers, and show the line twice a second."""
        self._done += count
        now = time.monotonic()
        if now - self._shown >= _EVERY_S:
            self._shown = now
            sys.stderr.write(f"\r{self.text(now - self._started)}\x1b[K")
            sys.stderr.flush()

    def finish(self) -> None:
        """Show the line for the last time."""
        sys.stderr.write(f"\r{self.text(time.monotonic() - self._started)}\x1b[K\n")

    def text(self, seconds: float) -> str:
        """Return the line after so many seconds."""
        rate = (self._done - self._before) / max(seconds, 1e-3)
        shown = {"done": f"{self._done:,}", "rate": f"{rate:,.0f}"}
        if self._total is None:
            return _("{done} answered, {rate} a second").format(**shown)
        left = max(self._total - self._done, 0) / max(rate, 1e-3)
        minutes, rest = divmod(round(min(left, 3.6e6)), 60)
        return _("{done} of {total} answered, {rate} a second, {left} left").format(
            **shown, total=f"{self._total:,}", left=f"{minutes}:{rest:02}"
        )
