"""The Pillow renderer: round, gap-free, the same whether drawn at once or stroke by stroke."""

import math

import numpy as np
import pytest
from PIL import ImageDraw

import app.ink.renderer
from app.ink.drawing import Content
from app.ink.geometry import Rect
from app.ink.polyline import CHUNK, Subpixels
from app.ink.renderer import InkRenderer, render
from app.ink.stroke import Stroke
from app.ink.viewport import fit_viewport

VIEW = fit_viewport(Rect(0, 0, 100, 100), 200, 200)


def pixels(content: Content) -> "np.typing.NDArray[np.uint8]":
    return np.asarray(render(content, VIEW))


def test_a_dot_is_a_disc_of_the_pens_width() -> None:
    ink = 255 - pixels(Content(strokes=(Stroke.of([(50.0, 50.0)], width=20.0),))).astype(float)
    area = ink.sum() / 255
    assert abs(area - np.pi * 20**2) < 0.03 * np.pi * 20**2  # radius 10 units at zoom 2
    ys, xs = np.nonzero(ink > 127)
    assert abs((xs.mean() + 0.5) - 100) < 0.6 and abs((ys.mean() + 0.5) - 100) < 0.6


def test_sharp_turns_have_no_gaps() -> None:
    zigzag = Stroke.of([(20.0, 20.0), (80.0, 50.0), (20.0, 55.0), (80.0, 90.0)], width=12.0)
    image = pixels(Content(strokes=(zigzag,)))
    for x, y, _t in zigzag.points:
        px, py = (int(value) for value in VIEW.to_pixels(x, y))
        assert image[py - 8 : py + 8, px - 8 : px + 8].max() == 0, "a join or cap is not round"


@pytest.mark.parametrize("zoom", [1, 8])
def test_a_circle_of_eight_points_is_round(zoom: int) -> None:
    turns = np.arange(9) * np.pi / 4
    circle = Stroke.of([(50 + 30 * math.cos(turn), 50 + 30 * math.sin(turn)) for turn in turns], 4)
    view = fit_viewport(Rect(0, 0, 100, 100), 100 * zoom, 100 * zoom)
    ys, xs = np.nonzero(np.asarray(render(Content(strokes=(circle,)), view)) < 128)
    radii = np.hypot(xs + 0.5 - 50 * zoom, ys + 0.5 - 50 * zoom) / zoom
    assert radii.min() >= 27 and radii.max() <= 33  # an octagon's reach 25.7


def test_edges_are_smooth() -> None:
    image = pixels(Content(strokes=(Stroke.of([(10.0, 20.0), (90.0, 60.0)]),)))
    assert len(np.unique(image)) > 8


def test_drawing_what_has_changed_gives_the_same_as_drawing_all() -> None:
    strokes = (Stroke.of([(10.0, 10.0), (90.0, 95.0)]), Stroke.of([(90.0, 10.0), (5.0, 99.0)]))
    renderer = InkRenderer(VIEW)
    renderer.render(Content(strokes=strokes[:1]))
    renderer.render(Content(strokes=strokes), strokes[1].bounds.grown(strokes[1].width / 2))
    assert np.array_equal(np.asarray(renderer.image), pixels(Content(strokes=strokes)))
    renderer.render(Content(strokes=strokes[1:]), strokes[0].bounds.grown(strokes[0].width / 2))
    assert np.array_equal(np.asarray(renderer.image), pixels(Content(strokes=strokes[1:])))


def test_ink_beyond_the_view_does_no_harm() -> None:
    far = Stroke.of([(-500.0, -500.0), (1e6, 1e6)])
    outside = Stroke.of([(-500.0, 0.0), (-400.0, 0.0)])
    image = pixels(Content(strokes=(far, outside)))
    assert image.min() == 0 and image.max() == 255


def scribble(count: int = 40_000) -> Stroke:
    """Return a stroke all over the page; no point lies on the one before."""
    turns = np.arange(count) * 0.05
    across, down = 50 + 48 * np.sin(turns), 50 + 48 * np.sin(turns * 1.31 + 1)
    return Stroke.of([(float(x), float(y)) for x, y in zip(across, down, strict=True)], width=1.0)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by the number of points whenever some are inked."""
    inked: list[int] = []
    ink = app.ink.renderer._draw_line

    def count(draw: ImageDraw.ImageDraw, places: Subpixels, radius: int) -> None:
        inked.append(len(places))
        ink(draw, places, radius)

    monkeypatch.setattr(app.ink.renderer, "_draw_line", count)
    return inked


def test_a_drawing_of_many_points_is_inked_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content(strokes=(scribble(),))
    inked = counted(monkeypatch)
    renderer = InkRenderer(VIEW)
    most = before = 0
    for _step in renderer.steps(content):
        most, before = max(most, sum(inked) - before), sum(inked)
    assert 0 < most <= 2 * CHUNK
    assert sum(inked) >= len(content.strokes[0].points)
    monkeypatch.undo()
    assert np.array_equal(np.asarray(renderer.image), pixels(content))


def test_a_part_costs_what_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content(strokes=(scribble(),))
    renderer = InkRenderer(VIEW)
    renderer.render(content)
    whole = np.asarray(renderer.image)
    inked = counted(monkeypatch)
    renderer.render(content, Rect(40.0, 40.0, 45.0, 45.0))
    assert 0 < sum(inked) < len(content.strokes[0].points) / 20
    assert np.array_equal(np.asarray(renderer.image), whole)
