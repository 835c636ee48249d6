"""Owns what a recipe is: a frozen training configuration, checked, changed only by overrides."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from typing import Any, Literal, cast

from app.errors import InklingError
from app.i18n import _

DATA_PARTS = ("mnist", "pen", "samples")
"""What digits a recipe may learn from: MNIST, the pen set, the user's own samples."""
STARTS = ("scratch", "shipped")

OPTIMIZERS = ("sgd", "adagrad", "adadelta", "adam", "adamax", "nadam", "rmsprop")
"""Keras' names in small letters."""

SPLITS = 5
"""Ways to keep a fifth of the pen set's writers for validation; every writer is kept in one."""

_KERAS_RATES = {
    "sgd": 0.01,
    "adagrad": 0.001,
    "adadelta": 0.001,
    "adam": 0.001,
    "adamax": 0.001,
    "nadam": 0.001,
    "rmsprop": 0.001,
}


class RecipeError(InklingError):
    """A recipe that does not exist, whose numbers cannot work, or whose training cannot go on."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What a recipe learns from beside MNIST: real pen strokes, and drawings that are no digit."""

    pen_digits: int
    """Pen digits seen in one epoch, each varied and inked anew."""
    negatives: int
    """Drawings that are no digit, seen in one epoch."""
    negative_weight: float
    """What a drawing that is no digit weighs in the ten logits' loss; a digit weighs 1."""
    held_out_alphabets: tuple[str, ...]
    """Of Omniglot: never learnt from, so that refusing them shows what refusing others will be."""
    held_out_families: tuple[str, ...]
    """Of training.augmentation.negatives, likewise."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network is trained, apart from the data's folder."""

    name: str
    about: str
    """What the network and its training are, for a person to read."""
    network: str
    """The builder in training.networks."""
    parameters: int
    """Of the network as the recipe says it, without overrides."""
    expected_accuracy: float
    """On MNIST's test set, 0 to 1: as published, or as measured where it is our own."""
    us_per_image: int
    """Microseconds of training for an image, on two cores: for an estimate before it starts."""
    epochs: int
    batch: int
    optimizer: str
    learning_rate: float
    loss: Literal["categorical", "sparse"] = "categorical"
    """Cross-entropy against one-hot vectors or against the labels' numbers: the same value."""
    schedule: Literal["constant", "cosine"] = "constant"
    warm_up_epochs: float = 0.0
    weight_decay: float = 0.0
    """Decoupled (Loshchilov & Hutter 2019), of kernels only."""
    ema: float = 0.0
    """Momentum of the moving average of the weights, which is validated and kept; 0: none."""
    label_smoothing: float = 0.0
    dropout: float = 0.0
    width: float = 1.0
    """Multiplies the number of channels or units of every hidden layer."""
    augmentation: bool = False
    seed: int = 1
    data: tuple[str, ...] = ("mnist",)
    """Which of DATA_PARTS are learnt from."""
    start: str = "scratch"
    """Where the weights come from: chance, or the shipped model."""
    mnist_digits: int | None = None
    """MNIST's images seen in one epoch; None: all."""
    own_digits: int = 4_000
    """The user's own digits seen in one epoch, each varied and inked anew."""
    mnist_validation: int = 5_000
    """The last so many of MNIST's 60,000 training images are for validation, not for training."""
    split: int = 0
    """Which fifth of the pen set's 30 writers is for validation: see writers_of_split."""
    ink: Ink | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that cannot work; raises RecipeError."""
        _check(self.optimizer in OPTIMIZERS, "optimizer", ", ".join(OPTIMIZERS))
        _check(1 <= self.epochs <= 10_000, "epochs", "1 … 10000")
        _check(1 <= self.batch <= 10_000, "batch", "1 … 10000")
        _check(0 < self.learning_rate < 1_000, "learning_rate", "> 0")
        _check(0 <= self.dropout < 1, "dropout", "0 … 1")
        _check(0.1 <= self.width <= 10, "width", "0.1 … 10")
        _check(0 <= self.seed < 2**31, "seed", "0 … 2147483647")
        known = bool(self.data) and set(self.data) <= set(DATA_PARTS)
        _check(known, "data", ", ".join(DATA_PARTS))
        _check(self.start in STARTS, "start", ", ".join(STARTS))
        _check(0 <= self.split < SPLITS, "split", f"0 … {SPLITS - 1}")
        _check(0 < self.mnist_validation < 60_000, "mnist_validation", "1 … 59999")


def writers_of_split(split: int) -> tuple[int, ...]:
    """Return the writers of the pen set whom one of the SPLITS keeps for validation: six of 30."""
    return tuple(writer for writer in range(1, 31) if writer % SPLITS == split)


_DESCRIPTIVE = ("about", "parameters", "expected_accuracy", "us_per_image")

OVERRIDES = (
    "optimizer",
    "learning_rate",
    "batch",
    "epochs",
    "dropout",
    "width",
    "augmentation",
    "seed",
    "split",
    "data",
    "start",
)
"""The fields that a person may change from the command line."""


def overridden(recipe: Recipe, changes: Mapping[str, Any]) -> Recipe:
    """Return the recipe with some of its OVERRIDES changed; raises RecipeError.

    A new optimizer brings Keras' own default learning rate with it, unless that is given too.
    """
    values = dict(changes)
    if "optimizer" in values:
        values["optimizer"] = nearest(str(values["optimizer"]).lower(), OPTIMIZERS, _("optimizer"))
        if values["optimizer"] != recipe.optimizer:
            values.setdefault("learning_rate", _KERAS_RATES[values["optimizer"]])
    if "data" in values:  # JSON has no tuples
        values["data"] = tuple(values["data"])
    for name, value in values.items():
        _check(name in OVERRIDES, name, ", ".join(OVERRIDES))
        if isinstance(value, float):
            _check(math.isfinite(value), name, _("a finite number"))
    return replace(recipe, **values)


def as_values(recipe: Recipe) -> dict[str, Any]:
    """Return all that the training depends on, and the name, in JSON's own types."""
    values = {k: v for k, v in asdict(recipe).items() if k not in _DESCRIPTIVE}
    return cast(dict[str, Any], json.loads(json.dumps(values)))


def differences(recipe: Recipe, base: Recipe) -> dict[str, Any]:
    """Return the fields in which a recipe differs from its base, with the recipe's values."""
    return {
        field.name: getattr(recipe, field.name)
        for field in fields(Recipe)
        if getattr(recipe, field.name) != getattr(base, field.name)
    }


def nearest(name: str, names: tuple[str, ...], kind: str) -> str:
    """Return `name` if it is one of `names`; raises RecipeError with the nearest one if not."""
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = _(" Did you mean {name}?").format(name=near[0]) if near else ""
    raise RecipeError(
        _("There is no {kind} {name}; there are: {names}.").format(
            kind=kind, name=name, names=", ".join(names)
        )
        + hint
    )


def _check(holds: bool, name: str, wanted: str) -> None:
    if not holds:
        raise RecipeError(
            _("The recipe's {name} cannot be that; it takes {wanted}.").format(
                name=name, wanted=wanted
            )
        )
