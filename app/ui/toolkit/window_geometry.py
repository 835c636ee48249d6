"""Owns where the main window is: put where it was, never off the screen."""

import tkinter as tk
from dataclasses import replace

from app.storage.settings import Place, Settings


def put(root: tk.Tk, settings: Settings, least: tuple[int, int]) -> None:
    """Put the window where the settings say; it is `least` pixels wide and high at the least."""
    if settings.window is not None:
        x, y, width, height = on_screen(settings.window, _screen(root), least)
        root.geometry(f"{width}x{height}+{x}+{y}")  # "+-5" is Tk's word for 5 left of the screen's
    if settings.maximised:
        _maximise(root, True)


def place_of(root: tk.Tk, before: Settings) -> Settings:
    """Return the settings with where the window is now."""
    if not root.winfo_viewable():  # an icon, or not there yet
        return before
    if _is_maximised(root):
        return replace(before, maximised=True)
    # The frame that the desktop puts around it counts for the place, not for the size.
    size, _plus, place = root.geometry().partition("+")
    x, _plus, y = place.partition("+")
    width, _times, height = size.partition("x")
    try:
        here = Place(int(x), int(y), int(width), int(height))
    except ValueError:  # "-5+7": measured from the far edge
        return before
    return replace(before, window=here, maximised=False)


def reset(root: tk.Tk) -> None:
    """Let the window be as large as what is in it wants."""
    _maximise(root, False)
    root.geometry("")


def size(top: tk.Toplevel, wanted: tuple[int, int]) -> None:
    """Let a new window be of this size, but no larger than the screen."""
    screen = _screen(top)
    top.geometry(f"{min(wanted[0], screen.width)}x{min(wanted[1], screen.height)}")


def over(top: tk.Toplevel, parent: tk.Misc, wanted: tuple[int, int] | None = None) -> Place:
    """Return where a new window stands over another, on the screen; as large as it needs to be."""
    width, height = wanted or (top.winfo_reqwidth(), top.winfo_reqheight())
    x = parent.winfo_rootx() + (parent.winfo_width() - width) // 2
    y = parent.winfo_rooty() + (parent.winfo_height() - height) // 3
    screen = Place(0, 0, top.winfo_screenwidth(), top.winfo_screenheight())
    return on_screen(Place(x, y, width, height), screen, (1, 1))


def grow(top: tk.Toplevel, size: tuple[int, int], times: float, least: tuple[int, int]) -> None:
    """Let a window that had this size be so many times as large, round the same middle."""
    width, height = round(size[0] * times), round(size[1] * times)
    x = top.winfo_rootx() + (size[0] - width) // 2
    y = top.winfo_rooty() + (size[1] - height) // 2
    place = on_screen(Place(x, y, width, height), _screen(top), least)
    top.geometry(f"{place.width}x{place.height}+{place.x}+{place.y}")


def on_screen(place: Place, screen: Place, least: tuple[int, int]) -> Place:
    """Return the nearest place that is on the screen as a whole, and no larger than it."""
    width = min(max(place.width, least[0]), screen.width)
    height = min(max(place.height, least[1]), screen.height)
    return Place(
        min(max(place.x, screen.x), screen.x + screen.width - width),
        min(max(place.y, screen.y), screen.y + screen.height - height),
        width,
        height,
    )


def _screen(root: tk.Misc) -> Place:
    """Return all monitors' place together; Tk knows no single ones."""
    virtual = Place(
        root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
    )
    if root.tk.call("tk", "windowingsystem") == "win32" and min(virtual.width, virtual.height) > 0:
        return virtual
    return Place(0, 0, root.winfo_screenwidth(), root.winfo_screenheight())


def _maximise(root: tk.Tk, on: bool) -> None:
    if root.tk.call("tk", "windowingsystem") == "x11":
        root.attributes("-zoomed", on)
    else:
        root.state("zoomed" if on else "normal")


def _is_maximised(root: tk.Tk) -> bool:
    if root.tk.call("tk", "windowingsystem") == "x11":
        return bool(root.attributes("-zoomed"))
    return root.state() == "zoomed"
