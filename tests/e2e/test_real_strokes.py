"""Real pen strokes are recognised, in the window as on the command line."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ink.stroke import Stroke
from tests.app.ui.conftest import Driver
from training.data.library import Library
from training.data.pendigits import PenDigit
from training.evaluation.test_sets import unseen_pen_digits


@pytest.fixture(scope="module")
def digits(data_folder: Path) -> list[PenDigit]:
    """Two digits of each label by writers who are not in the training set."""
    unseen = unseen_pen_digits(Library(data_folder))
    return [[d for d in unseen if d.label == label][i] for label in range(10) for i in (7, 70)]


def recognised(drawings: list[list[Stroke]]) -> list[dict[str, Any]]:
    """Return what `inkling recognise -` answers, from a process of its own."""
    lines = [
        json.dumps({"id": number, "strokes": [stroke.points for stroke in drawing]})
        for number, drawing in enumerate(drawings)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "app", "recognise", "-", "--format", "json"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def replay(driver: Driver, digit: PenDigit, pace: bool) -> None:
    """Draw a digit as pointer events, at the pace it was written or as fast as possible."""
    zoom = driver.canvas.winfo_height() / 500
    for stroke in digit.strokes:
        pixels = [(round(p.x * zoom), round(p.y * zoom)) for p in stroke.points]
        started = time.monotonic()
        driver.canvas.event_generate("<ButtonPress-1>", x=pixels[0][0], y=pixels[0][1])
        for point, (x, y) in zip(stroke.points[1:], pixels[1:], strict=True):
            due = started + (point.t - stroke.points[0].t) / 1000
            while pace and time.monotonic() < due:
                driver.root.update()
            driver.canvas.event_generate("<B1-Motion>", x=x, y=y)
        driver.canvas.event_generate("<ButtonRelease-1>", x=pixels[-1][0], y=pixels[-1][1])


@pytest.mark.parametrize("pace", [False, True], ids=["as fast as possible", "as written"])
def test_the_window_answers_as_the_command_line_does(
    open_window: Callable[..., Driver],
    digits: list[PenDigit],
    pace: bool,
) -> None:
    driver = open_window()
    driver.settle()
    answers, drawings = [], []
    for digit in digits[:: 4 if pace else 1]:
        replay(driver, digit, pace)
        driver.settle()
        drawings.append(list(driver.window.document.content.strokes))
        answers.append(driver.window.selection.prediction)
        assert [len(s.points) for s in drawings[-1]] == [len(s.points) for s in digit.strokes]
        driver.key("<Escape>")
        driver.settle()
    for answer, row in zip(answers, recognised(drawings), strict=True):
        assert answer is not None
        assert answer.label == row["label"]
        assert answer.is_known == row["is_digit"]
        expected = list(row["probabilities"].values())
        assert answer.probabilities == pytest.approx(expected, abs=1e-4)


def test_real_digits_are_recognised(digits: list[PenDigit]) -> None:
    rows = recognised([list(digit.strokes) for digit in digits])
    right = [row["text"] == str(d.label) for row, d in zip(rows, digits, strict=True)]
    assert sum(right) >= 18


def test_size_position_and_pen_width_change_nothing(digits: list[PenDigit]) -> None:
    def changed(digit: PenDigit, scale: float, dx: float, width: float) -> list[Stroke]:
        return [
            Stroke.of([(x * scale + dx, y * scale - dx, t) for x, y, t in s.points], width)
            for s in digit.strokes
        ]

    plain = recognised([list(digit.strokes) for digit in digits])
    for scale, dx, width in ((0.4, -300.0, 4.0), (2.5, 900.0, 40.0)):
        for row, other in zip(
            plain, recognised([changed(d, scale, dx, width) for d in digits]), strict=True
        ):
            assert row["label"] == other["label"]
            assert list(row["probabilities"].values()) == pytest.approx(
                list(other["probabilities"].values()), abs=1e-3
            )


def test_trace_startup_prints_its_line(root: Any) -> None:  # noqa: ARG001
    done = subprocess.run(
        [sys.executable, "-m", "app", "--trace-startup"],
        capture_output=True,
        text=True,
        check=True,
    )
    times = json.loads(done.stdout)
    assert list(times) == ["window_ms", "drawable_ms", "recogniser_ms"]
    assert 0 < times["window_ms"] <= times["drawable_ms"] <= times["recogniser_ms"]


def test_no_display_gives_one_error_message(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--profile", str(tmp_path)],
        env={"DISPLAY": "", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_without_tk_gives_one_error_message(tmp_path: Path) -> None:
    (tmp_path / "tkinter.py").write_text("raise ImportError('No module named _tkinter')")
    done = subprocess.run(
        [sys.executable, "-m", "app"],
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "has no Tk" in done.stderr and "Traceback" not in done.stderr
