"""The time machine: an answer for each moment of writing."""

import csv
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.errors import InkError
from app.explanation.timeline import MAX_MOMENTS, timeline
from app.explanation.timeline_export import timeline_csv, timeline_gif
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


def test_each_moment_has_the_answer_to_the_ink_that_was_drawn(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    found = timeline(personal, four)
    assert len(found.moments) == 75
    assert found.pen_lifts == (49,)
    assert found.moments[49].t == 490.0 and found.moments[50].t == 600.0
    assert found.drawn_at(74) == four
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1.0)
    for index in (0, 30, 60, 74):
        raster = rasterize(found.drawn_at(index))
        assert raster is not None
        np.testing.assert_array_equal(found.rasters[index], raster)
        answer = personal.predict(raster)
        assert found.probabilities[index] == pytest.approx(answer.probabilities, abs=1e-4)
        assert found.is_digit[index] == answer.is_known


def test_many_points_are_thinned_but_no_pen_lift_is_lost(personal: PersonalRecogniser) -> None:
    strokes = [Stroke.of([(x + 0.1 * i, i) for i in range(400)]) for x in (0, 100, 200)]
    found = timeline(personal, strokes)
    assert MAX_MOMENTS <= len(found.moments) <= MAX_MOMENTS + 3
    assert len(found.pen_lifts) == 2
    assert found.drawn_at(len(found.moments) - 1) == tuple(strokes)
    for lift in found.pen_lifts:
        assert found.moments[lift].point == 399


def test_no_ink_is_an_error(personal: PersonalRecogniser) -> None:
    with pytest.raises(InkError, match="no ink"):
        timeline(personal, ())


def test_the_table_has_a_row_for_each_moment(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    found = timeline(personal, four)
    rows = list(csv.DictReader(timeline_csv(found).decode().splitlines()))
    assert len(rows) == 75
    assert [index for index, row in enumerate(rows) if row["pen_lift"] == "True"] == [49]
    assert float(rows[-1]["p_4"]) == found.probabilities[-1, 4]
    assert rows[-1]["is_digit"] == "True" and float(rows[50]["ms"]) == 600.0


def test_the_animation_shows_the_ink_growing(
    personal: PersonalRecogniser, four: tuple[Stroke, ...]
) -> None:
    picture = Image.open(BytesIO(timeline_gif(timeline(personal, four), speed=2.0)))
    assert getattr(picture, "n_frames", 1) == 75
    assert picture.size == (480, 320)
    black = []
    for frame in (0, 30, 74):
        picture.seek(frame)
        ink = np.asarray(picture.convert("L"))[:, :320] < 60
        black.append(int(ink.sum()))
    assert black[0] < black[1] < black[2]
    assert picture.info["duration"] == 2000
