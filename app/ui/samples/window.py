"""The window "My samples": the user's samples by label; relabel, delete, import, export."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.recognition.alphabet import ALPHABETS
from app.storage.settings import DIGITS
from app.ui.dialogs.base import Dialog
from app.ui.menu.action import Action, Item, Menu
from app.ui.menu.context_menu import ContextMenu
from app.ui.menu.drawing_commands import label_items
from app.ui.menu.key_bindings import is_plain, modifier
from app.ui.samples.editor import SampleEditor
from app.ui.samples.import_export import SampleFiles
from app.ui.samples.label_filter import ALL, NO_LABEL, LabelFilter, how_to_begin
from app.ui.samples.thumbnail_grid import Cell, ThumbnailGrid
from app.ui.status import Status
from app.ui.toolkit.follow import follow
from app.ui.toolkit.status_bar import StatusBar

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.ink.drawing import Content
    from app.recognition.personal_recogniser import PersonalRecogniser, StoredSample
    from app.storage.settings import Settings
    from app.ui.dialogs.progress import Tasks
    from app.ui.document.document import Document
    from app.ui.document.file_operations import FileOperations
    from app.ui.preferences import Preferences
    from app.ui.samples.library import SampleLibrary
    from app.ui.theme.theme import Theme

_NO_DIGIT = ""
_SIZE = (760, 560)
_MIN_SIZE = (560, 320)


class SamplesWindow(Dialog):
    """The samples as thumbnails, and what can be done to those that are selected."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        samples: SampleLibrary,
        document: Document,
        files: FileOperations,
        tasks: Tasks,
        preferences: Preferences,
        open_folder: Callable[[], None],
    ) -> None:
        self._samples = samples
        self._preferences = preferences
        self._document = document
        self._file_operations = files
        self._tasks = tasks
        self._open_folder = open_folder
        self._stored: dict[str, StoredSample] = {}
        """The samples by their names, newest first."""
        self.status = Status()
        self._editor = SampleEditor(samples=samples, status=self.status)
        self.filter = tk.StringVar(root, ALL)
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE, padding=12)
        self._bind_keys()
        self.grid.canvas.focus_set()
        follow(self.top, samples.changed, self.refresh)
        follow(self.top, preferences.changed, self._preferences_changed)
        self.refresh()

    def to_front(self) -> None:
        """Bring the window to the front, with the focus on the thumbnails."""
        super().to_front()
        self.grid.canvas.focus_set()

    def refresh(self) -> None:
        """Read all samples again and show them."""

        def done(stored: list[StoredSample]) -> None:
            if self.exists:
                shown = (one for one in reversed(stored) if one.sample.alphabet == self._alphabet)
                self._stored = {one.name: one for one in shown}
                self._show_samples()

        self._samples.all(done, self.status.show_problem)

    def rebuild(self) -> None:
        """Build the content again; what is selected stays selected."""
        before = self.grid
        super().rebuild()
        self.grid.copy_state(before)
        self._show_samples()
        self._selection_changed()

    # Building

    def build(self) -> None:
        """Build the filter, the thumbnails, the status and the buttons."""
        px = self.theme.px
        self.top.title(_("My samples"))
        self._filter = LabelFilter(self.frame, self.theme, self.filter, self._fill_grid)
        self._filter.pack(fill="x", pady=(0, px(10)))
        buttons = ttk.Frame(self.frame)
        buttons.pack(side="bottom", fill="x", pady=(px(10), 0))
        bar = StatusBar(self.frame, theme=self.theme, status=self.status, style="Muted.TLabel")
        bar.pack(side="bottom", fill="x", pady=(px(8), 0))
        self.grid = ThumbnailGrid(
            self.frame, self.theme, self._draw_pictures, self._selection_changed
        )
        self.grid.pack(fill="both", expand=True)
        self.grid.canvas.bind("<Double-Button-1>", lambda _event: self.open_selected())
        self.menu = ContextMenu(
            self.grid.canvas, self.theme, self._menu_items, choose=self.grid.select_at
        )
        buttons.lift()  # the last in the order of Tab
        self.files = SampleFiles(
            self.top,
            samples=self._samples,
            tasks=self._tasks,
            status=self.status,
        )
        self._build_buttons(buttons)

    def _build_buttons(self, frame: ttk.Frame) -> None:
        gap = self.theme.px(6)
        right = ttk.Frame(frame)

        def button(parent: ttk.Frame, text: str, command: Callable[[], None]) -> ttk.Button:
            made = ttk.Button(parent, text=text, command=command)
            made.pack(side="left", padx=(gap, 0) if parent is right else (0, gap))
            return made

        self._open_button = button(frame, _("Open as Drawing"), self.open_selected)
        self._delete_button = button(frame, _("Delete"), self.delete)
        self._undo_button = button(frame, _("Undo"), self._editor.undo)
        right.pack(side="right")
        right.lift()  # Tab follows the order on the screen
        button(right, _("Open Folder"), self._open_folder)
        button(right, _("Import…"), self.files.ask_import)
        self._export_button = button(
            right, _("Export…"), lambda: self.files.ask_export(self._to_export())
        )

    def _bind_keys(self) -> None:
        mod, _bit = modifier(self.top)
        keys: dict[str, Callable[[], None]] = {
            "<Delete>": self.delete,
            f"<{mod}-a>": lambda: self.grid.select_all(),
            f"<{mod}-z>": self._editor.undo,
            "<Return>": self.open_selected,
            "<F7>": partial(self.relabel, _NO_DIGIT),
        }
        for sequence, command in keys.items():
            self.top.bind(sequence, lambda _event, command=command: command())  # type: ignore[misc]
        self.top.bind("<Key>", self._typed)

    def _typed(self, event: tk.Event[tk.Misc]) -> None:
        """Give the selected samples the label that was typed; N is none where it is no label."""
        if is_plain(event) and self._has_label(event.char):
            self.relabel(event.char)
        elif is_plain(event) and event.char.lower() == "n":
            self.relabel(_NO_DIGIT)

    def _has_label(self, label: str) -> bool:
        """Return whether samples of the present alphabet can have a label."""
        alphabet = ALPHABETS.get(self._alphabet)
        return alphabet is not None and label in alphabet.labels

    def _menu_items(self) -> list[Item]:
        """Return what can be done to the selected samples."""
        if not self.grid.selected:
            return []

        def labels() -> list[Item]:
            return label_items(self._alphabet, self.relabel)

        return [
            Action(_("Open as Drawing"), self.open_selected),
            Menu(_("This Drawing Is"), labels),
            Action(_("Export…"), lambda: self.files.ask_export(self._to_export())),
            None,
            Action(_("Delete"), self.delete, ("Delete",)),
        ]

    # Commands

    def relabel(self, label: str) -> None:
        """Give the selected samples another label, "" for no digit; without any go to its first."""
        if self._selected:
            self._editor.relabel(self._selected, label)
            return
        wanted = (
            cell.name for cell in self._cells() if self._stored[cell.name].sample.label == label
        )
        if name := next(wanted, None):
            self.grid.go_to(name)

    def delete(self) -> None:
        """Delete the selected samples; undo restores them while the window is open."""
        self._editor.delete(self._selected)

    def open_selected(self) -> None:
        """Open the first selected sample as the drawing."""
        if selected := self._selected:
            self._file_operations.leave(partial(self._open, selected[0].sample.content))

    def _open(self, content: Content) -> None:
        self._document.replace(content)
        self._document.mark_saved(content)  # it is stored among the samples

    # Showing

    @property
    def _alphabet(self) -> str:
        return self._preferences.settings.alphabet

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.alphabet != after.alphabet:
            self.filter.set(ALL)
            self.refresh()

    @property
    def _selected(self) -> list[StoredSample]:
        return [self._stored[name] for name in self.grid.selected]

    def _to_export(self) -> list[StoredSample]:
        """Return the selected samples, or all that are shown if none is, oldest first."""
        stored = self._selected or [self._stored[cell.name] for cell in self._cells()]
        return stored[::-1]

    def _cells(self) -> list[Cell]:
        wanted = self.filter.get()
        return [
            Cell(name, _caption(stored))
            for name, stored in self._stored.items()
            if wanted in (ALL, stored.sample.label)
        ]

    def _show_samples(self) -> None:
        labels = [stored.sample.label for stored in self._stored.values()]
        self._filter.show(labels, self._alphabet)
        self._fill_grid()

    def _fill_grid(self) -> None:
        empty = "" if self._stored else how_to_begin(self._alphabet)
        self.grid.fill(self._cells(), empty_text=empty)
        self._enable_buttons()

    def _enable_buttons(self) -> None:
        """Enable the buttons that have something to work on."""
        has_selection = bool(self.grid.selected)
        for button, enabled in (
            (self._open_button, has_selection),
            (self._delete_button, has_selection),
            (self._undo_button, self._editor.can_undo),
            (self._export_button, bool(self._cells())),
        ):
            button.state(["!disabled" if enabled else "disabled"])

    def _draw_pictures(self, names: list[str]) -> None:
        """Draw the thumbnails on the recogniser's thread, and show them."""
        contents = {name: self._stored[name].sample.content for name in names}
        side = self.grid.picture_side

        def job(_recogniser: PersonalRecogniser) -> dict[str, Image]:
            from app.ink.renderer import render_thumbnail

            return {name: render_thumbnail(content, side) for name, content in contents.items()}

        def done(pictures: dict[str, Image]) -> None:
            if self.exists:
                self.grid.show(pictures)

        self._samples.read(job, done, self.status.show_problem)

    def _selection_changed(self) -> None:
        self._enable_buttons()
        count = len(self.grid.selected)
        text = _("{count} selected: press a digit to relabel, N for none, Delete to delete.")
        if self._alphabet != DIGITS:
            text = _("{count} selected: type a label to relabel, F7 for none, Delete to delete.")
        self.status.show(text.format(count=count) if count else "")


def _caption(stored: StoredSample) -> str:
    """Return the text below a sample: its label, and what was answered where that differs."""
    sample = stored.sample
    none = _("none") if sample.alphabet == DIGITS else NO_LABEL
    label = sample.label or none
    if sample.predicted == sample.label or not sample.model:
        return label
    return _("{label} (was {predicted})").format(label=label, predicted=sample.predicted or none)
