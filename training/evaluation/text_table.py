"""Text tables with aligned columns; a Chinese character is as wide as two Latin letters."""

from collections.abc import Sequence
from unicodedata import east_asian_width


def text_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of the same length as lines: the first column left-aligned, the others right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0] + " " * (widths[0] - display_width(row[0]))]
            + [pad_left(cell, width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in rows
    ]


def pad_left(text: str, width: int) -> str:
    """Return a text with spaces before it, `width` columns wide."""
    return " " * (width - display_width(text)) + text


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "FW" else 1 for character in text)
