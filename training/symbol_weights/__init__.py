"""Fits what the user's own symbols are compared by, on symbols that other people drew."""
