"""`inkling --self-test`: every part is reported, whatever fails."""

import json
from typing import Any

import pytest

from app.__main__ import main
from app.cli import self_test
from app.errors import InklingError


def test_its_own_test_reports_every_part(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> dict[str, Any]:
        raise InklingError("It is broken.")

    def absent() -> dict[str, Any]:
        raise self_test.SkippedError("There is none.")

    monkeypatch.setattr(self_test, "_check_store", lambda _folder: broken())
    monkeypatch.setattr(self_test, "_check_window", lambda _profile: absent())
    monkeypatch.setattr(self_test, "_check_training", lambda _kind: {"batches": 2})
    assert main(["--self-test"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    checks = {check["name"]: check for check in report["checks"]}
    assert [name for name, check in checks.items() if check["ok"] is True] == [
        "model",
        "raster",
        "recogniser",
        "training",
    ]
    assert checks["store"]["error"] == "It is broken."
    assert checks["window"]["ok"] is None
    assert checks["window"]["skipped"] == "There is none."
