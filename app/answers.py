"""Owns an answer for others: probabilities as CSV and JSON, the bars and the raster as pictures."""

import csv
import json
from io import BytesIO, StringIO

from PIL import Image, ImageDraw, ImageFont

from app.i18n import _
from app.ink.rasterize import Raster
from app.numbers.number import Number
from app.recognition.prediction import Prediction

_WIDTH, _ROW, _MARGIN = 640, 44, 24
_LABEL, _SHARE = 40, 110
_TEXT, _TRACK, _BAR, _BEST = "#1b1f24", "#e2e5ea", "#7c8796", "#0072b2"
"""Blue among greys: Okabe and Ito's, told apart with every kind of colour blindness."""
_SIZE = 24


def probabilities_csv(answer: Prediction | Number) -> bytes:
    """Return lines of label and probability (0 to 1), with a heading, in the labels' order.

    Of a number these are its readings, the best first.
    """
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    rows.writerow(("label", "probability"))
    for label, chance in _chances(answer):
        rows.writerow((label, f"{chance:.6f}"))
    return text.getvalue().encode("utf-8")


def probabilities_json(answer: Prediction | Number) -> bytes:
    """Return what `inkling recognise --format json` says of a drawing, but for "id" and "ms"."""
    value = {
        "text": answer.text,
        "label": answer.label,
        "confidence": round(answer.confidence, 6),
        "probabilities": {label: round(chance, 6) for label, chance in _chances(answer)},
        "is_digit": answer.is_digit,
        "digit_score": round(answer.digit_score, 6),
    }
    if isinstance(answer, Number):
        value["digits"] = answer.value["digits"]
    return (json.dumps(value, indent=1) + "\n").encode("utf-8")


def _chances(answer: Prediction | Number) -> tuple[tuple[str, float], ...]:
    """Return what may be read, and how probably."""
    if isinstance(answer, Number):
        return answer.readings
    return tuple(zip(answer.labels, answer.probabilities, strict=True))


def raster_png(raster: Raster) -> bytes:
    """Return what the network sees, (28, 28) from 0 to 1, as a grey PNG of 28 × 28 pixels."""
    return _png(Image.fromarray((raster * 255).round().astype("uint8")))


def bars_png(prediction: Prediction) -> bytes:
    """Return the bars as a PNG, 640 pixels wide, as the window shows them on white."""
    rows = len(prediction.labels)
    image = Image.new("RGB", (_WIDTH, rows * _ROW + 2 * _MARGIN), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(_SIZE)
    left, right = _MARGIN + _LABEL, _WIDTH - _MARGIN - _SHARE
    for row, (label, chance) in enumerate(
        zip(prediction.labels, prediction.probabilities, strict=True)
    ):
        middle = _MARGIN + row * _ROW + _ROW / 2
        box = left, middle - 12, right, middle + 12
        best = prediction.is_digit and label == prediction.label
        draw.text((_MARGIN + 8, middle), label, _TEXT, font, "lm")
        draw.rectangle(box, _TRACK)
        end = left + (right - left) * chance
        if end - left >= 1:
            draw.rectangle((*box[:2], end, box[3]), _BEST if best else _BAR)
        share = _("{percent:.1f} %").format(percent=chance * 100)
        draw.text((_WIDTH - _MARGIN, middle), share, _TEXT, font, "rm")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
