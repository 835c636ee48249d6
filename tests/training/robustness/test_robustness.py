"""The robustness trials change digits as their names say; the report has every row."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.imaging.normalise import rasterize_picture
from app.ink.rasterize import Raster, rasterize
from app.ink.stroke import Stroke
from app.resources import shipped_model
from training.__main__ import main
from training.data.pendigits import PenDigit
from training.robustness import report
from training.robustness.pictures import PICTURE_TRIALS, picture_trial_rasters, trial_pictures
from training.robustness.strokes import STROKE_TRIALS, stroke_trial_rasters, trial_strokes

CURVE = tuple((60 + 90 * np.sin(t / 7), 3.0 * t) for t in range(60))
FIVE = PenDigit(5, 5, 0, (Stroke.of(CURVE), Stroke.of([(60, 0), (100, 0), (160, 5)])))


def similarity(a: Raster, b: Raster) -> float:
    """Return the cosine between two rasters; 1 if they are the same."""
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def trial_raster(name: str) -> Raster:
    image = rasterize(trial_strokes(name, [FIVE])[0])
    assert image is not None
    return image


@pytest.mark.parametrize("name", ["0.4× the size", "2.5× the size", "elsewhere", "in many strokes"])
def test_a_change_of_size_place_or_pen_lifts_leaves_the_raster(name: str) -> None:
    assert np.allclose(trial_raster(name), trial_raster("as written"), atol=1e-3)


@pytest.mark.parametrize("name", STROKE_TRIALS)
def test_a_drawn_trial_keeps_the_digit_recognisable(name: str) -> None:
    assert similarity(trial_raster(name), trial_raster("as written")) > 0.4
    rasters = stroke_trial_rasters(name, [FIVE, FIVE])
    assert rasters.images.shape == (2, 28, 28) and rasters.labels.tolist() == [5, 5]


def test_turned_to_the_left_and_to_the_right_are_opposite() -> None:
    left, upright, right = (
        np.array(trial_strokes(name, [FIVE])[0][0].points)[:, :2]
        for name in ("turned by 15° to the left", "as written", "turned by 15° to the right")
    )
    angles = [np.arctan2(*(line[-1] - line[0])[::-1]) for line in (left, upright, right)]
    assert np.rad2deg(np.diff(angles)) == pytest.approx([15, 15])


def test_one_stroke_and_many() -> None:
    written, joined, pieces, dots = (
        trial_strokes(name, [FIVE])[0]
        for name in ("as written", "in one stroke", "in many strokes", "dots of a fast hand")
    )
    assert (len(written), len(joined)) == (2, 1) and len(pieces) > 8
    assert all(len(stroke.points) == 1 for stroke in dots)


@pytest.mark.parametrize("name", PICTURE_TRIALS)
def test_a_picture_gives_a_raster_like_that_of_its_strokes(name: str) -> None:
    (picture,) = trial_pictures(name, [FIVE])
    assert similarity(rasterize_picture(picture), trial_raster("as written")) > 0.75
    assert picture_trial_rasters(name, [FIVE]).labels.tolist() == [5]


def test_the_report_has_every_row_once(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "OTHER_DATA_SETS", ("skahl",))
    monkeypatch.setattr(report, "STROKE_TRIALS", {"as written": STROKE_TRIALS["as written"]})
    monkeypatch.setattr(report, "PICTURE_TRIALS", {"small JPEG": PICTURE_TRIALS["small JPEG"]})
    monkeypatch.setattr(report, "_PER_FAMILY", 5)
    words = ["trials", str(shipped_model()), "--data-folder", str(data_folder)]
    assert main([*words, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = [(row["group"], row["name"]) for row in rows]
    assert len(set(names)) == len(names)
    values = {name: row["value"] for (_group, name), row in zip(names, rows, strict=True)}
    assert all(0 <= value <= 1 for value in values.values())
    # Digits of writers whom the shipped model never saw: far better than a network without them.
    assert values["accuracy"] == values["as written"] > 0.98
    assert values["small JPEG"] > 0.95 and values["skahl"] > 0.98
    assert values["expected calibration error"] < 0.02 > values["digits refused"]
    assert values["AUROC, all held out"] > 0.97


def test_trials_of_a_model_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trials", str(tmp_path / "none.tflite")]) == 1
    assert "no model" in capsys.readouterr().err
