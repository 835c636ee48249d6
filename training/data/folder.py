"""Owns where data sets are looked for: the folder that is named, or the one in INKLING_DATA."""

import os
from pathlib import Path

from app.errors import InklingError
from app.translation import _

ENVIRONMENT_VARIABLE = "INKLING_DATA"


class DataError(InklingError):
    """A data set that is missing or is not what its name says."""


def data_file(name: str, folder: Path | None = None) -> Path:
    """Return the path of the data file `name`; raises DataError if it is nowhere.

    `folder` is looked at first, then the folder that the environment variable INKLING_DATA names.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    folders = [place for place in (folder, Path(named) if named else None) if place]
    for place in folders:
        if (place / name).is_file():
            return place / name
    if not folders:
        raise DataError(
            _("The data file {name} is needed; set {variable} to the folder that holds it.").format(
                name=name, variable=ENVIRONMENT_VARIABLE
            )
        )
    raise DataError(
        _("The data file {name} is not in {folders}.").format(
            name=name, folders=", ".join(map(str, folders))
        )
    )
