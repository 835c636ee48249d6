"""Pictures within text files, as a PNG in base64."""

import base64
from io import BytesIO

from PIL.Image import Image

from app.errors import InkError
from app.i18n import _
from app.imaging.picture_reader import open_picture


def encode_picture(picture: Image, compress_level: int = 6) -> str:
    """Return a picture as a PNG in base64; `compress_level` is zlib's, 1 (fast) to 9 (small)."""
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=compress_level)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def decode_picture(value: object) -> Image:
    """Return the picture in a value of parsed JSON; raises InkError."""
    try:
        if isinstance(value, str):
            return open_picture(base64.b64decode(value, validate=True))
    except ValueError as error:
        raise InkError(_damaged_message()) from error
    raise InkError(_damaged_message())


def _damaged_message() -> str:
    return _("The file's picture is damaged; copy the file or save it again.")
