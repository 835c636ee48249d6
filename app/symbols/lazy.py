"""The symbols of a profile, loaded when they are used first; without numpy until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.storage.paths import Folders
    from app.symbols.own import OwnSymbols


class LazySymbols:
    """For one thread."""

    def __init__(self, folders: Callable[[], Folders]) -> None:
        self._folders = folders
        self._loaded: OwnSymbols | None = None

    def __call__(self) -> OwnSymbols:
        """Return the symbols; raises ModelError, StorageError."""
        from app.symbols.own import load_own_symbols

        if self._loaded is None:
            self._loaded = load_own_symbols(self._folders())
        return self._loaded
