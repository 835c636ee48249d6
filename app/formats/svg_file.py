"""The SVG of a drawing: what is seen as curves, and the strokes themselves to be opened again."""

from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from app.errors import InkError
from app.formats.drawing_file import encode_drawing, parse_drawing
from app.formats.embedded_picture import encode_picture
from app.formats.strokes_file import MAX_STROKES_BYTES
from app.i18n import _
from app.ink.curve import beziers, is_straight
from app.ink.drawing import Content
from app.ink.picture_placement import crop_to_page
from app.ink.renderer import grey_on_white
from app.ink.stroke import Stroke

SVG_SUFFIX = ".svg"
MAX_SVG_BYTES = 64 * 1024 * 1024
"""The strokes file, the curves and the picture once more."""
_ID = "inkling-drawing"
_METADATA = f'<metadata id="{_ID}">'
_HEAD_BYTES = 2000
_PRECISION = 0.0005
"""Half of the last decimal of the coordinates."""


def svg_of(content: Content) -> str:
    """Return the drawing as SVG 1.1: a path for each stroke, the picture under them embedded.

    Its strokes file is in a metadata element, for `drawing_in_svg`, unless it is too large.
    """
    extent, visible = content.extent, crop_to_page(content)
    left, top, width, height = map(_number, (extent.left, extent.top, extent.width, extent.height))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="{left} {top} {width} {height}">',
        *_metadata(content),
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    if visible.background is not None:
        page, png = visible.page, encode_picture(grey_on_white(visible.background))
        lines.append(
            f'<image x="{_number(page.left)}" y="{_number(page.top)}" '
            f'width="{_number(page.width)}" height="{_number(page.height)}" '
            f'preserveAspectRatio="none" xlink:href="data:image/png;base64,{png}"/>'
        )
    lines.append('<g fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round">')
    for stroke in content.strokes:
        lines.append(f'<path d="{_path(stroke)}" stroke-width="{_number(stroke.width)}"/>')
    return "\n".join([*lines, "</g>", "</svg>", ""])


def drawing_in_svg(data: bytes) -> Content:
    """Return the drawing that `svg_of` has put into an SVG; raises InkError.

    A document type is refused, and so every entity but XML's own five.
    """
    if len(data) > MAX_SVG_BYTES:
        raise InkError(too_large_svg_message())
    reader = _MetadataReader()
    try:
        reader.parser.Parse(data, True)
    except (ExpatError, LookupError, ValueError) as error:  # the latter for its encoding
        raise InkError(_("The SVG is damaged; copy it or save it again.")) from error
    if not reader.texts:
        raise InkError(_not_ours_message())
    return parse_drawing("".join(reader.texts))


def too_large_svg_message() -> str:
    """Return the message for an SVG of more than MAX_SVG_BYTES."""
    return _("The SVG is larger than 64 MB; no drawing needs that.")


def has_drawing(path: Path) -> bool:
    """Whether a file is an SVG with a drawing in it; False if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return begins_with_drawing(stream.read(_HEAD_BYTES))
    except OSError:
        return False


def begins_with_drawing(data: bytes) -> bool:
    """Whether an SVG begins like those that `svg_of` makes."""
    return _METADATA.encode() in data[:_HEAD_BYTES]


class _MetadataReader:
    """An XML parser that collects the text of the drawing's metadata element."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._inside = False
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._started
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_doctype: object) -> None:
        raise InkError(_not_ours_message())

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._inside = name.rpartition(":")[2] == "metadata" and attributes.get("id") == _ID

    def _ended(self, _name: str) -> None:
        self._inside = False

    def _text(self, text: str) -> None:
        if self._inside:
            self.texts.append(text)


def _not_ours_message() -> str:
    return _("This SVG has no drawing of Inkling in it; save it as PNG in the program it is from.")


def _metadata(content: Content) -> list[str]:
    # A strokes file has neither "<" nor "&": keys, numbers and base64.
    drawing = encode_drawing(content)
    if len(drawing) > MAX_STROKES_BYTES:
        return []
    return [f"{_METADATA}{drawing.decode('ascii')}</metadata>"]


def _path(stroke: Stroke) -> str:
    """Return the path of a stroke's curve: its own cubics, lines where they are straight."""
    steps = [f"M{_place(stroke.points[0])}"]
    for bezier in beziers(stroke.points):
        if is_straight(bezier, _PRECISION):
            steps.append(f"L{_place(bezier[3])}")
        else:
            steps.append("C" + " ".join(map(_place, bezier[1:])))
    if len(steps) == 1:  # a dot is a line of length 0: its round ends are drawn
        steps.append(f"L{_place(stroke.points[0])}")
    return " ".join(steps)


def _place(point: Sequence[float]) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    """Return a number with at most three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
