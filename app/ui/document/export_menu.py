"""The menu Export: the present answer as a picture, a table or JSON."""

import tkinter as tk
from collections.abc import Callable
from typing import Any

from app.i18n import _
from app.ui.menu.action import Action, Item
from app.ui.number.selection import NumberSelection
from app.ui.recognition_client import RecognitionClient
from app.ui.status import Status
from app.ui.toolkit.export import ask_and_export


class ExportMenu:
    """Asks for a file and writes a part of the answer there, on a thread."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        recognition: RecognitionClient,
        selection: NumberSelection,
        status: Status,
    ) -> None:
        self._root = root
        self._recognition = recognition
        self._selection = selection
        self._status = status

    def items(self) -> list[Item]:
        """Return the entries; they are enabled while there is something to export."""

        def has_result() -> bool:
            return self._recognition.result is not None

        def has_prediction() -> bool:
            return self._selection.prediction is not None

        return [
            Action(_("What the Network Sees (PNG)…"), self._ask_raster, enabled=has_prediction),
            Action(_("Probabilities as CSV…"), self._ask_csv, enabled=has_result),
            Action(_("Probabilities as JSON…"), self._ask_json, enabled=has_result),
            Action(_("Bars as a Picture…"), self._ask_bars, enabled=has_prediction),
        ]

    # app.answers imports numpy and Pillow, which the window does not wait for.

    def _ask_raster(self) -> None:
        from app.answers import raster_png

        prediction = self._selection.prediction
        raster = None if prediction is None else prediction.raster
        self._ask(raster, raster_png, ".png", _("Picture (PNG)"))

    def _ask_csv(self) -> None:
        from app.answers import probabilities_csv

        self._ask(self._recognition.result, probabilities_csv, ".csv", _("Table (CSV)"))

    def _ask_json(self) -> None:
        from app.answers import probabilities_json

        self._ask(self._recognition.result, probabilities_json, ".json", _("For programs (JSON)"))

    def _ask_bars(self) -> None:
        from app.answers import bars_png

        self._ask(self._selection.prediction, bars_png, ".png", _("Picture (PNG)"))

    def _ask(self, value: Any, encode: Callable[[Any], bytes], suffix: str, file_type: str) -> None:
        """Ask for a file and write `encode(value)` to it; `value` is None without an answer."""
        if value is None:
            self._status.show(_("Draw something first: there is no answer to export yet."))
            return
        ask_and_export(
            self._root,
            lambda: encode(value),
            suffix=suffix,
            file_type=file_type,
            status=self._status,
        )
