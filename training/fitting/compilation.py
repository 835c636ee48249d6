"""A recipe's network with its optimizer and losses."""

import keras

from training.networks.builders import build
from training.networks.heads import (
    DIGIT,
    EMBEDDING,
    KINDS,
    LOGITS,
    DigitAccuracy,
    KindCrossentropy,
    has_heads,
)
from training.recipes.recipe import Recipe

KIND_WEIGHT = 0.5
"""Weight of the loss of the kinds of symbols beside that of the logits, 1. Those of
validation drawings are others, without weight."""


def compiled(recipe: Recipe, steps: int) -> keras.Model:
    """Return the recipe's network with its optimizer and losses; `steps`: batches in an epoch."""
    model = build(recipe)
    optimizer = optimizer_of(recipe, steps)
    optimizer.build(model.trainable_variables)  # or the training step is traced twice
    if has_heads(model):
        assert recipe.ink is not None
        has_kinds = KINDS in model.output
        kinds_weight = {KINDS: KIND_WEIGHT} if has_kinds else {}
        model.compile(
            optimizer,
            loss={
                LOGITS: keras.losses.CategoricalCrossentropy(from_logits=True),
                DIGIT: keras.losses.BinaryCrossentropy(from_logits=True),
                EMBEDDING: None,
                **({KINDS: KindCrossentropy()} if has_kinds else {}),
            },
            loss_weights={
                LOGITS: 1.0,
                DIGIT: recipe.ink.digit_weight,
                EMBEDDING: 0.0,
                **kinds_weight,
            },
            metrics={LOGITS: DigitAccuracy(name="accuracy")},
            weighted_metrics=[],
        )
        return model
    from_logits = model.layers[-1].activation is keras.activations.linear
    losses = {
        "categorical": keras.losses.CategoricalCrossentropy(from_logits=from_logits),
        "sparse": keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits),
    }
    model.compile(optimizer, loss=losses[recipe.loss], metrics=["accuracy"], weighted_metrics=[])
    return model


def optimizer_of(recipe: Recipe, steps: int) -> keras.optimizers.Optimizer:
    """Return the recipe's optimizer, not built; `steps`: batches in an epoch."""
    rate = recipe.learning_rate
    if recipe.schedule == "cosine":
        warm_up = int(min(recipe.warm_up_epochs, recipe.epochs / 2) * steps)
        rate = keras.optimizers.schedules.CosineDecay(
            0.0,
            decay_steps=recipe.epochs * steps - warm_up,
            warmup_target=recipe.learning_rate,
            warmup_steps=warm_up,
        )
    optimizer = type(keras.optimizers.get(recipe.optimizer))(
        rate,
        weight_decay=recipe.weight_decay or None,
        use_ema=recipe.ema > 0,
        ema_momentum=recipe.ema or 0.99,  # Keras checks it even if it is not used
    )
    if recipe.weight_decay:  # kernels only: decay of biases and normalisation has no use
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer
