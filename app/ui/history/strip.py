"""The strip of the last answers: thumbnail, answer and time of each, the latest on the left."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.formatting import with_minus
from app.ui.history.thumbnails import Thumbnails
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, Theme
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from app.storage.settings import Settings
    from app.ui.history.export import HistoryExport
    from app.ui.history.history import Entry, History
    from app.ui.preferences import Preferences
    from app.ui.recognition_client import RecognitionClient

    Event = tk.Event[tk.Misc]

_CELL = 104, 60
"""The width and the height of an entry, in pixels at 100 %."""
_SIDE = 46
"""Of a thumbnail."""
_MAX_TEXT = 6
"""Characters of an answer that are shown."""


class HistoryStrip(ttk.Frame):
    """Visible while the setting `next_digit` is on. A click brings a drawing back."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        theme: Theme,
        history: History,
        preferences: Preferences,
        recognition: RecognitionClient,
        export: HistoryExport,
        bring_back: Callable[[Entry], None],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._history = history
        self._preferences = preferences
        self._bring_back = bring_back
        self._first = 0
        """The first visible entry, counted from the latest."""
        self.cursor = 0
        """The entry that Return brings back, counted from the latest."""
        self._build(export)
        self.thumbnails = Thumbnails(
            self.canvas, recognition=recognition, side=theme.px(_SIDE), drawn=self._draw
        )
        follow(self, history.changed, self._history_changed)
        follow(self, theme.palette_changed, self.apply_theme)
        follow(self, preferences.changed, self._preferences_changed)
        self.apply_theme()

    def place_in(self, row: int) -> None:
        """Stand in this row of the grid, while it is wanted."""
        self.grid(row=row, column=0, columnspan=2, sticky="ew", pady=(self._theme.px(8), 0))
        if not self._preferences.settings.next_digit:
            self.grid_remove()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.canvas.configure(background=self._theme.palette.raised)
        self._draw()

    def _build(self, export: HistoryExport) -> None:
        px = self._theme.px
        self._frame = ttk.Frame(self, style="Edge.TFrame", padding=px(1))
        self.canvas = tk.Canvas(
            self._frame, height=px(_CELL[1]), highlightthickness=0, borderwidth=0, takefocus=True
        )
        self.canvas.pack(fill="both", expand=True)
        buttons = ttk.Frame(self)
        buttons.pack(side="right", fill="y", padx=(px(8), 0))
        self._frame.pack(side="left", fill="both", expand=True)
        self.buttons = [
            ttk.Button(buttons, text=text, command=command)
            for text, command in ((_("Copy All"), export.copy), (_("CSV…"), export.ask_csv))
        ]
        for button in self.buttons:
            button.pack(fill="x", expand=True)
        bind = self.canvas.bind
        bind("<Configure>", lambda _event: self._draw())
        bind("<Button-1>", self._clicked)
        bind("<FocusIn>", lambda _event: self._frame.configure(style="Focused.Edge.TFrame"))
        bind("<FocusOut>", lambda _event: self._frame.configure(style="Edge.TFrame"))
        bind("<Left>", lambda _event: self._move(-1))
        bind("<Right>", lambda _event: self._move(1))
        for key in ("Return", "space"):
            bind(f"<{key}>", lambda _event: self.open(self.cursor))
        bind("<MouseWheel>", lambda event: self._scroll(-1 if event.delta > 0 else 1))
        bind("<Button-4>", lambda _event: self._scroll(-1))
        bind("<Button-5>", lambda _event: self._scroll(1))

    def open(self, index: int) -> str:
        """Bring the drawing of an entry back; `index` counts from the latest."""
        entries = self._history.entries
        if 0 <= index < len(entries):
            self._bring_back(entries[-1 - index])
        return "break"

    def index_at(self, x: float) -> int:
        """Return the index of the entry at a place on the canvas, in pixels; -1: there is none."""
        index = self._first + int(x // self._theme.px(_CELL[0]))
        return index if index < len(self._history.entries) else -1

    # Events

    def _history_changed(self) -> None:
        self.thumbnails.keep_only(self._history.entries)
        self._first = self.cursor = 0
        self._draw()

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.next_digit == after.next_digit:
            return
        if after.next_digit:
            self.grid()
        else:
            self.grid_remove()

    def _clicked(self, event: Event) -> None:
        self.canvas.focus_set()
        index = self.index_at(event.x)
        if index >= 0:
            self.cursor = index
            self.open(index)

    def _move(self, by: int) -> str:
        self.cursor = min(max(self.cursor + by, 0), max(len(self._history.entries) - 1, 0))
        self._first = min(max(self._first, self.cursor - self._room + 1), self.cursor)
        self._draw()
        return "break"

    def _scroll(self, by: int) -> None:
        last = max(len(self._history.entries) - self._room, 0)
        self._first = min(max(self._first + by, 0), last)
        self._draw()

    @property
    def _room(self) -> int:
        """How many entries are visible as a whole."""
        return max(self.canvas.winfo_width() // self._theme.px(_CELL[0]), 1)

    # Drawing

    def _draw(self) -> None:
        self.canvas.delete("all")
        entries = self._history.entries[::-1][self._first : self._first + self._room + 1]
        for button in self.buttons:
            button.state(["!disabled" if entries else "disabled"])
        if not entries:
            self._draw_empty()
        for place, entry in enumerate(entries):
            self._draw_entry(entry, place, is_chosen=self._first + place == self.cursor)
        self.thumbnails.request(entries)

    def _draw_empty(self) -> None:
        px = self._theme.px
        self.canvas.create_text(
            px(12),
            px(_CELL[1]) // 2,
            text=_("Draw one digit after another: each makes room for the next and is kept here."),
            anchor="w",
            width=max(self.canvas.winfo_width() - px(24), 1),
            font=FONT_SMALL,
            fill=self._theme.palette.muted,
        )

    def _draw_entry(self, entry: Entry, place: int, is_chosen: bool) -> None:
        canvas, px, palette = self.canvas, self._theme.px, self._theme.palette
        left, top, side = place * px(_CELL[0]) + px(8), px(_CELL[1] - _SIDE) // 2, px(_SIDE)
        canvas.create_rectangle(
            left - 1,
            top - 1,
            left + side,
            top + side,
            fill="white",
            outline=palette.best if is_chosen else palette.border,
        )
        if (picture := self.thumbnails.of(entry)) is not None:
            canvas.create_image(left, top, image=picture, anchor="nw")
        text = with_minus(entry.text)
        text = text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
        right, middle = left + side + px(6), top + side // 2
        for y, anchor, words, font, colour in (
            (middle, "sw", text, FONT_STRONG, palette.text),
            (middle + px(2), "nw", f"{entry.time:%H:%M}", FONT_SMALL, palette.muted),
        ):
            canvas.create_text(right, y, text=words, anchor=anchor, font=font, fill=colour)  # type: ignore[call-overload]
