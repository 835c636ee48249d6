"""Lines are grouped as they come, and each keeps its number."""

import io

from app.batch.items import GROUP
from app.batch.stream import stream_groups
from app.formats.strokes_file import MAX_STROKES_BYTES


class Slow(io.BytesIO):
    """A stream that gives a few parts, one at each read."""

    def __init__(self, *parts: bytes) -> None:
        super().__init__()
        self._parts = list(parts)

    def read1(self, _size: int | None = -1, /) -> bytes:
        return self._parts.pop(0) if self._parts else b""


def grouped(*parts: bytes) -> list[list[tuple[int, bytes]]]:
    return [
        [(line.number, line.text) for line in group]
        for group in stream_groups(Slow(*parts), labelled=True)
        if group
    ]


def test_a_line_that_comes_alone_is_a_group_of_its_own() -> None:
    assert grouped(b"a\n", b"b\nc\n", b"d") == [[(1, b"a")], [(2, b"b"), (3, b"c")], [(4, b"d")]]


def test_a_line_may_come_in_parts_and_blank_ones_count() -> None:
    assert grouped(b"\n \nab", b"c", b"d\n\ne\n") == [[(3, b"abcd"), (5, b"e")]]


def test_groups_are_small() -> None:
    groups = grouped(b"x\n" * (2 * GROUP + 1))
    assert [len(group) for group in groups] == [GROUP, GROUP, 1]
    assert groups[-1] == [(2 * GROUP + 1, b"x")]


def test_of_an_endless_line_only_the_beginning_is_kept() -> None:
    part = b"x" * (MAX_STROKES_BYTES // 4)
    groups = grouped(*[part] * 20, b"\nnext\n")
    assert len(groups[0][0][1]) == MAX_STROKES_BYTES + 1
    assert groups[0][1] == (2, b"next")


def test_where_what_was_read_ends_the_last_group_is_not_full() -> None:
    groups = list(stream_groups(Slow(b"x\n" * GROUP, b"y\n"), labelled=True))
    assert [len(group) for group in groups] == [GROUP, 0, 1]
