"""Damages files on purpose: bytes, values of JSON, and what is inside checked containers."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any

Make = Callable[[Random], bytes]
"""Makes a damaged file."""

_EDGES = (0, 1, 0x7F, 0x80, 0xFF)
_ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, -1e308, 1e-300, 2**63, 10**400, float("nan"), float("inf"), "", "0",
    "\ud800", "\x1b[31m", "‮", "=1+1", "a" * 5000, [], {}, [[]], [[[]]], {"": None},
)  # fmt: skip


def damaged(seeds: Sequence[bytes], seal: Callable[[bytes], bytes] = bytes) -> Make:
    """Return a maker of damaged versions of `seeds`; `seal` makes their checksums right again."""

    def make(rng: Random) -> bytes:
        seed = rng.choice(seeds)
        if seed[:1] in (b"{", b"[") and rng.random() < 0.6:
            return damage_json(rng, seed)
        data = damage_bytes(rng, seed, rng.choice(seeds))
        return seal(data) if rng.random() < 0.7 else data

    return make


def damaged_zip(members: dict[str, bytes]) -> Make:
    """Return a maker of zip archives: damaged members, or a damaged archive."""

    def make(rng: Random) -> bytes:
        files = dict(members)
        name = rng.choice(list(files))
        if rng.random() < 0.7:
            files[name] = damage_json(rng, files[name])
        stream = BytesIO()
        with zipfile.ZipFile(
            stream, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
        ) as z:
            for file, content in files.items():
                z.writestr(file, content)
        data = stream.getvalue()
        return damage_bytes(rng, data, data) if rng.random() < 0.4 else data

    return make


def damage_bytes(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return `data` after one to four damages; parts of `other` may come into it."""
    out = bytearray(data)
    for _time in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(out) + 1)
        end = min(len(out), at + rng.choice((1, 2, 4, 16, 256)))
        match rng.randrange(8):
            case 0 if out:
                out[at % len(out)] ^= 1 << rng.randrange(8)
            case 1:
                out[at:end] = bytes([rng.choice(_EDGES)]) * (end - at)
            case 2:
                del out[at:end]
            case 3:
                out[at:at] = out[at:end] * rng.choice((1, 2, 50))
            case 4:
                out[at:at] = rng.randbytes(rng.choice((1, 4, 64)))
            case 5:
                del out[at:]
            case 6:
                start = rng.randrange(len(other) + 1)
                out[at:] = other[start:]
            case 7:
                out[at:at] = str(rng.choice((-1, 2**31, 10**30, 1e308))).encode()
    return bytes(out)


def damage_json(rng: Random, data: bytes) -> bytes:
    """Return the text of a JSON value in which one to three values are others.

    What is no JSON gets damaged bytes.
    """
    try:
        value = json.loads(data)
    except ValueError:
        return damage_bytes(rng, data, data)
    for _time in range(rng.choice((1, 1, 2, 3))):
        value = _with_other_value(rng, value)
    if rng.random() < 0.02:
        value = _nested(rng, value)
    return json.dumps(value, ensure_ascii=rng.random() < 0.7).encode("utf-8", "surrogatepass")


def _with_other_value(rng: Random, value: Any) -> Any:
    """Return the value with another one at a random place in it."""
    if not value or not isinstance(value, (dict, list)) or rng.random() < 0.2:
        return _odd(rng, value)
    if isinstance(value, dict):
        key = rng.choice(list(value))
        rest = {k: v for k, v in value.items() if k != key}
        if rng.random() < 0.15:
            return rest
        return {**rest, rng.choice((key, key, key, key + " ")): _with_other_value(rng, value[key])}
    at = rng.randrange(len(value))
    if rng.random() < 0.15:
        return value[:at] + value[at:] * rng.choice((2, 3, 40))
    return [*value[:at], _with_other_value(rng, value[at]), *value[at + 1 :]]


def _odd(rng: Random, value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and abs(value) < 1e300 and rng.random() < 0.5:
        return value * rng.choice((-1, 0, 0.5, 1e9, 1e-9)) + rng.choice((0, 1, -1e6))
    return rng.choice(_ODD_VALUES)


def _nested(rng: Random, value: Any) -> Any:
    for _level in range(rng.choice((50, 500))):
        value = [value]
    return value


def with_png_checksums(data: bytes) -> bytes:
    """Return PNG bytes in which every chunk has its right CRC, as far as chunks can be found."""
    out, at = bytearray(data), 8
    while at + 12 <= len(out):
        (length,) = struct.unpack_from(">I", out, at)
        end = at + 8 + length
        if end + 4 > len(out):
            break
        struct.pack_into(">I", out, end, zlib.crc32(out[at + 4 : end]))
        at = end + 4
    return bytes(out)
