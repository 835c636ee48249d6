"""Letters, signs and symbols that can be read as a digit: they are no negatives.

Letters and signs are chosen by looking at drawings of each; symbols of Detexify by a network that
never saw the symbol: see cross_validation. Single drawings of the others may look like a digit all
the same; those are left out one by one.
"""

from training.curation.left_out import LEFT_OUT

LETTERS = frozenset("oODQ Ss Zz Bb Gg q Iil jJ Yy".replace(" ", ""))
"""0, 5, 2, 8 or 6, 6 or 9, 9, 1, 3 or 1, and a 4 that is open above."""
SIGNS = frozenset("|/\\()'`,.]}>")
"""1; the brackets 3, and 7 once they are rounded; small signs become a 1 when they are scaled."""


def is_clear(label: str) -> bool:
    """Return whether a letter or sign of UNIPEN looks like no digit."""
    return not (label.isdigit() or label in LETTERS or label in SIGNS)


def is_clear_symbol(name: str) -> bool:
    """Return whether a symbol of Detexify or texnolatin looks like no digit."""
    return name not in LEFT_OUT.symbols
