"""Owns the one family of expected failures: their text tells the user what to do next."""


class InklingError(Exception):
    """An expected failure, worded for the person at the screen in one plain sentence."""


class InkError(InklingError):
    """Strokes, a strokes file or a picture that cannot become a drawing."""


class ModelError(InklingError):
    """A model that is missing, damaged, of another shape, or not the one its card describes."""


class StorageError(InklingError):
    """A file or folder that cannot be read or written."""
