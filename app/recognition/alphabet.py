"""Alphabets: the labels that an answer is chosen from, and which of them look alike."""

import string
from dataclasses import dataclass

OWN = "own"
"""The alphabet of the user's own symbols, whose labels are not fixed."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A named, ordered choice of labels."""

    name: str
    labels: tuple[str, ...]


DIGITS = Alphabet("digits", tuple(string.digits))
CHARACTERS = Alphabet(
    "characters",
    tuple(string.digits + string.ascii_uppercase + string.ascii_lowercase + string.punctuation),
)
"""The labels of the model `characters`, in the order of its logits."""

ALPHABETS = {
    alphabet.name: alphabet
    for alphabet in (
        DIGITS,
        Alphabet("letters", tuple(string.ascii_uppercase + string.ascii_lowercase)),
        Alphabet("capitals", tuple(string.ascii_uppercase)),
        Alphabet("small", tuple(string.ascii_lowercase)),
        CHARACTERS,
    )
}

LOOK_ALIKES = (
    *("0Oo", "1Il|", "',", "-_", "`\\"),
    *("Cc", "Kk", "Pp", "Ss", "Uu", "Vv", "Ww", "Xx", "Yy", "Zz"),
)
"""Groups of labels that are one shape once size and position are lost; no label is in two."""

_GROUPS = {label: group for group in LOOK_ALIKES for label in group}


def look_alike_group(label: str) -> str:
    """Return the group that a label looks like, itself where it has none."""
    return _GROUPS.get(label, label)


def look_alikes(label: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other `labels` that look like one, in the alphabet's order."""
    group = look_alike_group(label) if len(label) == 1 else ""
    return tuple(other for other in labels if other != label and other in group)
