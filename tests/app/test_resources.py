"""What a built program gives to the programs of the system that it starts."""

import sys

import pytest

from app.resources import system_environment


def test_programs_of_the_system_do_not_get_a_built_programs_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/here/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    environment = system_environment()
    assert environment["LD_LIBRARY_PATH"] == "/mine"
    assert "LD_LIBRARY_PATH_ORIG" not in environment
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    assert "LD_LIBRARY_PATH" not in system_environment()
