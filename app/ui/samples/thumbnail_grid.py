"""A scrolled grid of thumbnails with captions, and the selection among them.

Only visible cells exist as canvas items, and pictures are requested when their cells become
visible: the number of cells is not limited.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ui.menu.key_bindings import modifier
from app.ui.theme.theme import FONT_SMALL, FONT_TEXT, Theme
from app.ui.toolkit.display_name import fitted_name
from app.ui.toolkit.follow import follow

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

    Event = tk.Event[Any]

_CELL_WIDTH, _CELL_HEIGHT = 96, 118
_PICTURE_SIDE = 80
"""Pixels at 100 %."""
_SHIFT = 0x1


@dataclass(frozen=True)
class Cell:
    """The name of a cell's picture, and the text below it."""

    name: str
    caption: str


class ThumbnailGrid(ttk.Frame):
    """The grid and its scroll bar; cells are selected by mouse and keyboard."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        request_pictures: Callable[[list[str]], None],
        on_select: Callable[[], None],
    ) -> None:
        """`request_pictures` gets names of visible cells without a picture: `show` sets them."""
        super().__init__(parent, padding=theme.px(1), style="Edge.TFrame")
        self._theme = theme
        self._request_pictures = request_pictures
        self._on_select = on_select
        _name, self._modifier = modifier(self)
        self._cells: list[Cell] = []
        self.empty_text = ""
        """What is shown while there are no cells."""
        self._pictures: dict[str, PhotoImage] = {}
        self._requested: set[str] = set()
        self._selected: set[str] = set()
        self._requested_side = self.picture_side
        """The side of the requested pictures, in pixels."""
        self._cursor = 0
        """The index of the cell from which the keyboard moves."""
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True)
        bar = ttk.Scrollbar(self, orient="vertical", command=self._scroll)
        self.canvas.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self._bind_keys()
        follow(self, theme.palette_changed, self.apply_theme)
        self.apply_theme()

    @property
    def picture_side(self) -> int:
        """The side of a cell's picture in pixels."""
        return self._theme.px(_PICTURE_SIDE)

    @property
    def selected(self) -> list[str]:
        """The names of the selected cells, in the grid's order."""
        return [cell.name for cell in self._cells if cell.name in self._selected]

    def fill(self, cells: Sequence[Cell], empty_text: str = "") -> None:
        """Show these cells, or `empty_text` if there are none.

        Cells that were selected stay selected.
        """
        self._cells = list(cells)
        self.empty_text = empty_text
        names = {cell.name for cell in cells}
        self._selected &= names
        self._pictures = {k: v for k, v in self._pictures.items() if k in names}
        self._requested &= set(self._pictures)
        self._cursor = min(self._cursor, max(len(cells) - 1, 0))
        self._draw()

    def copy_state(self, other: ThumbnailGrid) -> None:
        """Copy the pictures and the selection of the grid that was here before."""
        if other._requested_side == self._requested_side:
            self._pictures, self._requested = other._pictures, other._requested
        self._selected, self._cursor = other._selected, other._cursor

    def show(self, pictures: dict[str, Image]) -> None:
        """Show requested pictures, by name."""
        from PIL import ImageTk

        for name, picture in pictures.items():
            self._pictures[name] = ImageTk.PhotoImage(picture, master=self.canvas)
        self._draw()

    def select(self, names: Collection[str]) -> None:
        """Select these cells, and no others; the first of them is scrolled to."""
        self._selected = {cell.name for cell in self._cells if cell.name in names}
        if selected := self.selected:
            self._cursor = [cell.name for cell in self._cells].index(selected[0])
            self._scroll_to_row(self._cursor // self._columns)
        self._selection_changed()

    def select_all(self) -> None:
        """Select every cell."""
        self._selected = {cell.name for cell in self._cells}
        self._selection_changed()

    def go_to(self, name: str) -> None:
        """Scroll to a cell; the keyboard moves on from it."""
        self._cursor = [cell.name for cell in self._cells].index(name)
        self._scroll_to_row(self._cursor // self._columns)
        self._draw()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.canvas.configure(background=self._theme.palette.ground)
        self._draw()

    def _bind_keys(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _event: self._draw())
        canvas.bind("<Button-1>", self._click)
        canvas.bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        canvas.bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))
        canvas.bind("<MouseWheel>", lambda event: self._wheel(-1 if event.delta > 0 else 1))
        canvas.bind("<Button-4>", lambda _event: self._wheel(-1))
        canvas.bind("<Button-5>", lambda _event: self._wheel(1))
        for key, step in (("Left", (-1, 0)), ("Right", (1, 0)), ("Up", (0, -1)), ("Down", (0, 1))):
            canvas.bind(f"<{key}>", lambda _event, step=step: self._move(*step))  # type: ignore[misc]

    @property
    def _columns(self) -> int:
        return max(self.canvas.winfo_width() // self._theme.px(_CELL_WIDTH), 1)

    @property
    def _cell_width(self) -> float:
        """The width of a cell in pixels: the cells of a row share the whole width."""
        return max(self.canvas.winfo_width() / self._columns, self._theme.px(_CELL_WIDTH))

    def _draw(self) -> None:
        canvas, px = self.canvas, self._theme.px
        cell_width, cell_height = self._cell_width, px(_CELL_HEIGHT)
        columns = self._columns
        rows = -(-len(self._cells) // columns)
        canvas.configure(
            scrollregion=(0, 0, round(columns * cell_width), max(rows * cell_height, 1))
        )
        canvas.delete("all")
        if not self._cells:
            self._draw_empty_text()
        top = int(canvas.canvasy(0)) // cell_height
        bottom = int(canvas.canvasy(canvas.winfo_height())) // cell_height + 1
        visible = range(max(top, 0) * columns, min(bottom * columns, len(self._cells)))
        for index in visible:
            middle = round((index % columns + 0.5) * cell_width)
            self._draw_cell(self._cells[index], middle, index // columns * cell_height)
        missing = [name for i in visible if (name := self._cells[i].name) not in self._requested]
        if missing:
            self._requested.update(missing)
            self._request_pictures(missing)

    def _draw_empty_text(self) -> None:
        canvas, room = self.canvas, self._theme.px(24)
        canvas.create_text(
            canvas.winfo_width() // 2,
            canvas.winfo_height() // 2,
            text=self.empty_text,
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
            text=fitted_name(cell.caption, self._cell_width - px(8), self._measure),
            anchor="n",
            font=FONT_SMALL,
            fill=palette.text if selected else palette.muted,
        )

    def _measure(self, text: str) -> int:
        return int(self.tk.call("font", "measure", FONT_SMALL, text))

    def select_at(self, x: int, y: int) -> None:
        """Select the cell at a place, in pixels, unless it is among the selected ones."""
        index = self._index_at(x, y)
        if index is not None and self._cells[index].name not in self._selected:
            self._selected, self._cursor = {self._cells[index].name}, index
            self._selection_changed()

    def _index_at(self, x: int, y: int) -> int | None:
        column = int(self.canvas.canvasx(x) / self._cell_width)
        row = int(self.canvas.canvasy(y)) // self._theme.px(_CELL_HEIGHT)
        index = row * self._columns + column
        is_cell = column < self._columns and 0 <= index < len(self._cells)
        return index if is_cell else None

    def _click(self, event: Event) -> None:
        self.canvas.focus_set()
        index = self._index_at(event.x, event.y)
        if index is None:
            self._selected = set()
            self._selection_changed()
            return
        name, state = self._cells[index].name, int(event.state)
        if state & _SHIFT:
            low, high = sorted((self._cursor, index))
            self._selected |= {cell.name for cell in self._cells[low : high + 1]}
        elif state & self._modifier:
            self._selected ^= {name}
        else:
            self._selected = {name}
        self._cursor = index
        self._selection_changed()

    def _move(self, right: int, down: int) -> str:
        if self._cells:
            index = self._cursor + right + down * self._columns
            self._cursor = min(max(index, 0), len(self._cells) - 1)
            self._selected = {self._cells[self._cursor].name}
            self._scroll_to_row(self._cursor // self._columns)
            self._selection_changed()
        return "break"

    def _scroll_to_row(self, row: int) -> None:
        """Scroll until a row is visible."""
        cell_height = self._theme.px(_CELL_HEIGHT)
        rows = -(-len(self._cells) // self._columns)
        first, last = self.canvas.canvasy(0), self.canvas.canvasy(self.canvas.winfo_height())
        if row * cell_height < first:
            self.canvas.yview_moveto(row / rows)
        elif (row + 1) * cell_height > last:
            self.canvas.yview_moveto(
                ((row + 1) * cell_height - self.canvas.winfo_height()) / rows / cell_height
            )

    def _selection_changed(self) -> None:
        self._draw()
        self._on_select()

    def _scroll(self, *args: Any) -> None:
        self.canvas.yview(*args)
        self._draw()

    def _wheel(self, step: int) -> None:
        cell_height = self._theme.px(_CELL_HEIGHT)
        if -(-len(self._cells) // self._columns) * cell_height > self.canvas.winfo_height():
            self.canvas.yview_scroll(step, "units")
            self._draw()
