"""Owns giving memory back that was only needed for a while."""

import contextlib
import ctypes
import gc
import sys


def give_back() -> None:
    """Free what nothing refers to, and let the C library return it to the system where it can.

    Strokes are read as millions of small objects; glibc keeps their room for the next ones, which
    never come.
    """
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)
