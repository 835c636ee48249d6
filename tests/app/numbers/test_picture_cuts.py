"""Seams: where touching digits of a picture are cut."""

import itertools

import numpy as np
from PIL import Image, ImageDraw

from app.ink.geometry import Rect
from app.numbers.picture_cuts import find_seams, label_parts
from app.numbers.picture_segments import PictureInk


def two_rings() -> Image.Image:
    picture = Image.new("L", (200, 120), 255)
    draw = ImageDraw.Draw(picture)
    for left in (20, 87):
        draw.ellipse((left, 10, left + 70, 110), outline=0, width=8)
    return picture


def test_touching_rings_are_cut_where_they_touch() -> None:
    mask = np.asarray(two_rings()) < 128
    inside = mask[:, 20:158]
    found = find_seams(inside, 100.0, 8)
    assert any(abs(float(seam.mean()) - 69) < 4 for seam in found)
    parts = label_parts(inside, found)
    assert ((parts >= 0) == inside).all()


def test_seams_do_not_cross() -> None:
    rng = np.random.default_rng(0)
    mask = rng.random((60, 150)) < 0.4
    found = find_seams(mask, 60.0, 10)
    for left, right in itertools.pairwise(found):
        assert (left <= right).all()


def test_ink_one_row_high_can_be_cut() -> None:
    mask = np.ones((1, 40), bool)
    assert (label_parts(mask, find_seams(mask, 10.0, 5)) >= 0).all()


def test_cutting_a_ink__keeps_its_ink() -> None:
    ink = PictureInk(two_rings(), Rect(0.0, 0.0, 400.0, 240.0))
    (segment,) = ink.segments
    whole = ink.rasterize(segment.parts)
    parts = ink.cut(segment, 100.0)
    assert len(parts) >= 2
    labels = tuple(label for part in parts for label in part.parts)
    np.testing.assert_allclose(ink.rasterize(labels), whole, atol=1e-6)
    box = ink.to_drawing(segment.box)
    assert box.left == 40.0 and abs(box.right - 316.0) < 3


def test_a_small_number_on_a_large_ink__is_looked_at_nearer() -> None:
    picture = Image.new("L", (1600, 1600), 255)
    picture.paste(two_rings().resize((100, 60), Image.Resampling.BOX), (700, 900))
    ink = PictureInk(picture, Rect(0.0, 0.0, 400.0, 400.0))
    box = ink.to_drawing(ink.segments[0].box)
    assert abs(box.left - (700 + 10) / 4) < 1 and abs(box.top - (900 + 5) / 4) < 1
    assert ink.segments[0].box.height > 40
