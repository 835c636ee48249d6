"""Expected failures: their text is one plain sentence that tells the user what to do next."""

import contextlib
from collections.abc import Iterator

_MOST_QUOTED = 200
"""Characters of another error's text."""


class InklingError(Exception):
    """Base of all expected failures."""


class InkError(InklingError):
    """Strokes, a strokes file or a picture that cannot become a drawing."""


class ModelError(InklingError):
    """A model that is missing, damaged, unsuitable, or not the one that its card describes."""


class StorageError(InklingError):
    """A file or folder that cannot be read or written."""


def brief(error: Exception) -> str:
    """Return an error's text, cut where it quotes a long part of a file; its name without text."""
    text = str(error) or type(error).__name__
    return text if len(text) <= _MOST_QUOTED else text[:_MOST_QUOTED] + "…"


@contextlib.contextmanager
def storage_errors(message: str, **fields: object) -> Iterator[None]:
    """Raise an OSError of the block as a StorageError.

    `message` is formatted with `fields` and {problem}, the system's reason.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(message.format(problem=error.strerror or error, **fields)) from error
