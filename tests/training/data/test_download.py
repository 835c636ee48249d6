"""Downloads from a local server that works, fails or sends something else."""

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
    """Return the data set of these tests from files in any packaging."""
    for path in files:
        for _name, data in unpacked(path):
            if data == NUMBERS.tobytes():
                return NUMBERS
    raise DataError("these are not the numbers")


class Server:
    """Serves `files` and notes the `requests`; each of `cuts` ends one transfer after n bytes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.cuts: list[int] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.lstrip("/")
        self.requests.append(name)
        if name not in self.files:
            request.send_error(404)
            return
        data = self.files[name]
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data[: self.cuts.pop(0) if self.cuts else len(data)])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pooch try again at once."""
    monkeypatch.setattr("pooch.core.time.sleep", lambda _seconds: None)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    return Library(profile=tmp_path)


def numbers_from(*mirrors: Mirror) -> DataSet[NDArray[np.uint32]]:
    return DataSet("numbers", "Numbers", ("numbers*",), partial(read), mirrors)


PLAIN = ("numbers.bin",)
DEAD = Mirror("http://127.0.0.1:9/", PLAIN)  # the discard port, where no server is


def cached_names(library: Library) -> list[str]:
    return sorted(p.name for p in library.cache.iterdir() if not p.name.endswith(".lock"))


def test_a_download_is_kept_and_not_asked_for_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = numbers_from(Mirror(server.base_url, PLAIN))
    assert library.folder_of(numbers) is None
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.requests) == 1
    assert cached_names(library) == ["numbers"] and library.folder_of(numbers)


def test_another_packaging_from_the_next_mirror_will_do(server: Server, library: Library) -> None:
    server.files["numbers.bin.gz"] = gzip.compress(NUMBERS.tobytes())
    plain, gzipped = (Mirror(server.base_url, (name,)) for name in (*PLAIN, "numbers.bin.gz"))
    numbers = numbers_from(DEAD, plain, gzipped)
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert cached_names(library) == ["numbers"]


def test_wrong_bytes_are_never_kept(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = b"<html>Please log in to this network</html>"
    numbers = numbers_from(Mirror(server.base_url, PLAIN))
    with pytest.raises(DataError, match=r"sent a different file.*inkling data import numbers\.bin"):
        library.load(numbers)
    assert cached_names(library) == []
    server.files["numbers.bin"] = NUMBERS.tobytes()
    assert np.array_equal(library.load(numbers), NUMBERS)


def test_a_cut_transfer_is_tried_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    server.cuts = [300_000]
    assert np.array_equal(library.load(numbers_from(Mirror(server.base_url, PLAIN))), NUMBERS)
    assert len(server.requests) == 2


def test_a_transfer_that_is_cut_again_and_again_leaves_nothing(
    server: Server, library: Library
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    server.cuts = [500_000] * 10
    with pytest.raises(DataError, match="broke off"):
        library.load(numbers_from(Mirror(server.base_url, PLAIN)))
    assert cached_names(library) == []


def test_without_any_network_the_sentence_says_how_to_import(library: Library) -> None:
    with pytest.raises(DataError, match=r"cannot be reached.*inkling data import numbers\.bin"):
        library.load(numbers_from(DEAD, DEAD))
    assert cached_names(library) == []


def test_a_copy_in_the_cache_that_was_cut_is_fetched_anew(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = numbers_from(Mirror(server.base_url, PLAIN))
    library.load(numbers)
    (library.cache / "numbers" / "numbers.bin").write_bytes(b"half of it")
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.requests) == 2
    # The damaged copy may be all that somebody has.
    assert cached_names(library) == ["numbers", "numbers.damaged"]


def test_a_cache_left_empty_is_filled_again(server: Server, library: Library) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    (library.cache / "numbers").mkdir(parents=True)
    assert np.array_equal(library.load(numbers_from(Mirror(server.base_url, PLAIN))), NUMBERS)


def test_a_file_that_cannot_be_read_now_is_kept(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    numbers = numbers_from(Mirror(server.base_url, PLAIN))
    library.load(numbers)

    def refuse(_path: Path) -> bytes:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch, pytest.raises(StorageError, match="Too many open files"):
        patch.setattr(Path, "read_bytes", refuse)
        library.load(numbers)
    assert np.array_equal(library.load(numbers), NUMBERS)
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["file", "missing"])
def test_a_data_folder_that_cannot_be_read_is_said(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / kind
    if kind == "file":
        folder.write_text("no folder")
    with pytest.raises(DataError, match="cannot be read"):
        Library(folder, profile=tmp_path).load(numbers_from(DEAD))


def test_the_users_own_mirror_is_asked_first(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.files["numbers.bin"] = NUMBERS.tobytes()
    monkeypatch.setenv("INKLING_DATA_MIRROR", server.base_url)
    assert np.array_equal(library.load(numbers_from(DEAD)), NUMBERS)


def test_progress_is_reported_in_bytes(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    server.files["numbers.bin"] = NUMBERS.tobytes()
    reported: list[tuple[str, int, int | None]] = []
    note: Callable[..., None] = lambda *words: reported.append(words)  # noqa: E731
    Library(profile=tmp_path, progress=note).load(numbers_from(Mirror(server.base_url, PLAIN)))
    assert reported[-1] == ("numbers.bin", NUMBERS.nbytes, NUMBERS.nbytes)
    assert [done for _name, done, _total in reported] == sorted(done for _n, done, _t in reported)


def test_a_cache_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INKLING_DATA", raising=False)
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert main(["data", "fetch", "mnist", "--profile", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("inkling: MNIST could not be stored") and said.count("\n") == 1
