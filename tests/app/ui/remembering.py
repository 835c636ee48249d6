"""What the tests of the real window read and write of what is remembered."""

from collections.abc import Callable
from pathlib import Path

from app.storage.settings import Settings
from app.storage.settings_store import SettingsStore
from tests.app.ui.conftest import Driver

Open = Callable[..., Driver]


def remember(profile: Path, settings: Settings) -> None:
    SettingsStore(profile / "settings.json").write(settings)


def remembered(profile: Path) -> Settings:
    return SettingsStore(profile / "settings.json").read()
