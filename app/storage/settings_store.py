"""The settings file: JSON, in which every value is checked when it is read.

An invalid value is replaced by its default; keys that this version does not know are kept.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from app.errors import storage_errors
from app.i18n import LANGUAGES, SYSTEM, _
from app.storage.atomic_write import PRIVATE, write_atomically
from app.storage.paths import make_private
from app.storage.settings import (
    ALPHABETS,
    MOST_RECENT,
    PEN_WIDTHS,
    THEMES,
    TOOLS,
    ZOOMS,
    Place,
    Settings,
)

VERSION = 1
_MAX_BYTES = 16 * 1024 * 1024
_MAX_PIXELS = 100_000


class SettingsStore:
    """The settings on disk. A file that cannot be read is never overwritten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice = ""
        """What was wrong with the file, as one sentence for the user; "" if nothing was."""
        self._may_write = True
        self._unknown: dict[str, Any] = {}

    def read(self) -> Settings:
        """Return the settings, with defaults for what is missing or invalid."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_MAX_BYTES + 1)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            self._may_write = False
            self.notice = _("Your settings in {path} cannot be read: {problem}.").format(
                path=self.path, problem=error.strerror or error
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
                "Your settings were written by a newer Inkling; changes made here are not saved."
            )
        known = {name: check(value[name]) for name, check in _CHECKS.items() if name in value}
        self._unknown = {key: value[key] for key in value if key not in known}
        return Settings(**{name: it for name, it in known.items() if it is not _INVALID})

    def write(self, settings: Settings) -> None:
        """Write the settings and the unknown keys; raises StorageError.

        Does nothing where the file could not be read or is a newer version's.
        """
        if not self._may_write:
            return
        folder = self.path.parent
        value = {**self._unknown, "version": VERSION, **asdict(settings)}
        message = _("Your settings cannot be saved: {folder} cannot be created ({problem}).")
        with storage_errors(message, folder=folder):
            make_private(folder)
        write_atomically(self.path, json.dumps(value).encode("ascii"), PRIVATE)

    def _set_aside(self) -> None:
        """Rename a file that is no settings file, so that it is neither read again nor lost."""
        aside, number = self.path.with_name("settings.damaged.json"), 1
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"settings.damaged-{number}.json")
        try:
            self.path.rename(aside)
        except OSError:  # in a read-only folder it stays
            self._may_write = False
            aside = self.path
        self.notice = _(
            "Your settings were damaged and have been reset; the old file is kept as {name}."
        ).format(name=aside.name)


_INVALID: Any = object()
_Check = Callable[[object], Any]
"""Returns a JSON value as the setting's type, or _INVALID."""


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Return the JSON object, or None if it is none."""
    if len(data) > _MAX_BYTES:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _one_of(*choices: str) -> _Check:
    return lambda value: value if isinstance(value, str) and value in choices else _INVALID


def _in_range(limits: tuple[float, float]) -> _Check:
    def check(value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return _INVALID
        return float(value) if limits[0] <= value <= limits[1] else _INVALID

    return check


def _boolean(value: object) -> Any:
    return value if isinstance(value, bool) else _INVALID


def _window(value: object) -> Any:
    if not isinstance(value, list) or len(value) != len(Place._fields):
        return _INVALID
    if not all(type(number) is int and abs(number) <= _MAX_PIXELS for number in value):
        return _INVALID
    place = Place(*value)
    return place if place.width >= 1 and place.height >= 1 else _INVALID


def _paths(value: object) -> Any:
    if not isinstance(value, list):
        return _INVALID
    paths = (path for path in value if isinstance(path, str) and path and "\0" not in path)
    return tuple(dict.fromkeys(paths))[:MOST_RECENT]


def _path(value: object) -> Any:
    return value if isinstance(value, str) and "\0" not in value else _INVALID


_CHECKS: dict[str, _Check] = {
    **{field.name: _boolean for field in fields(Settings) if field.type is bool},
    "theme": _one_of(*THEMES),
    "zoom": _in_range(ZOOMS),
    "tool": _one_of(*TOOLS),
    "alphabet": _one_of(*ALPHABETS),
    "pen_width": _in_range(PEN_WIDTHS),
    "window": _window,
    "language": _one_of(SYSTEM, *LANGUAGES),
    "recent": _paths,
    "last_folder": _path,
}
