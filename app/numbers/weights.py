"""The weights of `features`, for strokes and pictures alike.

`python -m training.number_weights.fit` fits them to strings of the digits of those writers on whom
the shipped model was trained, and writes them here.
"""

WEIGHTS = {
    "too small": -3.49,
    "too tall": 0.07,
    "too wide": -4.83,
    "gap": -2.14,
    "overlap": -2.22,
    "touching": -0.27,
    "severed": 0.33,
    "extra segments": -1.33,
    "digit": -0.79,
    "cut": -1.57,
    "borrowed": -1.42,
    "minus": 0.49,
    "decimal": 1.63,
    "punctuation cost": -6.19,
    "outer decimal": -0.77,
    "two strokes": 0.92,
    "log label": 1.78,
    "log digit": 1.04,
}
