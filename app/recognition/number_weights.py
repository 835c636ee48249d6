"""Owns the weights of `number_score`, as `python -m training.weigh` has written them here.

They were fitted to the shipped model, on strings of the digits of writers from whom it learnt.
"""

from app.recognition.number_score import Weights

STROKES = Weights.of(
    {
        "small": -2.91,
        "tall": 0.08,
        "wide": -4.85,
        "loose": -1.02,
        "overlapped": -2.21,
        "crossed": 0.02,
        "severed": -0.88,
        "manifold": -1.88,
        "digit": -1.32,
        "cut": -0.88,
        "borrowed": 0.0,
        "minus": 1.14,
        "decimal": 1.18,
        "mark cost": -5.52,
        "at an end": -4.51,
        "in two": 1.9,
        "label": 1.56,
        "is digit": 1.2,
    }
)
PICTURES = Weights.of(
    {
        "small": -2.14,
        "tall": -0.05,
        "wide": -2.75,
        "loose": -1.4,
        "overlapped": -3.38,
        "crossed": -0.2,
        "severed": 2.08,
        "manifold": -2.22,
        "digit": -1.37,
        "cut": -1.29,
        "borrowed": -2.32,
        "minus": 0.62,
        "decimal": 2.3,
        "mark cost": -3.45,
        "at an end": 0.0,
        "in two": 1.39,
        "label": 4.79,
        "is digit": 1.22,
    }
)
