"""The settings file: whatever it contains, there are settings, and nothing is lost."""

import errno
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.errors import StorageError
from app.i18n import LANGUAGES, SYSTEM
from app.storage.settings import (
    MOST_RECENT,
    PEN_WIDTHS,
    THEMES,
    TOOLS,
    ZOOMS,
    Place,
    Settings,
)
from app.storage.settings_store import SettingsStore

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
LENGTHS = st.integers(1, 100_000)
SIDES = st.integers(-100_000, 100_000)
NAMES = st.text(st.characters(exclude_characters="\0"), min_size=1)
SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(THEMES),
    desktop_is_dark=st.booleans(),
    zoom=st.floats(*ZOOMS),
    tool=st.sampled_from(TOOLS),
    pen_width=st.floats(*PEN_WIDTHS),
    number=st.booleans(),
    show_raster=st.booleans(),
    show_candidates=st.booleans(),
    ask_unsaved=st.booleans(),
    window=st.none() | st.builds(Place, SIDES, SIDES, LENGTHS, LENGTHS),
    maximised=st.booleans(),
    language=st.sampled_from([SYSTEM, *LANGUAGES]),
    recent=st.lists(NAMES, max_size=MOST_RECENT, unique=True).map(tuple),
)
MANY = hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def stored(path: Path) -> Any:
    return json.loads(path.read_text(encoding="ascii"))


@MANY
@given(SETTINGS)
def test_what_is_written_is_read(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "settings.json"
    SettingsStore(path).write(settings)
    file = SettingsStore(path)
    assert file.read() == settings
    assert file.notice == ""


@MANY
@given(st.dictionaries(st.sampled_from([field.name for field in fields(Settings)]), JSON))
def test_any_values_give_valid_settings(tmp_path: Path, values: dict[str, Any]) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(values), encoding="ascii")
    file = SettingsStore(path)
    read = file.read()
    assert file.notice == ""
    assert read.theme in THEMES and read.tool in TOOLS
    assert ZOOMS[0] <= read.zoom <= ZOOMS[1]
    assert PEN_WIDTHS[0] <= read.pen_width <= PEN_WIDTHS[1]
    assert len(read.recent) <= MOST_RECENT
    file.write(read)
    assert SettingsStore(path).read() == read


@MANY
@given(st.binary())
def test_any_bytes_give_settings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    file = SettingsStore(path)
    file.read()
    assert path.exists() == (file.notice == "")


def test_an_invalid_value_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "zoom": 1e999, "pen_width": 30, "window": [1, 2, 3]}')
    assert SettingsStore(path).read() == Settings(pen_width=30.0)


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "from_another_version": {"a": [1]}}')
    file = SettingsStore(path)
    file.write(replace(file.read(), zoom=1.5))
    assert stored(path)["from_another_version"] == {"a": [1]}
    assert stored(path)["zoom"] == 1.5


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"9" * 9_999])
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    for name in ("settings.damaged.json", "settings.damaged-2.json"):
        path.write_bytes(damage)
        file = SettingsStore(path)
        assert file.read() == Settings()
        assert name in file.notice
        assert (tmp_path / name).read_bytes() == damage
        file.write(Settings(theme="dark"))
        assert SettingsStore(path).read().theme == "dark"


def test_a_newer_versions_file_is_read_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 2, "theme": "dark", "pen_width": "broad"}')
    before = path.read_bytes()
    file = SettingsStore(path)
    assert file.read() == Settings(theme="dark")
    assert "newer" in file.notice
    file.write(Settings())
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark"}')

    def refuse(*_words: Any, **_more: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        file = SettingsStore(path)
        assert file.read() == Settings()
    assert "Permission denied" in file.notice
    file.write(Settings())
    assert stored(path) == {"theme": "dark"}


def test_a_full_disk_is_an_error_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    file = SettingsStore(path)
    file.write(Settings(theme="dark"))

    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StorageError, match="no room left"):
            file.write(Settings(theme="light"))
    assert SettingsStore(path).read().theme == "dark"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be created"):
        SettingsStore(tmp_path / "file" / "settings.json").write(Settings())


def test_ten_thousand_recent_files_become_ten(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    names = [f"/home/anna/{number}.ink" for number in range(10_000)]
    path.write_text(json.dumps({"recent": names}))
    settings = SettingsStore(path).read()
    assert settings.recent == tuple(names[:MOST_RECENT])
    assert settings.with_recent(names[3]).recent[:2] == (names[3], names[0])
    assert len(settings.with_recent("/new.ink").recent) == MOST_RECENT
    assert names[0] not in settings.without_recent(names[0]).recent
