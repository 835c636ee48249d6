"""The window "My symbols": all of them, and one with its name, its text and its drawings."""

from __future__ import annotations

from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.prompts import choose
from app.ui.menu.key_bindings import modifier
from app.ui.samples.thumbnail_grid import Cell, ThumbnailGrid
from app.ui.status import Status
from app.ui.symbols.details import SymbolDetails, caption
from app.ui.symbols.editor import SymbolEditor
from app.ui.symbols.import_export import SymbolFiles
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.toolkit.follow import follow
from app.ui.toolkit.status_bar import StatusBar

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable, Mapping, Sequence

    from PIL.Image import Image

    from app.ink.drawing import Content
    from app.symbols.own import OwnSymbols
    from app.symbols.symbol import Symbol, SymbolDrawing
    from app.ui.dialogs.progress import Tasks
    from app.ui.document.document import Document
    from app.ui.recognition_client import RecognitionClient
    from app.ui.symbols.library import SymbolLibrary
    from app.ui.theme.theme import Theme

_SIZE = (860, 700)
_MIN_SIZE = (720, 560)
_DETAILS_WIDTH = 312


class SymbolsWindow(Dialog):
    """The symbols as thumbnails on the left, the selected one on the right."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        symbols: SymbolLibrary,
        recognition: RecognitionClient,
        document: Document,
        tasks: Tasks,
    ) -> None:
        self._symbols = symbols
        self._recognition = recognition
        self._document = document
        self._tasks = tasks
        self._by_name: dict[str, Symbol] = {}
        """The symbols, the oldest first."""
        self._harmful: frozenset[str] = frozenset()
        self._wanted = ""
        """The name of the symbol to select once it is read."""
        self.status = Status()
        self._editor = SymbolEditor(symbols=symbols, status=self.status)
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE, padding=12)
        self.details.name_field.focus_set()
        follow(self.top, symbols.changed, self.refresh)
        follow(self.top, recognition.answered, lambda _answer: self._show_drawings())
        self.refresh()

    def refresh(self) -> None:
        """Read all symbols again and show them; then find the drawings that do harm."""

        def read(found: list[Symbol]) -> None:
            if self.exists:
                self._by_name = {symbol.name: symbol for symbol in found}
                self._show_symbols()
                self._symbols.check(checked, self.status.show_problem)

        def checked(harmful: frozenset[str]) -> None:
            if self.exists and harmful != self._harmful:
                self._harmful = harmful
                self._show_symbols()

        self._symbols.all(read, self.status.show_problem)

    def rebuild(self) -> None:
        """Build the content again; what is selected, typed and drawn stays."""
        before, shown = self.grid, self.details
        super().rebuild()
        self.grid.copy_state(before)
        self.details.symbol = shown.symbol
        self.details.copy_state(shown)
        self._show_symbols()

    def escape(self) -> None:
        """Close the window; ask before, if there is a drawing that was not added."""
        question = _("Close the window without adding the drawing?")
        ways = {"close": _("Close Without It")}
        has_ink = bool(self.details.pad.strokes)
        if not has_ink or choose(self.top, self.theme, question, ways, destroys=True):
            self.close()

    def show(self, name: str) -> None:
        """Show a symbol's name, text and drawings, as soon as it is read."""
        if name in self._by_name:
            self.grid.select((_cell_name(self._by_name[name]),))
        else:
            self._wanted = name

    # Building

    def build(self) -> None:
        """Build the symbols with their buttons, the details and the status."""
        px = self.theme.px
        self.top.title(_("My symbols"))
        frame = self.frame
        frame.columnconfigure(0, weight=1)
        frame.columnconfigure(1, minsize=px(_DETAILS_WIDTH))
        frame.rowconfigure(0, weight=1)
        self.grid = ThumbnailGrid(frame, self.theme, self._draw_first, self._selection_changed)
        self.grid.grid(row=0, column=0, sticky="nsew")
        self._harm = WrappedLabel(frame, self.theme, style="Problem.TLabel")
        self._harm.grid(row=1, column=0, sticky="ew", pady=(px(6), 0))
        buttons = ttk.Frame(frame)
        buttons.grid(row=2, column=0, sticky="ew", pady=(px(10), 0))
        self.files = SymbolFiles(
            self.top, symbols=self._symbols, tasks=self._tasks, status=self.status
        )
        self._build_buttons(buttons)
        self.details = SymbolDetails(
            frame,
            theme=self.theme,
            add=lambda: self.add(self.details.pad.content),
            add_from_canvas=lambda: self.add(self._document.content),
            apply=self.apply,
            delete=self.delete_drawings,
            draw=self._draw_drawings,
            edited=self.status.forget_problem,
        )
        self.details.grid(row=0, column=1, rowspan=3, sticky="nsew", padx=(px(16), 0))
        bar = StatusBar(frame, theme=self.theme, status=self.status, style="Muted.TLabel")
        bar.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self._bind_keys()

    def _build_buttons(self, frame: ttk.Frame) -> None:
        gap = self.theme.px(6)
        right = ttk.Frame(frame)

        def button(parent: ttk.Frame, text: str, command: Callable[[], None]) -> ttk.Button:
            made = ttk.Button(parent, text=text, command=command)
            made.pack(side="left", padx=(gap, 0) if parent is right else (0, gap))
            return made

        button(frame, _("New"), self.begin_new)
        self._delete_button = button(frame, _("Delete"), self.delete)
        self._undo_button = button(frame, _("Undo"), self._editor.undo)
        right.pack(side="right")
        right.lift()  # Tab follows the order on the screen
        button(right, _("Import…"), self.files.ask_import)
        button(right, _("Folder…"), self.files.ask_import_folder)
        self._export_button = button(
            right, _("Export…"), lambda: self.files.ask_export(self._to_export())
        )

    def _bind_keys(self) -> None:
        mod, _bit = modifier(self.top)
        self.grid.canvas.bind("<Delete>", lambda _event: self.delete())
        self.grid.canvas.bind(f"<{mod}-a>", lambda _event: self.grid.select_all())
        for canvas in (self.grid.canvas, self.details.drawings.canvas):
            canvas.bind(f"<{mod}-z>", lambda _event: self._editor.undo())
        self.details.pad.canvas.bind(f"<{mod}-z>", lambda _event: self.details.pad.undo())

    # Commands

    def begin_new(self) -> None:
        """Empty the fields for a new symbol."""
        self.grid.select(())
        self.details.name_field.focus_set()

    def add(self, content: Content) -> None:
        """Add a drawing to the symbol that is shown, or make a new one of it."""
        details = self.details
        is_new = details.symbol is None
        name = details.name.get() if details.symbol is None else details.symbol.name
        if is_new and name.strip() in self._by_name:
            wrong = _("There is a symbol called {name} already: choose another name.")
            self.status.show_problem(wrong.format(name=name.strip()))
            return

        def done(name: str) -> None:
            if self.exists:
                self._wanted = name
                if content.strokes == self.details.pad.content.strokes:
                    self.details.pad.clear()

        self._editor.add(name, details.text.get() if is_new else None, [content], done)

    def apply(self) -> None:
        """Give the symbol that is shown the name and the text in the fields."""
        details = self.details
        if details.symbol is not None and details.is_changed:
            self._editor.rename(details.symbol, details.name.get(), details.text.get(), self._want)

    def delete(self) -> None:
        """Delete the selected symbols; undo brings them back while the window is open."""
        if selected := self._selected:
            self._editor.delete(selected)

    def delete_drawings(self) -> None:
        """Delete the selected drawings of the symbol that is shown."""
        symbol, keys = self.details.symbol, self.details.drawings.selected
        if symbol is not None and keys:
            self._editor.delete_drawings(symbol, keys)

    def _want(self, name: str) -> None:
        self._wanted = name

    # Showing

    @property
    def _selected(self) -> list[Symbol]:
        cells = set(self.grid.selected)
        return [symbol for symbol in self._by_name.values() if _cell_name(symbol) in cells]

    def _to_export(self) -> Sequence[Symbol]:
        """Return the selected symbols, or all if none is."""
        return self._selected or list(self._by_name.values())

    def _show_symbols(self) -> None:
        every = list(self._by_name.values())
        empty = _("No symbols yet. Give one a name, draw it on the right, and add the drawing.")
        self.grid.fill([Cell(_cell_name(one), caption(one, self._harmful)) for one in every], empty)
        wanted, self._wanted = self._wanted, ""
        if wanted in self._by_name:
            self.show(wanted)
        else:
            self._selection_changed()
        count = sum(d.key in self._harmful for symbol in every for d in symbol.drawings)
        text = ngettext(
            "{count} drawing does more harm than good: without it more of the others are "
            "recognised.",
            "{count} drawings do more harm than good: without them more of the others are "
            "recognised.",
            count,
        )
        self._harm.set_text(text.format(count=count) if count else "")

    def _selection_changed(self) -> None:
        selected = self._selected
        shown = selected[0] if len(selected) == 1 else None
        if shown != self.details.symbol:
            self.details.show(shown)
        self._show_drawings()
        for button, enabled in (
            (self._delete_button, bool(selected)),
            (self._undo_button, self._editor.can_undo),
            (self._export_button, bool(self._by_name)),
        ):
            button.state(["!disabled" if enabled else "disabled"])

    def _show_drawings(self) -> None:
        from app.symbols.own import SymbolPrediction

        answer = self._recognition.answer
        prediction = answer.prediction if answer is not None else None
        nearest = prediction.drawing if isinstance(prediction, SymbolPrediction) else ""
        self.details.show_drawings(self._harmful, nearest)

    def _draw_first(self, cells: list[str]) -> None:
        """Draw the thumbnails of symbols: their first drawings."""
        first = {_cell_name(symbol): symbol.drawings[0] for symbol in self._by_name.values()}
        self._draw({cell: first[cell] for cell in cells if cell in first}, self.grid)

    def _draw_drawings(self, keys: list[str]) -> None:
        symbol = self.details.symbol
        if symbol is not None:
            drawings = {drawing.key: drawing for drawing in symbol.drawings}
            self._draw({key: drawings[key] for key in keys}, self.details.drawings)

    def _draw(self, drawings: Mapping[str, SymbolDrawing], grid: ThumbnailGrid) -> None:
        side = grid.picture_side

        def job(_own: OwnSymbols) -> dict[str, Image]:
            from app.ink.renderer import render_thumbnail

            return {name: render_thumbnail(one.content(), side) for name, one in drawings.items()}

        def done(pictures: dict[str, Image]) -> None:
            if grid.winfo_exists():
                grid.show(pictures)

        self._symbols.read(job, done, self.status.show_problem)


def _cell_name(symbol: Symbol) -> str:
    """Return the name of a symbol's cell: its picture is that of its first drawing."""
    return f"{symbol.drawings[0].key} {symbol.name}"
