"""The model card: the JSON beside a model (labels, calibration, origin), checked when it is read.

Required: format, version, raster_version, name, labels, sha256 (of the .tflite file), outputs
(logits, embedding, digit), temperature, digit_threshold. The other thresholds have defaults, since
cards of earlier versions lack them; "thresholds" has those of sure answers in single alphabets.
What only describes the model (recipe, metrics, data) may be
missing; what has the wrong type or an absurd value there is ignored.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from app.errors import ModelError
from app.i18n import _
from app.ink.rasterize import RASTER_VERSION
from app.recognition.alphabet import ALPHABETS, DIGITS, Alphabet

FORMAT = "inkling-model-card"
VERSION = 1
LABELS = list(DIGITS.labels)
SURE_THRESHOLD = 0.9
NUMBER_DIGIT_THRESHOLD = 0.3
NUMBER_CUT_THRESHOLD = 0.1
_MAX_BYTES = 1 << 20
_MAX_NAME = 200
_TEMPERATURES = (0.01, 100.0)
_MAX_EMBEDDING = 65_536
_MAX_EPOCHS = 1_000_000


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A checked card. All thresholds are probabilities, 0 to 1."""

    name: str
    labels: tuple[str, ...]
    sha256: str
    """Of the .tflite file, 64 hexadecimal digits in lower case."""
    embedding_size: int
    temperature: float
    """The logits are divided by it before the softmax (Guo et al. 2017)."""
    digit_threshold: float
    """The least digit score of ink that is accepted as a digit."""
    sure_threshold: float
    """The least probability of the best label at which an answer counts as sure."""
    sure_thresholds: Mapping[str, float]
    """The same for some alphabets, by their names: other labels, other probabilities."""
    number_digit_threshold: float
    """The least digit score within a number of which at least half are accepted digits."""
    number_cut_threshold: float
    """The same for ink that was cut from its neighbour, which is rarely clean."""
    recipe: str
    """The name of the training recipe; "" if unknown."""
    epochs: int | None
    metrics: Mapping[str, float]
    """Shares, 0 to 1, by name."""
    sources: tuple[str, ...]
    """The names of the data sets it was trained on."""
    validation_writers: tuple[int, ...]
    """The pen writers whom training only validated on; empty if unknown."""
    json: Mapping[str, Any]
    """The whole card as it was read, to be printed."""


def read_card(path: Path, alphabet: Alphabet = DIGITS) -> ModelCard:
    """Return the card in a file, of a model with the alphabet's labels; raises ModelError."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        value = None if len(content) > _MAX_BYTES else json.loads(content)
        json.dumps(value, allow_nan=False)  # it can be printed as well
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
        return checked_card(value, alphabet)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(_damaged(path)) from error


def is_printable(value: object) -> bool:
    """Return whether a value is a name for one line: no control characters, no half surrogates."""
    return isinstance(value, str) and 0 < len(value) <= _MAX_NAME and value.isprintable()


def checked_card(value: dict[str, Any], alphabet: Alphabet = DIGITS) -> ModelCard:
    """Return a card from its JSON object; raises KeyError, TypeError, ValueError, OverflowError."""
    if not is_printable(value["name"]):
        raise ValueError("name")
    if value["labels"] != list(alphabet.labels):
        raise ValueError("labels")
    recipe, data = _mapping(value.get("recipe")), _mapping(value.get("data"))
    name, epochs, writers = recipe.get("name"), recipe.get("epochs"), data.get("validation_writers")
    return ModelCard(
        name=value["name"],
        labels=alphabet.labels,
        sha256=_sha256(value["sha256"]),
        embedding_size=int(_in_range(value["outputs"]["embedding"]["size"], 1, _MAX_EMBEDDING)),
        temperature=_in_range(value["temperature"], *_TEMPERATURES),
        digit_threshold=_in_range(value["digit_threshold"]),
        sure_threshold=_in_range(value.get("sure_threshold", SURE_THRESHOLD)),
        sure_thresholds={
            name: _in_range(threshold)
            for name, threshold in _mapping(value.get("thresholds")).items()
            if name in ALPHABETS
        },
        number_digit_threshold=_in_range(
            value.get("number_digit_threshold", NUMBER_DIGIT_THRESHOLD)
        ),
        number_cut_threshold=_in_range(value.get("number_cut_threshold", NUMBER_CUT_THRESHOLD)),
        recipe=str(name) if is_printable(name) else "",
        epochs=epochs if _is_count(epochs) and epochs <= _MAX_EPOCHS else None,
        metrics={
            name: share
            for name, share in _mapping(value.get("metrics")).items()
            if isinstance(share, float) and 0 <= share <= 1
        },
        sources=tuple(filter(is_printable, _mapping(data.get("sources")))),
        validation_writers=tuple(filter(_is_count, writers if isinstance(writers, list) else [])),
        json=value,
    )


def _in_range(value: object, low: float = 0.0, high: float = 1.0) -> float:
    """Return a number between two bounds as a float; raises TypeError, ValueError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("no number")
    if not low <= value <= high:
        raise ValueError(f"not from {low} to {high}")
    return float(value)


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and value > 0


def _sha256(value: Any) -> str:
    """Return 64 hexadecimal digits in lower case; raises ValueError."""
    if not (isinstance(value, str) and re.fullmatch(r"[0-9A-Fa-f]{64}", value)):
        raise ValueError("sha256")
    return value.lower()


def _mapping(value: Any) -> dict[str, Any]:
    """Return a JSON object, or an empty one where the card has something else."""
    return value if isinstance(value, dict) else {}


def _damaged(path: Path) -> str:
    return _("The model's card {name} is damaged; install the program again.").format(
        name=path.name
    )
