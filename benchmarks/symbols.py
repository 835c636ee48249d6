"""The user's own symbols: how many are recognised and refused, and what that costs."""

import statistics
import time
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.storage.sample_store import TemporarySamples
from app.symbols.description import Describer, load_symbol_weights
from app.symbols.index import Index
from app.symbols.own import own_recogniser, own_symbols_in
from app.symbols.symbol import MAX_DRAWINGS, MAX_SYMBOLS, new_drawing, new_symbol
from training.curation.shares import Share
from training.data.library import Library
from training.evaluation.evaluate import auroc
from training.symbol_weights.kinds import (
    Kinds,
    alphabet_kinds,
    own_symbols_of,
    symbol_kinds,
    whole_drawings,
    writer_kinds,
)
from training.symbol_weights.tasks import described, share_right, tasks

_DRAWS = 100
_WAYS = 20
_SHOTS = 5
_OWN = 50
_LEAST_OWN = 20
"""Writers of whom there are fewer symbols are left out."""


def symbols(share: Share = "test") -> list[tuple[str, str]]:
    """Return the shares of kinds that are found from one drawing and five, and of a writer's own.

    Nothing was chosen on the share "test".
    """
    library, describer = Library(), Describer(own_recogniser(), load_symbol_weights())
    rows = []
    for name, kinds in (
        ("Omniglot's alphabet", alphabet_kinds(library, share)),
        ("Detexify symbols", symbol_kinds(library, share, _SHOTS + 1)),
    ):
        of_all = described(kinds, describer)
        for shots in (1, _SHOTS):
            right = share_right(tasks(of_all, _DRAWS, shots, _WAYS), describer)
            rows.append((f"{name}: {shots} of each of {_WAYS}, another found", f"{right:.1%}"))
    writers = writer_kinds(library, share)
    whole = list(map(whole_drawings, writers))
    symbols_ = {n: d[:1] for n, d in symbol_kinds(library, share, 1).items()}
    rows += _writers("writers' own symbols", whole, symbols_, describer)
    return rows + _writers("the same with all drawings", writers, symbols_, describer)[:2]


def _writers(
    name: str, writers: list[Kinds], symbols_: Kinds, describer: Describer
) -> list[tuple[str, str]]:
    """Return how many next drawings of writers' own symbols are found, and others refused.

    Others are their other characters, and `symbols_`, one drawing of each.
    """
    strange = [ink for (ink,) in described(symbols_, describer).values()]
    found, known, unknown, refused, sizes = [], [], [], [], []
    for kinds in writers:
        own, others = own_symbols_of(kinds, _SHOTS + 1, _OWN)
        if len(own) < _LEAST_OWN:
            continue
        sizes.append(len(own))
        first = described({name: kinds[name][:_SHOTS] for name in own}, describer)
        index = Index(list(first.values()), describer.weights)
        next_ones = described({name: kinds[name][_SHOTS:][:1] for name in own}, describer)
        for place, (ink,) in enumerate(next_ones.values()):
            scores = index.scores(ink)
            found.append(scores.best == place)
            known.append(index.known_logit(scores))
        for ink, *_more in described({n: kinds[n][:1] for n in others}, describer).values():
            unknown.append(index.known_logit(index.scores(ink)))
        refused += [index.known_logit(index.scores(ink)) for ink in strange]
    known_, unknown_, refused_ = map(np.array, (known, unknown, refused))
    title = f"{name}: {len(sizes)} writers, {min(sizes)} to {max(sizes)} symbols, {_SHOTS} of each"
    return [
        (f"{title}; the next found", f"{np.mean(found):.1%} of {len(found):,}"),
        ("… other characters by the writer: AUROC", f"{auroc(known_, unknown_):.3f}"),
        ("… other people's symbols: AUROC", f"{auroc(known_, refused_):.3f}"),
        ("… their own refused", f"{np.mean(known_ < 0):.1%}"),
        ("… the writer's others not refused", f"{np.mean(unknown_ >= 0):.1%} of {len(unknown):,}"),
        ("… other people's not refused", f"{np.mean(refused_ >= 0):.1%} of {len(refused):,}"),
    ]


def many_symbols() -> list[tuple[str, str]]:
    """Return the time of a recognition among as many drawings as can be, and to add one."""
    rng = np.random.default_rng(1)
    own = own_symbols_in(TemporarySamples())
    for number in range(MAX_SYMBOLS):
        base = rng.uniform(0, 400, (6, 2))
        drawings = [new_drawing(_near(base, rng)) for _drawing in range(MAX_DRAWINGS)]
        own.store.put(new_symbol(f"symbol {number}").with_drawings(*drawings))
    started = time.perf_counter()
    own.prepare()
    loading = time.perf_counter() - started
    inks = [_near(rng.uniform(0, 400, (6, 2)), rng) for _ink in range(200)]
    times = []
    for ink in inks:
        started = time.perf_counter()
        own.predict(ink)
        times.append(time.perf_counter() - started)
    adding = []
    for number, ink in enumerate(inks[:20]):
        own.remove(f"symbol {number}")
        started = time.perf_counter()
        own.add(f"symbol {number}", [ink])
        own.predict(ink)
        adding.append(time.perf_counter() - started)
    size = f"{MAX_SYMBOLS} symbols of {MAX_DRAWINGS} drawings"
    return [
        (f"{size}: one recognition, median", f"{1000 * statistics.median(times):.2f} ms"),
        (
            "… a drawing added and the next answer, median",
            f"{1000 * statistics.median(adding):.0f} ms",
        ),
        ("… described when they are used first", f"{loading:.1f} s"),
    ]


def _near(base: NDArray[np.float64], rng: np.random.Generator) -> Content:
    """Return a drawing through places near to these, 60 points in two strokes."""
    places = base + rng.normal(0, 8, base.shape)
    steps = np.linspace(0, 1, 10, endpoint=False)[:, None]
    lines = [
        np.concatenate([(1 - steps) * a + steps * b for a, b in pairwise(part)])
        for part in (places[:3], places[2:])
    ]
    return Content(strokes=tuple(Stroke.of(line.tolist()) for line in lines))
