"""Owns which edition of the program runs: from source, the lite one, or the full one."""

import contextlib
import importlib
import json
import sys
from dataclasses import dataclass

from app.resources import bundled

SOURCE, LITE, FULL = "source", "lite", "full"


@dataclass(frozen=True, slots=True)
class Edition:
    """What was built, and of which version."""

    name: str
    """SOURCE, LITE or FULL."""
    version: str


def edition() -> Edition:
    """Return this program's edition; a built one has it written into its folder."""
    if is_built():
        built = json.loads(bundled("edition.json").read_bytes())
        return Edition(built["edition"], built["version"])
    from importlib.metadata import version

    return Edition(SOURCE, version("inkling"))


def about() -> str:
    """Return one line: the program's version and edition, its model and raster version."""
    from app.errors import ModelError
    from app.recognition.model_card import read_card
    from app.resources import shipped_model

    this = edition()
    try:
        card = read_card(shipped_model().with_suffix(".json"))
        model = f"{card.name} {card.sha256[:12]}, raster {card.raster_version}"
    except ModelError as error:
        model = str(error)
    return f"inkling {this.version}, {this.name} edition; model {model}"


def is_built() -> bool:
    """Return whether this is a program that PyInstaller built, not Python running the source."""
    return bool(getattr(sys, "frozen", False))


def become_worker() -> None:
    """Do a worker's task and end, if this built program was started as one.

    A library that shares its work among processes starts this program again, with words that only
    Python knows. PyInstaller's hook for it is imported here, as no window should wait for it; the
    lite edition, where nothing does so, has none.
    """
    with contextlib.suppress(ImportError):
        importlib.import_module("pyi_rth_multiprocessing")
        from multiprocessing import freeze_support

        freeze_support()
