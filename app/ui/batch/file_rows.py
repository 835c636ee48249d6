"""The table of a batch's files: a thumbnail, the name and the answer of each, all or some kinds."""

from __future__ import annotations

import bisect
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _
from app.ui.dialogs.base import scroll
from app.ui.toolkit.follow import follow
from app.ui.toolkit.type_ahead import TypeAhead

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageTk import PhotoImage

    from app.ui.batch.batch import Batch
    from app.ui.batch.batch_reading import BatchReading
    from app.ui.theme.theme import Theme

ALL = "all"
_CHUNK = 500
"""Rows that are added at a time: ten thousand would block the window."""
_ROW, _SIDE = 46, 40
"""The height of a row and the side of a thumbnail, in pixels at 100 %."""
_MOST_PICTURES = 300
"""Thumbnails that are kept: those of rows out of sight are drawn again when they are needed."""
_STYLE = "Files.Treeview"


class FileRows(ttk.Frame):
    """A row for every file of the batch; only visible rows have their thumbnails drawn."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        batch: Batch,
        reading: BatchReading,
        filter_by: str,
        on_open: Callable[[], None],
    ) -> None:
        """`filter_by`: ALL or a kind of answers; `on_open` opens the chosen row's file."""
        super().__init__(parent, style="Edge.TFrame", padding=1)
        self._theme = theme
        self._batch = batch
        self._reading = reading
        self._filter = filter_by
        self._side = theme.px(_SIDE)
        self._count = 0
        """Rows that were added so far."""
        self.shown: list[int] = []
        """The indices of the files whose rows are shown, ascending."""
        self._pictures: dict[int, PhotoImage] = {}
        self._timer: str | None = None
        self._build(on_open)
        self.bind("<Destroy>", self._destroyed, add=True)
        follow(self, batch.answers.changed, self._show_answer)
        follow(self, reading.drawn, self._show_pictures)
        self._add_rows()

    def show_kind(self, filter_by: str) -> None:
        """Show ALL files, or those with one kind of answer."""
        self._filter = filter_by
        self.shown = [index for index in range(self._count) if self._is_wanted(index)]
        self.rows.set_children("", *map(str, self.shown))
        self.choose(self._batch.index)
        self._look_soon()

    def choose(self, index: int) -> None:
        """Choose a file's row, if it is shown."""
        if self._position(index) is not None:
            name = str(index)
            self.rows.selection_set(name)
            self.rows.focus(name)
            self.rows.see(name)

    @property
    def chosen(self) -> int | None:
        """The index of the chosen file."""
        return next((int(name) for name in self.rows.selection()), None)

    def _build(self, on_open: Callable[[], None]) -> None:
        px = self._theme.px
        style = ttk.Style(self)
        image: tuple[str, Any] = ("Treeitem.image", {"sticky": "w"})
        style.layout(f"{_STYLE}.Item", [("Treeitem.padding", {"children": [image]})])
        style.configure(_STYLE, rowheight=px(_ROW))
        self.rows = rows = ttk.Treeview(
            self,
            columns=("number", "name", "answer"),
            selectmode="browse",
            height=6,
            style=_STYLE,
        )
        rows.heading("name", text=_("File"), anchor="w")
        rows.heading("answer", text=_("Answer"), anchor="w")
        rows.column("#0", width=self._side + px(20), stretch=False)
        rows.column("number", width=px(64), anchor="e", stretch=False)
        rows.column("name", width=px(220))
        rows.column("answer", width=px(150), stretch=False)
        scroll(rows, self._look_soon)
        TypeAhead(rows, "name")
        rows.bind("<Return>", lambda _event: on_open())
        rows.bind("<Double-Button-1>", lambda event: self._double_clicked(event, on_open))
        rows.bind("<Home>", lambda _event: self._choose_end(0))
        rows.bind("<End>", lambda _event: self._choose_end(-1))

    def _add_rows(self) -> None:
        """Add the next chunk, and the others later."""
        if not self.winfo_exists():  # closed or built again meanwhile
            return
        batch, first = self._batch, self._count
        self._count = min(first + _CHUNK, len(batch.paths))
        for index in range(first, self._count):
            values = (f"{index + 1:,}", batch.relative_name(index), batch.answers.text(index))
            self.rows.insert("", "end", iid=str(index), values=values)
            if self._is_wanted(index):
                self.shown.append(index)
            else:
                self.rows.detach(str(index))
        if first == 0 or first <= batch.index < self._count:
            self.choose(batch.index)
        if self._count < len(batch.paths):
            self.after(1, self._add_rows)

    def _is_wanted(self, index: int) -> bool:
        return self._filter in (ALL, self._batch.answers.kind(index))

    def _position(self, index: int) -> int | None:
        """Return where a file's row is among those that are shown; None if it is not."""
        place = bisect.bisect_left(self.shown, index)
        return place if self.shown[place : place + 1] == [index] else None

    def _show_answer(self, index: int) -> None:
        if index >= self._count:
            return
        name, place = str(index), self._position(index)
        self.rows.set(name, "answer", self._batch.answers.text(index))
        if place is None and self._is_wanted(index):
            bisect.insort(self.shown, index)
            self.rows.move(name, "", bisect.bisect_left(self.shown, index))
            self._look_soon()
        elif place is not None and not self._is_wanted(index):
            del self.shown[place]
            self.rows.detach(name)

    def _choose_end(self, place: int) -> str:
        if self.shown:
            self.choose(self.shown[place])
        return "break"

    def _double_clicked(self, event: tk.Event[Any], on_open: Callable[[], None]) -> None:
        if self.rows.identify_row(event.y):  # not the heading
            on_open()

    # Thumbnails

    def _look_soon(self) -> None:
        """Ask for the thumbnails of the visible rows, once for all events until then."""
        if self._timer is None:
            self._timer = self.after(20, self._look)

    def _look(self) -> None:
        self._timer = None
        step = max(self._theme.px(_ROW) // 2, 1)
        names = {self.rows.identify_row(y) for y in range(0, self.rows.winfo_height(), step)}
        missing = sorted({int(name) for name in names if name} - self._pictures.keys())
        broken = self._batch.answers.cannot_be_opened
        if missing := [index for index in missing if not broken(index)]:
            self._reading.want_thumbnails(missing, self._side)

    def _show_pictures(self, pictures: dict[int, Image]) -> None:
        from PIL import ImageTk

        for index, picture in pictures.items():
            if index < self._count and picture.width == self._side:
                self._pictures[index] = photo = ImageTk.PhotoImage(picture, master=self)
                self.rows.item(str(index), image=str(photo))
        for index in list(self._pictures)[:-_MOST_PICTURES]:
            self.rows.item(str(index), image="")
            del self._pictures[index]

    def _destroyed(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            if self._timer is not None:
                self.after_cancel(self._timer)
            # Freed while Tk lives and on its thread: any other aborts the process.
            self._pictures.clear()
