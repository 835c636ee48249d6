"""A real scheduler with two workers: the answers of one process, whatever becomes of a worker."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import distributed
import numpy as np
import pytest
from PIL import Image

from app.batch.answerer import Answerer, Block, Options
from app.batch.items import Item, Line, file_item
from app.batch.outputs import RasterOutputs
from app.batch.run import Group, answer_groups, share
from app.cluster.client import Cluster
from app.cluster.connect import connect
from app.cluster.files import FileSender
from app.cluster.worker import version
from app.errors import InklingError
from app.ink.drawing import Content
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import load_personal_recogniser
from app.resources import shipped_model
from app.storage.paths import user_folders
from benchmarks.local_cluster import LocalCluster

STROKE = Stroke.of([(0, 0), (60, 0), (25, 100)])
SEVEN = {"strokes": [[[0, 0], [60, 0], [25, 100]]]}
BAR = {"strokes": [[[0, 0], [0, 100]]]}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with LocalCluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Return an answerer with a sample: this seven is a one."""
    profile = tmp_path_factory.mktemp("profile")
    load_personal_recogniser(user_folders(profile)).teach(Content(strokes=(STROKE,)), "1")
    return Answerer(Options(profile=profile))


def lines(count: int) -> list[Line]:
    texts = [json.dumps(one).encode() for one in (SEVEN, BAR)]
    return [Line(texts[number % 2], number, False) for number in range(count)]


def read(blocks: list[Block]) -> Rows:
    rows = [json.loads(row) for block in blocks for row in block.text.splitlines()]
    assert sum(block.errors for block in blocks) == sum("error" in row for row in rows)
    return [{name: value for name, value in row.items() if name != "ms"} for row in rows]


def alone(answerer: Answerer, groups: list[Group]) -> Rows:
    return read([answerer.block(group) for group in groups])


Shared = Callable[..., Rows]


@pytest.fixture
def shared(running: LocalCluster, answerer: Answerer) -> Shared:
    """Return what has the workers answer groups; `begun` is called with each block."""

    def answers(groups: list[Group], begun: Callable[[], Any] = int) -> Rows:
        blocks: list[Block] = []

        def write(block: Block) -> None:
            blocks.append(block)
            begun()

        cluster = connect(running.address, answerer)
        answer_groups(groups, answerer, write, lambda: cluster, patience=0)
        return read(blocks)

    return answers


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Return pictures by names that only mean something in this process's folder; two are bad."""
    monkeypatch.chdir(tmp_path)
    for name in "acd":
        Image.fromarray(raster()).save(f"{name}.png")
    Path("c.png").write_bytes(b"")
    return [file_item(Path(f"{name}.png")) for name in "abcd"]


def raster() -> Any:
    found = rasterize([STROKE])
    assert found is not None
    return (found * 255).round().astype(np.uint8)


def test_the_answers_are_those_of_one_process_in_order(
    shared: Shared, answerer: Answerer, pictures: list[Item]
) -> None:
    bad = [Line(b"{", 101, False), Line(b'{"id": "none"}', 102, False)]
    path = Line(b'{"id": "path", "image": "a.png"}', 103, False)
    groups: list[Group] = [lines(64), [*lines(9), *bad, path], pictures * 2, [], *[lines(64)] * 20]
    rows = shared(groups)
    assert rows == alone(answerer, groups)
    assert [row.get("label") for row in rows[:2]] == ["1", "1"]  # the first is learnt
    assert ["error" in row for row in rows[73:84]] == [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0]


def test_a_worker_without_the_model_gets_it(running: LocalCluster, answerer: Answerer) -> None:
    def forget() -> None:
        from app.cluster import worker

        worker._PACKAGES.clear()
        worker._LOADED = worker._Loaded()

    def packages() -> int:
        from app.cluster import worker

        return len(worker._PACKAGES)

    cluster = connect(running.address, answerer)
    worker = next(iter(running.client.nthreads()))
    running.client.run(forget, workers=[worker])
    blocks: list[Block] = []
    answer_groups([lines(64)] * 20, answerer, blocks.append, lambda: cluster, patience=0)
    assert read(blocks) == alone(answerer, [lines(64)] * 20)
    assert running.client.run(packages, workers=[worker]) == {worker: 1}


class ElsewherePath(type(Path())):  # type: ignore[misc]
    """A path whose file has another time here than where the workers look."""

    def stat(self, *, follow_symlinks: bool = True) -> Any:
        found = super().stat(follow_symlinks=follow_symlinks)
        return SimpleNamespace(
            st_mode=found.st_mode,
            st_size=found.st_size,
            st_dev=found.st_dev,
            st_mtime_ns=found.st_mtime_ns + 1,
        )


