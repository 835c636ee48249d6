"""Many inputs through `inkling recognise`: rates by kind of input, memory, latency of one line."""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import numpy as np
import psutil
from numpy.typing import NDArray
from PIL import Image

from app.batch.answerer import Block
from app.batch.items import Line
from app.batch.run import share
from app.batch.sources import read_groups
from app.batch.stream import stream_groups
from app.batch.work import Files
from app.cluster.connect import connect
from benchmarks.local_cluster import LocalCluster
from benchmarks.recognise_command import RECOGNISE_COMMAND, strokes_line
from benchmarks.unseen_digits import unseen_digits
from training.data.library import Library
from training.data.mnist import MNIST

_LINES, _NUMBERS, _MEMORY, _SINGLE = 20_000, 1_000, 50_000, 500
_SHARED, _PICTURES, _ANSWER_BYTES = 30_000, 3_000, 440
_BASE = [sys.executable, "-m", "app", "recognise"]


def many() -> list[tuple[str, str]]:
    """Return drawings a second, start included, with one process and with one per processor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = []
        for measure, words, count in _inputs(folder):
            rates = [_rate([*words, *jobs], count, folder) for jobs in (["--jobs", "1"], [])]
            shown = ", ".join(f"{rate:,.0f}" for rate in rates)
            rows.append((f"{measure}, a second: one process, all", shown))
        rows.append(("memory of all processes at 10 and 99 % of 50,000 lines", _memory(_MEMORY)[0]))
    rows.append(("one line at a time, median of 500", f"{_latency() * 1000:.2f} ms"))
    return rows


def million() -> list[tuple[str, str]]:
    """Return the memory that a million drawings take, and how many are answered in a second."""
    used, rate = _memory(1_000_000)
    return [
        ("memory of all processes at 10 and 99 % of 1,000,000 lines", used),
        ("lines a second", f"{rate:,.0f}"),
    ]


def cluster() -> list[tuple[str, str]]:
    """Return drawings a second of two processes and of two Dask workers, and what a part costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines, pictures = str(folder / "lines"), str(folder / "pictures")
        _write_lines(Path(lines), _SHARED)
        _write_pictures(Path(pictures), Library().load(MNIST).x_test[:_PICTURES])
        with LocalCluster(folder, workers=2) as running:
            words = (["--jobs", "2"], ["--scheduler", running.address])
            pairs = [[_rates(["-", lines, *w], folder, running) for w in words] for _ in range(2)]
            costs = [_part_costs(running, inputs) for inputs in (lines, pictures)]
    measures = ("a second", "a second of processor time")
    return [
        *(
            (
                f"drawings from JSON Lines, {measure}: two processes, two Dask workers",
                "; ".join(f"{a[i]:,.0f}, {b[i]:,.0f} ({b[i] / a[i]:.0%})" for a, b in pairs),
            )
            for i, measure in enumerate(measures)
        ),
        ("a part of 1,000 lines: processor time of client, scheduler", costs[0]),
        ("a part of 1,000 files, by path: processor time of client, scheduler", costs[1]),
    ]


def _rates(words: list[str], folder: Path, running: LocalCluster) -> tuple[float, float]:
    """Return lines a second, and a second of processor time of all that has a part in it."""
    before = running.processor_s() + sum(os.times()[2:4])
    rate = _rate(words, _SHARED, folder)
    return rate, _SHARED / (running.processor_s() + sum(os.times()[2:4]) - before)


class _Nothing:
    """Answers lines with as much text as an answer has, without any work."""

    def block(self, group: Sequence[Line]) -> Block:
        return Block("x" * _ANSWER_BYTES * len(group), len(group), 0)

    def split(self, group: Sequence[Line]) -> Sequence[Sequence[Line]]:
        return [group]

    lost = block

    def joined(self, blocks: Sequence[Block]) -> Block:
        return Block("".join(block.text for block in blocks), 0, 0)

    def portable(self) -> tuple[Callable[[Path], "_Nothing"], Files]:
        return _nothing_of, {}


def _nothing_of(_folder: Path) -> _Nothing:
    return _Nothing()


def _part_costs(running: LocalCluster, name: str) -> str:
    """Return the milliseconds of processor time that a part costs client and scheduler.

    The inputs are a folder, or JSON Lines.
    """
    cluster = connect(running.address, _Nothing())
    before = [time.process_time(), running.processor_s(of_workers=False)]
    parts: list[Block] = []
    if Path(name).is_dir():
        share(read_groups([name] * 10, io.BytesIO()), 1_000, cluster, parts.append)
    else:
        with Path(name).open("rb") as source:
            share(stream_groups(source, labelled=False), 1_000, cluster, parts.append)
    after = [time.process_time(), running.processor_s(of_workers=False)]
    costs = (now - then for now, then in zip(after, before, strict=True))
    return ", ".join(f"{cost / len(parts) * 1000:.0f} ms" for cost in costs)


