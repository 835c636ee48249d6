"""Letters, signs and symbols that can be read as a digit: they are no negatives.

Letters and signs are chosen by looking at drawings of each. So are the symbols that look like a 0
with a bar or a slash, which a network takes for no digit if it is shown one of them as such; the
other symbols by a network that never saw the symbol: see cross_validation. Single drawings of
what is left may look like a digit all the same; those are left out one by one.
"""

from training.curation.left_out import LEFT_OUT

LETTERS = frozenset("oODQ Ss Zz Bb Gg q Iil jJ Yy".replace(" ", ""))
"""0, 5, 2, 8 or 6, 6 or 9, 9, 1, 3 or 1, and a 4 that is open above."""
SIGNS = frozenset("|/\\^()'`,.]}>")
"""1, ^ with a long flag; the brackets 3, and 7 once they are rounded; small signs become a 1 when
they are scaled."""

BARRED_ZEROS = {
    *("O", "o", "emptyset", "varnothing", "oslash", "diameter", "invdiameter", "clock"),
    *("ominus", "circleddash", "theta", "Theta", "uptheta", "Uptheta", "texttheta"),
    *("phi", "Phi", "upphi", "Upphi", "textphi"),
}
LONG_FLAGGED_ONES = {"wedge", "bigwedge", "curlywedge", "Lambda", "Uplambda"}
"""A network that is shown these as no digit refuses a third of such ones of five Europeans."""

CHARACTERS = {
    *("dollar", "dash-dash-dash", "textasteriskcentered"),
    *("bullet", "textbullet", "centerdot", "newmoon"),
}
"""Symbols that look like one of the 94 characters, and that left_out_characters.json lacks."""


def is_clear(label: str) -> bool:
    """Return whether a letter or sign of UNIPEN looks like no digit."""
    return not (label.isdigit() or label in LETTERS or label in SIGNS)


def is_clear_symbol(name: str) -> bool:
    """Return whether a symbol of Detexify or texnolatin looks like no digit."""
    kind = name.split(":")[-1]
    return name not in LEFT_OUT.symbols and kind not in BARRED_ZEROS | LONG_FLAGGED_ONES


def is_barred_zero(name: str) -> bool:
    """Return whether a symbol is one of BARRED_ZEROS; its package does not matter."""
    return name.split(":")[-1] in BARRED_ZEROS
