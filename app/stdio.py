"""Owns standard input, output and error: where they are missing, and what they can write.

A windowed program on Windows has none (sys.stdout is None), and a file that is opened while
descriptor 1 or 2 is closed would take its number and receive what native code prints.
"""

import os
import sys
from io import TextIOWrapper

_MODES = {0: "r", 1: "w", 2: "w"}


def fill_missing_streams() -> None:
    """Give what is missing of sys.stdin, sys.stdout and sys.stderr a stream that goes nowhere."""
    for number in _MODES:
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = open(number, _MODES[number], encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def can_write(text: str) -> bool:
    """Return whether standard output and error have all characters of a text."""
    for stream in (sys.stdout, sys.stderr):
        try:
            text.encode(stream.encoding or "ascii")
        except UnicodeEncodeError:
            return False
    return True


def write_utf_8() -> None:
    """Let standard output and error be UTF-8: a program that knows it reads them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
