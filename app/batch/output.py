"""Where answers go: standard output, or a file that is whole whenever the work is interrupted."""

import contextlib
import errno
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.answers import line_begins
from app.batch.answerer import Block
from app.batch.items import Item, Line
from app.batch.parquet import require_pyarrow, write_parquet
from app.batch.run import Group
from app.errors import StorageError, storage_errors
from app.i18n import _
from app.storage.atomic_write import link_target, move_finished, refuse_others

_READ_BYTES = 1 << 20


class StandardOutput:
    """Writes answers as they come."""

    def __init__(self, heading: str) -> None:
        sys.stdout.write(heading)

    def write(self, block: Block) -> None:
        """Write the answers to a group."""
        sys.stdout.write(block.text)
        sys.stdout.flush()


class FileOutput:
    """Writes answers to FILE.part, whole lines only, which becomes FILE when all are there."""

    def __init__(self, path: Path, output: str, heading: str, resume: bool) -> None:
        """Begin FILE.part, or go on with it; raises StorageError, InklingError."""
        if output == "parquet":
            require_pyarrow()
        self._path, self._output = path, output
        self._target = link_target(path)
        self._part = self._target.with_name(self._target.name + ".part")
        self.done = 0
        """How many answers were there before."""
        self._last = b""
        """The last of them."""
        with self._errors():
            refuse_others(path)
            self._file = self._part.open("r+b" if resume and self._part.exists() else "w+b", 0)
            lines = self._keep_whole_lines()
            headings = heading.count("\n")
            self.done = max(lines - headings, 0)
            if lines < headings or not lines:
                self._file.truncate(0)
                self._file.seek(0)
                self._write(heading)

    def rest(self, groups: Iterator[Group]) -> Iterator[Group]:
        """Yield the groups without the inputs that are answered already.

        Raises StorageError if the last of them is another input.
        """
        missing = self.done
        for group in groups:
            if missing >= len(group):
                missing -= len(group)
                if not missing and group and self.done:
                    self._check(group[-1])
                continue
            if missing:
                self._check(group[missing - 1])
            yield group[missing:]
            missing = 0
        if missing:
            raise StorageError(self._other_inputs())

    def write(self, block: Block) -> None:
        """Write the answers to a group; raises StorageError, and then leaves whole lines only."""
        with self._errors():
            self._write(block.text)

    def finish(self, columns: Sequence[str]) -> None:
        """Turn FILE.part into FILE, a table with these `columns`; raises StorageError."""
        with self._errors():
            self._file.close()
        if self._output == "parquet":
            write_parquet(self._part, self._path, columns)
            self._part.unlink()
            return
        with self._errors():
            move_finished(self._part, self._target)

    def close(self) -> None:
        """Close FILE.part, to go on with later."""
        self._file.close()

    def _write(self, text: str) -> None:
        data = memoryview(text.encode("utf-8", "backslashreplace"))
        start, written = self._file.tell(), 0
        try:
            while written < len(data):
                written += self._file.write(data[written:]) or 0
        except OSError:
            whole = bytes(data[:written]).rfind(b"\n") + 1
            with contextlib.suppress(OSError):
                self._file.truncate(start + whole)
            raise

    def _keep_whole_lines(self) -> int:
        """Return the number of lines in FILE.part; cut off what follows the last one."""
        lines, end, kept = 0, 0, b""
        while data := self._file.read(_READ_BYTES):
            count = data.count(b"\n")
            kept += data
            if count:
                lines += count
                end = self._file.tell() - (len(data) - data.rfind(b"\n") - 1)
                whole = kept[: len(kept) - (len(data) - data.rfind(b"\n"))]
                self._last = whole[whole.rfind(b"\n") + 1 :]
                kept = data[data.rfind(b"\n") + 1 :]
        self._file.truncate(end)
        self._file.seek(end)
        return lines

    def _check(self, one: Item | Line) -> None:
        id_ = one.item().id if isinstance(one, Line) else one.id
        begins = line_begins(self._output, id_).encode("utf-8", "backslashreplace")
        if not self._last.startswith(begins):
            raise StorageError(self._other_inputs())

    def _other_inputs(self) -> str:
        wrong = _("{path} has answers to other inputs: give the same files, or no --resume.")
        return wrong.format(path=self._part)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with storage_errors(_("{path} cannot be written: {problem}."), path=self._path):
                yield
        except StorageError as error:
            cause = error.__cause__
            if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
                full = _("The disk is full; free some room and go on with --resume: {path}")
                raise StorageError(full.format(path=self._path)) from error
            raise
