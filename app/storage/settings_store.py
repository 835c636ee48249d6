"""Owns the file of the settings: JSON, checked value by value, as data from outside.

A value that cannot be is replaced by its default; keys that this program does not know are kept.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from app.errors import StorageError
from app.i18n import LANGUAGES, SYSTEM, _
from app.storage.settings import MOST_RECENT, PEN_WIDTHS, THEMES, TOOLS, ZOOMS, Place, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = 1
_MAX_BYTES = 16 * 1024 * 1024
_FAR = 100_000


class SettingsStore:
    """The settings on disk. What cannot be read is never written over."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path
        self.notice = ""
        """One sentence for the user on what was wrong with the file; empty if nothing was."""
        self._may_write = True
        self._unknown: dict[str, Any] = {}

    @property
    def path(self) -> Path:
        """Where the file is."""
        from pathlib import Path  # 4 ms: the start, which reads the file, does without

        return Path(self._path)

    def read(self) -> Settings:
        """Return the settings, each that is missing or impossible replaced by its default."""
        try:
            data = self._bytes()
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            self._may_write = False
            self.notice = _("Your settings in {path} cannot be read: {problem}.").format(
                path=self._path, problem=error.strerror or error
            )
            return Settings()
        value = _parsed(data)
        if value is None:
            self._set_aside()
            return Settings()
        version = value.get("version", VERSION)
        if isinstance(version, int) and version > VERSION:
            self._may_write = False
            self.notice = _(
                "Your settings were written by a newer Inkling; what you change here is not kept."
            )
        known = {name: _checked(name, value[name]) for name in Settings._fields if name in value}
        self._unknown = {key: value[key] for key in value if key not in known}
        return Settings(**{name: right for name, right in known.items() if right is not _WRONG})

    def write(self, settings: Settings) -> None:
        """Write the settings, and the keys that were not known; raises StorageError.

        Does nothing where the file could not be read or is a newer program's.
        """
        if not self._may_write:
            return
        import json  # 2 ms that a start without a file need not wait for

        from app.storage.atomic_write import write_atomically

        folder = self.path.parent
        value = {**self._unknown, "version": VERSION, **settings._asdict()}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                _("Your settings cannot be kept: {folder} cannot be made ({problem}).").format(
                    folder=folder, problem=error.strerror or error
                )
            ) from error
        write_atomically(self.path, json.dumps(value).encode("ascii"))

    def _bytes(self) -> bytes:
        with open(self._path, "rb") as file:  # noqa: PTH123
            return file.read(_MAX_BYTES + 1)

    def _set_aside(self) -> None:
        """Rename a file that is no settings file, so that it is met no more but not lost."""
        aside, number = self.path.with_name("settings.damaged.json"), 1
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"settings.damaged-{number}.json")
        try:
            self.path.rename(aside)
        except OSError:  # in a folder that may not be written it stays
            self._may_write = False
            aside = self.path
        self.notice = _(
            "Your settings were damaged and are as at the first start; the old file is {name}."
        ).format(name=aside.name)


_WRONG: Any = object()


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Return the JSON object, or None if it is none."""
    import json

    if len(data) > _MAX_BYTES:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _checked(name: str, value: object) -> Any:
    """Return a setting's value from JSON as its type, or _WRONG if it cannot be."""
    return _CHECKS[name](value)


def _one_of(*words: str) -> Callable[[object], Any]:
    return lambda value: value if isinstance(value, str) and value in words else _WRONG


def _within(limits: tuple[float, float]) -> Callable[[object], Any]:
    def check(value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return _WRONG
        return float(value) if limits[0] <= value <= limits[1] else _WRONG

    return check


def _flag(value: object) -> Any:
    return value if isinstance(value, bool) else _WRONG


def _place(value: object) -> Any:
    whole = isinstance(value, list) and all(type(number) is int for number in value)
    if not (isinstance(value, list) and whole and len(value) == len(Place._fields)):
        return _WRONG
    place = Place(*value)
    near = abs(place.x) <= _FAR and abs(place.y) <= _FAR
    return place if near and min(place[2:]) >= 1 and max(place[2:]) <= _FAR else _WRONG


def _paths(value: object) -> Any:
    if not isinstance(value, list):
        return _WRONG
    texts = (text for text in value if isinstance(text, str) and text and "\0" not in text)
    return tuple(dict.fromkeys(texts))[:MOST_RECENT]


_CHECKS: dict[str, Callable[[object], Any]] = {
    "theme": _one_of(*THEMES),
    "desktop_is_dark": _flag,
    "zoom": _within(ZOOMS),
    "tool": _one_of(*TOOLS),
    "pen_width": _within(PEN_WIDTHS),
    "number": _flag,
    "show_raster": _flag,
    "show_candidates": _flag,
    "ask_unsaved": _flag,
    "hint_seen": _flag,
    "window": _place,
    "maximised": _flag,
    "language": _one_of(SYSTEM, *LANGUAGES),
    "recent": _paths,
}
