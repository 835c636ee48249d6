"""The user's own symbols, kept in the profile and recognised with a network's embedding."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.errors import InkError, InklingError
from app.i18n import _
from app.ink.drawing import Content
from app.recognition.alphabet import OWN
from app.recognition.model import Recogniser, characters_recogniser
from app.recognition.prediction import Prediction
from app.storage.log import LOG
from app.storage.paths import Folders
from app.storage.progress_copy import Progress, no_progress
from app.storage.sample_store import SampleStore
from app.symbols.description import Describer, Description, SymbolWeights, load_symbol_weights
from app.symbols.index import Index, harmful_drawings
from app.symbols.set_file import SET_SUFFIX
from app.symbols.store import SymbolStore
from app.symbols.symbol import Symbol, SymbolDrawing, new_drawing, new_symbol

_SURE = 0.8
"""The least probability of a sure answer."""


@dataclass(frozen=True, slots=True)
class SymbolPrediction(Prediction):
    """An answer chosen from the user's own symbols."""

    copied: str = ""
    """The text that is copied for `label`."""
    drawing: str = ""
    """The key of the drawing that the ink is most like, one of `label`'s."""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """None: the user knows what looks alike."""
        return ()

    @property
    def text(self) -> str:
        """The text that is copied for the most probable label; empty if it is none of them."""
        return self.copied if self.is_known else ""


