"""Retraining with a user's samples: mistakes, accuracy and time, before and after."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from app.formats.sample import encode_sample, new_sample
from app.ink.drawing import Content
from app.storage.sample_store import SampleStore
from benchmarks.unseen_digits import by_writer, unseen_digits
from training.data.corpus import rasters_of
from training.data.library import Library
from training.data.pendigits import PENDIGITS, PenDigit
from training.evaluation.evaluate import outputs_of
from training.export.gate import COMPARISON
from training.fitting.run_folder import MODEL
from training.recipes.catalogue import VALIDATION_WRITERS

_SAMPLES = 50
_ROOT = Path(__file__).parents[1]


def retraining() -> list[tuple[str, str]]:
    """Return what 50 samples of the hardest unseen writer change on their other digits."""
    return _retrained(_ROOT, unseen_digits(), [])


def hard_hand() -> list[tuple[str, str]]:
    """Return the same for a model that makes many mistakes: one trained on MNIST alone.

    It is trained and shipped in a copy of the program, then retrained on MNIST and the writer's
    samples. Validation writers are left out, because the checkpoint is chosen by them.
    """
    others = [d for d in Library().load(PENDIGITS) if d.writer not in VALIDATION_WRITERS]
    with tempfile.TemporaryDirectory() as folder:
        root, start = Path(folder) / "program", Path(folder) / "start"
        for name in ("app", "training", "models", "assets"):
            shutil.copytree(_ROOT / name, root / name)
        arguments = [
            "--data",
            "mnist",
            "--start",
            "scratch",
            "--learning-rate",
            "2e-3",
            "--epochs",
            "12",
        ]
        _train(root, "train", "own-hand", *arguments, "--out", str(start))
        _train(root, "ship", str(start))
        return [
            (f"{measure}; trained on MNIST alone", value)
            for measure, value in _retrained(root, others, ["--data", "mnist,samples"])
        ]


def _retrained(root: Path, digits: Iterable[PenDigit], changes: list[str]) -> list[tuple[str, str]]:
    """Return the rows of retraining the program in `root` as its menu does."""
    before = root / "models" / MODEL
    writer, own = max(by_writer(digits), key=lambda pair: _wrong(before, pair[1]))
    with tempfile.TemporaryDirectory() as profile:
        samples = SampleStore(Path(profile) / "samples")
        for digit in own[:_SAMPLES]:
            sample = new_sample(Content(strokes=digit.strokes), str(digit.label))
            samples.add(encode_sample(sample), sample.time)
        run = Path(profile) / "run"
        where = ["--out", str(run), "--against", str(before), "--profile", profile]
        started = time.perf_counter()
        _train(root, "train", "own-hand", *changes, *where)
        seconds = time.perf_counter() - started
        wrong = [_wrong(model, own[_SAMPLES:]) for model in (before, run / MODEL)]
        compared = json.loads((run / COMPARISON).read_bytes())
    mnist = [score["right"] / score["count"] for score in compared["mnist"]]
    return [
        (f"writer {writer}, mistakes on {len(own) - _SAMPLES} kept back", "{} → {}".format(*wrong)),
        ("… MNIST test accuracy", "{:.2%} → {:.2%}".format(*mnist)),
        ("… seconds from start to comparison", f"{seconds:.0f}"),
        ("… does it pass the gate", "; ".join(compared["reasons"]) or "yes"),
    ]


def _train(root: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-P", "-m", "training", *words],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def _wrong(model: Path, digits: list[PenDigit]) -> int:
    outputs = outputs_of(model, rasters_of(digits))
    return int((outputs.logits.argmax(axis=1) != outputs.labels).sum())
