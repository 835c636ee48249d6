"""The main window: constructs the models and the features, places the widgets, connects them."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from app.storage.paths import Folders, settings_path, user_folders
from app.symbols.lazy import LazySymbols
from app.ui.answer.correction import Correction
from app.ui.answer.panel import AnswerPanel, share_width
from app.ui.canvas.sketchpad import Sketchpad
from app.ui.canvas.toolbar import Toolbar
from app.ui.canvas.tools import Tools
from app.ui.document.document import Document
from app.ui.menu.menu_bar import MenuBar
from app.ui.models.library import ModelLibrary
from app.ui.number.selection import NumberSelection
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.samples.library import SampleLibrary
from app.ui.status import Status
from app.ui.symbols.correction import SymbolCorrection
from app.ui.symbols.library import SymbolLibrary
from app.ui.theme.palette import palette_of
from app.ui.theme.theme import Theme
from app.ui.toolkit.status_bar import StatusBar
from app.ui.toolkit.window_geometry import current_geometry, restore_geometry

if TYPE_CHECKING:
    from app.ui.features import Features
    from app.worker import Answer, Ready

NAME = "Inkling"
_MIN_SIZE = (640, 480)


class MainWindow:
    """Composes the window; what happens in it is done by models and features."""

    features: Features
    """What the first stroke does not need; made by `complete`."""

    def __init__(self, root: tk.Tk, profile: Path | None = None) -> None:
        """`profile`: where everything is stored, if not in the user's folders."""
        self.root = root
        self.profile = profile
        self.status = Status()
        path = settings_path(profile)
        self.preferences = Preferences(root, path, self.status.show_problem)
        settings = self.preferences.settings
        self.theme = Theme(
            root, palette_of(settings.theme, settings.desktop_is_dark), settings.zoom
        )
        self.document = Document()
        self.tools = Tools(self.preferences)
        self.recognition = RecognitionClient(
            root, document=self.document, preferences=self.preferences
        )
        self.samples = SampleLibrary(self.recognition)
        self.symbols = SymbolLibrary(self.recognition, LazySymbols(lambda: self.folders))
        self.models = ModelLibrary(self.recognition, lambda: self.folders.models)
        self.selection = NumberSelection(recognition=self.recognition, preferences=self.preferences)
        self.correction = Correction(
            document=self.document,
            selection=self.selection,
            samples=self.samples,
            symbols=SymbolCorrection(symbols=self.symbols, status=self.status),
            status=self.status,
            preferences=self.preferences,
        )
        self._connect()
        self._build()
        restore_geometry(root, settings, root.minsize())
        root.title(NAME)
        root.protocol("WM_DELETE_WINDOW", self.close)

    @property
    def folders(self) -> Folders:
        """Where the program stores what the user makes."""
        return user_folders(self.profile)

    def complete(self) -> None:
        """Add what the first stroke does not need: the features, menus, keys, tooltips."""
        from app.ui.features import Features
        from app.ui.theme.ttk_styles import configure_all

        self.recognition.ready.connect(lambda _ready: configure_all(self.root, self.theme))
        self.features = Features(
            self.root,
            folders=self.folders,
            profile=self.profile,
            theme=self.theme,
            preferences=self.preferences,
            status=self.status,
            document=self.document,
            tools=self.tools,
            recognition=self.recognition,
            samples=self.samples,
            symbols=self.symbols,
            models=self.models,
            selection=self.selection,
            correction=self.correction,
            viewport=lambda: self.sketchpad.viewport,
            render=lambda: self.sketchpad.picture(),
            close=self.close,
        )
        self.theme.rebuild_needed.connect(self._rebuild)
        self._complete_widgets()
        self.root.protocol("WM_DELETE_WINDOW", self.features.ask_close)
        if notice := self.theme.notice or self.preferences.notice:
            self.status.show_problem(notice)

    def close(self, remember: bool = True) -> None:
        """Close the window and end the program; `remember` the window's place and size."""
        if remember:
            self.preferences.replace(current_geometry(self.root, self.preferences.settings))
            self.preferences.write_now()
        if hasattr(self, "features"):
            self.features.end()
        self.recognition.stop()
        self.root.destroy()

    # Building

    def _build(self) -> None:
        root, px, theme = self.root, self.theme.px, self.theme
        self.menu_bar = MenuBar(root, theme)
        self._frame = frame = ttk.Frame(root, padding=px(12))
        frame.grid(row=0, column=0, sticky="nsew")
        root.grid_rowconfigure(0, weight=1)
        root.grid_columnconfigure(0, weight=1)
        frame.columnconfigure(0, weight=1)
        share_width(frame, theme, column=1, gap=px(16))
        frame.rowconfigure(1, weight=1)
        self.toolbar = Toolbar(
            frame,
            theme=theme,
            document=self.document,
            tools=self.tools,
            preferences=self.preferences,
        )
        self.toolbar.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, px(10)))
        self.sketchpad = Sketchpad(
            frame,
            theme=theme,
            document=self.document,
            tools=self.tools,
            preferences=self.preferences,
        )
        self.sketchpad.grid(row=1, column=0, sticky="nsew")
        self.panel = AnswerPanel(
            frame,
            theme=theme,
            document=self.document,
            selection=self.selection,
            preferences=self.preferences,
            on_label=self.correction.label,
        )
        self.panel.grid(row=1, column=1, rowspan=2, sticky="nsew", padx=(px(16), 0))
        self.status_bar = StatusBar(frame, theme=theme, status=self.status)
        self.status_bar.grid(row=4, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        root.configure(background=theme.palette.ground)
        # A screen smaller than the least size has to do.
        wide, high = root.winfo_screenwidth(), root.winfo_screenheight()
        root.minsize(min(px(_MIN_SIZE[0]), wide), min(px(_MIN_SIZE[1]), high))

    def _complete_widgets(self) -> None:
        """Add to the widgets what needs the features; after every `_build`."""
        self.toolbar.add_tooltips()
        self.panel.add_tooltips()
        self.features.attach(self._frame, self.sketchpad, self.panel, self.menu_bar)

    def _rebuild(self) -> None:
        """Build all widgets again, in another scale or language."""
        self.document.finish_gesture()
        old = self._frame, self.menu_bar.bar
        self._build()
        self._complete_widgets()
        if self.recognition.is_ready:
            self.sketchpad.use_pillow()
        self.root.update_idletasks()  # the new ones are drawn before the old ones go: no flicker
        for widget in old:
            widget.destroy()

    # Connecting

    def _connect(self) -> None:
        self.document.changed.connect(self._document_changed)
        self.recognition.ready.connect(self._recogniser_ready)
        self.recognition.answered.connect(self._answered)
        self.samples.changed.connect(self.recognition.ask)
        self.symbols.changed.connect(self.recognition.ask)
        self.models.activated.connect(self.recognition.ask)
        self.theme.palette_changed.connect(
            lambda: self.root.configure(background=self.theme.palette.ground)
        )

    def _document_changed(self) -> None:
        """Replace the last sentence by the problem that lasts, if there is one."""
        problem = self.recognition.problem
        if self.status.text != (problem or ""):
            self.status.show(problem or "", is_problem=problem is not None)

    def _recogniser_ready(self, ready: Ready) -> None:
        self.sketchpad.use_pillow()
        if ready.problem is not None or ready.notice:
            self.status.show_problem(ready.problem or ready.notice)

    def _answered(self, answer: Answer) -> None:
        if answer.problem is not None and answer.request == self.recognition.last_asked:
            self.status.show_problem(answer.problem)
