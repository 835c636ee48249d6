"""The weights of `features`; `python -m training.number_weights.fit` fits and writes them here.

They are fitted on strings of the digits of writers from whom the shipped model learnt.
"""

from app.numbers.features import Weights

STROKES = Weights.of(
    {
        "small": -2.79,
        "tall": -2.01,
        "wide": -2.96,
        "loose": -4.94,
        "overlapped": -2.88,
        "crossed": 0.0,
        "severed": -1.0,
        "manifold": -1.98,
        "digit": -0.65,
        "cut": 0.0,
        "borrowed": -0.8,
        "minus": -0.73,
        "decimal": 0.67,
        "mark cost": -1.75,
        "at an end": -1.51,
        "in two": 1.64,
        "label": 1.16,
        "is digit": 0.9,
    }
)
PICTURES = Weights.of(
    {
        "small": -2.79,
        "tall": -2.01,
        "wide": -2.96,
        "loose": -4.94,
        "overlapped": -2.88,
        "crossed": 0.0,
        "severed": -1.0,
        "manifold": -1.98,
        "digit": -0.65,
        "cut": 0.0,
        "borrowed": -0.8,
        "minus": -0.73,
        "decimal": 0.67,
        "mark cost": -1.75,
        "at an end": -1.51,
        "in two": 1.64,
        "label": 1.16,
        "is digit": 0.9,
    }
)
