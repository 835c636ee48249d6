"""Ink for the screenshots, drawn by pointer events."""

import math
from functools import cache

from app.ui.main_window import MainWindow
from benchmarks.unseen_digits import unseen_digits
from training.data.pendigits import PenDigit

_WRITER = 30
FOUR, UNSURE, SCRIBBLE, PAIR, CIRCLE = "four", "unsure", "scribble", "pair", "circle"
SMALL_A, LETTER_O, ARROW = "small a", "letter o", "arrow"


@cache
def digits_drawn() -> list[PenDigit]:
    """Return the digits of one unseen writer."""
    return [digit for digit in unseen_digits() if digit.writer == _WRITER]


def _strokes(ink: str) -> list[list[tuple[float, float]]]:
    """Return strokes in units of the canvas' shorter side."""
    if ink == FOUR:
        four = next(digit for digit in digits_drawn() if digit.label == 4)
        return [[(p.x / 500, p.y / 500) for p in stroke.points] for stroke in four.strokes]
    if ink == UNSURE:  # between a four and a nine
        left = [(0.40, 0.30), (0.36, 0.32), (0.36, 0.44), (0.48, 0.5), (0.6, 0.46)]
        return [left, [(0.47, 0.2), (0.6, 0.5), (0.56, 0.8)]]
    if ink == CIRCLE:  # by a hand so fast that eight motions arrive
        turns = [math.pi * index / 4 for index in range(9)]
        return [[(0.5 + 0.3 * math.sin(turn), 0.5 - 0.3 * math.cos(turn)) for turn in turns]]
    if ink == LETTER_O:
        turns = [math.pi * index / 12 for index in range(26)]
        return [[(0.5 - 0.22 * math.sin(turn), 0.5 - 0.3 * math.cos(turn)) for turn in turns]]
    if ink == ARROW:
        return [[(0.2, 0.5), (0.8, 0.48)], [(0.62, 0.34), (0.8, 0.48), (0.63, 0.63)]]
    if ink == SMALL_A:
        turns = [math.pi * index / 12 for index in range(3, 26)]
        bowl = [(0.48 + 0.18 * math.sin(turn), 0.5 - 0.18 * math.cos(turn)) for turn in turns[::-1]]
        return [[*bowl, (0.66, 0.34), (0.66, 0.6), (0.69, 0.69), (0.76, 0.66)]]
    if ink == PAIR:
        seven, four = (next(d for d in digits_drawn() if d.label == label) for label in (7, 4))
        return [
            [(left + p.x / 1000, 0.25 + p.y / 1000) for p in stroke.points]
            for digit, left in ((seven, 0.05), (four, 0.45))
            for stroke in digit.strokes
        ]
    places = [(0.2, 0.5), (0.4, 0.2), (0.35, 0.8), (0.6, 0.2), (0.5, 0.8), (0.8, 0.3), (0.7, 0.8)]
    return [[*places, (0.15, 0.25), (0.85, 0.75)]]


def draw(window: MainWindow, ink: str) -> None:
    """Draw one of the inks above; PAIR is the digits 7 and 4."""
    _draw_strokes(window, _strokes(ink))


def _draw_strokes(window: MainWindow, strokes: list[list[tuple[float, float]]]) -> None:
    canvas = window.sketchpad.canvas
    side = min(canvas.winfo_height(), canvas.winfo_width())
    for stroke in strokes:
        places = [(round(x * side), round(y * side)) for x, y in stroke]
        names = ["<ButtonPress-1>", *["<B1-Motion>"] * (len(places) - 1)]
        for name, (x, y) in zip(names, places, strict=True):
            canvas.event_generate(name, x=x, y=y)
        canvas.event_generate("<ButtonRelease-1>", x=places[-1][0], y=places[-1][1])


def draw_number(window: MainWindow) -> None:
    """Draw -71.4 with digits of an unseen writer and straight signs."""
    bodies = {label: next(d for d in digits_drawn() if d.label == label) for label in (7, 1, 4)}
    strokes = [[(0.03, 0.5), (0.12, 0.5)], [(0.66, 0.69), (0.665, 0.695)]]
    for label, left in ((7, 0.15), (1, 0.40), (4, 0.70)):
        points = [point for stroke in bodies[label].strokes for point in stroke.points]
        low = min(point.x for point in points), min(point.y for point in points)
        high = max(point.x for point in points), max(point.y for point in points)
        times = min(0.4 / (high[1] - low[1]), 0.22 / (high[0] - low[0]))
        strokes += [
            [(left + (p.x - low[0]) * times, 0.3 + (p.y - low[1]) * times) for p in stroke.points]
            for stroke in bodies[label].strokes
        ]
    _draw_strokes(window, strokes)
