"""Data sets from a local server that behaves well, badly, or not at all."""

import gzip
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.errors import StorageError
from training.__main__ import main
from training.data.dataset import DataError, DataSet, Mirror
from training.data.library import Library
from training.data.unpack import unpacked

NUMBERS = np.arange(200_000, dtype=np.uint32)


def read(files: list[Path]) -> NDArray[np.uint32]:
    """Read the data set of these tests, in any packaging."""
    for path in files:
        for _name, data in unpacked(path):
            if data == NUMBERS.tobytes():
                return NUMBERS
    raise DataError("these are not the numbers")


class Server:
    """Serves files and notes what is asked; `cut` ends transfers after so many bytes, once each."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.cuts: list[int] = []
        self.ranges = True
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.answer(self)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name, wanted = request.path.lstrip("/"), request.headers.get("Range")
        self.asked.append((name, wanted))
        if name not in self.files:
            request.send_error(404)
            return
        data, start = self.files[name], 0
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        end = start + self.cuts.pop(0) if self.cuts else len(data)
        request.wfile.write(data[start:end])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    return Library(profile=tmp_path)


def source(*mirrors: Mirror) -> DataSet[NDArray[np.uint32]]:
    return DataSet("numbers", "Numbers", ("numbers*",), partial(read), mirrors)


PLAIN = ("numbers.bin",)
DEAD = Mirror("http://127.0.0.1:9/", PLAIN)  # the discard port: nobody listens


def start_of(wanted: str | None) -> int:
    return int((wanted or "bytes=0-").removeprefix("bytes=").removesuffix("-"))


def kept(library: Library) -> list[str]:
    return sorted(p.name for p in library.cache.iterdir() if not p.name.endswith(".lock"))


def test_a_download_is_kept_and_not_asked_for_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = source(Mirror(server.base, PLAIN))
    assert library.folder_of(numbers) is None
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.asked) == 1
    assert kept(library) == ["numbers"] and library.folder_of(numbers)


def test_another_packaging_from_the_next_mirror_will_do(server: Server, library: Library) -> None:
    server.files["numbers.bin.gz"] = gzip.compress(NUMBERS.tobytes())
    numbers = source(DEAD, Mirror(server.base, PLAIN), Mirror(server.base, ("numbers.bin.gz",)))
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert kept(library) == ["numbers"]


def test_wrong_bytes_are_never_kept(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = b"<html>Please log in to this network</html>"
    numbers = source(Mirror(server.base, PLAIN))
    with pytest.raises(DataError, match=r"sends other bytes.*inkling data import numbers\.bin"):
        library.load(numbers)
    assert kept(library) == []
    server.files["numbers.bin"] = NUMBERS.tobytes()
    assert np.array_equal(library.load(numbers), NUMBERS)


def test_a_cut_transfer_goes_on_where_it_was(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    server.cuts = [300_000, 300_000]
    assert np.array_equal(library.load(source(Mirror(server.base, PLAIN))), NUMBERS)
    first, *later = [wanted for _name, wanted in server.asked]
    assert first is None and len(later) == 2
    # Some of the last piece may be lost with the connection.
    assert 200_000 < start_of(later[0]) <= 300_000 < start_of(later[1]) <= 600_000


def test_what_a_dead_server_left_is_gone_on_with_in_a_later_run(
    server: Server, library: Library, tmp_path: Path
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    server.cuts = [500_000, 0, 0, 0, 0]
    numbers = source(Mirror(server.base, PLAIN))
    with pytest.raises(DataError, match="breaks off"):
        library.load(numbers)
    server.cuts = []
    assert np.array_equal(Library(profile=tmp_path).load(numbers), NUMBERS)
    assert 400_000 < start_of(server.asked[-1][1]) <= 500_000


def test_a_server_without_ranges_sends_it_all_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    server.cuts, server.ranges = [300_000], False
    assert np.array_equal(library.load(source(Mirror(server.base, PLAIN))), NUMBERS)


def test_without_any_network_the_sentence_says_how_to_import(library: Library) -> None:
    with pytest.raises(DataError, match=r"cannot be reached.*inkling data import numbers\.bin"):
        library.load(source(DEAD, DEAD))
    assert kept(library) == []


def test_a_copy_in_the_cache_that_was_cut_is_fetched_anew(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = source(Mirror(server.base, PLAIN))
    library.load(numbers)
    (library.cache / "numbers" / "numbers.bin").write_bytes(b"half of it")
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.asked) == 2
    assert kept(library) == ["numbers", "numbers.damaged"]  # it may be all that somebody has


def test_a_cache_left_empty_is_filled_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    (library.cache / "numbers").mkdir(parents=True)
    assert np.array_equal(library.load(source(Mirror(server.base, PLAIN))), NUMBERS)


def test_a_file_that_cannot_be_read_now_is_kept(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = source(Mirror(server.base, PLAIN))
    library.load(numbers)

    def refuse(_path: Path) -> bytes:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch, pytest.raises(StorageError, match="Too many open files"):
        patch.setattr(Path, "read_bytes", refuse)
        library.load(numbers)
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.asked) == 1


@pytest.mark.parametrize("kind", ["file", "missing"])
def test_a_data_folder_that_cannot_be_read_is_said(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / kind
    if kind == "file":
        folder.write_text("no folder")
    with pytest.raises(DataError, match="cannot be read"):
        Library(folder, profile=tmp_path).load(source(DEAD))


def test_the_users_own_mirror_is_asked_first(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    monkeypatch.setenv("INKLING_DATA_MIRROR", server.base)
    assert np.array_equal(library.load(source(DEAD)), NUMBERS)


def test_progress_is_told_in_bytes(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    server.files["numbers.bin"] = NUMBERS.tobytes()
    told: list[tuple[str, int, int | None]] = []
    note: Callable[..., None] = lambda *words: told.append(words)  # noqa: E731
    Library(profile=tmp_path, progress=note).load(source(Mirror(server.base, PLAIN)))
    assert told[-1] == ("numbers.bin", NUMBERS.nbytes, NUMBERS.nbytes)
    assert [done for _name, done, _total in told] == sorted(done for _n, done, _t in told)


def test_a_cache_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert main(["data", "fetch", "mnist", "--profile", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("inkling: MNIST could not be stored") and said.count("\n") == 1
