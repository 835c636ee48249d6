"""Owns the menu Export: what is asked, and writing it on a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.numbers.number import Number
    from app.recognition.prediction import Prediction
    from app.ui.main_window import MainWindow


class Exports:
    """Asks for a name, then writes a part of the present answer there."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def ask_raster(self) -> None:
        """Export what the network sees, 28 × 28 pixels."""

        def encode(prediction: Prediction) -> bytes:
            from app.answers import raster_png

            return raster_png(prediction.raster)

        self._ask((_("Picture (PNG)"), ".png"), self._window.prediction, encode)

    def ask_csv(self) -> None:
        """Export the probabilities as a table."""

        def encode(answer: Prediction | Number) -> bytes:
            from app.answers import probabilities_csv

            return probabilities_csv(answer)

        self._ask((_("Table (CSV)"), ".csv"), self._window.result, encode)

    def ask_json(self) -> None:
        """Export the probabilities for other programs."""

        def encode(answer: Prediction | Number) -> bytes:
            from app.answers import probabilities_json

            return probabilities_json(answer)

        self._ask((_("For programs (JSON)"), ".json"), self._window.result, encode)

    def ask_bars(self) -> None:
        """Export the bars as a picture."""

        def encode(prediction: Prediction) -> bytes:
            from app.answers import bars_png

            return bars_png(prediction)

        self._ask((_("Picture (PNG)"), ".png"), self._window.prediction, encode)

    def _ask(
        self,
        kind: tuple[str, str],
        answer: Prediction | Number | None,
        encode: Callable[[Any], bytes],
    ) -> None:
        from tkinter import filedialog

        if answer is None:
            self._window.tell(_("Draw something first: there is no answer to export yet."))
            return
        name = filedialog.asksaveasfilename(
            parent=self._window.root,
            title=_("Export"),
            defaultextension=kind[1],
            filetypes=[(kind[0], f"*{kind[1]}")],
        )
        if not name:
            return
        path = Path(name)

        def work() -> None:
            from app.storage.atomic_write import write_atomically

            write_atomically(path, encode(answer))

        run_in_thread(
            self._window.root,
            work,
            lambda _nothing: self._window.tell(_("Exported {name}.").format(name=path.name)),
            lambda problem: self._window.tell(problem, True),
        )
