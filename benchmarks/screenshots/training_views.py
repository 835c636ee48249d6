"""Views of the training window: running, failed, with a better and with a worse model."""

import json
from collections.abc import Callable
from typing import Any

from app.i18n import _
from app.ink.renderer import render_thumbnail
from app.ui.main_window import MainWindow
from app.ui.retrain.progress_window import TrainingWindow

_EPOCHS = 8
_INTERPOLATED = {"event": "interpolated", "share": 0.6}
_STARTED = {"event": "run_started", "recipe": "own-hand", "parameters": 71_338, "epochs": _EPOCHS}


class _FakeTraining:
    """A training process that has sent these events; it is running unless it has a status."""

    last_lines = "Killed"

    def __init__(self, events: list[dict[str, Any]], status: int | None = None) -> None:
        self._events = json.loads(json.dumps(events))
        self.status = status

    def events(self) -> list[dict[str, Any]]:
        """Return the events since the last call."""
        told, self._events = self._events, []
        return list(told)

    def cancel(self) -> None:
        """Nothing is running."""


def running_training(window: MainWindow) -> Any:
    """Show a training in its sixth epoch."""
    return _shown(window, _FakeTraining(_epochs(5)))


def failed_training(window: MainWindow) -> Any:
    """Show a training that was killed."""
    return _shown(window, _FakeTraining(_epochs(2), status=-9))


def better_training(window: MainWindow) -> Any:
    """Show the comparison with a better model."""
    changed = [
        {"name": str(place), "label": 4, "before": 9, "after": 4 if place < 2 else 7}
        for place in range(3)
    ]
    compared = {
        "event": "compared",
        "own": [_score(12, 9), _score(12, 11)],
        "validation": [_score(5000, 4968), _score(5000, 4971)],
        "mnist": [_score(10_000, 9943), _score(10_000, 9946)],
        "changed": changed,
        "reasons": [],
        "passes": True,
    }
    return _shown(
        window,
        _FakeTraining(
            [*_epochs(_EPOCHS), _INTERPOLATED, compared, {"event": "finished"}], status=0
        ),
    )


def worse_training(window: MainWindow) -> Any:
    """Show the comparison with a worse model."""
    reasons = [
        _("It is not better on your held-out samples."),
        _("On {name} its accuracy is {points:.2f} percentage points lower.").format(
            name=_("the validation data"), points=0.53
        ),
    ]
    compared = {
        "event": "compared",
        "own": [_score(0, 0), _score(0, 0)],
        "validation": [_score(5000, 4968), _score(5000, 4941)],
        "mnist": [_score(10_000, 9943), _score(10_000, 9921)],
        "changed": [],
        "reasons": reasons,
        "passes": False,
    }
    return _shown(
        window,
        _FakeTraining(
            [*_epochs(_EPOCHS), _INTERPOLATED, compared, {"event": "finished"}], status=0
        ),
    )


def _epochs(done: int) -> list[dict[str, Any]]:
    """Return the events of `done` epochs, and of part of the next one."""
    events: list[dict[str, Any]] = [_STARTED]
    for epoch in range(1, done + 1):
        right = 1 - 0.3 / epoch**1.5
        events.append(
            {"event": "epoch", "epoch": epoch, "accuracy": right - 0.01, "loss": 0.6 / epoch}
            | {"val_accuracy": right, "val_loss": 0.5 / epoch}
        )
    if done < _EPOCHS:
        events.append(
            {"event": "batch", "epoch": done + 1, "batch": 200, "batches": 500, "seconds_left": 74}
            | {"accuracy": 0.97, "loss": 0.11}
        )
    return events


def _score(count: int, right: int) -> dict[str, Any]:
    each, wrong = count // 10, count - right
    by_digit = [[each - wrong // 10 - (digit < wrong % 10), each] for digit in range(10)]
    return {"count": count, "right": right, "loss": 0.02, "by_digit": by_digit}


def _shown(window: MainWindow, process: Any) -> Any:
    def draw_samples(names: list[str], show: Callable[[dict[str, Any]], None]) -> None:
        side = window.theme.px(64)
        show({name: render_thumbnail(window.document.content, side) for name in names})

    return TrainingWindow(
        window.root,
        window.theme,
        process=process,
        ended=lambda _finished: None,
        decided=lambda _decision: None,
        draw_samples=draw_samples,
        again=lambda: None,
        choose_data=lambda _window: None,
    )
