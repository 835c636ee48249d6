"""Sizes and positions of windows: kept within the screen, restored at the next start."""

import tkinter as tk
from dataclasses import replace

from app.storage.settings import Place, Settings

Size = tuple[int, int]
"""Width and height in pixels."""


def restore_geometry(root: tk.Tk, settings: Settings, least: Size) -> None:
    """Give the main window the geometry in the settings, at least `least` large."""
    if settings.window is not None:
        root.geometry(_geometry_text(within_screen(settings.window, _screen(root), least)))
    if settings.maximised:
        _set_maximised(root, True)


def current_geometry(root: tk.Tk, before: Settings) -> Settings:
    """Return the settings with the main window's present geometry."""
    if not root.winfo_viewable():  # minimised, or not shown yet
        return before
    if _is_maximised(root):
        return replace(before, maximised=True)
    # Not winfo_x and the like: the position counts from the desktop's frame around the window.
    size, _plus, position = root.geometry().partition("+")
    x, _plus, y = position.partition("+")
    width, _times, height = size.partition("x")
    try:
        window = Place(int(x), int(y), int(width), int(height))
    except ValueError:  # "-5+7": measured from the right edge
        return before
    return replace(before, window=window, maximised=False)


def reset_geometry(root: tk.Tk) -> None:
    """Give the main window the size that its content asks for."""
    _set_maximised(root, False)
    root.geometry("")


def centred_over(top: tk.Toplevel, parent: tk.Misc, size: Size | None = None) -> Place:
    """Return a place for a new window over `parent`, within the screen.

    `size` is what the content asks for by default.
    """
    width, height = size or (top.winfo_reqwidth(), top.winfo_reqheight())
    x = parent.winfo_rootx() + (parent.winfo_width() - width) // 2
    y = parent.winfo_rooty() + (parent.winfo_height() - height) // 3
    # Not `_screen`: the middle of two monitors together would be the edge between them.
    screen = Place(0, 0, top.winfo_screenwidth(), top.winfo_screenheight())
    return within_screen(Place(x, y, width, height), screen, (1, 1))


def beside(top: tk.Toplevel, main: tk.Misc, size: Size) -> str:
    """Return the geometry of a window right of the main one, or left, or at the screen's edge."""
    screen = Place(0, 0, top.winfo_screenwidth(), top.winfo_screenheight())
    left, right = main.winfo_rootx(), main.winfo_rootx() + main.winfo_width()
    has_room = right + size[0] <= screen.width or left < size[0]
    x = right if has_room else left - size[0]
    place = within_screen(Place(x, main.winfo_rooty(), *size), screen, (1, 1))
    return _geometry_text(place)


def scale_geometry(top: tk.Toplevel, size: Size, factor: float, least: Size) -> None:
    """Make a window that had this size `factor` times as large, around the same centre."""
    width, height = round(size[0] * factor), round(size[1] * factor)
    x = top.winfo_rootx() + (size[0] - width) // 2
    y = top.winfo_rooty() + (size[1] - height) // 2
    top.geometry(_geometry_text(within_screen(Place(x, y, width, height), _screen(top), least)))


def within_screen(place: Place, screen: Place, least: Size) -> Place:
    """Return the nearest place on the screen: at least `least`, at most as large as the screen."""
    width = min(max(place.width, least[0]), screen.width)
    height = min(max(place.height, least[1]), screen.height)
    return Place(
        min(max(place.x, screen.x), screen.x + screen.width - width),
        min(max(place.y, screen.y), screen.y + screen.height - height),
        width,
        height,
    )


def _geometry_text(place: Place) -> str:
    # "+-5" is five pixels left of the screen's left edge.
    return f"{place.width}x{place.height}+{place.x}+{place.y}"


def _screen(widget: tk.Misc) -> Place:
    """Return the rectangle around all monitors; Tk does not know single ones."""
    virtual = Place(
        widget.winfo_vrootx(),
        widget.winfo_vrooty(),
        widget.winfo_vrootwidth(),
        widget.winfo_vrootheight(),
    )
    if (
        widget.tk.call("tk", "windowingsystem") == "win32"
        and min(virtual.width, virtual.height) > 0
    ):
        return virtual
    return Place(0, 0, widget.winfo_screenwidth(), widget.winfo_screenheight())


def _set_maximised(root: tk.Tk, maximised: bool) -> None:
    if root.tk.call("tk", "windowingsystem") == "x11":
        root.attributes("-zoomed", maximised)
    else:
        root.state("zoomed" if maximised else "normal")


def _is_maximised(root: tk.Tk) -> bool:
    if root.tk.call("tk", "windowingsystem") == "x11":
        return bool(root.attributes("-zoomed"))
    return root.state() == "zoomed"
