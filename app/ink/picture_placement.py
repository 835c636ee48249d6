"""Owns where a drawing's picture lies on its page: moved, scaled, fitted, and what of it is there.

Plain Python. Nothing here moves a stroke.
"""

from app.ink.drawing import Content
from app.ink.stroke import Bounds

_LEAST, _MOST = 1 / 20, 20.0
"""The picture's longer side, in sides of the page."""
_BEYOND = 0.05
"""How far off the page a picture can be pushed, in sides of the page."""


def moved(content: Content, dx: float, dy: float) -> Content:
    """Return the drawing with its picture moved by drawing units, never far off the page."""
    content = _with_room(content)
    place, page = _place(content), content.page
    gap = (page.right - page.left) * _BEYOND
    dx = min(max(dx, page.left - gap - place.right), page.right + gap - place.left)
    dy = min(max(dy, page.top - gap - place.bottom), page.bottom + gap - place.top)
    return content._replace(
        place=Bounds(place.left + dx, place.top + dy, place.right + dx, place.bottom + dy)
    )


def scaled(content: Content, factor: float, x: float, y: float) -> Content:
    """Return the drawing with its picture `factor` times as large; (x, y) stays where it is."""
    content = _with_room(content)
    place, page = _place(content), content.page
    sides = max(place.right - place.left, place.bottom - place.top) / (page.right - page.left)
    factor = min(max(factor, _LEAST / sides), _MOST / sides)
    place = Bounds(
        x + (place.left - x) * factor,
        y + (place.top - y) * factor,
        x + (place.right - x) * factor,
        y + (place.bottom - y) * factor,
    )
    return moved(content._replace(place=place), 0.0, 0.0)


def fitted_in(content: Content) -> Content:
    """Return the drawing with its picture in the middle of the page, as large as it can be."""
    place, page = _place(content), content.page
    across, down = place.right - place.left, place.bottom - place.top
    times = min((page.right - page.left) / across, (page.bottom - page.top) / down)
    x, y = (page.left + page.right) / 2, (page.top + page.bottom) / 2
    half = across * times / 2, down * times / 2
    place = Bounds(x - half[0], y - half[1], x + half[0], y + half[1])
    return content._replace(place=None if _close(place, page) else place)


def on_page(content: Content) -> Bounds | None:
    """Return the box of the page that the picture covers; None if there is nothing of it there."""
    place, page = _place(content), content.page
    box = Bounds(
        max(place.left, page.left),
        max(place.top, page.top),
        min(place.right, page.right),
        min(place.bottom, page.bottom),
    )
    there = content.background is not None and box.left < box.right and box.top < box.bottom
    return box if there else None


def is_cut(content: Content) -> bool:
    """Whether a part of the picture lies off the page, or all of it."""
    box = on_page(content)
    return content.background is not None and (box is None or not _close(box, _place(content)))


def pixels_on_page(content: Content) -> tuple[float, float, float, float] | None:
    """Return what of the picture is on the page: left, top, right, bottom in its own pixels."""
    box, picture = on_page(content), content.background
    if box is None or picture is None:
        return None
    place = _place(content)
    across = picture.width / (place.right - place.left)
    down = picture.height / (place.bottom - place.top)
    return (
        max((box.left - place.left) * across, 0.0),
        max((box.top - place.top) * down, 0.0),
        min((box.right - place.left) * across, float(picture.width)),
        min((box.bottom - place.top) * down, float(picture.height)),
    )


def cut_to_page(content: Content) -> Content:
    """Return the same drawing with only what of its picture is on the page; that is its page then.

    It is what is recognised: a picture of its own, as if it had been opened so.
    """
    picture, pixels = content.background, pixels_on_page(content)
    if content.place is None or picture is None:
        return content
    if pixels is None:
        return content._replace(background=None, place=None)
    left, top = int(pixels[0]), int(pixels[1])
    right, bottom = max(round(pixels[2]), left + 1), max(round(pixels[3]), top + 1)
    place = content.place
    across = (place.right - place.left) / picture.width
    down = (place.bottom - place.top) / picture.height
    page = Bounds(
        place.left + left * across,
        place.top + top * down,
        place.left + right * across,
        place.top + bottom * down,
    )
    whole = (left, top, right, bottom) == (0, 0, *picture.size)
    part = picture if whole else picture.crop((left, top, right, bottom))
    return Content(page, content.strokes, part)


def _place(content: Content) -> Bounds:
    return content.place or content.page


def _with_room(content: Content) -> Content:
    """Return the drawing on a square page: one with the picture's own shape leaves it no room."""
    page = content.page
    across, down = page.right - page.left, page.bottom - page.top
    more = abs(across - down) / 2
    if across < down:
        square = Bounds(page.left - more, page.top, page.right + more, page.bottom)
    else:
        square = Bounds(page.left, page.top - more, page.right, page.bottom + more)
    return content._replace(page=square, place=_place(content))


def _close(a: Bounds, b: Bounds) -> bool:
    least = 1e-6 * max(b.right - b.left, b.bottom - b.top)
    return all(abs(one - other) <= least for one, other in zip(a, b, strict=True))
