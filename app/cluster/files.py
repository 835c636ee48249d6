"""How the files among the inputs get to the workers: by path where all see them, or by content."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from app.batch.items import GROUP_BYTES, Item, Line, failure
from app.errors import InkError
from app.file_reader import parse_content, read_content, read_file
from app.ink.drawing import Content


class NotHere(BaseException):
    """A worker does not see a file. Nothing below answers this as an error: see `answer`."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that this machine and the workers see, not another one of the same name."""

    path: str
    """Absolute. No Path: one of Windows cannot be loaded elsewhere."""
    size: int
    changed_ns: int

    def is_here(self) -> bool:
        """Return whether this machine sees it."""
        try:
            status = Path(self.path).stat()
        except (OSError, ValueError):
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.changed_ns)

    def __call__(self) -> Content:
        """Return the drawing in it; raises InkError, NotHere."""
        if not self.is_here():
            raise NotHere
        return read_content(Path(self.path))


class FileSender:
    """Prepares groups of inputs for the workers, and reads here the files that they do not see."""

    def __init__(self, is_seen: Callable[[SharedFile], bool]) -> None:
        """`is_seen` asks all workers; one file of each file system is asked for."""
        self._is_seen = is_seen
        self._shared: dict[int, bool] = {}
        self.sends_all = False
        """Whether no path is sent any more, because a worker did not see a file."""

    def sendable(self, group: Any) -> Iterator[Any]:
        """Yield a group as groups that can be sent; one that is no list of inputs as it is."""
        if not isinstance(group, list):
            yield group
            return
        sent: list[Item | Line] = []
        size = 0
        for one in group:
            # Lines are parsed by the workers, unless one may have a path.
            item = one.item() if isinstance(one, Line) and b'"image"' in one.text else one
            if isinstance(item, Item) and item.path is not None:
                item, read = self._sent(item, item.path)
                size += read
            sent.append(item)
            if size > GROUP_BYTES:
                yield sent
                sent, size = [], 0
        if sent:
            yield sent

    def _sent(self, item: Item, name: str) -> tuple[Item, int]:
        """Return the input of a file as it is sent, and the bytes of content in it."""
        try:
            path = Path(name).absolute()
            status = path.stat()
            file = SharedFile(str(path), status.st_size, status.st_mtime_ns)
            if stat.S_ISREG(status.st_mode) and self._is_shared(status.st_dev, file):
                return replace(item, read=file), 0
        except (OSError, ValueError):  # read_file has a sentence for it
            path = Path(name)
        try:
            data = read_file(path)
        except InkError as error:
            return failure(item.id, str(error)), 0
        return replace(item, read=partial(parse_content, path.name, data)), len(data)

    def _is_shared(self, device: int, file: SharedFile) -> bool:
        if self.sends_all:
            return False
        if device not in self._shared:
            self._shared[device] = self._is_seen(file)
        return self._shared[device]
