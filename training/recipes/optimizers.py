"""Owns building a recipe's optimizer and its learning rate over time."""

import keras

from training.recipes.recipe import Recipe

_CLASSES: dict[str, type[keras.optimizers.Optimizer]] = {
    "sgd": keras.optimizers.SGD,
    "adagrad": keras.optimizers.Adagrad,
    "adadelta": keras.optimizers.Adadelta,
    "adam": keras.optimizers.Adam,
    "adamax": keras.optimizers.Adamax,
    "nadam": keras.optimizers.Nadam,
    "rmsprop": keras.optimizers.RMSprop,
}


def optimizer_of(recipe: Recipe, steps: int) -> keras.optimizers.Optimizer:
    """Return the recipe's optimizer, not built yet, for `steps` batches in an epoch."""
    options = {}
    if recipe.weight_decay:
        options["weight_decay"] = recipe.weight_decay
    if recipe.ema:
        options |= {"use_ema": True, "ema_momentum": recipe.ema}
    optimizer = _CLASSES[recipe.optimizer](_rate(recipe, steps), **options)
    if recipe.weight_decay:  # shrinking a bias or a normalisation's scale helps nothing
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def _rate(recipe: Recipe, steps: int) -> "float | keras.optimizers.schedules.CosineDecay":
    if recipe.schedule == "constant":
        return recipe.learning_rate
    warm_up = int(min(recipe.warm_up_epochs, recipe.epochs / 2) * steps)
    return keras.optimizers.schedules.CosineDecay(
        0.0,
        recipe.epochs * steps - warm_up,
        warmup_target=recipe.learning_rate,
        warmup_steps=warm_up,
    )
