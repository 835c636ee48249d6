"""Pictures of a digit become the same raster at any size, polarity, colour, alpha and shading."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from app.errors import InkError
from app.imaging.normalise import rasterize_picture
from app.ink.curve import flattened
from app.ink.drawing import Content
from app.ink.rasterize import rasterize
from app.ink.renderer import render
from app.ink.stroke import Stroke
from tests.app.imaging.pictures import FIVE, PICTURE, similarity


def coloured(paper: str, ink: str) -> Image.Image:
    return ImageOps.colorize(PICTURE, ink, paper)


def test_a_picture_of_strokes_gives_nearly_the_strokes_raster() -> None:
    as_strokes = rasterize([Stroke.of(list(flattened(one.points, 0.1))) for one in FIVE])
    assert as_strokes is not None
    assert similarity(rasterize_picture(PICTURE), as_strokes) > 0.88


VARIANTS = {
    "inverted": ImageOps.invert(PICTURE),
    "small": PICTURE.resize((60, 60)),
    "large": PICTURE.resize((3000, 3000)),
    "two-level": PICTURE.convert("1"),
    "16-bit": Image.fromarray(np.asarray(PICTURE).astype(np.uint16) * 256),
    "palette": PICTURE.convert("P"),
    "cmyk": PICTURE.convert("CMYK"),
    "red": coloured("white", "red"),
    "yellow on navy": coloured("navy", "yellow"),
    "equally bright": coloured("#8080c0", "#c08080"),
    "low contrast": PICTURE.point(lambda value: 150 + value * 40 // 255),
    "wide paper": ImageOps.expand(PICTURE, 300, 255),
}


@pytest.mark.parametrize("picture", VARIANTS.values(), ids=VARIANTS)
def test_the_raster_depends_on_neither_size_nor_colours(picture: Image.Image) -> None:
    assert similarity(rasterize_picture(picture), rasterize_picture(PICTURE)) > 0.9


def test_shaded_paper_does_no_harm() -> None:
    shade = np.linspace(0.35, 1.0, PICTURE.width)[None, :] * np.linspace(0.8, 1.0, 800)[:, None]
    shaded = Image.fromarray((np.asarray(PICTURE) * shade).astype(np.uint8))
    assert similarity(rasterize_picture(shaded), rasterize_picture(PICTURE)) > 0.9


def test_a_thin_pencil_on_grainy_paper_is_seen() -> None:
    strokes = tuple(Stroke(stroke.points, 5.0) for stroke in FIVE)
    small = np.asarray(render(Content(strokes=strokes)).resize((240, 240)), np.float64)
    grain = np.random.default_rng(3).normal(0, 6, small.shape)
    pencil = Image.fromarray((150 + small / 3 + grain).clip(0, 255).astype(np.uint8))
    assert similarity(rasterize_picture(pencil), rasterize_picture(PICTURE)) > 0.85


def test_squared_paper_is_no_ink() -> None:
    squared = np.full(PICTURE.size[::-1], 255, np.uint8)
    squared[::40], squared[1::40], squared[:, ::40], squared[:, 1::40] = 215, 215, 215, 215
    paper = Image.fromarray(np.minimum(squared, np.asarray(PICTURE)))
    assert similarity(rasterize_picture(paper), rasterize_picture(PICTURE)) > 0.95


@pytest.mark.parametrize("side", [24, 32])
def test_the_stairs_of_a_coarse_scan_are_smoothed(side: int) -> None:
    five = PICTURE.crop(ImageOps.invert(PICTURE).getbbox())
    small = five.resize((side * five.width // five.height, side), Image.Resampling.BOX)
    coarse = ImageOps.expand(small.point(lambda value: 255 * (value > 127)), 8, 255)
    assert similarity(rasterize_picture(coarse), rasterize_picture(PICTURE)) > 0.93


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_transparent_paper(ink: int) -> None:
    picture = Image.new("LA", PICTURE.size, (ink, 0))
    picture.putalpha(ImageOps.invert(PICTURE))
    assert similarity(rasterize_picture(picture), rasterize_picture(PICTURE)) > 0.95


def test_an_mnist_image_stays_as_it_is(data_folder: Path) -> None:
    with np.load(data_folder / "mnist.npz") as file:
        images = file["x_train"][:60]
    for image in images:
        raster, values = rasterize_picture(Image.fromarray(image)), image.astype(np.float32) / 255
        np.testing.assert_array_equal(raster, values)
        moved = rasterize_picture(Image.fromarray(np.roll(image, 2, axis=1)))
        assert not np.array_equal(moved, np.roll(values, 2, axis=1))


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_blank_picture_has_no_ink(grey: int) -> None:
    with pytest.raises(InkError, match="No ink"):
        rasterize_picture(Image.new("L", (300, 200), grey))


def test_noise_has_no_ink() -> None:
    noise = np.random.default_rng(5).normal(128, 6, (300, 300)).clip(0, 255).astype(np.uint8)
    with pytest.raises(InkError, match="No ink"):
        rasterize_picture(Image.fromarray(noise))


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2)])
def test_tiny_pictures_give_a_raster_or_an_error(size: tuple[int, int]) -> None:
    picture = Image.new("L", size, 255)
    picture.putpixel((0, 0), 0)
    try:
        assert rasterize_picture(picture).shape == (28, 28)
    except InkError as error:
        assert str(error)


def specks(size: tuple[int, int], paper: int, *dots: tuple[int, int, int, int]) -> Image.Image:
    """Return paper with square dots: x, y, side and grey of each."""
    picture = Image.new("L", size, paper)
    for x, y, side, grey in dots:
        picture.paste(grey, (x, y, x + side, y + side))
    return picture


@st.composite
def small_pictures(draw: st.DrawFn) -> Image.Image:
    size = draw(st.tuples(st.integers(1, 24), st.integers(1, 24)))
    if draw(st.booleans()):
        mode = draw(st.sampled_from(["L", "LA", "RGB", "RGBA", "F"]))
        count = size[0] * size[1] * len(Image.new(mode, (1, 1)).tobytes())
        return Image.frombytes(mode, size, draw(st.binary(min_size=count, max_size=count)))
    places = st.tuples(
        st.integers(0, 23), st.integers(0, 23), st.integers(1, 3), st.integers(0, 255)
    )
    picture = specks(size, draw(st.integers(0, 255)), *draw(st.lists(places, max_size=4)))
    zoom = draw(st.sampled_from([1, 7, 33]))
    return picture.resize((size[0] * zoom, size[1] * zoom), Image.Resampling.NEAREST)


@given(small_pictures())
@example(specks((1600, 1600), 255, (400, 400, 2, 0), (400, 1185, 2, 0)))
@example(specks((300, 300), 254, (9, 9, 2, 244)))
def test_any_picture_gives_a_raster_or_has_no_ink(picture: Image.Image) -> None:
    try:
        raster = rasterize_picture(picture)
    except InkError:
        return
    assert raster.shape == (28, 28)
    assert np.isfinite(raster).all()
    assert raster.min() >= 0
    assert raster.max() > 0.9
