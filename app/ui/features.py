"""The features that the first stroke does not need, constructed with the models that they use."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from app.ink.viewport import Viewport
from app.storage.paths import Folders
from app.ui.alphabet.label_keys import LabelKeys
from app.ui.answer.correction import Correction
from app.ui.answer.panel import AnswerPanel
from app.ui.batch.batch import Batch
from app.ui.batch.batch_bar import BatchBar
from app.ui.batch.batch_reading import BatchReading
from app.ui.canvas.picture_tool import PictureTool
from app.ui.canvas.sketchpad import Sketchpad
from app.ui.canvas.tools import Tools
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.progress import Tasks
from app.ui.document.autosave import Autosave
from app.ui.document.clipboard import Clipboard
from app.ui.document.document import Document
from app.ui.document.drag_and_drop import DragAndDrop
from app.ui.document.export_menu import ExportMenu
from app.ui.document.file_operations import FileOperations
from app.ui.document.window_title import WindowTitle
from app.ui.history.export import HistoryExport
from app.ui.history.history import History
from app.ui.history.next_digit import NextDigit
from app.ui.history.strip import HistoryStrip
from app.ui.inside.ghost import GhostOverlay
from app.ui.inside.subject import Subject
from app.ui.menu.action import Menu
from app.ui.menu.commands import edit_items, help_items, model_items, use_mac_menu, view_items
from app.ui.menu.context_menu import ContextMenu
from app.ui.menu.drawing_commands import canvas_items
from app.ui.menu.file_commands import file_items
from app.ui.menu.menu_bar import MenuBar, menu_labels
from app.ui.models.library import ModelLibrary
from app.ui.number.mode import NumberMode
from app.ui.number.offer import NumberOffer
from app.ui.number.offer_button import NumberOfferButton
from app.ui.number.selection import NumberSelection
from app.ui.preferences import Preferences
from app.ui.recognition_client import RecognitionClient
from app.ui.retrain.controller import RetrainController
from app.ui.samples.commands import SampleCommands
from app.ui.samples.library import SampleLibrary
from app.ui.status import Status
from app.ui.symbols.library import SymbolLibrary
from app.ui.theme.appearance import Appearance
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PIL.Image import Image


class Features:
    """Files, batches, samples, models, retraining, dialogs and menus."""

    def __init__(
        self,
        root: tk.Tk,
        *,
        folders: Folders,
        profile: Path | None,
        theme: Theme,
        preferences: Preferences,
        status: Status,
        document: Document,
        tools: Tools,
        recognition: RecognitionClient,
        samples: SampleLibrary,
        symbols: SymbolLibrary,
        models: ModelLibrary,
        selection: NumberSelection,
        correction: Correction,
        viewport: Callable[[], Viewport],
        render: Callable[[], Image],
        close: Callable[[], None],
    ) -> None:
        """`viewport` and `render` return how the drawing lies on the canvas, and its picture;
        `close` closes the main window."""
        self._root = root
        self._folders = folders
        self._profile = profile
        self._theme = theme
        self._preferences = preferences
        self._status = status
        self._document = document
        self._tools = tools
        self._recognition = recognition
        self._samples = samples
        self._symbols = symbols
        self._models = models
        self._selection = selection
        self._correction = correction
        self._close = close
        self.windows: dict[str, Dialog] = {}
        """By name; those that were closed stay until they are opened again."""
        self.tasks = Tasks(root, theme)
        self.appearance = Appearance(root, theme=theme, preferences=preferences, status=status)
        self.title = WindowTitle(
            root, theme=theme, document=document, recognition=recognition, preferences=preferences
        )
        self.files = FileOperations(
            root,
            theme=theme,
            document=document,
            preferences=preferences,
            recognition=recognition,
            status=status,
            tasks=self.tasks,
            viewport=viewport,
        )
        self.batch = Batch(
            root,
            document=document,
            files=self.files,
            preferences=preferences,
            recognition=recognition,
            status=status,
            tasks=self.tasks,
        )
        self.batch_reading = BatchReading(
            root,
            batch=self.batch,
            document=document,
            recognition=recognition,
            preferences=preferences,
            symbols=symbols.own,
        )
        self.autosave = Autosave(root, folder=folders.autosave, document=document, status=status)
        self.export_menu = ExportMenu(
            root, recognition=recognition, selection=selection, status=status
        )
        self.clipboard = Clipboard(
            root,
            document=document,
            files=self.files,
            recognition=recognition,
            render=render,
            status=status,
            tasks=self.tasks,
        )
        self.drag_and_drop = DragAndDrop(root, files=self.files, batch=self.batch, status=status)
        self.label_keys = LabelKeys(preferences=preferences, correction=correction)
        correction.none_chosen.connect(lambda: self.show("symbols"))
        self.history = History()
        self.history_export = HistoryExport(root, history=self.history, status=status)
        self.next_digit = NextDigit(
            root,
            document=document,
            recognition=recognition,
            preferences=preferences,
            history=self.history,
        )
        self.number_offer = NumberOffer(
            root, document=document, recognition=recognition, preferences=preferences
        )
        self.inside = Subject(document=document, selection=selection)
        self.sample_commands = SampleCommands(samples=samples, status=status)
        self.retrain = RetrainController(
            root,
            folders=folders,
            profile=profile,
            theme=theme,
            samples=samples,
            models=models,
            status=status,
            tasks=self.tasks,
        )
        use_mac_menu(
            root,
            show=self.show,
            quit_program=self.ask_close,
            open_files=self.drag_and_drop.open,
        )

    def attach(
        self, frame: ttk.Frame, sketchpad: Sketchpad, panel: AnswerPanel, menu_bar: MenuBar
    ) -> None:
        """Add the features' parts to the main window's widgets, after every build of them."""
        number_mode = NumberMode(sketchpad, theme=self._theme, selection=self._selection)
        items = partial(
            canvas_items,
            document=self._document,
            clipboard=self.clipboard,
            recognition=self._recognition,
            correction=self._correction,
            selection=self._selection,
            preferences=self._preferences,
            symbols=self._symbols,
        )
        self.canvas_menu = ContextMenu(
            sketchpad.canvas,
            self._theme,
            items,
            choose=number_mode.select_at,
            is_taken=self.label_keys.takes,
        )
        GhostOverlay(sketchpad, theme=self._theme, ghost=self.inside.ghost)
        panel.add_offer(NumberOfferButton(panel, offer=self.number_offer))
        self.picture_tool = PictureTool(
            sketchpad, document=self._document, tools=self._tools, status=self._status
        )
        self.batch_bar = BatchBar(
            frame, theme=self._theme, batch=self.batch, show_list=partial(self.show, "files")
        )
        self.batch_bar.place_below(sketchpad)
        sketchpad.pen_down.connect(self.next_digit.pen_down)
        self.history_strip = HistoryStrip(
            frame,
            theme=self._theme,
            history=self.history,
            preferences=self._preferences,
            recognition=self._recognition,
            export=self.history_export,
            bring_back=self.next_digit.bring_back,
        )
        self.history_strip.place_in(row=3)
        menu_bar.complete(self.menus(), self.label_keys)

    def show(self, name: str) -> Dialog:
        """Open a window by its name, or bring it to the front: "settings", "guide", …"""
        window = self.windows.get(name)
        if window is not None and window.exists:
            window.to_front()
            return window
        window = self.windows[name] = self._open_window(name)
        return window

    def menus(self) -> list[Menu]:
        """Return the menus of the menu bar."""
        items = [
            partial(
                file_items,
                document=self._document,
                files=self.files,
                batch=self.batch,
                export_menu=self.export_menu,
                preferences=self._preferences,
                show=self.show,
                quit_program=self.ask_close,
            ),
            partial(
                edit_items,
                document=self._document,
                tools=self._tools,
                clipboard=self.clipboard,
                recognition=self._recognition,
                picture_tool=self.picture_tool,
                show=self.show,
            ),
            partial(
                view_items,
                self._root,
                preferences=self._preferences,
                selection=self._selection,
                next_digit=self.next_digit,
                appearance=self.appearance,
                show=self.show,
            ),
            partial(
                model_items,
                correction=self._correction,
                selection=self._selection,
                samples=self._samples,
                symbols=self._symbols,
                sample_commands=self.sample_commands,
                retrain=self.retrain,
                preferences=self._preferences,
                show=self.show,
            ),
            partial(help_items, folders=self._folders, status=self._status, show=self.show),
        ]
        return [Menu(label, make) for label, make in zip(menu_labels(), items, strict=True)]

    def ask_close(self) -> None:
        """Close the program, once the user has confirmed what would be lost."""
        if self.retrain.may_end():
            self.files.leave(self._close)

    def end(self) -> None:
        """End everything that is under way: the program closes."""
        self.tasks.end()
        self.number_offer.end()
        self.next_digit.end()
        self.batch_reading.stop()
        self.autosave.end()
        self.retrain.end()

    def _open_window(self, name: str) -> Dialog:
        """Open a window. All are imported with the first: the start does not wait for them."""
        from app.ui.batch.batch_list import BatchList
        from app.ui.dialogs.about import About
        from app.ui.dialogs.guide import Guide
        from app.ui.dialogs.settings import SettingsDialog
        from app.ui.dialogs.shortcuts import Shortcuts
        from app.ui.inside.window import InsideWindow
        from app.ui.models.window import ModelsWindow
        from app.ui.samples.window import SamplesWindow
        from app.ui.symbols.window import SymbolsWindow

        root, theme = self._root, self._theme
        open_by_name: dict[str, Callable[[], Dialog]] = {
            "settings": lambda: SettingsDialog(
                root,
                theme,
                preferences=self._preferences,
                tools=self._tools,
                appearance=self.appearance,
            ),
            "guide": lambda: Guide(root, theme),
            "shortcuts": lambda: Shortcuts(
                root, theme, menus=self.menus, is_taken=self.label_keys.takes
            ),
            "about": lambda: About(root, theme, recognition=self._recognition),
            "files": lambda: BatchList(
                root,
                theme,
                batch=self.batch,
                reading=self.batch_reading,
                preferences=self._preferences,
            ),
            "inside": lambda: InsideWindow(
                root,
                theme,
                subject=self.inside,
                document=self._document,
                selection=self._selection,
                recognition=self._recognition,
            ),
            "samples": lambda: SamplesWindow(
                root,
                theme,
                samples=self._samples,
                document=self._document,
                files=self.files,
                tasks=self.tasks,
                preferences=self._preferences,
                open_folder=self.sample_commands.open_folder,
            ),
            "symbols": lambda: SymbolsWindow(
                root,
                theme,
                symbols=self._symbols,
                recognition=self._recognition,
                document=self._document,
                tasks=self.tasks,
            ),
            "models": lambda: ModelsWindow(
                root,
                theme,
                models=self._models,
                document=self._document,
                tasks=self.tasks,
                profile=self._profile,
            ),
        }
        return open_by_name[name]()
