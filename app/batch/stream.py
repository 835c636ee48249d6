"""Reads JSON Lines in groups: as many as have come, so that a line that comes alone waits not."""

from collections.abc import Iterator
from io import BufferedIOBase

from app.batch.items import GROUP, Line
from app.formats.strokes_file import MAX_STROKES_BYTES

_READ_BYTES = 1 << 20


def stream_groups(stream: BufferedIOBase, labelled: bool) -> Iterator[list[Line]]:
    """Yield the lines that are not blank, numbered from 1, at most GROUP at once.

    A group ends where what was read ends: the next read may wait. One that is not full, or an
    empty one, tells so. Of a line of more than MAX_STROKES_BYTES one byte more is kept, for its
    error.
    """
    number, rest = 0, bytearray()
    while data := stream.read1(_READ_BYTES):
        *lines, last = data.split(b"\n")
        if lines:
            lines[0] = bytes(rest) + lines[0]
            rest.clear()
        rest += last
        if len(rest) > 2 * MAX_STROKES_BYTES:
            del rest[MAX_STROKES_BYTES + 1 :]
        for first in range(0, len(lines), GROUP):
            part = lines[first : first + GROUP]
            yield [
                Line(line[: MAX_STROKES_BYTES + 1], number + index, labelled)
                for index, line in enumerate(part, 1)
                if line.strip()
            ]
            number += len(part)
        if len(lines) % GROUP == 0:
            yield []
    if rest.strip():
        yield [Line(bytes(rest[: MAX_STROKES_BYTES + 1]), number + 1, labelled)]
