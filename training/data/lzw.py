"""Decompression of Unix compress files (.Z): LZW (Welch 1984) with codes of 9 to 16 bits."""

_HEADER = 3
_HAS_CLEAR_CODE = 0x80
_CLEAR = 256
_FIRST_BITS = 9


def decompress(data: bytes, limit: int) -> bytes:
    """Return the content of a .Z file.

    Raises ValueError if the file is damaged, or once its content is longer than `limit` bytes.
    """
    if len(data) < _HEADER or not _FIRST_BITS <= (data[2] & 0x1F) <= 16 or data[2] & 0x60:
        raise ValueError("no file of Unix compress")
    max_bits = max(data[2] & 0x1F, 10)  # 9 does not mean 9
    has_clear = bool(data[2] & _HAS_CLEAR_CODE)
    output = bytearray()
    # A code from 256 on stands for a part of the output: its first byte, and one beyond its last.
    literals = [(0, 0)] * (257 if has_clear else 256)
    table = literals.copy()
    bits, position, group = _FIRST_BITS, 8 * _HEADER, 8 * _HEADER
    previous: tuple[int, int] | None = None
    end = 8 * len(data)
    while True:
        if len(table) > (1 << bits) - 1 and bits < max_bits:
            position = group = _next_group(position, group, bits)
            bits += 1
        if position + bits > end:
            if end - position >= 8:
                raise ValueError("cut off within a code")
            return bytes(output)
        word = int.from_bytes(data[position // 8 : position // 8 + 3], "little")
        code = (word >> position % 8) & ((1 << bits) - 1)
        position += bits
        if code == _CLEAR and has_clear:
            position = group = _next_group(position, group, bits)
            bits, previous = _FIRST_BITS, None
            table = literals.copy()
            continue
        if previous is not None and len(table) < 1 << max_bits:
            table.append((previous[0], previous[1] + 1))
        start = len(output)
        if code < 256:
            output.append(code)
        elif code < len(table) and table[code][1]:
            first, last = table[code]
            output += output[first:last]
            if last > start:  # the part's last byte is the first one that this code adds
                output.append(output[first])
        else:
            raise ValueError("a code that stands for nothing")
        previous = start, len(output)
        if len(output) > limit:
            raise ValueError("it holds more than any data set")


def _next_group(position: int, group: int, bits: int) -> int:
    """Return where codes of another length begin: they come in groups of eight."""
    return position + (group - position) % (8 * bits)
