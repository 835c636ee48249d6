"""Reading picture files: upright, checked before decoding, one error message for bad ones."""

import struct
import zlib
from io import BytesIO
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import InkError
from app.imaging import picture_reader
from app.imaging.picture_reader import open_picture
from tests.app.imaging.pictures import PICTURE


def test_exif_rotation_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it turned by 90° clockwise
    stream = BytesIO()
    PICTURE.rotate(90, expand=True).save(stream, "JPEG", exif=exif, quality=95)
    upright = np.asarray(open_picture(stream.getvalue()), np.int16)
    assert np.abs(upright - np.asarray(PICTURE, np.int16)).mean() < 1


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header promises a size; the pixels never come."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    )


@pytest.mark.parametrize("side", [9_000, 20_000, 1_000_000])
def test_a_huge_picture_is_refused_before_decoding(side: int) -> None:
    with pytest.raises(InkError, match="scale it down"):
        open_picture(png_of_size(side, side))


def test_decoding_that_takes_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(10_000))
    monkeypatch.setattr(picture_reader, "time", SimpleNamespace(thread_time=lambda: next(seconds)))
    many_comments = b"P5 " + b"#\n" * 100_000 + b"1 1 255 a"
    with pytest.raises(InkError, match="too long"):
        open_picture(many_comments)
    stream = BytesIO()
    PICTURE.save(stream, "JPEG", progressive=True)
    last_scan = stream.getvalue()[stream.getvalue().rindex(b"\xff\xda") : -2]
    with pytest.raises(InkError, match="too long"):
        open_picture(stream.getvalue()[:-2] + last_scan * 2000 + b"\xff\xd9")


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damaged_pictures_give_a_picture_or_an_error(junk: bytes, offset: int) -> None:
    stream = BytesIO()
    PICTURE.resize((80, 80)).save(stream, "PNG")
    data = stream.getvalue()
    try:
        open_picture(data[:offset] + junk + data[offset + len(junk) :])
    except InkError as error:
        assert str(error)
