"""Expected failures: their text is one plain sentence that tells the user what to do next."""


class InklingError(Exception):
    """Base of all expected failures."""


class InkError(InklingError):
    """Strokes, a strokes file or a picture that cannot become a drawing."""


class ModelError(InklingError):
    """A model that is missing, damaged, unsuitable, or not the one that its card describes."""


class StorageError(InklingError):
    """A file or folder that cannot be read or written."""
