"""Pictures of a digit: any size, polarity, colour, alpha, rotation, shading; bad ones refused."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from app.errors import InkError
from app.file_reader import read_content
from app.imaging.drawing_raster import drawing_raster
from app.imaging.normalise import rasterize_picture
from app.imaging.picture_reader import open_picture
from app.ink.drawing import Content
from app.ink.rasterize import Raster, rasterize
from app.ink.renderer import render
from app.ink.stroke import Stroke

FIVE = (
    Stroke.of([(260, 90), (150, 95), (140, 190), (200, 175), (260, 220), (240, 290), (140, 300)]),
)
PICTURE = render(Content(strokes=FIVE))


def alike(a: Raster, b: Raster) -> float:
    """How alike two rasters are: the cosine between them, 1.0 if they are the same."""
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def coloured(paper: str, ink: str) -> Image.Image:
    return ImageOps.colorize(PICTURE, ink, paper)


def test_a_picture_of_strokes_gives_nearly_the_strokes_raster() -> None:
    as_strokes = rasterize(FIVE)
    assert as_strokes is not None
    assert alike(rasterize_picture(PICTURE), as_strokes) > 0.88


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
    assert alike(rasterize_picture(picture), rasterize_picture(PICTURE)) > 0.9


def test_shaded_paper_does_no_harm() -> None:
    shade = np.linspace(0.35, 1.0, PICTURE.width)[None, :] * np.linspace(0.8, 1.0, 800)[:, None]
    shaded = Image.fromarray((np.asarray(PICTURE) * shade).astype(np.uint8))
    assert alike(rasterize_picture(shaded), rasterize_picture(PICTURE)) > 0.9


def test_a_thin_pencil_on_grainy_paper_is_seen() -> None:
    strokes = tuple(Stroke(stroke.points, 5.0) for stroke in FIVE)
    small = np.asarray(render(Content(strokes=strokes)).resize((240, 240)), np.float64)
    grain = np.random.default_rng(3).normal(0, 6, small.shape)
    pencil = Image.fromarray((150 + small / 3 + grain).clip(0, 255).astype(np.uint8))
    assert alike(rasterize_picture(pencil), rasterize_picture(PICTURE)) > 0.85


def test_squared_paper_is_no_ink() -> None:
    squared = np.full(PICTURE.size[::-1], 255, np.uint8)
    squared[::40], squared[1::40], squared[:, ::40], squared[:, 1::40] = 215, 215, 215, 215
    paper = Image.fromarray(np.minimum(squared, np.asarray(PICTURE)))
    assert alike(rasterize_picture(paper), rasterize_picture(PICTURE)) > 0.95


@pytest.mark.parametrize("side", [24, 32])
def test_the_stairs_of_a_coarse_scan_are_smoothed(side: int) -> None:
    five = PICTURE.crop(ImageOps.invert(PICTURE).getbbox())
    small = five.resize((side * five.width // five.height, side), Image.Resampling.BOX)
    coarse = ImageOps.expand(small.point(lambda value: 255 * (value > 127)), 8, 255)
    assert alike(rasterize_picture(coarse), rasterize_picture(PICTURE)) > 0.93


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_transparent_paper(ink: int) -> None:
    picture = Image.new("LA", PICTURE.size, (ink, 0))
    picture.putalpha(ImageOps.invert(PICTURE))
    assert alike(rasterize_picture(picture), rasterize_picture(PICTURE)) > 0.95


def test_exif_rotation_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it turned by 90° clockwise
    stream = BytesIO()
    PICTURE.rotate(90, expand=True).save(stream, "JPEG", exif=exif, quality=95)
    assert (
        alike(rasterize_picture(open_picture(stream.getvalue())), rasterize_picture(PICTURE)) > 0.95
    )


def test_an_mnist_image_stays_as_it_is(data_folder: Path) -> None:
    with np.load(data_folder / "mnist.npz") as file:
        images = file["x_train"][:60]
    likenesses = [
        alike(rasterize_picture(Image.fromarray(image)), image.astype(np.float32) / 255)
        for image in images
    ]
    assert np.median(likenesses) > 0.97


def test_a_picture_under_strokes_is_rasterized_with_them() -> None:
    both = Content(background=PICTURE, strokes=(Stroke.of([(100, 350), (300, 350)]),))
    result = drawing_raster(both)
    assert result is not None
    assert alike(result, rasterize_picture(PICTURE)) < 0.9


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_blank_picture_has_no_ink(grey: int) -> None:
    with pytest.raises(InkError, match="no ink"):
        rasterize_picture(Image.new("L", (300, 200), grey))


def test_noise_has_no_ink() -> None:
    noise = np.random.default_rng(5).normal(128, 6, (300, 300)).clip(0, 255).astype(np.uint8)
    with pytest.raises(InkError, match="no ink"):
        rasterize_picture(Image.fromarray(noise))


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2)])
def test_tiny_pictures_give_a_raster_or_an_error(size: tuple[int, int]) -> None:
    picture = Image.new("L", size, 255)
    picture.putpixel((0, 0), 0)
    try:
        assert rasterize_picture(picture).shape == (28, 28)
    except InkError as error:
        assert str(error)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header promises a size; the pixels never come."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    )


@pytest.mark.parametrize("side", [9_000, 20_000, 1_000_000])
def test_a_huge_picture_is_refused_before_decoding(side: int) -> None:
    with pytest.raises(InkError, match="scale it down"):
        open_picture(png_of_size(side, side))


def test_the_error_names_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    stream = BytesIO()
    PICTURE.save(stream, "PNG")
    bad = {
        "empty.png": (b"", "empty"),
        "text.png": (b"hello", "not a picture"),
        "cut.png": (stream.getvalue()[:2000], "damaged"),
        "bad.ink": (b"{", "damaged"),
    }
    for name, (content, said) in bad.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InkError, match=said):
            read_content(tmp_path / name)
    with pytest.raises(InkError, match="no such file"):
        read_content(tmp_path / "none.png")
    with pytest.raises(InkError, match="folder"):
        read_content(tmp_path)


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damaged_pictures_give_a_picture_or_an_error(junk: bytes, offset: int) -> None:
    stream = BytesIO()
    PICTURE.resize((80, 80)).save(stream, "PNG")
    data = stream.getvalue()
    try:
        open_picture(data[:offset] + junk + data[offset + len(junk) :])
    except InkError as error:
        assert str(error)
