"""Where the program stores what it writes, and the environment variables it reads.

- config: the settings.
- data: what the user made (samples, own models), and drawings not saved yet.
- cache: what can be downloaded or made again.
- log: the log file; may be deleted at any time.

`--profile DIR` or INKLING_PROFILE puts all of them into one folder. Nothing is ever written beside
the program's own code.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import StorageError
from app.i18n import _

PROFILE_VARIABLE = "INKLING_PROFILE"
SCALE_VARIABLE = "INKLING_SCALE"


@dataclass(frozen=True)
class Folders:
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
        """The user's labelled drawings."""
        return self.data / "samples"

    @property
    def symbols(self) -> Path:
        """The user's own symbols."""
        return self.data / "symbols"

    @property
    def autosave(self) -> Path:
        """Drawings that were not saved when the program ended."""
        return self.data / "autosave"

    @property
    def stores(self) -> tuple[Path, ...]:
        """The folders that files of this program are written to, but its cache and its log."""
        return self.data, self.samples, self.symbols, self.models, self.autosave

    @property
    def runs(self) -> Path:
        """Retrainings that are going on, a folder each."""
        return self.data / "runs"


def make_private(folder: Path) -> None:
    """Create a folder, if it does not exist, and those above it, for the user alone.

    Raises OSError.
    """
    if folder.is_dir():
        return
    make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def user_folders(profile: Path | None = None) -> Folders:
    """Return the folders in `profile`, in INKLING_PROFILE, or where the system keeps such files.

    Raises StorageError where there is no home folder; so does `settings_path`.
    """
    root = _profile(profile)
    if root is not None:
        return Folders(data=root, cache=root / "cache", log=root / "log")
    import platformdirs

    with _home_errors():
        return Folders(
            data=platformdirs.user_data_path("inkling", appauthor=False),
            cache=platformdirs.user_cache_path("inkling", appauthor=False),
            log=platformdirs.user_log_path("inkling", appauthor=False),
        )


def settings_path(profile: Path | None = None) -> Path:
    """Return the path of the settings file.

    The window waits for it: on Linux platformdirs is not imported for what it would do there, the
    XDG Base Directory Specification.
    """
    root = _profile(profile)
    if root is None and sys.platform in ("win32", "darwin"):
        import platformdirs

        root = platformdirs.user_config_path("inkling", appauthor=False)
    elif root is None:
        config = os.environ.get("XDG_CONFIG_HOME", "").strip() or "~/.config"
        with _home_errors():
            root = Path(config).expanduser() / "inkling"
    return root / "settings.json"


def display_scale_override() -> float | None:
    """Return INKLING_SCALE, such as 2 for 200 %, if it is a number from 0.5 to 4."""
    try:
        scale = float(os.environ.get(SCALE_VARIABLE, ""))
    except ValueError:
        return None
    return scale if 0.5 <= scale <= 4.0 else None


def _profile(profile: Path | None) -> Path | None:
    chosen = profile or os.environ.get(PROFILE_VARIABLE)
    with _home_errors():
        return Path(chosen).expanduser() if chosen else None


@contextmanager
def _home_errors() -> Iterator[None]:
    """Raise StorageError for a user without a home folder, as in a container."""
    try:
        yield
    except RuntimeError as error:
        raise StorageError(
            _("There is no home folder to store anything in; choose a folder with --profile DIR.")
        ) from error
