"""The windows that are open: each kind at most once."""

from collections.abc import Callable
from typing import TypeVar

from app.ui.dialogs.base import Dialog

D = TypeVar("D", bound="Dialog")


class WindowRegistry:
    """Opens windows by name, or brings those that are open to the front."""

    def __init__(self) -> None:
        self._windows: dict[str, Dialog] = {}

    def show(self, name: str, make: Callable[[], Dialog]) -> Dialog:
        """Return the window of this name: brought to the front, or made by `make`."""
        window = self.get(name)
        if window is not None:
            window.to_front()
            return window
        window = self._windows[name] = make()
        return window

    def get(self, name: str) -> Dialog | None:
        """Return the window of this name if it is open."""
        window = self._windows.get(name)
        return window if window is not None and window.exists else None
