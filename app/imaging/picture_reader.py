"""Reads picture files: checked before they are decoded, upright, in a mode that can be averaged."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.errors import InkError
from app.i18n import _
from app.stdio import silence_native_stderr

PICTURE_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm"}
)
PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""Not all that Pillow knows: for some it would start other programs."""
MAX_PICTURE_BYTES = 256 * 1024 * 1024
MAX_PIXELS = 64_000_000
"""More than any phone's picture has; larger ones are refused before they are decoded."""
_MAX_SECONDS = 5.0
"""Of the processor's time, for decoding: a progressive JPEG of MAX_PIXELS takes two."""
_BLOCK = 4096
"""Bytes that are decoded at once: the time is looked at in between."""
_MAX_VALUE = 1e30
"""Of a pixel in a floating-point picture."""
_MAX_SIDE = 1600
"""Larger pictures are scaled down: no digit needs more pixels."""


def open_picture(source: Path | bytes) -> Image.Image:
    """Return a decoded picture, upright, its longer side at most 1,600 px; raises InkError."""
    with picture_errors():
        stream = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        with stream, BufferedReader(_TimedStream(stream)) as timed, silence_native_stderr():
            return prepare_picture(Image.open(timed, formats=PICTURE_FORMATS))


class _TimedStream(RawIOBase):
    """The bytes of another stream until _MAX_SECONDS are over; then reading raises InkError.

    A small file can keep a decoder busy for minutes: with thousands of scans, or with comments.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._end = time.thread_time() + _MAX_SECONDS

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if time.thread_time() > self._end:
            raise InkError(
                _("The picture takes too long to decode; scale it down and save it as PNG.")
            )
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def prepare_picture(image: Image.Image) -> Image.Image:
    """Return a picture that Pillow has opened as `open_picture` does; raises InkError."""
    with picture_errors():
        if image.width * image.height > MAX_PIXELS:
            raise InkError(_too_large_message(image.width, image.height))
        if isinstance(image, ImageFile.ImageFile):
            image.draft("RGB", (_MAX_SIDE // 2, _MAX_SIDE // 2))
            image.decodermaxblock = _BLOCK
        image.load()
        image = to_averageable_mode(ImageOps.exif_transpose(image))
        image.thumbnail((_MAX_SIDE, _MAX_SIDE), Image.Resampling.BOX, reducing_gap=None)
        return image


def to_averageable_mode(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose pixels can be averaged: L, LA, RGB, RGBA, CMYK … or F.

    Of two-level and palette pictures Pillow would pick single pixels, and thin lines would vanish.
    Raises InkError for floating-point pictures with values that are not finite, or so large that
    their differences are not.
    """
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        is_transparent = image.mode == "PA" or "transparency" in image.info
        return image.convert("RGBA" if is_transparent else "RGB")
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, np.float32)
        if not (np.abs(values) < _MAX_VALUE).all():  # NaN is not
            raise InkError(_damaged_message())
        return Image.fromarray(values)
    return image


@contextmanager
def picture_errors() -> Iterator[None]:
    """Turn what Pillow and the system raise for a bad picture into an InkError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InkError:
        raise
    except Image.DecompressionBombError as error:
        raise InkError(_too_large_message()) from error
    except (FileNotFoundError, PermissionError) as error:
        raise InkError(unreadable_file_message(error)) from error
    except UnidentifiedImageError as error:
        raise InkError(
            _("This is not a picture that can be read; save it as PNG or JPEG.")
        ) from error
    except Exception as error:  # Pillow's many decoders raise many kinds on damaged files.
        raise InkError(_damaged_message()) from error


def unreadable_file_message(error: OSError) -> str:
    """Return the message for a file that does not exist or that the system cannot read."""
    if isinstance(error, FileNotFoundError):
        return _("There is no such file: it may have been moved or renamed.")
    if isinstance(error, PermissionError):
        return _("You have no permission to read this file; change its permissions.")
    return _("The file cannot be read: {problem}.").format(problem=error.strerror or error)


def _too_large_message(width: int = 0, height: int = 0) -> str:
    if not width:
        return _("The picture has too many pixels; scale it down to 8,000 × 8,000 or less.")
    return _(
        "The picture has {width} × {height} pixels; scale it down to 8,000 × 8,000 or less."
    ).format(width=f"{width:,}", height=f"{height:,}")


def _damaged_message() -> str:
    return _("The picture is damaged or incomplete; copy it or save it again.")
