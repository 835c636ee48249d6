"""The column right of the canvas: what the network sees, the answer, its bars, correcting it."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.storage.settings import DIGITS, OWN
from app.ui.alphabet.ranking import Ranking
from app.ui.answer.answer_view import AnswerView
from app.ui.answer.correction import NO_DIGIT
from app.ui.answer.probability_bars import ProbabilityBars
from app.ui.answer.raster_view import RasterView
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.storage.settings import Settings
    from app.ui.document.document import Document
    from app.ui.number.offer_button import NumberOfferButton
    from app.ui.number.selection import NumberSelection
    from app.ui.preferences import Preferences

_DIGITS = tuple("0123456789")
_WIDTHS = 284, 560
"""Least and greatest width, in pixels at 100 %; the rest of the window is the canvas's."""
_SHARE = 0.3
"""Of the window's width, within these limits."""
_RASTER_SHARES = 0.48, 0.28
"""The raster's largest share of the panel's width and of its height."""
_MAX_BARS = 760
"""The bars' greatest height, in pixels at 100 %."""
_OFFER_ROW = 4
"""Below the bars and what corrects them: the offer to read several digits as a number."""
_OFFER_HEIGHT = 60
"""Kept free for the offer where the bars have their greatest height, in pixels at 100 %."""


class AnswerPanel(ttk.Frame):
    """Shows answers; a click on a bar, or the button below the bars, corrects them."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        theme: Theme,
        document: Document,
        selection: NumberSelection,
        preferences: Preferences,
        on_label: Callable[[str], None],
    ) -> None:
        """`on_label` is called with the label that the user gives the drawing."""
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._selection = selection
        self._preferences = preferences
        self._ranking = Ranking(len(_DIGITS))
        self._build(on_label)
        self.bind("<Configure>", self._resized)
        follow(self, selection.changed, self._show)
        follow(self, document.saved, self._show)
        follow(self, preferences.changed, self._preferences_changed)
        follow(self, theme.palette_changed, self.apply_theme)
        self._show_parts()
        self._show()

    def add_offer(self, button: NumberOfferButton) -> None:
        """Give the button of the offer to read a number its place."""
        button.place_in(_OFFER_ROW, self._theme.px(8))

    def add_tooltips(self) -> None:
        """Add the tooltips; called once the window is up."""
        from app.ui.menu.key_bindings import key_text
        from app.ui.toolkit.tooltip import Tooltip

        def none() -> str:
            if self._reads_digits:
                text = _("Label this drawing as no digit ({key}); it is stored and learnt from")
                return text.format(key=key_text(self, "N"))
            if self._preferences.settings.alphabet == OWN:
                return _("Make a symbol, or change one")
            text = _("Label this drawing as none of these ({key}); it is stored and learnt from")
            return text.format(key=key_text(self, "F7"))

        texts: tuple[tuple[tk.Widget, str | Callable[[], str]], ...] = (
            (
                self.raster_view,
                _("Your ink as the network sees it: scaled and centred to 28 × 28 pixels"),
            ),
            (self.bars, _("How probable each label is. Click the right one to correct the answer")),
            (self.no_digit_button, none),
        )
        self.tooltips = [Tooltip(widget, self._theme, text) for widget, text in texts]

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        for widget in (self.raster_view, self.answer, self.bars):
            widget.apply_theme()

    def _build(self, on_label: Callable[[str], None]) -> None:
        px, theme = self._theme.px, self._theme
        self.rowconfigure(2, weight=1)
        self.columnconfigure(1, weight=1)
        self._caption = ttk.Label(self, text=_("What the network sees"), style="Muted.TLabel")
        self._caption.grid(row=0, column=0, sticky="w", pady=(0, px(4)))
        self.raster_view = RasterView(self, theme)
        self.raster_view.grid(row=1, column=0, sticky="nw")
        self.answer = AnswerView(self, theme, on_label)
        self.answer.grid(row=0, column=1, rowspan=2, sticky="nsew", padx=(px(8), 0))
        self.bars = ProbabilityBars(self, theme, len(_DIGITS), on_label)
        self.bars.grid(row=2, column=0, columnspan=2, sticky="nsew", pady=(px(12), 0))
        correct = ttk.Frame(self)
        correct.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self.no_digit_button = ttk.Button(correct, command=lambda: on_label(NO_DIGIT))
        self.no_digit_button.pack(side="right", padx=(px(8), 0))
        self._hint = WrappedLabel(correct, theme, "", style="Muted.TLabel")
        self._hint.pack(side="left", fill="x", expand=True)
        self._show_alphabet()

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        """Use the room of a large window without tearing related parts apart."""
        wide, high = _RASTER_SHARES
        self.raster_view.grow(min(event.width * wide, event.height * high))
        others = sum(int(self.tk.call("grid", "bbox", self, 0, row)[3]) for row in (0, 1, 3))
        others += self._theme.px(_OFFER_HEIGHT)
        most = self._theme.px(_MAX_BARS)
        is_large = event.height - others > most
        self.rowconfigure(2, weight=0 if is_large else 1, minsize=most if is_large else 0)
        self.rowconfigure(_OFFER_ROW + 1, weight=1 if is_large else 0)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        was = before.show_raster, before.show_candidates
        if was != (after.show_raster, after.show_candidates):
            self._show_parts()
        if before.alphabet != after.alphabet:
            self._ranking.clear()
            self._show_alphabet()

    @property
    def _reads_digits(self) -> bool:
        return self._preferences.settings.alphabet == DIGITS

    def _show_alphabet(self) -> None:
        """Show how the answers in this alphabet are corrected."""
        none, hint = _("No digit"), _("Wrong? Press the right digit, or click its bar.")
        if self._preferences.settings.alphabet == OWN:
            none, hint = _("My Symbols…"), _("Wrong? Click the bar of the right symbol.")
        elif not self._reads_digits:
            none, hint = _("None of these"), _("Wrong? Type the right one, or click its bar.")
        self.no_digit_button.configure(text=none)
        self._hint.set_text(hint)

    def _show_parts(self) -> None:
        """Show the parts that the settings want."""
        settings = self._preferences.settings
        for widget, wanted in (
            (self._caption, settings.show_raster),
            (self.raster_view, settings.show_raster),
            (self.bars, settings.show_candidates),
        ):
            if wanted:
                widget.grid()
            else:
                widget.grid_remove()
        self.answer.show_others(settings.show_candidates)

    def _show(self) -> None:
        """Show the answer, and the bars of the whole drawing or of a number's selected digit."""
        selection = self._selection
        prediction = selection.prediction
        if self._document.problem:
            self.answer.show_problem(self._document.problem)
            prediction = None
        elif selection.is_on:
            self.answer.show_number(selection.number)
        else:
            self.answer.show(prediction)
        if prediction is None:
            self.raster_view.show(selection.raster)
            self._ranking.clear()
            self.bars.show(_DIGITS if self._reads_digits else (), None)
        else:
            self.raster_view.show(prediction.raster)
            is_known = (selection.selected or prediction).is_known
            is_sure = is_known and prediction.is_sure
            shown = prediction.probabilities if is_known else prediction.joint_probabilities
            if prediction.alphabet == DIGITS:
                self.bars.show(_DIGITS, shown, is_sure)
            else:
                shares = dict(zip(prediction.labels, shown, strict=True))
                labels = self._ranking.update(shares)
                self.bars.show(labels, [shares[label] for label in labels], is_sure)


def share_width(frame: ttk.Frame, theme: Theme, column: int, gap: int) -> None:
    """Give the panel in a column of `frame` its share of the width, now and at every resize."""

    def share(width: int) -> None:
        least, most = map(theme.px, _WIDTHS)
        frame.columnconfigure(column, minsize=gap + min(max(round(width * _SHARE), least), most))

    frame.bind("<Configure>", lambda event: share(event.width))
    share(0)
