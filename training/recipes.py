"""Owns the recipes: named, frozen training configurations, every number with its reason."""

from dataclasses import dataclass

from app.errors import InklingError
from app.translation import _


class RecipeError(InklingError):
    """A recipe that does not exist or whose numbers cannot work."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network is trained, apart from the data's folder."""

    name: str
    network: str
    """The builder in training.networks."""
    epochs: int
    batch: int
    learning_rate: float
    weight_decay: float
    warm_up_epochs: float
    ema: float
    """Momentum of the moving average of the weights, which is what is validated and kept."""
    label_smoothing: float
    dropout: float
    seed: int
    pen_digits: int
    """Pen digits seen in one epoch, each a fresh choice among the variations of real strokes."""
    negative_weight: float
    """What a drawing that is no digit weighs in the ten logits' loss; a digit weighs 1."""
    negatives: int
    """Drawings that are no digit, seen in one epoch."""
    variations: int
    """Variations that are made of every training writer's digit before the first epoch."""
    validation_writers: tuple[int, ...]
    held_out_alphabets: tuple[str, ...]
    mnist_validation: int
    """The last so many of MNIST's 60,000 training images are for validation, not for training."""


INKLING = Recipe(
    name="inkling",
    network="stem-28",
    # Cosine to zero: what the last epochs see is worth most.
    epochs=32,
    batch=128,
    # AdamW's usual 1e-3 doubled, as batch normalisation bears it and warm-up guards its start.
    learning_rate=2e-3,
    weight_decay=2e-2,
    warm_up_epochs=1.0,
    # An average over about an epoch: without it the validation loss jumps by a tenth between
    # epochs, and the checkpoint is chosen by luck.
    ema=0.999,
    # Light: MNIST has a few wrong labels; more than this flattens the probabilities.
    label_smoothing=0.02,
    dropout=0.15,
    seed=1,
    # About one pen digit for two of MNIST: the user draws with a pen, but 24 writers are few.
    pen_digits=32_000,
    negatives=12_000,
    # The second output is there to refuse; the logits need only a hint, and digits their room.
    negative_weight=0.25,
    variations=16,
    # Every fifth writer, named before any network was trained.
    validation_writers=(5, 10, 15, 20, 25, 30),
    held_out_alphabets=("Greek",),
    mnist_validation=5_000,
)

RECIPES = {recipe.name: recipe for recipe in (INKLING,)}


def recipe_named(name: str) -> Recipe:
    """Return the recipe called `name`; raises RecipeError with the names there are."""
    try:
        return RECIPES[name]
    except KeyError:
        raise RecipeError(
            _("There is no recipe {name}; there are: {names}.").format(
                name=name, names=", ".join(RECIPES)
            )
        ) from None
