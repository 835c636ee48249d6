"""Where a drawing's background picture lies: moved, scaled, fitted to the page, cropped to it.

Plain Python: every function returns a new Content; strokes are never moved.
"""

from dataclasses import replace

from app.ink.drawing import Content
from app.ink.geometry import Rect

_MIN_SCALE, _MAX_SCALE = 1 / 20, 20.0
"""The picture's longer side, in sides of the page."""
_MAX_GAP = 0.05
"""The farthest that a picture can be moved off the page, in sides of the page."""


def move_picture(content: Content, dx: float, dy: float) -> Content:
    """Return the drawing with its picture moved by drawing units, never far off the page."""
    content = _with_square_page(content)
    rect, page = _picture_rect(content), content.page
    gap = page.width * _MAX_GAP
    dx = min(max(dx, page.left - gap - rect.right), page.right + gap - rect.left)
    dy = min(max(dy, page.top - gap - rect.bottom), page.bottom + gap - rect.top)
    return replace(content, background_rect=rect.moved(dx, dy))


def scale_picture(content: Content, factor: float, x: float, y: float) -> Content:
    """Return the drawing with its picture `factor` times as large; (x, y) stays where it is."""
    content = _with_square_page(content)
    rect, page = _picture_rect(content), content.page
    scale = max(rect.width, rect.height) / page.width
    factor = min(max(factor, _MIN_SCALE / scale), _MAX_SCALE / scale)
    return move_picture(replace(content, background_rect=rect.scaled(factor, x, y)), 0.0, 0.0)


def fit_picture(content: Content) -> Content:
    """Return the drawing with its picture in the middle of the page, as large as fits there."""
    rect, page = _picture_rect(content), content.page
    scale = min(page.width / rect.width, page.height / rect.height)
    x, y = page.centre_x, page.centre_y
    half_width, half_height = rect.width * scale / 2, rect.height * scale / 2
    fitted = Rect(x - half_width, y - half_height, x + half_width, y + half_height)
    return replace(content, background_rect=None if _almost_equal(fitted, page) else fitted)


def visible_rect(content: Content) -> Rect | None:
    """Return the part of the page that the picture covers; None if it covers nothing of it."""
    if content.background is None:
        return None
    return _picture_rect(content).intersection(content.page)


def is_cropped(content: Content) -> bool:
    """Whether a part of the picture, or all of it, lies off the page."""
    if content.background is None:
        return False
    visible = visible_rect(content)
    return visible is None or not _almost_equal(visible, _picture_rect(content))


def visible_pixels(content: Content) -> Rect | None:
    """Return the part of the picture that lies on the page, in the picture's own pixels."""
    visible, picture = visible_rect(content), content.background
    if visible is None or picture is None:
        return None
    rect = _picture_rect(content)
    across, down = picture.width / rect.width, picture.height / rect.height
    return Rect(
        max((visible.left - rect.left) * across, 0.0),
        max((visible.top - rect.top) * down, 0.0),
        min((visible.right - rect.left) * across, float(picture.width)),
        min((visible.bottom - rect.top) * down, float(picture.height)),
    )


def crop_to_page(content: Content) -> Content:
    """Return the drawing with its picture cropped to the page; the page becomes what is left.

    The result is as if the cropped picture had been opened. It is what is recognised.
    """
    picture, pixels, rect = content.background, visible_pixels(content), content.background_rect
    if rect is None or picture is None:
        return content
    if pixels is None:
        return replace(content, background=None, background_rect=None)
    left, top = int(pixels.left), int(pixels.top)
    right, bottom = max(round(pixels.right), left + 1), max(round(pixels.bottom), top + 1)
    across, down = rect.width / picture.width, rect.height / picture.height
    page = Rect(
        rect.left + left * across,
        rect.top + top * down,
        rect.left + right * across,
        rect.top + bottom * down,
    )
    is_whole = (left, top, right, bottom) == (0, 0, *picture.size)
    part = picture if is_whole else picture.crop((left, top, right, bottom))
    return Content(page, content.strokes, part)


def _picture_rect(content: Content) -> Rect:
    return content.background_rect or content.page


def _with_square_page(content: Content) -> Content:
    """Return the drawing on a square page: a page of the picture's shape leaves it no room."""
    page = content.page
    more = abs(page.width - page.height) / 2
    if page.width < page.height:
        square = Rect(page.left - more, page.top, page.right + more, page.bottom)
    else:
        square = Rect(page.left, page.top - more, page.right, page.bottom + more)
    return replace(content, page=square, background_rect=_picture_rect(content))


def _almost_equal(a: Rect, b: Rect) -> bool:
    tolerance = 1e-6 * max(b.width, b.height)
    return all(abs(x - y) <= tolerance for x, y in zip(a.edges, b.edges, strict=True))
