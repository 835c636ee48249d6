"""The edition: of the source, and of a built program."""

import sys
from pathlib import Path

import pytest

from app.edition import SOURCE, about, edition


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program that PyInstaller built, as far as the code can tell."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr("app.edition.bundled", lambda name: tmp_path / name)
    (tmp_path / "edition.json").write_text('{"edition": "lite", "version": "9.9"}')
    return tmp_path


def test_the_source_is_an_edition() -> None:
    assert edition().name == SOURCE
    assert "source edition; model Inkling" in about()


@pytest.mark.usefixtures("built")
def test_a_built_program_knows_its_edition() -> None:
    assert (edition().name, edition().version) == ("lite", "9.9")
    assert about().startswith("inkling 9.9, lite edition; model ")
