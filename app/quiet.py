"""Owns keeping native code quiet, which says on standard error, unasked, that it has started."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_standard_error() -> Iterator[None]:
    """Send the file descriptor of standard error to nowhere for a moment.

    A program that is piped into others says nothing unless something is wrong. Python's errors are
    not touched.
    """
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # the program was started without a standard error
        yield
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
