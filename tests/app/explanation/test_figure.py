"""The figure of an explanation: readable SVG and PNG, colours by weight."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.explanation.counterfactual import Change
from app.explanation.explanation import Explanation
from app.explanation.figure import figure_png, figure_svg, weight_colour
from app.explanation.pieces import Patch, Piece
from app.ink.rasterize import rasterize
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser


@pytest.fixture
def explanation(personal: PersonalRecogniser, four: tuple[Stroke, ...]) -> Explanation:
    raster = rasterize(four)
    assert raster is not None
    pieces = (Piece(0, 0, 49, 2.0), Piece(1, 0, 24, -1.0))
    change = Change(four, four, 9, 0.75, 0.05)
    return Explanation(personal.predict(raster), four, pieces, (), change)


def test_the_figure_shows_both_drawings(explanation: Explanation) -> None:
    root = ElementTree.fromstring(figure_svg(explanation))
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "9  75.0 %" in texts and "d 5.0 %" in texts and "+2.0" in texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 2 + 4
    picture = Image.open(BytesIO(figure_png(explanation)))
    assert picture.size == (792, 464)
    colours = {colour for _count, colour in picture.getcolors(1 << 20) or []}
    assert (33, 102, 172) in colours


def test_a_picture_has_patches_and_no_change(explanation: Explanation) -> None:
    patches = tuple(
        Patch(row, column, 1.0) for row in range(0, 28, 4) for column in range(0, 28, 4)
    )
    alone = Explanation(explanation.prediction, (), (), patches, None)
    picture = Image.open(BytesIO(figure_png(alone)))
    assert picture.size == (408, 464)
    ElementTree.fromstring(figure_svg(alone))


def test_colours_go_from_red_over_grey_to_blue() -> None:
    assert weight_colour(2.0, 2.0) == "#2166ac"
    assert weight_colour(-5.0, 2.0) == "#b2182b"
    assert weight_colour(0.0, 2.0) == weight_colour(0.0, 0.0) == "#cbcfd5"
