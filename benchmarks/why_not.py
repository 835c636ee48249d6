"""Changes of strokes to another label: how many are found, how small, plausible and fast."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.explanation.counterfactual import Change, Search
from app.explanation.deformation import Deformable
from app.explanation.exemplars import Exemplars, path_of
from app.explanation.scores import Floats, score_rasters
from app.explanation.second_opinion import second_opinion
from app.ink.rasterize import line_segments, rasterize_many
from app.recognition.model import Recogniser
from app.recognition.personal_recogniser import PersonalRecogniser
from app.storage.sample_store import TemporarySamples
from benchmarks.inside import drawings, personal_recogniser
from benchmarks.recognise_command import recognise, strokes_line
from benchmarks.unseen_digits import unseen_digits
from training.data.pendigits import PenDigit

_SHARES = np.linspace(0.02, 1.0, 50)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for one drawing and one label."""

    label: int
    change: Change | None
    interpolated: float | None
    """The mean distance of the straight way to the nearest validation sample; None: no such."""
    first_ms: float
    """Of processor time, to the first answer: the machine may do other things."""
    ms: float
    """To the last one."""


def why_not() -> list[tuple[str, str]]:
    """Return shares, sizes and times for the two runner-up labels and for one other label."""
    personal = personal_recogniser()
    second_opinion()  # it is fitted once in a program's life
    other_network = _sprint()
    known = _validation_samples()
    random = np.random.default_rng(3)
    runner_ups, others = [], []
    for digit in drawings():
        order = np.argsort(-_logits(personal, digit), kind="stable")
        runner_ups += [_found(personal, known, digit, int(label)) for label in order[1:3]]
        others.append(_found(personal, known, digit, int(random.choice(order[3:]))))
    rows = []
    for name, found in (("runner-up labels", runner_ups), ("another label", others)):
        rows += _rows(f"why not, {name}", found, other_network)
    return rows


def _rows(
    name: str, found: Sequence[_Found], other_network: PersonalRecogniser
) -> list[tuple[str, str]]:
    changes = [one.change for one in found if one.change is not None]
    moved = statistics.median(change.moved for change in changes)
    interpolated = statistics.median(
        one.interpolated for one in found if one.interpolated is not None
    )
    first = [one.first_ms for one in found]
    return [
        (f"{name}: a change is found, of {len(found)}", f"{len(changes) / len(found):.1%}"),
        ("… recognised as the label by `inkling recognise`", f"{_right(changes):.1%}"),
        ("… moved, median, in heights", f"{moved:.3f}"),
        (
            "… straight way to the nearest validation sample, median; moved in shares of it",
            f"{interpolated:.3f}; {moved / interpolated:.0%}",
        ),
        ("… `sprint` gives the same label", f"{_agreement(changes, other_network):.1%}"),
        ("… processor time to the first answer: median, 95 %, largest", _times(first)),
        ("… to the last one", _times([one.ms for one in found])),
    ]


def _times(times: Sequence[float]) -> str:
    median, most, largest = np.quantile(times, [0.5, 0.95, 1.0])
    return f"{median:.0f}, {most:.0f}, {largest:.0f} ms"


def _found(personal: PersonalRecogniser, known: "_Known", digit: PenDigit, label: int) -> _Found:
    started = time.process_time()
    search = Search(personal, digit.strokes, label)
    first = None
    for _step in search.steps():
        if first is None and search.has_result:
            first = time.process_time() - started
    change = search.result()
    last = time.process_time() - started
    way = known.way(personal, digit, label)
    return _Found(label, change, way, (first or last) * 1000, last * 1000)


class _Known:
    """All digits of the validation writers, as paths."""

    def __init__(self, digits: Sequence[PenDigit]) -> None:
        self._digits = digits
        self._paths = np.stack([path_of(Deformable(digit.strokes)) for digit in digits])
        self._labels = np.array([digit.label for digit in digits])

    def way(self, personal: PersonalRecogniser, digit: PenDigit, label: int) -> float | None:
        """Return how far points move on the straight way to the nearest sample of a label.

        As far as the first place where the network gives the label; None if there is none.
        """
        drawing = Deformable(digit.strokes)
        others = np.array([one is not digit for one in self._digits])
        samples = Exemplars(self._paths[others], self._labels[others])
        (warp,) = samples.warps(drawing, label, 1)
        places = drawing.points + _SHARES[:, None, None] * warp
        segments = drawing.segments_at(places)
        scores = score_rasters(personal, rasterize_many(list(segments)))
        good = (scores.margins(label) > 0) & (scores.digit_margins >= 0)
        if not good.any():
            return None
        return float(_SHARES[good.argmax()] * np.hypot(warp[:, 0], warp[:, 1]).mean())


def _validation_samples() -> _Known:
    return _Known(unseen_digits())


def _logits(personal: PersonalRecogniser, digit: PenDigit) -> Floats:
    raster = rasterize_many([line_segments(digit.strokes)])
    logits: Floats = score_rasters(personal, raster).logits[0]
    return logits


def _right(changes: Sequence[Change]) -> float:
    """Return the share of changes that `inkling recognise` gives the label."""
    answers = recognise([strokes_line(i, one.strokes) for i, one in enumerate(changes)])
    right = [bool(row["text"] == str(a.label)) for row, a in zip(answers, changes, strict=True)]
    return sum(right) / len(right)


def _agreement(changes: Sequence[Change], network: PersonalRecogniser) -> float:
    rasters = rasterize_many([line_segments(change.strokes) for change in changes])
    answers = score_rasters(network, rasters).logits.argmax(axis=1)
    same = [bool(a == b.label) for a, b in zip(answers, changes, strict=True)]
    return sum(same) / len(changes)


def _sprint() -> PersonalRecogniser:
    """Return another network, trained here with the recipe `sprint`."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "sprint"
        words = [sys.executable, "-m", "training", "train", "sprint", "--out", str(run)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        return PersonalRecogniser(Recogniser(run / "digits.tflite"), TemporarySamples())
