"""A training process without training, for the tests of the window."""

import shutil
from pathlib import Path
from typing import Any, ClassVar

from app.resources import shipped_model

RECIPES = [
    {
        "name": name,
        "about": f"about {name}",
        "epochs": epochs,
        "images": 10_000,
        "us_per_image": 100,
        "alphabet": "digits",
        "data": data,
        "start": start,
    }
    for name, epochs, data, start in (
        ("inkling", 30, ["mnist", "pen"], "scratch"),
        ("own-hand", 5, ["mnist", "pen", "samples"], "shipped"),
    )
]


SCORE = {"count": 10, "right": 9, "loss": 0.1, "by_digit": [[1, 1]] * 9 + [[0, 1]]}


COMPARED = {
    "event": "compared",
    "own": [SCORE, SCORE],
    "validation": [SCORE, SCORE],
    "mnist": [SCORE, SCORE],
    "changed": [{"name": "a.ink", "label": 4, "before": 9, "after": 4}],
    "reasons": [],
    "passes": True,
}


HISTORY = """epoch,seconds,accuracy,loss,val_accuracy,val_loss
1,2.5,0.9,0.3,0.95,0.2
2,2.5,0.95,0.2,0.97,0.1
"""


class FakeTrainingProcess:
    """Returns the events that a test gives it, and ends when the test ends it."""

    made: ClassVar["list[FakeTrainingProcess]"] = []

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments
        self.pending: list[dict[str, Any]] = []
        self.status: int | None = None
        self.last_lines = ""
        self.cancelled = False
        FakeTrainingProcess.made.append(self)

    @property
    def folder(self) -> Path:
        return Path(self.arguments[self.arguments.index("--out") + 1])

    def events(self) -> list[dict[str, Any]]:
        pending, self.pending = self.pending, []
        return pending

    def cancel(self) -> None:
        self.cancelled = True
        self.status = 130

    def end(self) -> None:
        self.cancel()

    def finish(self, *pending: dict[str, Any], status: int = 0) -> None:
        """Write a model into the run's folder, emit events, and end."""
        for suffix in (".tflite", ".json"):
            shutil.copy(shipped_model().with_suffix(suffix), self.folder)
        (self.folder / "history.csv").write_text(HISTORY)
        self.pending += pending
        self.status = status
