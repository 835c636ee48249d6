"""Decompression of Unix compress files (.Z): LZW (Welch 1984) with codes of 9 to 16 bits."""

from collections.abc import Iterator

_HEADER = 3
_HAS_CLEAR_CODE = 0x80
_CLEAR = 256
_FIRST_BITS = 9
_MAX_CODES = 1 << 16


def decompress(data: bytes, limit: int) -> bytes:
    """Return the content of a .Z file.

    Raises ValueError if the file is damaged, or once its content is longer than `limit` bytes.
    """
    if len(data) < _HEADER or not _FIRST_BITS <= (data[2] & 0x1F) <= 16 or data[2] & 0x60:
        raise ValueError("no file of Unix compress")
    has_clear = bool(data[2] & _HAS_CLEAR_CODE)
    output = bytearray()
    # A code from 256 on stands for a part of the output: its first byte, and one beyond its last.
    table: list[tuple[int, int]] = []
    first_code = _CLEAR + has_clear
    previous: tuple[int, int] | None = None
    for code in _codes(data, max(data[2] & 0x1F, 10), has_clear):  # 9 does not mean 9
        if code == _CLEAR and has_clear:
            table, previous = [], None
            continue
        if previous is not None and len(table) < _MAX_CODES:
            table.append((previous[0], previous[1] + 1))
        start = len(output)
        if code < 256:
            output.append(code)
        elif first_code <= code < first_code + len(table):
            first, last = table[code - first_code]
            output += output[first:last]
            if last > start:  # the part's last byte is the first one that this code adds
                output.append(output[first])
        else:
            raise ValueError("a code that stands for nothing")
        previous = start, len(output)
        if len(output) > limit:
            raise ValueError("it holds more than any data set")
    return bytes(output)


def _codes(data: bytes, max_bits: int, has_clear: bool) -> Iterator[int]:
    """Yield the codes, those that clear the table included; raises ValueError at a cut-off one.

    Codes get longer as the table grows. Those of one length come in groups of eight: what is left
    of the last group is skipped.
    """
    first_size = _CLEAR + has_clear
    size, bits = first_size, _FIRST_BITS
    is_first = True
    position = group = 8 * _HEADER
    end = 8 * len(data)
    while True:
        if size >= 1 << bits and bits < max_bits:
            position = group = position + (group - position) % (8 * bits)
            bits += 1
        if position + bits > end:
            if end - position >= 8:
                raise ValueError("cut off within a code")
            return
        word = int.from_bytes(data[position // 8 : position // 8 + 3], "little")
        code = (word >> position % 8) & ((1 << bits) - 1)
        position += bits
        yield code
        if code == _CLEAR and has_clear:
            position = group = position + (group - position) % (8 * bits)
            size, bits, is_first = first_size, _FIRST_BITS, True
        else:
            size += not is_first
            is_first = False
