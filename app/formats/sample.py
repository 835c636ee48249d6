"""A sample: a drawing with the label that the user gave it, and its file.

The file is a strokes file (.ink) with more keys: "label" ("0" to "9", or "" for a drawing that is
no digit), "time" (ISO 8601, UTC), "predicted" (the model's answer, "" for no digit), "model" (its
SHA-256), where the drawing lies on a picture, "picture" (a PNG in base64), and, where the label is
of another alphabet than the digits, its name, "alphabet".
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.errors import InkError
from app.formats.embedded_picture import decode_picture, encode_picture
from app.formats.strokes_file import content_from_json, content_to_json, encode_json, parse_json
from app.i18n import _
from app.ink.drawing import Content
from app.ink.picture_placement import crop_to_page

NO_DIGIT = ""
"""The label of a drawing that is no digit, or none of its alphabet."""
DIGITS = "digits"
"""The alphabet of a sample that names none."""
_LABELS = (*"0123456789", NO_DIGIT)
PICTURE_SIDE = 400
"""The longer side of a sample's picture, in pixels, at most."""
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawing, its label, and what the model had answered."""

    content: Content
    label: str
    """One of its alphabet's, or NO_DIGIT."""
    time: datetime
    """UTC."""
    predicted: str
    """The model's answer, "" for no digit."""
    model: str
    """The SHA-256 of the model that answered; "" where none did."""
    alphabet: str = DIGITS
    """The name of the alphabet in which it counts."""

    def __post_init__(self) -> None:
        """Check the label and the drawing; raises InkError."""
        if self.alphabet == DIGITS and self.label not in _LABELS:
            raise InkError(_("A sample's label must be a digit, or empty for no digit."))
        if len(self.label) > 1 or not self.label.isprintable() or not _is_word(self.alphabet):
            raise InkError(_("A sample's label must be a single character, or empty for none."))
        if self.content.is_empty:
            raise InkError(_("There is nothing drawn to learn from."))


def new_sample(
    content: Content, label: str, predicted: str = "", model: str = "", alphabet: str = DIGITS
) -> Sample:
    """Return a sample with the present time, its picture cropped to the page; raises InkError."""
    return Sample(crop_to_page(content), label, datetime.now(UTC), predicted, model, alphabet)


def encode_sample(sample: Sample) -> bytes:
    """Return the sample's file."""
    value = content_to_json(sample.content)
    value["label"] = sample.label
    value["time"] = sample.time.isoformat()
    value["predicted"] = sample.predicted
    value["model"] = sample.model
    if sample.alphabet != DIGITS:
        value["alphabet"] = sample.alphabet
    if sample.content.background is not None:
        picture = sample.content.background.convert("L")
        picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), reducing_gap=None)
        value["picture"] = encode_picture(picture)
    return encode_json(value)


def parse_sample(data: bytes) -> Sample:
    """Return the sample in a file; raises InkError.

    Only the label is required: samples from other programs have no times and no models.
    """
    value = parse_json(data)
    content = content_from_json(value)
    if "picture" in value:
        content = replace(content, background=decode_picture(value["picture"]))
    label = value.get("label")
    if not isinstance(label, str):
        raise InkError(_("The file has no label: it is a drawing, not a sample."))
    predicted, model = (_text(value.get(key)) for key in ("predicted", "model"))
    alphabet = value.get("alphabet", DIGITS)
    time = _parse_time(value.get("time"))
    return Sample(content, label, time, predicted, model, alphabet)


def _text(value: object) -> str:
    """Return an answer or a SHA-256; "" where the file has something else."""
    if not isinstance(value, str) or len(value) > 64:
        return ""
    is_text = value.isascii() and (value.isalnum() or (len(value) == 1 and value.isprintable()))
    return value if is_text else ""


def _is_word(value: object) -> bool:
    """Return whether a value can be an alphabet's name."""
    return isinstance(value, str) and len(value) <= 64 and value.isascii() and value.isalnum()


def _parse_time(value: object) -> datetime:
    """Return a time in UTC; the beginning of 1970 where there is none."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else _NO_TIME
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _NO_TIME
