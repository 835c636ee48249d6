"""Symbols for the screenshots, made before the window that shows them is opened."""

import math
from typing import Any

from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.symbols.own import OwnSymbols
from app.ui.main_window import MainWindow

_TURNS = [math.pi * index / 12 for index in range(25)]
_SYMBOLS: dict[str, tuple[str, list[list[tuple[float, float]]]]] = {
    "arrow": ("→", [[(20, 100), (180, 100)], [(130, 50), (180, 100), (130, 150)]]),
    "house": ("🏠", [[(40, 180), (40, 90), (100, 30), (160, 90), (160, 180), (40, 180)]]),
    "zigzag": ("", [[(20, 30), (70, 170), (120, 30), (170, 170)]]),
    "infinity": (
        "\\infty",
        [[(100 + 80 * math.sin(t), 100 + 50 * math.sin(2 * t)) for t in _TURNS]],
    ),
    "empty set": (
        "\\emptyset",
        [
            [(100 + 60 * math.sin(t), 100 - 60 * math.cos(t)) for t in _TURNS],
            [(40, 170), (160, 30)],
        ],
    ),
}


def make_symbols(own: OwnSymbols) -> None:
    """Make symbols of two or three drawings; one of them is of another."""
    for index, (name, (text, _lines)) in enumerate(_SYMBOLS.items()):
        own.add(name, [_drawn(name, slant / 10) for slant in range(2 + index % 2)], text)
    own.add("house", [_drawn("zigzag", 0.05)])


def own_symbols(window: MainWindow) -> Any:
    """Make symbols, and open their window at the one with a wrong drawing."""
    _made(window)
    opened: Any = window.features.show("symbols")
    opened.show("house")
    return opened


def empty_symbols(window: MainWindow) -> Any:
    """Open the window without symbols."""
    return window.features.show("symbols")


def answered_by_symbols(window: MainWindow) -> None:
    """Make symbols for what is drawn already."""
    _made(window)
    window.preferences.change(alphabet="own")


def _made(window: MainWindow) -> None:
    window.symbols.change(make_symbols, lambda _none: None, window.status.show_problem)


def _drawn(name: str, slant: float) -> Content:
    lines = _SYMBOLS[name][1]
    return Content(strokes=tuple(Stroke.of([(x + slant * y, y) for x, y in one]) for one in lines))
