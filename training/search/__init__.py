"""Search for better numbers in a recipe, with Optuna."""
