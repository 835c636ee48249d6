"""Learning from corrections: what it is worth, what it costs, what survives a kill."""

import contextlib
import json
import os
import random
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from app.ink.drawing import Content
from app.ink.rasterize import rasterize
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import SampleStore
from benchmarks.recognise_command import RECOGNISE_COMMAND
from benchmarks.unseen_digits import by_writer, unseen_digits
from training.data.library import Library
from training.data.pendigits import PenDigit
from training.evaluation.test_sets import data_named

_KILLS = 200


def learning() -> list[tuple[str, str]]:
    """Return each unseen writer's mistakes with and without --teach, in the order of writing."""
    rows = []
    totals = [0, 0, 0]
    for writer, digits in by_writer(unseen_digits()):
        without, with_ = (_wrong_labels(digits, words) for words in ([], ["--teach"]))
        counts = (len(without), len(with_), len(set(without)))
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        rows.append((f"writer {writer}, mistakes of {len(digits)}", f"{counts[0]} → {counts[1]}"))
    share = totals[1] / max(totals[0], 1)
    return [
        *rows,
        (
            "mistakes without and with learning, writers never seen",
            f"{totals[0]} → {totals[1]} ({share:.0%})",
        ),
        # No correction can prevent these: nothing is known yet of how the writer writes the digit.
        ("… of those without, the first on that digit by that writer", str(totals[2])),
    ]


def another_hand() -> list[tuple[str, str]]:
    """Return what 100 samples of an unseen writer cost in MNIST test accuracy."""
    test = data_named("mnist", Library())
    rasters = [image.astype(np.float32) / 255 for image in test.images]
    recogniser = shipped_recogniser()
    labels = [str(label) for label in test.labels]
    plain = [recogniser.predict(image).label for image in rasters]
    before = np.mean([answer == label for answer, label in zip(plain, labels, strict=True)])
    losses = []
    for _writer, digits in by_writer(unseen_digits()):
        with tempfile.TemporaryDirectory() as folder:
            personal = PersonalRecogniser(recogniser, SampleStore(Path(folder)))
            for digit in digits[:100]:
                personal.teach(Content(strokes=digit.strokes), str(digit.label))
            answers = [personal.predict(image).label for image in rasters]
        losses.append(
            100 * (before - np.mean([a == label for a, label in zip(answers, labels, strict=True)]))
        )
    worst = f"{np.mean(losses):.3f} points; worst {max(losses):.3f}"
    return [("MNIST test accuracy lost to 100 samples of another person, mean", worst)]


def absorbing() -> list[tuple[str, str]]:
    """Return the time to teach a sample at 1,000 stored, and what these add to a recognition."""
    digits = unseen_digits()[:1000]
    rasters = [image for digit in digits[:300] if (image := rasterize(digit.strokes)) is not None]
    recogniser = shipped_recogniser()
    with tempfile.TemporaryDirectory() as folder:
        samples = SampleStore(Path(folder))
        personal = PersonalRecogniser(recogniser, samples)
        for digit in digits:
            personal.teach(Content(strokes=digit.strokes), str(digit.label))
        times = []
        for digit in digits[:50]:
            started = time.perf_counter()
            personal.teach(Content(strokes=digit.strokes), str(digit.label))
            times.append(time.perf_counter() - started)
        started = time.perf_counter()
        PersonalRecogniser(recogniser, samples)
        opening = time.perf_counter() - started
        more = []
        for image in rasters:
            first = time.perf_counter()
            recogniser.predict(image)
            second = time.perf_counter()
            personal.predict(image)
            more.append(time.perf_counter() - second - (second - first))
    return [
        ("a sample absorbed at 1,000 stored, median", f"{1000 * statistics.median(times):.1f} ms"),
        ("… at most", f"{1000 * max(times):.1f} ms"),
        ("1,000 samples add to a recognition, median", f"{1000 * statistics.median(more):.3f} ms"),
        ("1,000 samples read when the program starts (on the worker)", f"{opening:.2f} s"),
    ]


def kills() -> list[tuple[str, str]]:
    """Return how many confirmed samples are lost by 200 SIGKILLs at random moments of storing."""
    lines = [
        json.dumps(
            {"id": n, "label": str((d.label + 1) % 10), "strokes": [s.points for s in d.strokes]}
        )
        for n, d in enumerate(unseen_digits()[:300])
    ]
    rng = random.Random(1)
    confirmed = lost = unopened = 0
    with tempfile.TemporaryDirectory() as profile:
        for _kill in range(_KILLS):
            stored = _killed(lines, profile, rng.uniform(0.0, 0.4))
            names = SampleStore(Path(profile) / "samples").names()
            confirmed += stored
            lost += max(confirmed - len(names), 0)
            again = subprocess.run(
                [*RECOGNISE_COMMAND, "--profile", profile],
                input=lines[0],
                capture_output=True,
                text=True,
                check=False,
            )
            unopened += again.returncode != 0
            if len(names) > 300:  # reading them all would take the benchmark's time
                confirmed = 0
                for name in names:
                    (Path(profile) / "samples" / name).unlink()
    return [
        (f"{_KILLS} kills while storing: confirmed samples lost", str(lost)),
        ("… times that the store did not open", str(unopened)),
    ]


def _killed(lines: list[str], profile: str, after: float) -> int:
    """Return how many samples a process had confirmed when it was killed `after` seconds."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*RECOGNISE_COMMAND, "--teach", "--profile", profile],
            stdin=subprocess.PIPE,
            stdout=output,
        )
        feeder = threading.Thread(target=_feed, args=(process, lines))
        feeder.start()
        while os.fstat(output.fileno()).st_size == 0:  # until it has stored one
            time.sleep(0.001)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
        feeder.join()
        output.seek(0)
        rows = output.read().split(b"\n")[:-1]
    return sum(json.loads(row)["learnt"] for row in rows)


def _feed(process: subprocess.Popen[bytes], lines: list[str]) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin:
        process.stdin.write("\n".join(lines).encode() + b"\n")


def _wrong_labels(digits: list[PenDigit], words: list[str]) -> list[int]:
    """Return the labels of the digits that `inkling recognise` gets wrong, in the same order."""
    lines = [
        json.dumps({"label": str(d.label), "strokes": [s.points for s in d.strokes]})
        for d in digits
    ]
    done = subprocess.run(
        [*RECOGNISE_COMMAND, *words],
        input="\n".join(lines),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    return [d.label for row, d in zip(rows, digits, strict=True) if row["text"] != str(d.label)]