def test_files_that_the_workers_do_not_see_are_read_here(
    shared: Shared,
    answerer: Answerer,
    pictures: list[Item],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    groups: list[Group] = [pictures * 10, lines(64), pictures]
    expected = alone(answerer, groups)
    monkeypatch.setattr("app.cluster.files.Path", ElsewherePath)
    assert shared(groups) == expected
    assert "The workers do not see all files" in capsys.readouterr().err
    # One that joined later may not see them either.
    monkeypatch.setattr(FileSender, "_is_shared", lambda sender, *_: not sender.sends_all)
    assert shared(groups) == expected


def test_a_worker_that_is_killed_loses_nothing(
    running: LocalCluster, shared: Shared, answerer: Answerer
) -> None:
    groups: list[Group] = [lines(64)] * 40
    kills = iter([running.workers.pop().kill])
    assert shared(groups, lambda: next(kills, int)()) == alone(answerer, groups)
    running.workers.append(running.start_worker())


def _end(_sentence: str) -> NoReturn:
    raise AssertionError


def test_an_input_that_ends_its_workers_is_an_error_in_its_place(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = Cluster._reply

    def killed(self: Any, sent: Any) -> Any:
        if any(b"ends it" in group for group in sent.part):
            raise distributed.KilledWorker("key", None, 3)
        return reply(self, sent)

    monkeypatch.setattr(Cluster, "_reply", killed)
    rows = shared([[*lines(9), Item("crash", partial(_end, "ends it"))], lines(64)])
    assert [row["id"] for row in rows] == [*range(9), "crash", *range(64)]
    assert [row["id"] for row in rows if "error" in row] == ["crash"]


def test_workers_of_another_version_or_without_the_program_are_refused(
    running: LocalCluster,
    shared: Shared,
    answerer: Answerer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    running.wait_for_workers(2)
    info = tmp_path / "inkling-9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: inkling\nVersion: 9.9\n")
    others = [
        running.start_worker(PYTHONPATH=str(tmp_path)),
        running.start_worker(PYTHONPATH=str(running.nothing)),
    ]
    running.wait_for_workers(4)
    assert shared([lines(64)] * 10) == alone(answerer, [lines(64)] * 10)
    told = capsys.readouterr().err
    assert f"has Inkling {version().replace('0.1.0', '9.9')}, not {version()}" in told
    assert f"Inkling {version()} is not installed there" in told
    monkeypatch.setattr("app.cluster.client.version", lambda: "0.1.0 (Python 3.0)")
    with pytest.raises(InklingError, match="No worker"):
        connect(running.address, answerer)
    for other in others:
        other.kill()
    running.wait_for_workers(2)


def test_a_lost_connection_is_made_again(running: LocalCluster, answerer: Answerer) -> None:
    cluster: Any = connect(running.address, answerer)
    comm = cluster._client.scheduler_comm.comm
    breaks = iter([lambda: cluster._client.loop.add_callback(comm.abort)])
    blocks: list[Block] = []

    def write(block: Block) -> None:
        blocks.append(block)
        next(breaks, int)()

    answer_groups([lines(64)] * 20, answerer, write, lambda: cluster, patience=0)
    assert read(blocks) == alone(answerer, [lines(64)] * 20)


def test_ctrl_c_releases_the_workers(running: LocalCluster, tmp_path: Path) -> None:
    def tasks(dask_scheduler: Any) -> int:
        return len(dask_scheduler.tasks)

    text = "".join(json.dumps(SEVEN) + "\n" for _ in range(30_000))
    (tmp_path / "lines").write_text(text)
    words = ["recognise", "-", "--format", "json", "--scheduler", running.address]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with (tmp_path / "lines").open() as source:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", *words],
                stdin=source,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
    finally:
        signal.signal(signal.SIGINT, before)
    while not running.client.run_on_scheduler(tasks):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == b"" and process.returncode == 130
    while running.client.run_on_scheduler(tasks):
        time.sleep(0.02)


def test_raw_outputs_are_those_of_one_process(running: LocalCluster) -> None:
    images = np.repeat(raster()[None], 100, axis=0)
    model = RasterOutputs(shipped_model())
    found: list[Any] = []
    share([images, images[:9]], 100, connect(running.address, model), found.append)
    for one, other in zip(model.joined(found), model.block(images), strict=True):
        assert np.array_equal(one[:100], other) and len(one) == 109


def test_what_is_missing_is_told_in_one_sentence(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cluster.client._CONNECT_S", 0.5)
    for address in ("tcp://127.0.0.1:1", "nothing://there"):
        with pytest.raises(InklingError, match=f"No scheduler answers at {address}"):
            connect(address, answerer)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InklingError, match="uv sync --extra cluster"):
        connect("tcp://127.0.0.1:1", answerer)
