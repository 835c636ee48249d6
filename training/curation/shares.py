"""Which writers, sites and kinds of signs are for training, for validation and for the test.

Validation data choose recipes, checkpoints and thresholds. Test data choose nothing.
"""

from typing import Literal
from zlib import crc32

Share = Literal["training", "validation", "test"]

VALIDATION_SITES = ("imp", "pri")
TEST_SITES = ("aga", "art")
"""Sites of UNIPEN, whole: each had another tablet. Chosen with the figures of version 2 by site in
sight: small, so that little is lost to training, and for the test two that it does not read too
easily. ibm, which it reads worst, is trained on for its rare forms."""

_OF_WRITERS: dict[int, Share] = {0: "validation", 5: "validation", 3: "test"}
_OF_KINDS: dict[int, Share] = {1: "validation", 8: "test"}


def share_of_writer(site: str, writer: int) -> Share:
    """Return a writer's share: by their site, else two tenths for validation, one for the test."""
    if site in TEST_SITES:
        return "test"
    if site in VALIDATION_SITES:
        return "validation"
    return _OF_WRITERS.get(writer % 10, "training")


def share_of_kind(name: str) -> Share:
    """Return the share of a letter, a sign or a symbol: a tenth each for validation and test."""
    return _OF_KINDS.get(crc32(name.encode()) % 10, "training")


_GREEK = {
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi"),
    *("chi", "psi", "omega", "digamma"),
}


def is_greek(name: str) -> bool:
    """Return whether a symbol of LaTeX is a Greek letter; its package and form do not matter.

    Where Omniglot's Greek alphabet is for the test, nothing may be learnt from them.
    """
    plain = name.split(":")[-1].lower()
    return plain in _GREEK or any(plain.removeprefix(x) in _GREEK for x in ("up", "var", "text"))


def share_of(name: str, site: str, writer: int) -> Share:
    """Return the share of a drawing of `name` by a writer: of the test if either is, and so on."""
    both = (share_of_kind(name), share_of_writer(site, writer))
    return "test" if "test" in both else "validation" if "validation" in both else "training"
