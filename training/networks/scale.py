"""Owns how a recipe's width changes the size of a layer."""

from training.recipes.recipe import Recipe


def scaled(count: int, recipe: Recipe) -> int:
    """Return `count` channels or units times the recipe's width, at least 1."""
    return max(1, round(count * recipe.width))
