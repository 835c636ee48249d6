"""A recipe: a frozen training configuration, checked, changed only by overrides."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal, cast

from app.errors import InklingError
from app.i18n import _
from app.recognition.alphabet import ALPHABETS, DIGITS

DATA_PARTS = ("mnist", "pen", "unipen", "symbols", "samples")
"""What a recipe may train on: MNIST, the pen set, UNIPEN's digits, with its letters and signs as
negatives, drawings of symbols as negatives, the user's own samples."""
STARTS = ("scratch", "shipped")

OPTIMIZERS = ("sgd", "adagrad", "adadelta", "adam", "adamax", "nadam", "rmsprop")
"""Keras' names in lower case."""

SPLITS = 5
"""Folds of the pen set's writers: each holds out another fifth of them for validation."""


class RecipeError(InklingError):
    """A recipe that does not exist, whose values are out of range, or whose run cannot go on."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Training data beside MNIST: pen strokes of digits, and drawings that are no digit."""

    pen_digits: int
    """Pen digits in one epoch, each augmented and rasterised anew."""
    negatives: int
    """Drawings that are no digit in one epoch."""
    negative_weight: float
    """Weight of a drawing that is no digit in the loss of the ten logits; a digit's is 1."""
    held_out_alphabets: tuple[str, ...]
    """Omniglot alphabets that are never trained on, to measure the rejection of unknown signs."""
    held_out_families: tuple[str, ...]
    """Families of training.augmentation.negatives that are never trained on, likewise."""
    tested_alphabets: tuple[str, ...] = ()
    """Omniglot alphabets that are not even for validation."""
    drawn: float = 0.5
    """The share of the negatives that somebody drew; the others are synthetic."""
    kinds: int = 0
    """Kinds of symbols that the embedding learns to tell apart, at most; 0: it has no loss."""
    balance: float = 1.0
    """A label of which there are n drawings is drawn in proportion to n to the power of this."""
    variants: int = 0
    """Variations of each drawing, which then take turns; 0: a new one every time."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network is trained, apart from the data's folder."""

    name: str
    about: str
    """Description of the network and its training, in English, for a person to read."""
    network: str
    """A key of training.networks.builders.BUILDERS."""
    parameters: int
    """Of the network without overrides."""
    expected_accuracy: float
    """On MNIST's test set, 0 to 1: as published; of our own networks as measured."""
    us_per_image: int
    """Microseconds of training per image on two cores, to estimate the duration beforehand."""
    epochs: int
    batch: int
    optimizer: str
    learning_rate: float
    loss: Literal["categorical", "sparse"] = "categorical"
    """Cross-entropy with one-hot vectors or with integer labels; the value is the same."""
    schedule: Literal["constant", "cosine"] = "constant"
    warm_up_epochs: float = 0.0
    weight_decay: float = 0.0
    """Decoupled (Loshchilov & Hutter 2019), of kernels only."""
    ema: float = 0.0
    """Momentum of the moving average of the weights, which is validated and saved; 0: none."""
    label_smoothing: float = 0.0
    dropout: float = 0.0
    width: float = 1.0
    """Factor for the number of channels or units of every hidden layer; see `scaled`."""
    augmentation: bool = False
    alphabet: str = DIGITS.name
    """The labels, by a key of app.recognition.alphabet.ALPHABETS."""
    look_alike_smoothing: float = 0.0
    """The share of a label's target that goes to the labels that look like it."""
    seed: int = 1
    data: tuple[str, ...] = ("mnist",)
    """Which of DATA_PARTS are trained on."""
    start: str = "scratch"
    """Initial weights: random, or the shipped model's."""
    mnist_digits: int | None = None
    """MNIST images in one epoch; None: all."""
    own_digits: int = 4_000
    """The user's own digits in one epoch, each augmented and rasterised anew."""
    mnist_validation: int = 5_000
    """How many of MNIST's 60,000 training images, the last ones, are for validation."""
    split: int = 0
    """Which fifth of the pen set's 30 writers is for validation: see writers_of_split."""
    ink: Ink | None = None

    def __post_init__(self) -> None:
        """Raise RecipeError for values out of range."""
        _check(self.optimizer in OPTIMIZERS, "optimizer", ", ".join(OPTIMIZERS))
        _check(1 <= self.epochs <= 10_000, "epochs", "1 … 10000")
        _check(1 <= self.batch <= 10_000, "batch", "1 … 10000")
        _check(0 < self.learning_rate < 1_000, "learning_rate", "> 0, < 1000")
        _check(0 <= self.dropout < 1, "dropout", "0 … 1")
        _check(0.1 <= self.width <= 10, "width", "0.1 … 10")
        _check(0 <= self.seed < 2**31, "seed", "0 … 2147483647")
        known = bool(self.data) and set(self.data) <= set(DATA_PARTS)
        _check(known, "data", ", ".join(DATA_PARTS))
        _check(self.alphabet in ALPHABETS, "alphabet", ", ".join(ALPHABETS))
        _check(self.start in STARTS, "start", ", ".join(STARTS))
        _check(0 <= self.split < SPLITS, "split", f"0 … {SPLITS - 1}")
        _check(0 < self.mnist_validation < 60_000, "mnist_validation", "1 … 59999")

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the logits."""
        return ALPHABETS[self.alphabet].labels

    def scaled(self, count: int) -> int:
        """Return `count` channels or units times `width`, at least 1."""
        return max(1, round(count * self.width))


def writers_of_split(split: int) -> tuple[int, ...]:
    """Return the six of the pen set's 30 writers that a split, 0 to 4, holds out."""
    return tuple(writer for writer in range(1, 31) if writer % SPLITS == split)


