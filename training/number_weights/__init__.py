"""Fit of the weights by which whole numbers are read."""
