"""Expected failures of training, and how an OSError becomes one."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import InklingError


class DivergedError(InklingError):
    """The loss of a training is not finite any more."""


@contextmanager
def os_errors_as(kind: type[InklingError], sentence: str, **values: object) -> Iterator[None]:
    """Raise a `kind` in place of an OSError in the block; not for a closed output stream.

    `sentence` is formatted with `values`, and with the system's message as {problem}.
    """
    try:
        yield
    except BrokenPipeError:  # of whoever reads our progress
        raise
    except OSError as error:
        raise kind(sentence.format(problem=error.strerror or error, **values)) from error
