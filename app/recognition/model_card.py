"""Owns the model card: the JSON beside a model that says what it is, checked as data from outside.

A card names: format, version, name, labels, recipe, raster_version, sha256 (of the .tflite),
outputs (logits, embedding, digit), temperature, digit_threshold, sure_threshold, metrics, data,
versions.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import RASTER_VERSION

FORMAT = "inkling-model-card"
VERSION = 1
LABELS = [str(digit) for digit in range(10)]
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the program needs of a card; `all` has the rest."""

    name: str
    labels: tuple[str, ...]
    sha256: str
    embedding_size: int
    temperature: float
    """The logits are divided by it before the softmax (Guo et al. 2017)."""
    digit_threshold: float
    """The least digit score that counts as a digit, 0 to 1."""
    sure_threshold: float
    """The least probability of the best label, 0 to 1, at which the answer is given as sure."""
    all: Mapping[str, Any]


def read_card(path: Path) -> ModelCard:
    """Return the card in a file; raises ModelError in one plain sentence."""
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise ModelError(
            _("The model's card {name} is missing; install the program again.").format(
                name=path.name
            )
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(_damaged(path)) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ModelError(_damaged(path))
    if value.get("version") != VERSION or value.get("raster_version") != RASTER_VERSION:
        raise ModelError(
            _("The model {name} was made for another version of this program.").format(
                name=path.stem
            )
        )
    try:
        return _card(value)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(_damaged(path)) from error


def _card(value: dict[str, Any]) -> ModelCard:
    labels = value["labels"]
    if labels != LABELS:
        raise ValueError("labels")
    temperature, threshold = float(value["temperature"]), float(value["digit_threshold"])
    sure = float(value.get("sure_threshold", _SURE))  # cards of earlier versions do not name it
    if not (math.isfinite(temperature) and temperature > 0):
        raise ValueError("temperature")
    if not (0 <= threshold <= 1 and 0 <= sure <= 1):
        raise ValueError("threshold")
    sha256 = value["sha256"]
    if not (isinstance(sha256, str) and len(sha256) == 64):
        raise ValueError("sha256")
    return ModelCard(
        name=str(value["name"]),
        labels=tuple(labels),
        sha256=sha256.lower(),
        embedding_size=int(value["outputs"]["embedding"]["size"]),
        temperature=temperature,
        digit_threshold=threshold,
        sure_threshold=sure,
        all=value,
    )


def _damaged(path: Path) -> str:
    return _("The model's card {name} is damaged; install the program again.").format(
        name=path.name
    )
