"""The verb `explain`: what each piece of ink does for the answer, and what would change it."""

import argparse
import io
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from app.batch.items import Item, Line
from app.batch.sources import read_groups
from app.errors import InklingError
from app.explanation.explanation import Explanation, explain, explanation_object
from app.explanation.figure import figure_png, figure_svg
from app.i18n import _
from app.recognition.personal_recogniser import PersonalRecogniser, load_personal_recogniser
from app.stdio import escaped
from app.storage.atomic_write import write_atomically
from app.storage.log import LOG
from app.storage.paths import user_folders

FIGURES = (".png", ".svg")


def explain_inputs(arguments: argparse.Namespace) -> int:
    """Explain what the arguments of `explain_parser` name; return 0, or 1 if any input was bad.

    Raises InklingError.
    """
    figure: Path | None = arguments.figure
    if figure is not None and figure.suffix.lower() not in FIGURES:
        raise InklingError(_("A figure is a .png or an .svg file: give --figure such a name."))
    personal = load_personal_recogniser(user_folders(arguments.profile))
    personal.uses_samples = not arguments.without_samples
    if personal.notice:
        sys.stderr.write(f"inkling: {personal.notice}\n")
    labels = personal.recogniser.alphabet.labels
    if arguments.label is not None and arguments.label not in labels:
        unknown = _("The model has no label {label}; it has {labels}.")
        raise InklingError(unknown.format(label=arguments.label, labels=", ".join(labels)))
    if isinstance(sys.stdout, io.TextIOWrapper):  # an id or a path may hold lone surrogates
        sys.stdout.reconfigure(errors="backslashreplace")
    errors = 0
    for number, item in enumerate(_items(arguments.files)):
        if figure is not None and number:
            raise InklingError(_("A figure shows one drawing: give one input with --figure."))
        row, explanation = _answer(personal, item, arguments.label)
        errors += explanation is None
        sys.stdout.write(_json(row) if arguments.format == "json" else _text(row))
        sys.stdout.flush()
        if figure is not None and explanation is not None:
            _write_figure(figure, explanation)
    return 1 if errors else 0


def _items(files: list[str]) -> Iterator[Item]:
    stdin = cast(io.BufferedIOBase, sys.stdin.buffer)
    for group in read_groups(files, stdin, labelled=False):
        for one in group:
            yield one.item() if isinstance(one, Line) else one


def _answer(
    personal: PersonalRecogniser, item: Item, label: str | None
) -> tuple[dict[str, Any], Explanation | None]:
    """Return the line for an input, and its explanation; None, with an error, for a bad one."""
    started = time.perf_counter()
    try:
        explanation = explain(personal, item.read(), label)
    except InklingError as error:
        return {"id": item.id, "error": str(error)}, None
    except Exception as error:  # one drawing that nobody thought of must not end all the others
        LOG.error("%r could not be explained", item.id, exc_info=error)
        return {"id": item.id, "error": _("This drawing could not be recognised.")}, None
    ms = round((time.perf_counter() - started) * 1000, 3)
    return {"id": item.id, **explanation_object(explanation), "ms": ms}, explanation


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, allow_nan=False) + "\n"


def _text(row: dict[str, Any]) -> str:
    if "error" in row:
        return escaped(f"{row['id']}: {row['error']}") + "\n"
    text = f"{row['id']}: {row['label']}  ({row['confidence']:.1%})"
    change = row["instead"]
    if change is not None:
        moved = _("{label} if points move by {percent:.1f} % of the height")
        text += "; " + moved.format(label=change["label"], percent=change["moved"] * 100)
    return escaped(text) + "\n"


def _write_figure(path: Path, explanation: Explanation) -> None:
    """Write the figure; raises StorageError."""
    if path.suffix.lower() == ".svg":
        write_atomically(path, figure_svg(explanation).encode("utf-8"))
    else:
        write_atomically(path, figure_png(explanation))
