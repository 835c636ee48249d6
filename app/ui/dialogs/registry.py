"""Owns the windows of Help, the settings and the list of files: each is open once at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable
    from pathlib import Path

    from app.ui.dialogs.base import Dialog
    from app.ui.main_window import MainWindow


class Dialogs:
    """Opens them, and dresses those that are open."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._open: dict[str, Dialog] = {}
        self._made_by: dict[str, Callable[[MainWindow], Dialog]] = {}
        self.reused: tk.Toplevel | None = None
        """The empty window that the next Dialog takes instead of a new one."""

    def show_settings(self) -> Dialog:
        """Open the settings."""
        from app.ui.dialogs.settings import SettingsDialog

        return self._show("settings", SettingsDialog)

    def show_guide(self) -> Dialog:
        """Open the guide."""
        from app.ui.dialogs.guide import Guide

        return self._show("guide", Guide)

    def show_shortcuts(self) -> Dialog:
        """Open the list of keys."""
        from app.ui.dialogs.shortcuts import Shortcuts

        return self._show("shortcuts", Shortcuts)

    def show_about(self) -> Dialog:
        """Open what there is to say about the program."""
        from app.ui.dialogs.about import About

        return self._show("about", About)

    def show_files(self) -> Dialog:
        """Open the list of the files that are opened one after another."""
        from app.ui.document.batch_list import FilesList

        return self._show("files", FilesList)

    def open_data_folder(self) -> None:
        """Show what the user made in the system's file manager."""
        self._open_outside(lambda: self._window.folders.data)

    def open_log(self) -> None:
        """Show the log file as the system shows text."""
        from app.storage.log import log_path

        self._open_outside(lambda: log_path(self._window.folders.log))

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        for dialog in self._open.values():
            if dialog.exists:
                dialog.apply_theme()

    def retranslate(self) -> None:
        """Build those that are open anew, in the language that is spoken now."""
        for name, dialog in self._open.items():
            if not dialog.exists:
                continue
            first = "1.0" if dialog.text is None else dialog.text.index("@0,0")
            for child in dialog.top.winfo_children():
                child.destroy()
            self.reused = dialog.top
            self._open[name] = anew = self._made_by[name](self._window)
            if anew.text is not None:
                anew.text.yview(first)

    def _show(self, name: str, make: Callable[[MainWindow], Dialog]) -> Dialog:
        dialog = self._open.get(name)
        if dialog is not None and dialog.exists:
            dialog.to_front()
            return dialog
        self._made_by[name] = make
        dialog = self._open[name] = make(self._window)
        return dialog

    def _open_outside(self, where: Callable[[], Path]) -> None:
        from app.ui.toolkit.desktop import show_in_file_manager

        place = where()
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.suffix:
                place.mkdir(exist_ok=True)
            show_in_file_manager(place)
        except OSError:
            self._window.tell(_("Look here: {place}").format(place=place))
