"""Writes answers for other programs and for people: JSON, CSV, text, pictures.

Probabilities are written unrounded everywhere.
"""

import csv
import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO, StringIO
from typing import IO, Any

from PIL import Image, ImageDraw, ImageFont

from app.i18n import _
from app.ink.rasterize import Raster
from app.numbers.number import Number, NumberCharacter
from app.recognition.alphabet import DIGITS
from app.recognition.prediction import MOST, Prediction
from app.stdio import escaped

Row = dict[str, Any]
"""One answer in a list: "id", then either `answer_object` and "ms", or "error"."""

_CSV_FIELDS = ("id", "text", "label", "confidence")
_OF_DIGITS = ("is_digit", "digit_score")
_OF_OTHERS = ("alternatives", "is_known", "known_score")
_NO_FORMULA = re.compile(r"[=+@-]|[+-]?[0-9]*[.,]?[0-9]*")
"""A sign alone, and numbers."""
_WIDTH, _ROW_HEIGHT, _MARGIN = 640, 44, 24
_LABEL_WIDTH, _PERCENT_WIDTH = 40, 110
_BAR_HEIGHT, _FONT_SIZE = 24, 24
"""All in pixels."""
_TEXT, _TRACK, _BAR, _BEST = "#1b1f24", "#e2e5ea", "#7c8796", "#0072b2"
"""Blue among greys, of Okabe and Ito's colours: visible with every kind of colour blindness."""


def answer_object(answer: Prediction | Number) -> dict[str, Any]:
    """Return an answer as a JSON object: the line of `recognise --format json` without "id", "ms".

    All numbers are probabilities, 0 to 1. "probabilities" has the digits in their order, or the
    ten most probable labels of another alphabet, the best first; of a number its most probable
    readings, and "digits" its characters from the left.
    """
    is_digit, digit_score = _OF_DIGITS
    value: dict[str, Any] = {
        "text": answer.text,
        "label": answer.label,
        "confidence": answer.confidence,
        "probabilities": dict(_probabilities(answer)[:MOST]),
    }
    if isinstance(answer, Prediction) and answer.alphabet != DIGITS.name:
        alternatives, is_digit, digit_score = _OF_OTHERS
        value[alternatives] = list(answer.alternatives)
    value[is_digit], value[digit_score] = answer.is_known, answer.known_score
    if isinstance(answer, Number):
        value["digits"] = [_character_object(character) for character in answer.characters]
    return value


def _character_object(character: NumberCharacter) -> dict[str, Any]:
    """Return a number's character; "strokes" are indices into the drawing, if it has any."""
    value = {
        "text": character.text if character.is_known else "",
        "box": list(character.box.edges),
        "confidence": character.confidence,
        "probabilities": character.probabilities,
        "is_digit": character.is_known,
        "digit_score": character.known_score,
    }
    if character.strokes:
        value["strokes"] = list(character.strokes)
    return value


def _probabilities(answer: Prediction | Number) -> Sequence[tuple[str, float]]:
    """Return the digits in their order; the labels of other alphabets and readings by rank."""
    if isinstance(answer, Number):
        return answer.readings
    if answer.alphabet != DIGITS.name:
        return answer.ranked
    return list(zip(answer.labels, answer.probabilities, strict=True))


def probabilities_csv(answer: Prediction | Number) -> bytes:
    """Return a CSV table with the columns label and probability (0 to 1), in the digits' order.

    The labels of other alphabets, and of a number its readings, have the best first.
    """
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    rows.writerow(("label", "probability"))
    rows.writerows(_probabilities(answer))
    return text.getvalue().encode("utf-8")


def probabilities_json(answer: Prediction | Number) -> bytes:
    """Return `answer_object` as the text of a file."""
    return (json.dumps(answer_object(answer), indent=1) + "\n").encode("utf-8")


def row_writer(output: str, stream: IO[str], names: Sequence[str]) -> Callable[[Row], None]:
    """Return a function that writes one row to `stream` as "text", "json", "csv" or "parquet".

    A table has the columns `names`, as `columns` returns them. The heading of CSV is written at
    once; Parquet is made later, from a line of JSON for each row.
    """
    if output == "csv":
        return _csv_writer(stream, names)
    line: Callable[[Row], str] = _text_line
    if output == "json":
        line = json.JSONEncoder(allow_nan=False).encode
    elif output == "parquet":
        line = partial(_flat_line, names)
    return lambda row: print(line(row), file=stream)


