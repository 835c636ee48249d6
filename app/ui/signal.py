"""A list of callbacks: how a model tells the features that use it of a change."""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Signal(Generic[P]):
    """Calls every connected callback, in the order in which they were connected."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[P, object]] = []

    def connect(self, callback: Callable[P, object]) -> Callable[[], None]:
        """Call `callback` at every `emit` from now on; return a function that disconnects it."""
        self._callbacks.append(callback)

        def disconnect() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return disconnect

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call the callbacks that are connected now; changes during the call count next time."""
        for callback in tuple(self._callbacks):
            callback(*args, **kwargs)
