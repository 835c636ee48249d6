"""Whole files of every kind that the program reads, from which damaged ones are made."""

import gzip
import hashlib
import io
import json
import struct
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from app.formats.drawing_file import encode_drawing
from app.formats.sample import Sample, encode_sample
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.resources import shipped_model
from benchmarks.faults.mutation import Make, damage_json, damaged, damaged_zip, with_png_checksums

SEVEN = [[[10.0, 10.0, 0], [60.0, 12.0, 40], [30.0, 50.0, 90], [25.0, 100.0, 130]]]
_CROSS = [[[0.0, 0.0], [50.0, 50.0]], [[50.0, 0.0], [0.0, 50.0]]]
_DOT = [[[5.0, 5.0]]]
_COLUMNS = "epoch,seconds,cpu_seconds,loss,accuracy,val_loss,val_accuracy"


def seven() -> Content:
    """Return a drawing of a 7 in one stroke."""
    return Content(strokes=(Stroke.of([(x, y) for x, y, _time in SEVEN[0]]),))


def lines() -> Make:
    """JSON Lines for `recognise -`."""
    values: list[Any] = [
        {"id": 1, "label": "7", "strokes": SEVEN},
        {"strokes": [*SEVEN, *[[[x + 80, y] for x, y, *_t in s] for s in SEVEN]]},
        {"id": "x", "strokes": _CROSS},
        {"strokes": _DOT},
        {"image": "/dev/null"},
    ]
    return damaged([json.dumps(value).encode() for value in values])


def drawings() -> Make:
    """.ink files, one of them with a picture."""
    return damaged([encode_drawing(seven()), encode_drawing(Content(background=_picture()))])


def samples() -> Make:
    """Files of samples."""
    return damaged([_sample(), _sample(Content(background=_picture()))])


def sample_archive() -> Make:
    """Archives of samples."""
    return damaged_zip({"7/a.ink": _sample(), "3/b.ink": _sample()})


def pictures() -> dict[str, Make]:
    """Pictures of every format, by suffix."""
    formats = {
        ".png": "PNG", ".jpg": "JPEG", ".gif": "GIF", ".bmp": "BMP", ".tif": "TIFF",
        ".webp": "WEBP", ".ppm": "PPM",
    }  # fmt: skip
    makers = {}
    for suffix, name in formats.items():
        files = [_saved(_picture(mode), name) for mode in ("L", "RGB", "1")]
        seal = with_png_checksums if name == "PNG" else bytes
        makers[suffix] = damaged(files, seal)
    return makers


def settings() -> Make:
    """Settings files."""
    value = {
        "version": 1, "theme": "dark", "zoom": 1.5, "tool": "pen", "pen_width": 16.0,
        "window": [10, 10, 800, 600], "language": "en", "recent": ["/a.ink"], "number": True,
        "of a later version": {"a": [1]},
    }  # fmt: skip
    return damaged([json.dumps(value).encode()])


def card() -> Make:
    """Model cards."""
    return damaged([shipped_model().with_suffix(".json").read_bytes()])


def model() -> Make:
    """Models; `write_card_for` writes the card that goes with one."""
    return damaged([shipped_model().read_bytes()])


def write_card_for(path: Path) -> None:
    """Write the shipped card with the SHA-256 of another model beside it."""
    value = json.loads(shipped_model().with_suffix(".json").read_bytes())
    value["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".json").write_text(json.dumps(value))


def model_archive() -> Make:
    """Archives of models."""
    return damaged_zip(
        {
            "digits.json": shipped_model().with_suffix(".json").read_bytes(),
            "digits.tflite": shipped_model().read_bytes(),
        }
    )


def history() -> Make:
    """history.csv of a training."""
    rows = "".join(f"{n},1.5,3.0,0.4,0.9,0.3,0.92\n" for n in range(1, 6))
    return damaged([f"{_COLUMNS}\n{rows}".encode()])


def events() -> Make:
    """What a training process prints."""
    values: list[Any] = [
        {"event": "run_started", "recipe": "sprint", "epochs": 2, "parameters": 10},
        {"event": "epoch", "epoch": 1, "epochs": 2, "loss": 0.2, "val_loss": 0.1},
        {"event": "failed", "error": "No room.", "stopped": False},
    ]
    return damaged([json.dumps(value).encode() for value in values])


def pendigits() -> Make:
    """The UCI format of pen strokes (UNIPEN)."""
    digit = (
        '.SEGMENT DIGIT ? ? "7"\n.COMMENT 7 0 1\n.PEN_DOWN\n 10 90\n 60 88\n 25 10\n'
        ".PEN_UP\n.DT 10\n"
    )
    return damaged([(digit * 3).encode()])


def idx() -> Make:
    """Gzipped idx files: damaged inside, or outside."""
    images = struct.pack(">IIII", 0x803, 2, 28, 28) + bytes(2 * 28 * 28)
    return damaged([gzip.compress(images), images], lambda data: gzip.compress(data, 1))


def npz() -> Make:
    """Archives of NumPy arrays."""
    stream = io.BytesIO()
    np.savez(stream, x_train=np.zeros((2, 28, 28), np.uint8), y_train=np.zeros(2, np.uint8))
    return damaged([stream.getvalue()])


def skahl() -> Make:
    """JSON of a phone's pen strokes."""
    one = {"label": 7, "user": 1, "strokes": SEVEN}
    seeds = [json.dumps([one, one]).encode()]

    def make(rng: Random) -> bytes:
        return damage_json(rng, rng.choice(seeds))

    return make


def _sample(content: Content | None = None) -> bytes:
    time = datetime(2026, 1, 1, tzinfo=UTC)
    return encode_sample(Sample(content or seven(), "7", time, "1", "0" * 64))


def _picture(mode: str = "L") -> Image.Image:
    picture = Image.new("L", (60, 80), 250)
    ImageDraw.Draw(picture).line([(10, 10), (50, 12), (25, 70)], fill=20, width=6)
    return picture.convert(mode)


def _saved(picture: Image.Image, name: str) -> bytes:
    stream = BytesIO()
    picture.save(stream, name)
    return stream.getvalue()
