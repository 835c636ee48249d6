"""`inkling models`: what it lists and changes."""

import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.resources import shipped_model


def test_models_lists_the_shipped_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    (card,) = json.loads(capsys.readouterr().out)
    assert card["raster_version"] == 2


def test_a_model_is_imported_used_renamed_exported_and_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile, exported = ["--profile", str(tmp_path)], tmp_path / "mine.zip"
    for words, answer in (
        (["import", str(shipped_model()), "mine"], "Imported as mine."),
        (["use", "mine"], "mine is the active model."),
        (["rename", "mine", "ours"], "mine is now called ours."),
        (["export", "ours", str(exported)], f"Exported ours to {exported}."),
        (["delete", "ours"], "Deleted ours."),
        (["import", str(exported)], "Imported as mine."),
    ):
        assert main(["models", *words, *profile]) == 0
        assert capsys.readouterr().out == f"{answer}\n"
    assert main([*profile, "models"]) == 0
    shipped, mine = capsys.readouterr().out.splitlines()
    assert shipped.startswith("* shipped ") and mine.startswith("  mine ")


@pytest.mark.parametrize("words", [["use", "none"], ["delete", "shipped"], ["import", "no.tflite"]])
def test_a_failure_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["models", *words, "--profile", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("inkling: ") and error.count("\n") == 1