def _inputs(folder: Path) -> list[tuple[str, list[str], int]]:
    """Write the inputs; return each one's name, its arguments and how many there are."""
    pictures = folder / "pictures"
    mnist = Library().load(MNIST)
    _write_pictures(pictures, mnist.x_test)
    with zipfile.ZipFile(folder / "pictures.zip", "w") as archive:
        for path in sorted(pictures.iterdir()):
            archive.write(path, path.name)
    rasters = np.concatenate([mnist.x_train, mnist.x_test])
    np.savez(folder / "rasters.npz", rasters)
    _write_lines(folder / "lines", _LINES)
    _write_numbers(folder / "numbers")
    lines, numbers = str(folder / "lines"), str(folder / "numbers")
    return [
        ("drawings from JSON Lines", ["-", lines], _LINES),
        ("PNG files of 28 × 28 in a folder", [str(pictures)], len(mnist.x_test)),
        ("the same in a zip", [str(folder / "pictures.zip")], len(mnist.x_test)),
        ("MNIST's rasters in an .npz", [str(folder / "rasters.npz")], len(rasters)),
        ("numbers of 2 to 8 digits", ["-", numbers, "--number"], _NUMBERS),
    ]


def _write_pictures(folder: Path, images: NDArray[np.uint8]) -> None:
    folder.mkdir()
    for index, image in enumerate(images):
        Image.fromarray(image).save(folder / f"{index:05}.png")


def _write_lines(path: Path, count: int) -> None:
    digits = unseen_digits()
    with path.open("w") as file:
        for number in range(count):
            file.write(strokes_line(number, digits[number % len(digits)].strokes) + "\n")


def _write_numbers(path: Path) -> None:
    """Write numbers of digits side by side, each as wide as it is high."""
    digits = unseen_digits()
    random = np.random.default_rng(1)
    with path.open("w") as file:
        for number in range(_NUMBERS):
            strokes = []
            for place in range(random.integers(2, 9)):
                digit = digits[random.integers(len(digits))]
                points = [[p[:2] for p in stroke.points] for stroke in digit.strokes]
                low = np.min([xy for stroke in points for xy in stroke], axis=0)
                high = np.max([xy for stroke in points for xy in stroke], axis=0)
                scale = 100 / max(high - low)
                strokes += [
                    [[(x - low[0]) * scale + 120 * place, (y - low[1]) * scale] for x, y in stroke]
                    for stroke in points
                ]
            file.write(json.dumps({"id": number, "strokes": strokes}) + "\n")


def _rate(words: list[str], count: int, folder: Path) -> float:
    """Return inputs a second; after a first "-" comes the file that is standard input."""
    stdin = Path(words.pop(1)) if words[0] == "-" else Path(os.devnull)
    started = time.perf_counter()
    with stdin.open("rb") as source, (folder / "answers").open("wb") as answers:
        subprocess.run(
            [*_BASE, *words, "--format", "json"], stdin=source, stdout=answers, check=True
        )
    rate = count / (time.perf_counter() - started)
    with (folder / "answers").open("rb") as answers:
        assert sum(1 for _line in answers) == count
    return rate


def _memory(count: int) -> tuple[str, float]:
    """Return the MB of all processes at 10 and 99 % of so many lines, and the lines a second.

    Memory that they share counts once. The lines are made on the way; what makes and counts them
    takes a part of the processors too.
    """
    shown = []
    started = time.perf_counter()
    process = subprocess.Popen(RECOGNISE_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    writer = threading.Thread(target=_feed, args=(process.stdin, count))
    writer.start()
    for number, line in enumerate(process.stdout):
        assert line.startswith(b'{"id": %d, "text"' % number), line
        if number in (count // 10, count * 99 // 100):
            tree = psutil.Process(process.pid)
            used = sum(p.memory_full_info().pss for p in [tree, *tree.children(recursive=True)])
            shown.append(f"{used / 1e6:.1f} MB")
    assert process.wait() == 0 and number == count - 1
    writer.join()
    return ", ".join(shown), count / (time.perf_counter() - started)


def _feed(stream: IO[bytes], count: int) -> None:
    """Write so many lines of drawings, each with its number as "id", and close the stream."""
    begin = b'{"id": 0'
    lines = [strokes_line(0, digit.strokes).encode() for digit in unseen_digits()]
    ends = [line.removeprefix(begin) for line in lines]
    with stream:
        for number in range(count):
            stream.write(b'{"id": %d%s\n' % (number, ends[number % len(ends)]))


def _latency() -> float:
    """Return the median time from writing a line to reading its answer, in seconds."""
    digits = unseen_digits()
    times = []
    process = subprocess.Popen(
        RECOGNISE_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdin is not None and process.stdout is not None
    for number in range(_SINGLE):
        line = strokes_line(number, digits[number % len(digits)].strokes)
        started = time.perf_counter()
        process.stdin.write(line + "\n")
        process.stdout.readline()
        times.append(time.perf_counter() - started)
    process.stdin.close()
    process.wait()
    return statistics.median(times)
