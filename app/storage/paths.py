"""Owns where the program keeps what it stores. It never writes beside its own code.

- config: the settings.
- data: what the user made and would miss (samples, own models), and drawings not saved yet.
- cache: what can be fetched or made again (downloaded data sets).
- log: what went wrong, for whoever mends it; may be deleted at any time.

`--profile DIR` or INKLING_PROFILE puts everything into one folder instead.
"""

import os
from pathlib import Path
from typing import NamedTuple

from app.storage.environment import PROFILE_VARIABLE


class Folders(NamedTuple):
    """The folders of one user; they need not exist yet."""

    data: Path
    cache: Path
    log: Path

    @property
    def models(self) -> Path:
        """The user's own models, and which is active."""
        return self.data / "models"

    @property
    def samples(self) -> Path:
        """The user's own labelled drawings."""
        return self.data / "samples"

    @property
    def autosave(self) -> Path:
        """Drawings that were not saved when the program ended."""
        return self.data / "autosave"


def user_folders(profile: Path | None = None) -> Folders:
    """Return the folders in `profile`, in INKLING_PROFILE's, or where the system keeps such."""
    chosen = profile or os.environ.get(PROFILE_VARIABLE)
    if chosen:
        root = Path(chosen).expanduser()
        return Folders(data=root, cache=root / "cache", log=root / "log")
    # Costs 10 ms; nobody needs it before the window is up.
    import platformdirs

    return Folders(
        data=platformdirs.user_data_path("inkling", appauthor=False),
        cache=platformdirs.user_cache_path("inkling", appauthor=False),
        log=platformdirs.user_log_path("inkling", appauthor=False),
    )
