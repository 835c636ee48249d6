"""Measures of the model of 94 characters."""

from pathlib import Path

import numpy as np
import pytest

from app.recognition.alphabet import CHARACTERS
from app.resources import shipped_model
from training.__main__ import main
from training.evaluation.evaluate import ModelOutputs, is_of_characters
from training.robustness.characters import answer_rows, told_apart


def test_an_alphabet_alone_does_not_hear_of_the_others_and_look_alikes_count_as_one() -> None:
    labels = [CHARACTERS.labels.index(label) for label in "Oa1b"]
    logits = np.zeros((4, 94))
    for row, answers in enumerate(("0O", "aA", "Il1", "c")):
        for rank, label in enumerate(answers):
            logits[row, CHARACTERS.labels.index(label)] = 9 - rank
    outputs = ModelOutputs(logits, np.zeros(4), np.array(labels, np.int16))
    rows = {row.name: (row.value, row.count) for row in answer_rows("x", outputs)}
    assert rows["capitals, x"] == (1.0, 1) and rows["small, x"] == (0.5, 2)
    assert rows["digits, x"] == (1.0, 1) and "signs, x" not in rows
    assert rows["first, x"] == (0.25, 4) and rows["first three, x"] == (0.75, 4)
    assert not any(name.startswith("capitals, look-alikes") for name in rows)
    assert rows["look-alikes as one, x"] == (0.75, 4)


def test_twenty_symbols_are_told_apart_by_drawings_that_lie_together() -> None:
    centres = np.eye(30)
    near = {str(i): [centres[i] + 0.001 * n for n in range(6)] for i in range(30)}
    assert told_apart(near, 1) == told_apart(near, 5) == 1.0
    same = {str(i): [centres[0]] * 6 for i in range(30)}
    assert told_apart(same, 1) < 0.1


def test_a_model_is_known_by_its_cards_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = shipped_model("characters")
    assert is_of_characters(model) and not is_of_characters(shipped_model())
    (tmp_path / "x.json").write_text('{"labels": []}')
    assert not is_of_characters(tmp_path / "x.tflite")
    for verb in ("evaluate", "trials"):
        assert main([verb, str(model)]) == 1
        assert "other labels than the digits" in capsys.readouterr().err
