"""Owns reading a picture file: checked before it is decoded, upright, with pixels to average."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.errors import InkError
from app.i18n import _

MAX_PIXELS = 64_000_000
"""Refused above this before decoding: more than any phone's 1:1 picture of a digit needs."""
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""What is read: not everything Pillow knows, since for some it would start other programs."""
MAX_FILE_BYTES = 256 * 1024 * 1024


def open_picture(source: Path | bytes) -> Image.Image:
    """Return a decoded picture, upright, its longer side at most 1,600 px; raises InkError."""
    with plain_errors():
        stream = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        with stream:
            return checked_picture(Image.open(stream, formats=FORMATS))


def checked_picture(image: Image.Image) -> Image.Image:
    """Return a picture that Pillow has opened, as `open_picture` does; raises InkError."""
    with plain_errors():
        if image.width * image.height > MAX_PIXELS:
            raise InkError(_too_large(image.width, image.height))
        if isinstance(image, ImageFile.ImageFile):
            image.draft("RGB", (800, 800))
        image.load()
        image = with_plain_pixels(ImageOps.exif_transpose(image))
        image.thumbnail((1600, 1600), Image.Resampling.BOX, reducing_gap=None)
        return image


def with_plain_pixels(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose pixels can be averaged: L, LA, RGB, RGBA, CMYK … or F.

    Pillow would only pick single pixels of two-level and palette pictures, so thin lines would go.
    """
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        see_through = image.mode == "PA" or "transparency" in image.info
        return image.convert("RGBA" if see_through else "RGB")
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, np.float32)
        if not np.isfinite(values).all():
            raise InkError(_damaged())
        return Image.fromarray(values)
    return image


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what Pillow raises for a bad picture into one plain sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InkError:
        raise
    except Image.DecompressionBombError as error:
        raise InkError(_too_large()) from error
    except FileNotFoundError as error:
        raise InkError(no_such_file()) from error
    except PermissionError as error:
        raise InkError(unreadable(error)) from error
    except UnidentifiedImageError as error:
        raise InkError(
            _("This is not a picture that can be read; save it as PNG or JPEG.")
        ) from error
    except Exception as error:  # Pillow's many decoders raise many kinds on damaged files.
        raise InkError(_damaged()) from error


def no_such_file() -> str:
    """Return the sentence for a file that is not there."""
    return _("There is no such file: it may have been moved or renamed.")


def unreadable(error: OSError) -> str:
    """Return the sentence for a file that the system does not let be read."""
    if isinstance(error, PermissionError):
        return _("The file may not be read; change its permissions.")
    return _("The file cannot be read: {problem}.").format(problem=error.strerror or error)


def _too_large(width: int = 0, height: int = 0) -> str:
    if not width:
        return _("The picture has too many pixels; scale it down to 8,000 × 8,000 or less.")
    return _(
        "The picture has {width} × {height} pixels; scale it down to 8,000 × 8,000 or less."
    ).format(width=f"{width:,}", height=f"{height:,}")


def _damaged() -> str:
    return _("The picture is damaged or incomplete; copy it or save it again.")
