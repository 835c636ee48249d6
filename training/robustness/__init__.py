"""Robustness trials: changes that people and devices make to digits, of writers never trained on.

No recipe trains on them.
"""
