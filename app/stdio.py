"""Standard streams: fills missing ones, what they can show, silences native libraries."""

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from io import TextIOWrapper

from app.i18n import _

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def fill_missing_streams() -> None:
    """Give each missing one of sys.stdin, sys.stdout and sys.stderr a stream on the null device.

    A windowed program on Windows has none of them. A closed descriptor is filled as well: the next
    file opened would take its number and receive what native code prints.
    """
    for number, (name, mode) in enumerate(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            if null != number:
                os.dup2(null, number)
                os.close(null)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def can_write(text: str) -> bool:
    """Return whether the encodings of standard output and error have every character of `text`."""
    for stream in (sys.stdout, sys.stderr):
        try:
            text.encode(stream.encoding or "ascii")
        except UnicodeEncodeError:
            return False
    return True


def write_utf_8() -> None:
    """Switch standard output and error to UTF-8, for a program that reads them as such."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def status_of(run: Callable[[], int]) -> int:
    """Return the exit status that `run` returns, or 1 if standard output cannot be written."""
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # `inkling recognise … | head`
        pass
    except OSError as error:
        if error.filename is not None:
            raise
        if sys.platform != "win32" or error.errno != errno.EINVAL:  # a broken pipe there
            problem = error.strerror or error
            sentence = _("The output cannot be written: {problem}.").format(problem=problem)
            sys.stderr.write(f"inkling: {sentence}\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it at its end
    return 1


def escaped(text: str) -> str:
    """Return a text on one line, with an escape such as \\x1b for what is not printable.

    Control characters of a file's name would move the terminal's cursor, and marks of the writing
    direction would show another name.
    """
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text
    )


class _Silence:
    """How many threads are silencing descriptor 2, and what it was before the first of them."""

    lock = threading.Lock()
    count = 0
    saved = -1


@contextlib.contextmanager
def silence_native_stderr() -> Iterator[None]:
    """Send descriptor 2 to the null device inside the block.

    LiteRT and TensorFlow log their start there, and libtiff what is wrong with a file; it would end
    up in the output of a pipeline. Python's exceptions are not affected.
    """
    with _Silence.lock:
        if not _Silence.count:
            try:
                _Silence.saved = os.dup(2)
            except OSError:  # there is no standard error
                _Silence.saved = -1
            else:
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, 2)
                os.close(null)
        _Silence.count += 1
    try:
        yield
    finally:
        with _Silence.lock:
            _Silence.count -= 1
            if not _Silence.count and _Silence.saved >= 0:
                os.dup2(_Silence.saved, 2)
                os.close(_Silence.saved)
