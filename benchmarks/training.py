"""Training: CPU time to 99 % accuracy, time of augmentation, memory, reproducibility.

`python -m benchmarks.training RECIPE SEED` measures the CPU time of one recipe, in a process of its
own.
"""

import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread
from typing import Any

import psutil

from app.training_process import training_environment
from training.cli.process import training_events
from training.data.library import Library
from training.fitting.run_folder import HISTORY, read_history
from training.recipes.catalogue import CNN_3CONV_DENSE128, INKLING, SPRINT, recipe_named
from training.recipes.recipe import overridden

_ACCURACY = 0.99
_SEEDS = (1, 2, 3)
_STEPS = 120
_ROUNDS = 5


def to_99() -> list[tuple[str, str]]:
    """Return the CPU seconds until the MNIST test accuracy is 99 %, of two recipes."""
    rows, means = [], []
    for recipe in (CNN_3CONV_DENSE128, SPRINT):
        runs = [_in_a_process(recipe.name, seed) for seed in _SEEDS]
        values = [
            f"{run['cpu_seconds']:.1f} ({run['accuracy']:.2%}, epoch {run['epochs']})"
            for run in runs
        ]
        rows.append((f"CPU seconds to 99.0 % MNIST test, {recipe.name}", ", ".join(values)))
        means.append(statistics.fmean(run["cpu_seconds"] for run in runs))
    return [*rows, ("… ratio of the means", f"{means[0] / means[1]:.1f}×")]


def augmentation() -> list[tuple[str, str]]:
    """Return the shipped network's training time with augmentation, relative to without."""
    from training.augmentation.batches import steps_per_epoch, training_batches
    from training.data.corpus import build_corpus
    from training.fitting.compilation import compiled

    corpus = build_corpus(INKLING, Library())
    plain = overridden(INKLING, {"augmentation": False})
    model = compiled(INKLING, steps_per_epoch(INKLING, corpus))
    batches = {r.augmentation: training_batches(r, corpus) for r in (INKLING, plain)}
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(_ROUNDS + 1):
        for kind, dataset in batches.items():
            started = time.perf_counter()
            model.fit(dataset, steps_per_epoch=_STEPS, epochs=1, verbose=0, shuffle=False)
            if number:  # the first round traces
                times[kind].append(time.perf_counter() - started)
    ratio = statistics.median(times[True]) / statistics.median(times[False])
    return [("an epoch with augmentation beside one without, shipped network", f"{ratio:.2f}×")]


def training_memory() -> list[tuple[str, str]]:
    """Return the peak memory of training the shipped recipe, and whether two runs are equal."""
    peaks, histories = [0], []
    Thread(target=_watch_memory, args=(peaks,), daemon=True).start()
    for _run in range(2):
        with tempfile.TemporaryDirectory() as folder:
            words = [INKLING.name, "--epochs", "1", "--out", folder]
            with training_events(words) as events:
                assert [event["event"] for event in events][-1] == "finished"
            histories.append(read_history(Path(folder) / HISTORY))
    same = [{k: v for k, v in row.items() if not k.endswith("seconds")} for (row,) in histories]
    return [
        ("peak memory of a training process, shipped recipe", f"{max(peaks) / 1e9:.2f} GB"),
        (
            "two runs with one seed: the same loss and accuracy to the last digit",
            "yes" if same[0] == same[1] else f"no: {same[0]} and {same[1]}",
        ),
    ]


def _watch_memory(peaks: list[int]) -> None:
    """Append, ten times a second, the memory of this process' children to `peaks`."""
    while True:
        for child in psutil.Process().children():
            with contextlib.suppress(psutil.NoSuchProcess):
                peaks.append(child.memory_info().rss)
        time.sleep(0.1)


def _in_a_process(recipe: str, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.training", recipe, str(seed)]
    done = subprocess.run(
        command, env=training_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    value: dict[str, Any] = json.loads(done.stdout)
    return value


class _ReachedError(Exception):
    """The accuracy is reached."""


class _Stopwatch:
    """Events listener: sums the CPU time, without that of looking at the test set."""

    def __init__(self) -> None:
        from training.evaluation.test_sets import data_named

        self._test = data_named("mnist", Library())
        self._evaluation_seconds = 0.0
        self.result = {"cpu_seconds": 0.0, "accuracy": 0.0, "epochs": 0}

    def __call__(self, event: str, **values: Any) -> None:
        """Add an epoch's CPU time; raises _ReachedError when 99 % are right."""
        from training.evaluation.evaluate import outputs_of

        if event == "checkpoint_saved":
            started = time.process_time()
            accuracy = outputs_of(Path(values["path"]), self._test).accuracy()
            self._evaluation_seconds = time.process_time() - started
            self.result["accuracy"] = max(accuracy, self.result["accuracy"])
        elif event == "epoch":
            self.result["cpu_seconds"] += values["cpu_seconds"] - self._evaluation_seconds
            self.result["epochs"], self._evaluation_seconds = values["epoch"], 0.0
            if self.result["accuracy"] >= _ACCURACY:
                raise _ReachedError


def main(name: str, seed: str) -> None:
    """Train until 99 % of the test set are right, or to the end; print the result as JSON."""
    from training.data.corpus import build_corpus
    from training.fitting.run import Options, fit

    recipe = overridden(recipe_named(name), {"seed": int(seed)})
    corpus, watch = build_corpus(recipe, Library()), _Stopwatch()
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(_ReachedError):
        fit(recipe, corpus, Path(folder), Options(events=watch))
    sys.stdout.write(json.dumps(watch.result) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