class OwnSymbols:
    """Recognises and changes the user's own symbols. Not for two threads at once."""

    def __init__(self, recogniser: Recogniser, weights: SymbolWeights, store: SymbolStore) -> None:
        self.store = store
        self._describer = Describer(recogniser, weights)
        self._descriptions: dict[str, Description] = {}
        """By the keys of drawings."""
        self._indexed: _Indexed | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The symbols' names, the oldest first."""
        return tuple(symbol.name for symbol in self.store.all())

    def prepare(self) -> None:
        """Describe all drawings now: the first answer need not wait for it."""
        if self._indexed is None and len(self.store):
            self._indexed = self._made_index()

    def predict(self, content: Content) -> SymbolPrediction:
        """Return the answer to a drawing; raises InkError without ink or without any symbol."""
        if self._indexed is None:
            self._indexed = self._made_index()
        index, symbols, keys, names = self._indexed
        ink = self._describer.describe(content)
        scores = index.scores(ink)
        probabilities = scores.probabilities()
        known = index.known_logit(scores)
        return SymbolPrediction(
            labels=names,
            probabilities=tuple(probabilities.tolist()),
            known_score=1 / (1 + math.exp(-max(known, -500.0))),
            is_known=known >= 0,
            embedding=tuple(ink.embedding.tolist()),
            raster=ink.raster,
            is_sure=float(probabilities.max()) >= _SURE,
            alphabet=OWN,
            copied=symbols[scores.best].text,
            drawing=keys[index.nearest(scores)],
        )

    def check(self, content: Content) -> None:
        """Raise InkError if a drawing has no ink to recognise."""
        self._describer.describe(content)

    def add(self, name: str, contents: Iterable[Content], text: str | None = None) -> Symbol:
        """Add drawings to the symbol called `name`, which is made if there is none.

        `text`: what is copied for it from now on, "" for its name; None leaves it as it is. Raises
        InkError, StorageError, and then nothing is added.
        """
        new = new_symbol(name, text or "")
        symbol = self.store.find(new.name) or new
        if text is not None:
            symbol = replace(symbol, text=new.text)
        changed = symbol.with_drawings(*map(self._checked, contents))
        self.put(changed)
        return changed

    def put(self, symbol: Symbol, former_name: str = "") -> None:
        """Store a symbol, in place of the one that is called so or was; without drawings none.

        Raises InkError, StorageError.
        """
        if former_name and former_name != symbol.name and symbol.drawings:
            self.store.rename(former_name, symbol)
        else:
            self.store.put(symbol)
        self._indexed = None

    def remove(self, name: str) -> Symbol:
        """Delete the symbol called `name` and return it, to put it back; raises InkError."""
        symbol = self.store.get(name)
        self.store.remove(name)
        self._indexed = None
        return symbol

    def merge(self, symbols: Sequence[Symbol], progress: Progress = no_progress) -> int:
        """Add a set's symbols, drawings to those of the same names; return how many drawings.

        `progress` gets how many symbols were looked at, of how many. Raises InkError, StorageError
        and what it raises, and then nothing is added, unless the disk cannot take it back either.
        """
        merged: list[tuple[Symbol | None, Symbol]] = []
        for done, symbol in enumerate(symbols):
            progress(done, len(symbols))
            for drawing in symbol.drawings:
                self._describe(drawing)
            mine = self.store.find(symbol.name)
            merged.append((mine, symbol if mine is None else mine.with_drawings(*symbol.drawings)))
        self.store.check_room(sum(mine is None for mine, _symbol in merged))
        self._put_all(merged)
        return sum(len(new.drawings) - len(mine.drawings if mine else ()) for mine, new in merged)

    def _put_all(self, changes: Sequence[tuple[Symbol | None, Symbol]]) -> None:
        """Store symbols, each given as it was and as it shall be: all, or none if one fails."""
        for done, (_before, symbol) in enumerate(changes):
            try:
                self.put(symbol)
            except InklingError:
                for before, added in changes[:done]:
                    self.put(before or added.without(*added.keys))
                raise

    def harmful(self) -> Iterator[frozenset[str] | None]:
        """Yield None after each drawing looked at, then the keys of those that do more harm.

        See `harmful_drawings`; it goes on with the symbols as they were at the first step.
        """
        if not len(self.store):
            yield frozenset()
            return
        if self._indexed is None:
            self._indexed = self._made_index()
        index, _symbols, keys, _names = self._indexed
        descriptions = [self._descriptions[key] for key in keys]
        for found in harmful_drawings(index, descriptions):
            yield None if found is None else frozenset(keys[drawing] for drawing in found)

    def _checked(self, content: Content) -> SymbolDrawing:
        drawing = new_drawing(content)
        self._describe(drawing)
        return drawing

    def _describe(self, drawing: SymbolDrawing) -> Description:
        """Return a drawing's description, made once; raises InkError, ModelError."""
        if drawing.key not in self._descriptions:
            self._descriptions[drawing.key] = self._describer.describe(drawing.content())
        return self._descriptions[drawing.key]

    def _made_index(self) -> "_Indexed":
        """Return the index of the symbols whose drawings can be read; raises InkError."""
        symbols, descriptions = [], []
        for symbol in self.store.all():
            try:
                descriptions.append([self._describe(drawing) for drawing in symbol.drawings])
                symbols.append(symbol)
            except InkError as error:
                LOG.warning("The symbol %s is set aside: %s", symbol.name, error)
                self.store.set_aside(symbol.name)
        if not symbols:
            raise InkError(_("You have no symbols yet: make one, with a drawing or three."))
        keys = [key for symbol in symbols for key in symbol.keys]
        index = Index(descriptions, self._describer.weights)
        return _Indexed(index, symbols, keys, tuple(symbol.name for symbol in symbols))


class _Indexed(NamedTuple):
    """An index with what lies in its places."""

    drawings: Index
    symbols: list[Symbol]
    keys: list[str]
    names: tuple[str, ...]


def load_own_symbols(folders: Folders) -> OwnSymbols:
    """Return the symbols in a profile, loaded; raises ModelError, StorageError."""
    return own_symbols_in(SampleStore(folders.symbols, SET_SUFFIX))


def own_symbols_in(files: SampleStore) -> OwnSymbols:
    """Return the symbols in a store of files, loaded; raises ModelError, StorageError."""
    return OwnSymbols(own_recogniser(), load_symbol_weights(), SymbolStore(files))


def own_recogniser() -> Recogniser:
    """Return the model whose embedding the weights were fitted with; raises ModelError."""
    return characters_recogniser()
