"""Finds wrong labels among the 94 characters of UNIPEN, and symbols that look like one of them.

Each drawing is compared with those by everybody else (symbols: of every other kind), by the
directions of its ink. Labels that look alike count as one. Among the NEIGHBOURS most similar ones

- a character none of whose neighbours has its label is left out, unless so are at least half of
  the writer's other drawings of that label: a hand of one's own is no wrong label;
- a kind of symbols of whose drawings at least SYMBOL_SHARE have more characters than symbols for
  neighbours looks like a character, and is no negative; nor is a drawing of another kind that has
  nothing but characters.

`python -m training clean --characters` writes them to left_out_characters.json: a minute.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.recognition.alphabet import look_alike_group
from training.augmentation.polylines import rasterize_polylines
from training.curation import selection
from training.curation.left_out import CHARACTERS_PATH, drawing_id, write_rows
from training.curation.people import people
from training.data.library import Library
from training.data.symbols import SYMBOLS, Symbol
from training.data.unipen import UNIPEN, Written

NEIGHBOURS = 12
SYMBOL_SHARE = 0.25
_DIRECTIONS, _CELLS = 8, 7
_ROWS = 2_000
"""Drawings that are compared with all at once: 500 MB."""

Floats = NDArray[np.float32]


def clean(library: Library, say: Callable[[str], None], path: Path = CHARACTERS_PATH) -> None:
    """Write the list of what is left out to `path`; about a minute on one core."""
    drawings: list[Written | Symbol] = [
        *selection.characters(people(library.load(UNIPEN))),
        *selection.by_kind(library.load(SYMBOLS)),
    ]
    features = np.stack([directions_of(drawing) for drawing in drawings])
    groups = [_group(drawing) for drawing in drawings]
    labels = np.array([_label(drawing) for drawing in drawings])
    shares, best = np.zeros(len(drawings)), np.zeros(len(drawings), labels.dtype)
    characters = np.zeros(len(drawings))
    for row, nearest in enumerate(neighbours(features, groups)):
        found, counts = np.unique(labels[nearest], return_counts=True)
        best[row] = found[counts.argmax()]
        shares[row] = (labels[nearest] == labels[row]).mean()
        characters[row] = (labels[nearest] != "").mean()
    is_symbol = labels == ""
    right = shares[~is_symbol].mean()
    say(f"{right:.1%} of the neighbours of characters have their label")
    write_list(drawings, shares, characters, best.tolist(), path)


def directions_of(drawing: Written | Symbol) -> Floats:
    """Return how much ink runs in each direction in each part of the raster, of length 1.

    Gradients by direction (Dalal & Triggs 2005), smoothed, in 7 × 7 cells.
    """
    raster = rasterize_polylines(list(drawing.lines))
    down, right = np.gradient(raster)
    size = np.hypot(down, right)
    angle = (np.arctan2(down, right) / (2 * np.pi) * _DIRECTIONS) % _DIRECTIONS
    low = angle.astype(int) % _DIRECTIONS
    part = angle - np.floor(angle)
    planes = np.zeros((_DIRECTIONS, *raster.shape), np.float32)
    rows, columns = np.indices(raster.shape)
    np.add.at(planes, (low, rows, columns), size * (1 - part))
    np.add.at(planes, ((low + 1) % _DIRECTIONS, rows, columns), size * part)
    cells = planes.reshape(_DIRECTIONS, _CELLS, 4, _CELLS, 4).sum(axis=(2, 4))
    padded = np.pad(cells, ((0, 0), (1, 1), (1, 1)))
    smooth = 2 * cells + padded[:, :-2, 1:-1] + padded[:, 2:, 1:-1]
    smooth += padded[:, 1:-1, :-2] + padded[:, 1:-1, 2:]
    flat = np.sqrt(smooth.ravel())  # strong edges are not all (Hellinger)
    length = float(np.linalg.norm(flat))
    result: Floats = flat / max(length, 1e-9)
    return result


def neighbours(features: Floats, groups: list[tuple[str, int]]) -> Iterator[NDArray[np.int64]]:
    """Yield for each row of features the indices of the NEIGHBOURS nearest ones of other groups."""
    names = [f"{name} {number}" for name, number in groups]
    _names, numbers = np.unique(names, return_inverse=True)
    for first in range(0, len(features), _ROWS):
        part = slice(first, first + _ROWS)
        cosines = features[part] @ features.T
        cosines[numbers[part, None] == numbers[None]] = -1.0
        yield from np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]


def write_list(
    drawings: list[Written | Symbol],
    shares: NDArray[np.float64],
    characters: NDArray[np.float64],
    best: list[str],
    path: Path,
) -> None:
    """Write what the rules leave out: rows of id, label, the neighbours' label ("" for a symbol).

    `shares`: of the neighbours with a drawing's own label; `characters`: of those that are no
    symbols; `best`: the neighbours' most frequent label.
    """
    own, taken = defaultdict(list), defaultdict(list)
    for drawing, share, character in zip(drawings, shares, characters, strict=True):
        if isinstance(drawing, Symbol):
            taken[drawing.name].append(character > 0.5)
        else:
            own[_group(drawing), drawing.label].append(share > 0)
    kinds = {name: float(np.mean(each)) for name, each in sorted(taken.items())}
    alike = {name for name, share in kinds.items() if share >= SYMBOL_SHARE}
    wrong, symbols = [], []
    for drawing, share, character, read in zip(drawings, shares, characters, best, strict=True):
        if isinstance(drawing, Symbol):
            if drawing.name not in alike and character == 1.0:
                symbols.append([drawing_id(drawing.name, drawing.lines), drawing.name, read])
        elif share == 0 and np.mean(own[_group(drawing), drawing.label]) > 0.5:
            wrong.append([drawing_id(drawing.label, drawing.lines), drawing.label, read])
    rows = [[name, round(100 * kinds[name]), len(taken[name])] for name in sorted(alike)]
    write_rows(path, {"digits": wrong, "others": symbols, "symbols": rows})


def _label(drawing: Written | Symbol) -> str:
    """Return the label and those that look like it; "" for a symbol."""
    return "" if isinstance(drawing, Symbol) else look_alike_group(drawing.label)


def _group(drawing: Written | Symbol) -> tuple[str, int]:
    """Return the writer, or the kind of a symbol."""
    if isinstance(drawing, Symbol):
        return f"symbol {drawing.name}", 0
    return drawing.site, drawing.writer
