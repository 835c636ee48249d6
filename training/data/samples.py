"""Owns reading the user's own samples: .ink files that also have a "label" ("0" to "9")."""

import json
from pathlib import Path

from app.errors import InkError
from app.ink.strokes_file import SUFFIX, parse_ink
from app.recognition.card import LABELS
from app.translation import _
from training.data.pendigits import PenDigit
from training.data.source import DataError


def load_samples(folder: Path) -> list[PenDigit]:
    """Return the samples in a folder by name; raises DataError if there are none or one is bad.

    Drawings without ink or label, and those that are said to be no digit, are left out.
    """
    samples = []
    for order, path in enumerate(sorted(folder.glob(f"*{SUFFIX}"))):
        try:
            data = path.read_bytes()
            label = json.loads(data).get("label")
            strokes = parse_ink(data).strokes
            if label in LABELS and strokes:
                samples.append(PenDigit(LABELS.index(label), 0, order, strokes))
        except (OSError, ValueError, AttributeError, InkError) as error:
            raise DataError(
                _("The sample {path} cannot be read: {problem}").format(path=path, problem=error)
            ) from error
    if not samples:
        raise DataError(_("There are no samples of yours in {folder} yet.").format(folder=folder))
    return samples
