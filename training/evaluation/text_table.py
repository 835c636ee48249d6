"""Owns tables of text: a Chinese character is as wide as two Latin letters."""

from collections.abc import Sequence
from unicodedata import east_asian_width


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of the same length as lines: the first column to the left, the others right."""
    widths = [max(width(row[number]) for row in rows) for number in range(len(rows[0]))]
    return [
        "  ".join(
            to_left(cell, wanted) if number == 0 else to_right(cell, wanted)
            for number, (cell, wanted) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def to_left(text: str, wanted: int) -> str:
    """Return a text with spaces behind it, `wanted` columns wide."""
    return text + " " * (wanted - width(text))


def to_right(text: str, wanted: int) -> str:
    """Return a text with spaces before it, `wanted` columns wide."""
    return " " * (wanted - width(text)) + text


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(2 if east_asian_width(sign) in "FW" else 1 for sign in text)
