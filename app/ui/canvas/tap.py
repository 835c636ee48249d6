"""A press that may be a tap: its events are held back until the pointer has moved too far."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable

    Event = tk.Event[Any]


class Tap:
    """Tells a tap, during which a hand moves a few pixels, from the beginning of a stroke."""

    def __init__(self, reach: float) -> None:
        """`reach`: how far the pointer may move during a tap, in pixels."""
        self._reach = reach
        self._events: list[Event] = []
        self._action: Callable[[], None] | None = None

    def press(self, event: Event, action: Callable[[], None] | None) -> bool:
        """Take a press; return whether it may be a tap, which does `action`; None: it is none."""
        self._action = action
        self._events = [event] if action is not None else []
        return action is not None

    def move(self, event: Event) -> list[Event]:
        """Return the events to draw now: all that were held back once this one is too far away."""
        if self._action is None:
            return [event]
        self._events.append(event)
        first = self._events[0]
        if math.hypot(event.x - first.x, event.y - first.y) <= self._reach:
            return []
        self._action = None
        held, self._events = self._events, []
        return held

    def release(self) -> bool:
        """Do the action if this was a tap; return whether it was."""
        action, self._action = self._action, None
        self._events = []
        if action is not None:
            action()
        return action is not None
