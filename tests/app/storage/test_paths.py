"""Where files are stored: in the system's folders, or all in one profile."""

import os
import sys
from pathlib import Path

import platformdirs
import pytest

from app.errors import StorageError
from app.storage.paths import settings_path, user_folders


def test_a_profile_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKLING_PROFILE", str(tmp_path / "environment"))
    assert user_folders().data == tmp_path / "environment"
    assert user_folders(tmp_path / "option").data == tmp_path / "option"
    assert tmp_path / "option" in user_folders(tmp_path / "option").log.parents


@pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only there it is not platformdirs'"
)
@pytest.mark.parametrize("home", [None, "", "/elsewhere"])
def test_the_path_is_platformdirs(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    monkeypatch.delenv("INKLING_PROFILE", raising=False)
    if home is None:
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", home)
    folder = platformdirs.user_config_path("inkling", appauthor=False)
    assert settings_path() == folder / "settings.json"


@pytest.mark.skipif(sys.platform == "win32", reason="there a home is never looked up")
def test_a_user_without_a_home_is_told_to_choose_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(os.environ):
        if name == "HOME" or name.startswith(("XDG_", "INKLING_PROFILE")):
            monkeypatch.delenv(name)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    for look_up in (user_folders, settings_path):
        with pytest.raises(StorageError, match="--profile"):
            look_up()


def test_a_profile_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_path(tmp_path) == tmp_path / "settings.json"
    monkeypatch.setenv("INKLING_PROFILE", str(tmp_path / "other"))
    assert settings_path() == tmp_path / "other" / "settings.json"
