"""Whole numbers: how many are read right, as strokes and as pictures, and the time of one."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.ink.drawing import Content
from app.ink.rasterize import rasterize
from app.ink.renderer import render
from app.numbers.number_ink import number_ink
from app.numbers.reader import NumberReader
from app.recognition.model import shipped_recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import SampleStore
from benchmarks.unseen_digits import unseen_digits
from training.robustness.number_strings import NumberString, number_strings

_STRINGS = 1_000
_PICTURES = 500
_SEED = 2024


def numbers() -> list[tuple[str, str]]:
    """Return the share of strings read whole right, and the median time for 8 digits."""
    digits = unseen_digits()
    with tempfile.TemporaryDirectory() as folder:
        personal = PersonalRecogniser(shipped_recogniser(), SampleStore(Path(folder)))
        strings = number_strings(digits, _STRINGS, _SEED)
        plain = number_strings(digits, _STRINGS, _SEED, plain=True)
        drawn = _read(strings, personal, _strokes)
        alone, plain_alone = (
            [_digits_alone_are_right(string, personal) for string in some]
            for some in (strings, plain)
        )
        pictured = _read(strings[:_PICTURES], personal, _picture)
        apart = [right for right, segments, length in pictured if segments >= length]
        touching = [right for right, segments, length in pictured if segments < length]
        eight = number_strings(digits, 200, _SEED, length=8)
        times = _times([_strokes(string) for string in eight], personal)
        of_pictures = _times([_picture(string) for string in eight[:60]], personal)
        return [
            (f"{_STRINGS:,} numbers of 2 to 8 digits, strokes", _share([r[0] for r in drawn])),
            ("… where the network has every digit right that it is given alone", _share(alone)),
            (
                "… without signs, touching neighbours, delayed strokes",
                _share([r[0] for r in _read(plain, personal, _strokes)]),
            ),
            ("… … where the network has every digit right", _share(plain_alone)),
            (f"pictures of {_PICTURES} of them", _share([r[0] for r in pictured])),
            (
                "… without signs, touching neighbours, delayed strokes",
                _share([r[0] for r in _read(plain[:_PICTURES], personal, _picture)]),
            ),
            (f"… the {len(apart)} in which no two digits touch", _share(apart)),
            (f"… the {len(touching)} others", _share(touching)),
            ("a number of 8 digits, strokes, median", f"{statistics.median(times):.1f} ms"),
            ("… as a picture, median", f"{statistics.median(of_pictures):.0f} ms"),
        ]


def _strokes(string: NumberString) -> Content:
    return Content(strokes=string.strokes)


def _picture(string: NumberString) -> Content:
    content = Content(strokes=string.strokes)
    return Content(page=content.extent, background=render(content))


def _read(
    strings: Sequence[NumberString],
    personal: PersonalRecogniser,
    content_of: Callable[[NumberString], Content],
) -> list[tuple[bool, int, int]]:
    """Return for every string whether it was read right, the number of its segments, its length."""
    found = []
    for string in strings:
        ink = number_ink(content_of(string))
        assert ink is not None
        segments = len(ink.segments)
        text = NumberReader(personal).read(ink).text
        found.append((text == string.text, segments, len(string.text)))
    return found


def _digits_alone_are_right(string: NumberString, personal: PersonalRecogniser) -> bool:
    """Return whether every digit is right if its strokes are recognised alone.

    No segmentation can do better. Refusals are ignored.
    """
    for owner, text in enumerate(string.text):
        strokes = [s for s, its in zip(string.strokes, string.owners, strict=True) if its == owner]
        image = rasterize(strokes)
        assert image is not None
        if text.isdigit() and personal.predict(image).label != text:
            return False
    return True


def _times(contents: Sequence[Content], personal: PersonalRecogniser) -> list[float]:
    """Return the milliseconds of each number, with nothing cached."""
    times = []
    for content in contents:
        reader = NumberReader(personal)
        started = time.perf_counter()
        ink = number_ink(content)
        assert ink is not None
        reader.read(ink)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / max(len(right), 1):.1%}"
