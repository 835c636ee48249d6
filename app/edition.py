"""The edition that runs: the source, or the lite or full program that build.spec made."""

import contextlib
import importlib
import json
import sys
from dataclasses import dataclass

from app.errors import ModelError
from app.resources import bundled, shipped_model

SOURCE, LITE, FULL = "source", "lite", "full"


@dataclass(frozen=True, slots=True)
class Edition:
    """Name and version of the program."""

    name: str
    """SOURCE, LITE or FULL."""
    version: str


def edition() -> Edition:
    """Return this program's edition; build.spec writes a built one's into its folder."""
    if is_built():
        built = json.loads(bundled("edition.json").read_bytes())
        return Edition(built["edition"], built["version"])
    from importlib.metadata import version  # imports email and zipfile: the window does without

    return Edition(SOURCE, version("inkling"))


def about() -> str:
    """Return one line: the program's version and edition, its model, raster version and runtime."""
    from app.ink.rasterize import RASTER_VERSION  # imports numpy
    from app.recognition.model_card import read_card
    from app.recognition.runtime import runtime_name

    this = edition()
    try:
        card = read_card(shipped_model().with_suffix(".json"))
        model = f"{card.name} {card.sha256[:12]}, raster {RASTER_VERSION}"
    except ModelError as error:
        model = str(error)
    return f"inkling {this.version}, {this.name} edition; model {model}; {runtime_name()} answers"


def is_built() -> bool:
    """Return whether this is a program that PyInstaller built, not Python running the source."""
    return bool(getattr(sys, "frozen", False))


def run_as_worker() -> None:
    """Do a multiprocessing worker's task and exit, if this built program was started as one.

    multiprocessing starts sys.executable, which here is this program, with arguments of its own.
    build.spec takes PyInstaller's hook for that out of the start, so it is imported here.
    """
    with contextlib.suppress(ImportError):
        importlib.import_module("pyi_rth_multiprocessing")
        from multiprocessing import freeze_support  # replaced by the hook

        freeze_support()
