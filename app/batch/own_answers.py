"""Answers in the alphabet of the user's own symbols, for the verb `recognise`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from app.answers import Row
from app.batch.items import Item
from app.errors import InklingError
from app.formats.sample import NO_DIGIT
from app.ink.drawing import Content
from app.recognition.prediction import Prediction
from app.storage.paths import Folders, user_folders
from app.storage.sample_store import TemporarySamples
from app.symbols.own import load_own_symbols, own_symbols_in

_NO_ANSWER: Row = {
    "text": "",
    "label": "",
    "confidence": 0.0,
    "probabilities": {},
    "alternatives": [],
    "is_known": False,
    "known_score": 0.0,
    "ms": 0.0,
}
"""Where there are no symbols yet."""


class OwnAnswers:
    """The user's own symbols, loaded."""

    def __init__(self, profile: Path | None, is_temporary: bool) -> None:
        """Load them; raises ModelError, StorageError.

        If `is_temporary` and there is no profile they are none, and what is learnt is thrown away.
        """
        if is_temporary and profile is None:
            self._own = own_symbols_in(TemporarySamples())
        else:
            self._own = load_own_symbols(user_folders(profile))

    @property
    def names(self) -> tuple[str, ...]:
        """The symbols' names, the oldest first."""
        return self._own.names

    def files(self) -> dict[str, bytes]:
        """Return the symbols as files of a profile, by their paths in it; raises StorageError."""
        stored, folder = self._own.store.files, Folders(Path(), Path(), Path()).symbols
        return {(folder / name).as_posix(): stored.read(name) for name in stored.names()}

    def prediction(self, read: Callable[[], Content]) -> Prediction | InklingError:
        """Return the answer to a drawing, or the reason why there is none."""
        try:
            return self._own.predict(read())
        except InklingError as error:
            return error

    def taught(
        self,
        item: Item,
        read: Callable[[Item], Content],
        rows: Callable[[Sequence[Item]], list[Row]],
    ) -> Row:
        """Return the answer to an input by `rows`; then learn it, if it has another label."""
        row: Row = {"id": item.id, **_NO_ANSWER}
        if self.names:
            (row,) = rows([item])
            if "error" in row:
                return row
        answered = row["label"] if row["is_known"] else NO_DIGIT
        row["learnt"] = bool(item.label) and answered != item.label
        try:
            if row["learnt"]:
                self._own.add(str(item.label), [read(item)])
            elif not self.names:
                self._own.check(read(item))
        except InklingError as error:
            return {"id": item.id, "error": str(error)}
        return row
