"""Unix compress files: what gzip makes of them, too, damaged ones, and those that never end."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data import unpack
from training.data.dataset import DataError
from training.data.lzw import decompress

HEADER = b"\x1f\x9d\x90"
CLEARED = bytes.fromhex("1f9d9061c4041c280604400063d8940923a70c191061c48c493806")
"""With a code that clears the table, and what gzip -d reads from it."""


def never_ending(code_count: int) -> bytes:
    """Return a file whose n-th code stands for n bytes: 97, 257, 258 and so on."""
    codes = iter([97, *range(257, 256 + code_count)])
    packed = bytearray(HEADER)
    for bits in range(9, 17):
        chosen = list(islice(codes, 256 if bits == 9 else 1 << (bits - 1)))
        value = sum(code << index * bits for index, code in enumerate(chosen))
        packed += value.to_bytes((len(chosen) * bits + 7) // 8, "little")
    return bytes(packed)


def test_the_content_is_that_of_gzip() -> None:
    assert decompress(CLEARED, 100) == b"abababab cleared abcabc"
    assert decompress(never_ending(3000), 10**7) == b"a" * (3000 * 3001 // 2)


def test_a_file_that_holds_too_much_is_refused_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MAX_BYTES", 1_000_000)
    path = tmp_path / "bomb.Z"
    path.write_bytes(never_ending(60_000))  # 1.8 GB
    with pytest.raises(DataError, match="holds more than any data set"):
        list(unpack.unpacked(path))


@given(st.binary(max_size=200), st.sampled_from([HEADER, b"\x1f\x9d\x0c", b"\x1f\x9d"]))
def test_any_bytes_have_a_content_or_are_damaged(data: bytes, header: bytes) -> None:
    try:
        content = decompress(header + data, 10_000)
    except ValueError:
        return
    assert len(content) <= 10_000
