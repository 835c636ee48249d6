"""The weights of `features`, for strokes and pictures alike.

`python -m training.number_weights.fit` fits them to strings of the digits of those writers on whom
the shipped model was trained, and writes them here.
"""

WEIGHTS = {
    "too small": -2.79,
    "too tall": -2.01,
    "too wide": -2.96,
    "gap": -4.94,
    "overlap": -2.88,
    "touching": 0.0,
    "severed": -1.0,
    "extra segments": -1.98,
    "digit": -0.65,
    "cut": 0.0,
    "borrowed": -0.8,
    "minus": -0.73,
    "decimal": 0.67,
    "punctuation cost": -1.75,
    "outer decimal": -1.51,
    "two strokes": 1.64,
    "log label": 1.16,
    "log digit": 0.9,
}
