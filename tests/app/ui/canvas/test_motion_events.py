"""A burst of motions from the X server: each one becomes a point of the stroke."""

import ctypes
import tkinter as tk
from collections.abc import Callable

import pytest

from app.ui.canvas.motion_events import keep_every_motion
from tests.app.ui.conftest import Driver

_PRESS, _RELEASE, _MOTION = 4, 5, 6
_BUTTON_1 = 1 << 8
_COUNT = 300


class PointerEvent(ctypes.Structure):
    """XButtonEvent and XMotionEvent (Xlib.h), which lie alike, in an XEvent's room."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("button", ctypes.c_uint),
        ("same_screen", ctypes.c_int),
        ("room", ctypes.c_long * 24),
    )


def send_stroke(widget: tk.Misc) -> None:
    """Send press, motions and release in one go, over a connection of its own."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    window = ctypes.c_ulong(widget.winfo_id())
    for number in range(_COUNT + 1):
        kind = _PRESS if number == 0 else _RELEASE if number == _COUNT else _MOTION
        place = 40 + min(number, _COUNT - 1)
        event = PointerEvent(type=kind, window=window, x=place, y=place, time=number + 1)
        event.button = 0 if kind == _MOTION else 1
        event.state = 0 if kind == _PRESS else _BUTTON_1
        event.same_screen = 1
        x11.XSendEvent(display, window, 1, ctypes.c_long(0), ctypes.byref(event))
    x11.XCloseDisplay(display)


def test_every_motion_of_a_burst_is_kept(open_window: Callable[..., Driver]) -> None:
    driver = open_window()
    driver.settle()
    if driver.root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("only X11 collapses motions")
    if not str(driver.root.tk.call("info", "patchlevel")).startswith("8.6."):
        pytest.skip("only Tk 8.6 can be asked to keep them")
    assert keep_every_motion(driver.root)
    send_stroke(driver.canvas)
    driver.until(lambda: not driver.window.document.drawing.content.is_empty)
    (stroke,) = driver.window.document.drawing.content.strokes
    assert len(stroke.points) == _COUNT
    assert [point.t for point in stroke.points[:3]] == [0, 1, 2]
