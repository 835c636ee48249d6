"""Owns the names of the environment variables that the program listens to."""

import os

PROFILE_VARIABLE = "INKLING_PROFILE"
SCALE_VARIABLE = "INKLING_SCALE"


def display_scale_wanted() -> float | None:
    """Return INKLING_SCALE, such as 2 for 200 %, if it is a number from 0.5 to 4."""
    try:
        scale = float(os.environ.get(SCALE_VARIABLE, ""))
    except ValueError:
        return None
    return scale if 0.5 <= scale <= 4.0 else None