def columns(labels: Sequence[str], is_of_digits: bool) -> list[str]:
    """Return the columns of a table of answers, with a probability for each of `labels`.

    Whole numbers are of digits too, and have no labels.
    """
    fields = [*_CSV_FIELDS, *(_OF_DIGITS if is_of_digits else _OF_OTHERS), "ms"]
    return [*fields, *(f"p_{label}" for label in labels), "error"]


def line_begins(output: str, id_: Any) -> str:
    """Return what a row with this id begins with, as `row_writer` writes it."""
    if output in ("json", "parquet"):
        value = _text_id(id_) if output == "parquet" else id_
        return json.dumps({"id": value}, allow_nan=False).removesuffix("}") + ","
    if output == "csv":
        text = StringIO()
        csv.writer(text, lineterminator="").writerow([_csv_cell(id_), ""])
        return text.getvalue()
    return escaped(f"{id_}:")


def _flat_line(names: Sequence[str], row: Row) -> str:
    cells = _cells(row)
    flat = {name: cells[name] for name in names if name in cells}
    return json.dumps({**flat, "id": _text_id(row["id"])}, allow_nan=False)


def _cells(row: Row) -> Row:
    """Return a row with a value for each of its columns."""
    cells = {**row, **{f"p_{label}": p for label, p in row.get("probabilities", {}).items()}}
    if "alternatives" in row:
        cells["alternatives"] = " ".join(row["alternatives"])
    return cells


def _text_id(id_: Any) -> str:
    """Return an id as a text that UTF-8 can hold."""
    text = id_ if isinstance(id_, str) else json.dumps(id_)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text_line(row: Row) -> str:
    if "error" in row:
        answer = row["error"]
    elif row.get("is_digit", row.get("is_known")):
        others = row.get("alternatives", ())
        certainty = sum((row["probabilities"][one] for one in others), row["confidence"])
        answer = f"{_(' or ').join([row['label'], *others])}  ({certainty:.1%})"
    elif "digits" in row:
        answer = _("no number (the nearest is {label})").format(label=row["label"])
    elif "is_known" in row:
        answer = _("none of these (the nearest is {label})").format(label=row["label"])
    else:
        answer = _("no digit (the nearest is {label})").format(label=row["label"])
    return escaped(f"{row['id']}: {answer}")


def _csv_writer(stream: IO[str], names: Sequence[str]) -> Callable[[Row], None]:
    writer = csv.DictWriter(stream, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()

    def write(row: Row) -> None:
        writer.writerow({name: _csv_cell(value) for name, value in _cells(row).items()})

    return write


def _csv_cell(value: Any) -> Any:
    """Return a value from outside as a cell that no spreadsheet takes for a formula.

    A quotation mark before it makes it a text (OWASP, CSV injection); numbers stay as they are.
    """
    if not isinstance(value, str):
        return value
    text = escaped(value)
    is_formula = text.startswith(("=", "+", "-", "@")) and not _NO_FORMULA.fullmatch(text)
    return f"'{text}" if is_formula else text


def raster_png(raster: Raster) -> bytes:
    """Return what the network sees, (28, 28) from 0 to 1, as a grey PNG of 28 × 28 pixels."""
    return _png(Image.fromarray((raster * 255).round().astype("uint8")))


def bars_png(prediction: Prediction) -> bytes:
    """Return the probability bars as an RGB PNG on white, 640 pixels wide."""
    bars = _probabilities(prediction)[:MOST]
    image = Image.new("RGB", (_WIDTH, len(bars) * _ROW_HEIGHT + 2 * _MARGIN), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(_FONT_SIZE)
    left, right = _MARGIN + _LABEL_WIDTH, _WIDTH - _MARGIN - _PERCENT_WIDTH
    share = 1.0 if prediction.is_known else prediction.known_score
    for row, (label, conditional) in enumerate(bars):
        probability = conditional * share
        middle = _MARGIN + row * _ROW_HEIGHT + _ROW_HEIGHT / 2
        top, bottom = middle - _BAR_HEIGHT / 2, middle + _BAR_HEIGHT / 2
        draw.text((_MARGIN + 8, middle), label, _TEXT, font, "lm")
        draw.rectangle((left, top, right, bottom), _TRACK)
        end = left + (right - left) * probability
        if end - left >= 1:
            is_answer = prediction.is_known and label == prediction.label
            draw.rectangle((left, top, end, bottom), _BEST if is_answer else _BAR)
        percent = _("{percent:.1f} %").format(percent=probability * 100)
        draw.text((_WIDTH - _MARGIN, middle), percent, _TEXT, font, "rm")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
