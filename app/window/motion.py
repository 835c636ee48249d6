"""Owns getting every motion of the pointer from X11, where Tk drops all but the last that wait.

Tk has a switch for it, but only in C: Tk_CollapseMotionEvents (Tk's manual page of that name). With
it off, fast ink keeps the points that the pen gave.
"""

import tkinter as tk


def keep_every_motion(root: tk.Tk) -> bool:
    """Let Tk deliver all motion events; return whether it will.

    Other window systems than X11 do not collapse them, and need nothing.
    """
    if root.tk.call("tk", "windowingsystem") != "x11":
        return True
    import _tkinter  # the extension module, linked with Tk's library
    import ctypes

    try:
        library = ctypes.PyDLL(getattr(_tkinter, "__file__", None))
        main_window, collapse = library.Tk_MainWindow, library.Tk_CollapseMotionEvents
    except (OSError, AttributeError):  # a Python whose Tk does not show its C functions
        return False
    main_window.argtypes, main_window.restype = [ctypes.c_void_p], ctypes.c_void_p
    collapse.argtypes, collapse.restype = [ctypes.c_void_p, ctypes.c_int], ctypes.c_int
    window = main_window(root.tk.interpaddr())
    if not window:
        return False
    # A Tk_Window begins with its display (the macro Tk_Display in tk.h).
    display = ctypes.cast(window, ctypes.POINTER(ctypes.c_void_p)).contents.value
    collapse(display, 0)
    return True
