"""The weights of `features`, for strokes and pictures alike.

`python -m training.number_weights.fit` fits them to strings of the digits of those writers on whom
the shipped model was trained, and writes them here.
"""

WEIGHTS = {
    "too small": -4.36,
    "too tall": 0.58,
    "too wide": -2.97,
    "gap": -4.06,
    "overlap": -1.83,
    "touching": 0.03,
    "severed": 0.69,
    "extra segments": -1.27,
    "digit": -0.6,
    "cut": -1.61,
    "borrowed": -2.88,
    "minus": 1.26,
    "decimal": 0.61,
    "punctuation cost": -5.74,
    "outer decimal": -3.91,
    "two strokes": 0.62,
    "log label": 2.92,
    "log digit": 0.46,
}
