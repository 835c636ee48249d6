"""Accuracy of the shipped model: MNIST, unseen writers, other sizes and pens, pictures."""

import tempfile
from pathlib import Path

from app.formats.drawing_file import encode_drawing
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.resources import shipped_model
from benchmarks.recognise_command import recognise, strokes_line
from benchmarks.unseen_digits import unseen_digits
from training.data.library import Library
from training.data.pendigits import PenDigit
from training.evaluation.evaluate import outputs_of
from training.evaluation.test_sets import data_named


def mnist() -> list[tuple[str, str]]:
    """Return the shipped model's accuracy on MNIST's test set."""
    outputs = outputs_of(shipped_model(), data_named("mnist", Library()))
    return [("MNIST test accuracy", f"{outputs.accuracy():.2%}")]


def writers() -> list[tuple[str, str]]:
    """Return the accuracy on unseen writers, by `inkling recognise`."""
    digits = unseen_digits()
    rows = recognise([strokes_line(i, digit.strokes) for i, digit in enumerate(digits)])
    labels = [str(digit.label) for digit in digits]
    pairs = list(zip(rows, labels, strict=True))
    right = sum(row["label"] == label for row, label in pairs) / len(digits)
    answered = sum(row["text"] == label for row, label in pairs) / len(digits)
    refused = sum(not row["is_digit"] for row in rows) / len(digits)
    return [
        (f"unseen writers, {len(digits):,} digits: most probable label right", f"{right:.2%}"),
        ("unseen writers: answered, and right", f"{answered:.2%}"),
        ("unseen writers: refused as no digit", f"{refused:.2%}"),
    ]


def invariance() -> list[tuple[str, str]]:
    """Return the accuracy on unseen writers at other sizes, places and pen widths."""
    digits = unseen_digits()
    shares = {}
    for scale, shift in ((0.4, 0.0), (0.4, 700.0), (1.0, 0.0), (2.5, -300.0)):
        rows = recognise([strokes_line(i, d.strokes, scale, shift) for i, d in enumerate(digits)])
        shares[f"{scale:g}× moved by {shift:g}"] = _share(rows, digits)
    for width in (4.0, 16.0, 40.0):
        rows = _recognised_from_files(digits, width)
        shares[f"pen {width:g} px, .ink files"] = _share(rows, digits)
    spread = max(shares.values()) - min(shares.values())
    result = [(f"unseen writers at {name}", f"{share:.2%}") for name, share in shares.items()]
    return [*result, ("largest difference between these", f"{100 * spread:.2f} points")]


def pictures() -> list[tuple[str, str]]:
    """Return the accuracy on pictures of unseen writers' digits, by pen width."""
    digits = unseen_digits()
    result = []
    for width in (4.0, 16.0, 40.0):
        rows = _recognised_from_files(digits, width, ".png")
        result.append((f"pictures, pen {width:g} px", f"{_share(rows, digits):.2%}"))
    return result


def _recognised_from_files(
    digits: list[PenDigit], width: float, suffix: str = ".ink"
) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, digit in enumerate(digits):
            path = Path(folder) / f"{number}{suffix}"
            strokes = tuple(Stroke(stroke.points, width) for stroke in digit.strokes)
            if suffix == ".ink":
                path.write_bytes(encode_drawing(Content(strokes=strokes)))
            else:
                render(Content(strokes=strokes)).save(path)
            lines.append(f'{{"id": {number}, "image": "{path}"}}')
        return recognise(lines)


def _share(rows: list[dict[str, object]], digits: list[PenDigit]) -> float:
    right = [row.get("label") == str(d.label) for row, d in zip(rows, digits, strict=True)]
    return sum(right) / len(right)
