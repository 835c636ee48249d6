"""Owns a scrolled grid of small pictures with captions, any number of them, and what is selected.

Only cells in sight exist as canvas items; their pictures are asked for when they come into sight.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING, Any, NamedTuple

from app.ui.theme.theme import FONT_SMALL, FONT_TEXT, Theme

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

    Event = tk.Event[Any]

_CELL = (96, 118)
_PICTURE = 80
_CONTROL = 0x4
_SHIFT = 0x1


class Cell(NamedTuple):
    """What one cell is of, and what stands below its picture."""

    name: str
    caption: str


class ThumbnailGrid(ttk.Frame):
    """The grid, its scroll bar, and the selection by mouse and keyboard."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        wanted: Callable[[list[str]], None],
        on_select: Callable[[], None],
    ) -> None:
        """`wanted` is called with names whose pictures are in sight and missing: see `show`."""
        super().__init__(parent, padding=theme.px(1), style="Edge.TFrame")
        self._theme = theme
        self._wanted = wanted
        self._on_select = on_select
        self._cells: list[Cell] = []
        self.instead = ""
        """What is said while there are no cells."""
        self._pictures: dict[str, PhotoImage] = {}
        self._asked: set[str] = set()
        self._selected: set[str] = set()
        self._drawn_side = self.picture_side
        """How large the pictures were asked for."""
        self._at = 0
        """The cell that the keyboard moves from."""
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True)
        bar = ttk.Scrollbar(self, orient="vertical", command=self._scrolled)
        self.canvas.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self._bind()
        self.apply_theme()

    @property
    def picture_side(self) -> int:
        """The side of a cell's picture in pixels."""
        return self._theme.px(_PICTURE)

    @property
    def selected(self) -> list[str]:
        """The names of the selected cells, in the grid's order."""
        return [cell.name for cell in self._cells if cell.name in self._selected]

    def fill(self, cells: Sequence[Cell], instead: str = "") -> None:
        """Show these cells; those that stay selected are still there.

        `instead` is said in the middle where there are none.
        """
        self._cells = list(cells)
        self.instead = instead
        names = {cell.name for cell in cells}
        self._selected &= names
        self._pictures = {k: v for k, v in self._pictures.items() if k in names}
        self._asked &= set(self._pictures)
        self._at = min(self._at, max(len(cells) - 1, 0))
        self._draw()

    def take_over(self, other: ThumbnailGrid) -> None:
        """Have the pictures and the selection of a grid that stood here before."""
        if other._drawn_side == self._drawn_side:
            self._pictures, self._asked = other._pictures, other._asked
        self._selected, self._at = other._selected, other._at

    def show(self, pictures: dict[str, Image]) -> None:
        """Show pictures that were wanted, by name."""
        from PIL import ImageTk

        for name, picture in pictures.items():
            self._pictures[name] = ImageTk.PhotoImage(picture, master=self.canvas)
        self._draw()

    def select_all(self) -> None:
        """Select every cell."""
        self._selected = {cell.name for cell in self._cells}
        self._selection_changed()

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.canvas.configure(background=self._theme.palette.ground)
        self._draw()

    def _bind(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _event: self._draw())
        canvas.bind("<Button-1>", self._clicked)
        canvas.bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        canvas.bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))
        canvas.bind("<MouseWheel>", lambda event: self._wheel(-1 if event.delta > 0 else 1))
        canvas.bind("<Button-4>", lambda _event: self._wheel(-1))
        canvas.bind("<Button-5>", lambda _event: self._wheel(1))
        for key, step in (("Left", (-1, 0)), ("Right", (1, 0)), ("Up", (0, -1)), ("Down", (0, 1))):
            canvas.bind(f"<{key}>", lambda _event, step=step: self._moved(*step))  # type: ignore[misc]

    @property
    def _columns(self) -> int:
        return max(self.canvas.winfo_width() // self._theme.px(_CELL[0]), 1)

    @property
    def _cell_width(self) -> float:
        """As wide as there is room: what is left over lies between all of them, not at one end."""
        return max(self.canvas.winfo_width() / self._columns, self._theme.px(_CELL[0]))

    def _draw(self) -> None:
        canvas, px = self.canvas, self._theme.px
        wide, high = self._cell_width, px(_CELL[1])
        columns = self._columns
        rows = -(-len(self._cells) // columns)
        canvas.configure(scrollregion=(0, 0, round(columns * wide), max(rows * high, 1)))
        canvas.delete("all")
        if not self._cells:
            self._say_instead()
        top = int(canvas.canvasy(0)) // high
        bottom = int(canvas.canvasy(canvas.winfo_height())) // high + 1
        in_sight = range(max(top, 0) * columns, min(bottom * columns, len(self._cells)))
        for index in in_sight:
            middle = round((index % columns + 0.5) * wide)
            self._draw_cell(self._cells[index], middle, index // columns * high)
        missing = [name for i in in_sight if (name := self._cells[i].name) not in self._asked]
        if missing:
            self._asked.update(missing)
            self._wanted(missing)

    def _say_instead(self) -> None:
        canvas, room = self.canvas, self._theme.px(24)
        canvas.create_text(
            canvas.winfo_width() // 2,
            canvas.winfo_height() // 2,
            text=self.instead,
            width=max(canvas.winfo_width() - 2 * room, 1),
            justify="center",
            font=FONT_TEXT,
            fill=self._theme.palette.muted,
        )

    def _draw_cell(self, cell: Cell, middle: int, y: int) -> None:
        canvas, px, palette = self.canvas, self._theme.px, self._theme.palette
        side, top = self.picture_side, y + px(8)
        left = middle - side // 2
        selected = cell.name in self._selected
        canvas.create_rectangle(
            left - px(3),
            top - px(3),
            left + side + px(3),
            top + side + px(3),
            fill="white",
            outline=palette.best if selected else palette.border,
            width=px(3) if selected else 1,
        )
        if cell.name in self._pictures:
            canvas.create_image(left, top, image=self._pictures[cell.name], anchor="nw")
        canvas.create_text(
            middle,
            top + side + px(6),
            text=cell.caption,
            anchor="n",
            font=FONT_SMALL,
            fill=palette.text if selected else palette.muted,
        )

    def _clicked(self, event: Event) -> None:
        self.canvas.focus_set()
        px = self._theme.px
        column = int(self.canvas.canvasx(event.x) / self._cell_width)
        index = int(self.canvas.canvasy(event.y)) // px(_CELL[1]) * self._columns + column
        if column >= self._columns or not 0 <= index < len(self._cells):
            self._selected = set()
            self._selection_changed()
            return
        name, state = self._cells[index].name, int(event.state)
        if state & _SHIFT:
            low, high = sorted((self._at, index))
            self._selected |= {cell.name for cell in self._cells[low : high + 1]}
        elif state & _CONTROL:
            self._selected ^= {name}
        else:
            self._selected = {name}
        self._at = index
        self._selection_changed()

    def _moved(self, right: int, down: int) -> str:
        if self._cells:
            index = self._at + right + down * self._columns
            self._at = min(max(index, 0), len(self._cells) - 1)
            self._selected = {self._cells[self._at].name}
            self._see(self._at // self._columns)
            self._selection_changed()
        return "break"

    def _see(self, row: int) -> None:
        """Scroll so far that a row is in sight."""
        high = self._theme.px(_CELL[1])
        rows = -(-len(self._cells) // self._columns)
        first, last = self.canvas.canvasy(0), self.canvas.canvasy(self.canvas.winfo_height())
        if row * high < first:
            self.canvas.yview_moveto(row / rows)
        elif (row + 1) * high > last:
            self.canvas.yview_moveto(((row + 1) * high - self.canvas.winfo_height()) / rows / high)

    def _selection_changed(self) -> None:
        self._draw()
        self._on_select()

    def _scrolled(self, *words: Any) -> None:
        self.canvas.yview(*words)
        self._draw()

    def _wheel(self, step: int) -> None:
        high = self._theme.px(_CELL[1])
        if -(-len(self._cells) // self._columns) * high > self.canvas.winfo_height():
            self.canvas.yview_scroll(step, "units")
            self._draw()
