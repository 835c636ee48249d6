"""Every FILE of the verb `recognise` as groups of inputs, in order."""

import os
from collections.abc import Iterator, Sequence
from io import BufferedIOBase
from pathlib import Path

from app.batch.items import GROUP, Item, Line, failure, file_item
from app.batch.stream import stream_groups
from app.formats.folder_scan import empty_folder_message, find_files, unreadable_folder_message

Group = Sequence[Item | Line]


def read_groups(
    files: Sequence[str], stdin: BufferedIOBase, labelled: bool = True
) -> Iterator[Group]:
    """Yield the inputs of all `files` in order, at most GROUP at once; `-` is JSON Lines on stdin.

    Bad ones are yielded too: their `read` raises. With `labelled` false "label" is ignored.
    """
    waiting: list[Item] = []
    for name in files:
        if name != "-" and not os.path.isdir(name):  # noqa: PTH112 - Path.is_dir raises where it may not look
            waiting.append(file_item(Path(name)))
            if len(waiting) == GROUP:
                yield waiting
                waiting = []
            continue
        if waiting:
            yield waiting
            waiting = []
        yield from stream_groups(stdin, labelled) if name == "-" else _folder_groups(Path(name))
    if waiting:
        yield waiting


def _folder_groups(folder: Path) -> Iterator[list[Item]]:
    """Yield a folder's files by name, and an error for each folder that cannot be listed."""
    unreadable: list[OSError] = []
    found = find_files(folder, unreadable)
    if unreadable:
        yield [failure(str(e.filename), unreadable_folder_message(e)) for e in unreadable]
    if not found and not unreadable:
        yield [failure(str(folder), empty_folder_message())]
    for first in range(0, len(found), GROUP):
        yield [file_item(path) for path in found[first : first + GROUP]]