_DESCRIPTIVE = ("about", "parameters", "expected_accuracy", "us_per_image")

OVERRIDES = (
    *("optimizer", "learning_rate", "batch", "epochs", "dropout", "width"),
    *("augmentation", "seed", "split", "data", "start"),
)
"""The fields that can be changed on the command line."""


def overridden(recipe: Recipe, changes: Mapping[str, Any]) -> Recipe:
    """Return the recipe with some of its OVERRIDES changed; raises RecipeError.

    Another optimizer without a learning rate gets Keras' default rate.
    """
    values = dict(changes)
    if "optimizer" in values:
        values["optimizer"] = nearest(str(values["optimizer"]).lower(), OPTIMIZERS, _("optimizer"))
        if values["optimizer"] != recipe.optimizer:
            values.setdefault("learning_rate", 0.01 if values["optimizer"] == "sgd" else 0.001)
    if "data" in values:  # JSON has no tuples
        values["data"] = tuple(values["data"])
    for name, value in values.items():
        _check(name in OVERRIDES, name, ", ".join(OVERRIDES))
        if isinstance(value, float):
            _check(math.isfinite(value), name, _("a finite number"))
    return replace(recipe, **values)


def as_values(recipe: Recipe) -> dict[str, Any]:
    """Return the name and all fields that training depends on, in JSON types."""
    values = {k: v for k, v in asdict(recipe).items() if k not in _DESCRIPTIVE}
    return cast(dict[str, Any], json.loads(json.dumps(values)))


def nearest(
    name: str, names: tuple[str, ...], kind: str, error: type[InklingError] = RecipeError
) -> str:
    """Return `name` if it is one of `names`; raises an `error` that suggests the nearest one.

    `kind`: what it names, for the message.
    """
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = _(" Did you mean {name}?").format(name=near[0]) if near else ""
    wrong = _("There is no {kind} {name}; there are: {names}.")
    raise error(wrong.format(kind=kind, name=name, names=", ".join(names)) + hint)


def _check(holds: bool, name: str, wanted: str) -> None:
    if not holds:
        wrong = _("The recipe's {name} is out of range; it can be: {wanted}.")
        raise RecipeError(wrong.format(name=name, wanted=wanted))
