"""The map of the model that answers: made once, in steps, while the window is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.explanation.embedding_map import EmbeddingMap, MapBuilder, load_map_samples

if TYPE_CHECKING:
    from app.recognition.model import Recogniser
    from app.recognition.personal_recogniser import PersonalRecogniser


class MapCache:
    """Keeps the map until another model answers; used on the recogniser's thread."""

    def __init__(self) -> None:
        self._recogniser: Recogniser | None = None
        self._builder: MapBuilder | None = None
        self._map: EmbeddingMap | None = None

    def steps(self, personal: PersonalRecogniser) -> Iterator[float]:
        """Make the map of the present model, unless there is one; yield how far it is."""
        if self._recogniser is not personal.recogniser:
            self._recogniser, self._map = personal.recogniser, None
            self._builder = MapBuilder(load_map_samples())
        while self._map is None and self._builder is not None:
            self._map = self._builder.step(personal)
            yield self._builder.progress

    @property
    def map(self) -> EmbeddingMap | None:
        """The map; None until it is complete."""
        return self._map
