"""What stands for a training process in the tests of the real window."""

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


class FakeTrainer:
    """Stands for a training process: tells what it is given, in two helpings, and ends."""

    made: ClassVar["list[FakeTrainer]"] = []

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.told: list[dict[str, Any]] = []
        self.status: int | None = None
        self.last_lines = ""
        self.cancelled = False
        FakeTrainer.made.append(self)

    @property
    def folder(self) -> Path:
        return Path(self.words[self.words.index("--out") + 1])

    def events(self) -> list[dict[str, Any]]:
        told, self.told = self.told, []
        return told

    def cancel(self) -> None:
        self.cancelled = True
        self.status = 130

    def end(self) -> None:
        self.cancel()

    def finish(self, *told: dict[str, Any], status: int = 0) -> None:
        """Leave a model where the run is, tell, and end."""
        for suffix in (".tflite", ".json"):
            shutil.copy(shipped_model().with_suffix(suffix), self.folder)
        self.told += told
        self.status = status
