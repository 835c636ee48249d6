"""Tells Tk on X11 to deliver every pointer motion, not only the last of those waiting.

Tk has a switch for it, but only in C: Tk_CollapseMotionEvents. With it off, fast ink keeps the
points that the pen gave.
"""

import tkinter as tk


def keep_every_motion(root: tk.Tk) -> bool:
    """Let Tk deliver all motion events; return whether it will.

    Other window systems than X11 do not collapse them, and need nothing. Only Tk 8.6: its function
    is documented to take a Display, but reads what it gets as Tk's own record of the display
    (tkEvent.c), which has to be given to it; what later versions do is not known.
    """
    if root.tk.call("tk", "windowingsystem") != "x11":
        return True
    if not str(root.tk.call("info", "patchlevel")).startswith("8.6."):
        return False
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
    # A Tk_Window begins with its Display and Tk's record of it (Tk_FakeWin in tk.h), and the record
    # begins with the same Display (TkDisplay in tkInt.h): if it does, it is the one.
    pointers = ctypes.POINTER(ctypes.c_void_p)
    display, record = ctypes.cast(window, pointers)[0:2]
    if not record or ctypes.cast(record, pointers)[0] != display:
        return False
    collapse(record, 0)
    return True
