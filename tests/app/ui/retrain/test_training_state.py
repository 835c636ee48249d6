"""What is known of a training from its events, without a window."""

import pytest

from app.ui.retrain.training_state import TrainingState
from tests.app.ui.fake_training import COMPARED

STARTED = {"event": "run_started", "recipe": "own-hand", "parameters": 1000, "epochs": 2}
BATCH = {"event": "batch", "epoch": 2, "batch": 5, "batches": 10, "loss": 0.5, "accuracy": 0.8}


def test_progress_and_points_follow_the_batches() -> None:
    state = TrainingState()
    state.handle(STARTED)
    state.handle({**BATCH, "seconds_left": 125.0})
    assert state.progress == pytest.approx(0.75)
    assert state.points["loss"] == [(1.5, 0.5)] and state.points["val_loss"] == []
    assert state.status() == "Epoch 2 of 2   2 minutes left"


@pytest.mark.parametrize("name", ["close", "handle", "end", "_failed", "of a later version", ""])
def test_an_event_of_another_name_is_ignored(name: str) -> None:
    state = TrainingState()
    before = state.status()
    state.handle({"event": name, "error": "x"})
    assert state.status() == before and not state.lines and not state.has_failed


def test_a_failure_after_the_comparison_leaves_nothing_to_decide() -> None:
    state = TrainingState()
    state.handle(COMPARED)
    state.handle({"event": "failed", "error": "No room on the disk."})
    state.end(1, "")
    assert state.comparison is None and state.has_failed
    assert [line() for line in state.lines] == ["No room on the disk."]


@pytest.mark.parametrize(
    ("passes", "text"),
    [(True, "The new model is better. Use it?"), (False, "The new model was not activated.")],
)
def test_the_status_at_the_end_depends_on_the_comparison(passes: bool, text: str) -> None:
    state = TrainingState()
    state.handle({**COMPARED, "passes": passes})
    state.end(0, "")
    assert state.status() == text
