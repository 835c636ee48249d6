"""Owns the window "My samples": what the user taught, by label; relabel, delete, import, export."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.samples.import_export import SamplesFiles
from app.ui.samples.thumbnail_grid import Cell, ThumbnailGrid
from app.ui.theme.theme import Theme
from app.ui.toolkit.window_geometry import size

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.ui.main_window import MainWindow

_ALL = "all"
_LABELS = (*"0123456789", "")
_SIZE = (760, 560)


class SamplesWindow:
    """The samples as thumbnails; the recogniser's thread does what is done to them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._theme: Theme = window.theme
        self._kept: dict[str, StoredSample] = {}
        self._undo: list[tuple[str, list[StoredSample], list[str]]] = []
        """What can be undone: its name, samples to restore, and names to forget."""
        self._buttons: list[ttk.Button] = []
        """Those that need something to work on: open, delete, undo, export."""
        self.top = tk.Toplevel(window.root)
        size(self.top, (self._theme.px(_SIZE[0]), self._theme.px(_SIZE[1])))
        self.top.minsize(self._theme.px(560), self._theme.px(320))
        self.filter = tk.StringVar(self.top, _ALL)
        self._build()
        self._bind()
        self.apply_theme()
        self.refresh()

    @property
    def exists(self) -> bool:
        """Whether the window is still open."""
        return bool(self.top.winfo_exists())

    @property
    def status(self) -> str:
        """The sentence below the thumbnails."""
        return str(self._status.cget("text"))

    def to_front(self) -> None:
        """Bring the window before all others."""
        self.top.deiconify()
        self.top.lift()
        self.grid.canvas.focus_set()

    def refresh(self) -> None:
        """Read all samples anew and show them."""

        def done(kept: list[StoredSample]) -> None:
            if not self.exists:
                return
            self._kept = {one.name: one for one in reversed(kept)}  # the newest first
            self._show()

        self._window.do(lambda recogniser: recogniser.stored_samples(), done, self._failed)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.top.configure(background=self._theme.palette.ground)
        self.grid.apply_theme()

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now; what is selected stays so."""
        before = self.grid
        for child in self.top.winfo_children():
            child.destroy()
        self._build()
        self._bind()
        self.grid.take_over(before)
        self._show()
        self._tell_selection()

    # Building

    def _build(self) -> None:
        px = self._theme.px
        self.top.title(_("My samples"))
        frame = ttk.Frame(self.top, padding=px(12))
        frame.pack(fill="both", expand=True)
        self._filters = ttk.Frame(frame)
        self._filters.pack(fill="x", pady=(0, px(10)))
        buttons = ttk.Frame(frame)
        buttons.pack(side="bottom", fill="x", pady=(px(10), 0))
        self._status = ttk.Label(frame, style="Muted.TLabel")
        self._status.pack(side="bottom", fill="x", pady=(px(8), 0))
        self.grid = ThumbnailGrid(frame, self._theme, self._draw_pictures, self._tell_selection)
        self.grid.pack(fill="both", expand=True)
        buttons.lift()  # Tab goes through them last
        files = SamplesFiles(self._window, self.top, self._told, self._failed, self.refresh)
        self.files = files
        gap = px(6)
        self._buttons = []
        for text, command in (
            (_("Open as Drawing"), self.open_selected),
            (_("Delete"), self.delete),
            (_("Undo"), self.undo),
        ):
            button = ttk.Button(buttons, text=text, command=command)
            button.pack(side="left", padx=(0, gap))
            self._buttons.append(button)
        right = ttk.Frame(buttons)  # made from left to right, as Tab goes through them
        right.pack(side="right")
        for text, command in (
            (_("Open Folder"), self._window.samples.open_folder),
            (_("Import…"), files.ask_import),
            (_("Export…"), lambda: files.ask_export(self._chosen())),
        ):
            button = ttk.Button(right, text=text, command=command)
            button.pack(side="left", padx=(gap, 0))
        self._buttons.append(button)

    def _bind(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "<Delete>": self.delete,
            "<Control-a>": self.grid.select_all,
            "<Control-z>": self.undo,
            "<Return>": self.open_selected,
            "<Escape>": self.top.destroy,
            "<Key-n>": partial(self.relabel, ""),
        }
        for digit in "0123456789":
            keys[f"<Key-{digit}>"] = partial(self.relabel, digit)
            keys[f"<KP_{digit}>"] = partial(self.relabel, digit)
        for sequence, command in keys.items():
            self.top.bind(sequence, lambda _event, command=command: command())  # type: ignore[misc]
        self.grid.canvas.bind("<Double-Button-1>", lambda _event: self.open_selected())

    # What the user does

    def relabel(self, label: str) -> None:
        """Say what the selected samples are."""
        before = [self._kept[name] for name in self.grid.selected]
        after = [replace(one, sample=replace(one.sample, label=label)) for one in before]
        if before:
            said = _("{count} relabelled. Undo brings the old labels back.")
            self._change(said.format(count=len(after)), after, [], (before, []))

    def delete(self) -> None:
        """Delete the selected samples; they can be brought back while the window is open."""
        gone = [self._kept[name] for name in self.grid.selected]
        if gone:
            said = _("{count} deleted. Undo brings them back.").format(count=len(gone))
            self._change(said, [], [one.name for one in gone], (gone, []))

    def undo(self) -> None:
        """Take the last relabelling, deletion or import back."""
        if not self._undo:
            self._told(_("There is nothing to undo."))
            return
        said, restore, forget = self._undo.pop()
        self._change(_("Undone: {what}").format(what=said), restore, forget, None)

    def open_selected(self) -> None:
        """Open the first selected sample as the drawing."""
        for name in self.grid.selected[:1]:
            content = self._kept[name].sample.content
            self._window.files.leave(partial(self._open, content))

    def _open(self, content: Content) -> None:
        self._window.open_content(content)
        self._window.files.keeps(content)  # among the samples

    def _change(
        self,
        said: str,
        restore: list[StoredSample],
        forget: list[str],
        undo: tuple[list[StoredSample], list[str]] | None,
    ) -> None:
        """Store and forget samples on the recogniser's thread, then show what is there."""

        def work(recogniser: PersonalRecogniser) -> None:
            for kept in restore:
                recogniser.restore(kept)
            for name in forget:
                recogniser.remove(name)

        def done(_nothing: None) -> None:
            if undo is not None:
                self._undo.append((said, *undo))
            self._told(said)
            self.refresh()
            self._window.ask_again()

        self._window.do(work, done, self._failed)

    # Showing

    def _chosen(self) -> list[StoredSample]:
        """Return the selected samples, or all that are shown if none is, oldest first."""
        names = self.grid.selected or [cell.name for cell in self._cells()]
        return [self._kept[name] for name in reversed(names)]

    def _cells(self) -> list[Cell]:
        wanted = self.filter.get()
        return [
            Cell(name, _caption(kept))
            for name, kept in self._kept.items()
            if wanted in (_ALL, kept.sample.label)
        ]

    def _show(self) -> None:
        labels = [kept.sample.label for kept in self._kept.values()]
        for child in self._filters.winfo_children():
            child.destroy()
        choices = [(_("All"), len(labels), _ALL)]
        choices += [(label or _("None"), labels.count(label), label) for label in _LABELS]
        for name, count, value in choices:
            ttk.Radiobutton(
                self._filters,
                text=f"{name} ({count:,})",
                value=value,
                variable=self.filter,
                style="Filter.Toolbutton",
                command=self._fill,
            ).pack(side="left", padx=(0, self._theme.px(2)))
        self._fill()

    def _fill(self) -> None:
        cells = self._cells()
        nothing = _("Nothing yet. When an answer is wrong, press the right digit: it is kept here.")
        self.grid.fill(cells, "" if self._kept else nothing)
        self._allow()

    def _allow(self) -> None:
        """Let the buttons be pressed that have something to do."""
        chosen, shown = bool(self.grid.selected), bool(self._cells())
        able = (chosen, chosen, bool(self._undo), shown)
        for button, is_able in zip(self._buttons, able, strict=True):
            button.state(["!disabled" if is_able else "disabled"])

    def _draw_pictures(self, names: list[str]) -> None:
        """Have the thumbnails drawn on the recogniser's thread."""
        contents = {name: self._kept[name].sample.content for name in names}
        side = self.grid.picture_side

        def work(_recogniser: PersonalRecogniser) -> dict[str, Image]:
            from app.ink.renderer import render_thumbnail

            return {name: render_thumbnail(content, side) for name, content in contents.items()}

        def done(pictures: dict[str, Image]) -> None:
            if self.exists:
                self.grid.show(pictures)

        self._window.do(work, done, self._failed)

    def _tell_selection(self) -> None:
        self._allow()
        count = len(self.grid.selected)
        if count:
            self._told(
                _(
                    "{count} selected: press a digit to relabel, N for none, Delete to delete."
                ).format(count=count)
            )
        else:
            self._told("")

    def _told(self, sentence: str) -> None:
        if self.exists:
            self._status.configure(text=sentence, style="Muted.TLabel")

    def _failed(self, problem: str) -> None:
        if self.exists:
            self._status.configure(text=problem, style="Problem.TLabel")


def _caption(kept: StoredSample) -> str:
    """Return what stands below a sample: its label, and what was answered where that differs."""
    label = kept.sample.label or _("none")
    if kept.sample.predicted == kept.sample.label or not kept.sample.model:
        return label
    return _("{label} (was {predicted})").format(
        label=label, predicted=kept.sample.predicted or _("none")
    )
