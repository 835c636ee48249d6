"""Owns the failures of a training that other programs want to tell from the rest."""

from app.errors import InklingError


class DivergedError(InklingError):
    """A training whose loss is no number any more."""
