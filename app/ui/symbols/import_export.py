"""Importing and exporting symbols: the file dialogs, and the slow work on other threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.symbols.set_file import SET_SUFFIX, encode_set
from app.ui.toolkit import file_dialogs

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Sequence

    from app.symbols.own import OwnSymbols
    from app.symbols.symbol import Symbol
    from app.ui.dialogs.progress import Progress, Tasks
    from app.ui.status import Status
    from app.ui.symbols.library import SymbolLibrary


class SymbolFiles:
    """Reads sets, pictures and drawings into the library, and writes sets."""

    def __init__(
        self, parent: tk.Toplevel, *, symbols: SymbolLibrary, tasks: Tasks, status: Status
    ) -> None:
        """`parent`: the window of the dialogs; `status` shows the outcome."""
        self._parent = parent
        self._symbols = symbols
        self._tasks = tasks
        self._status = status

    def ask_export(self, symbols: Sequence[Symbol]) -> None:
        """Let the user name a file and write these symbols to it."""
        name = file_dialogs.ask_save_name(
            self._parent,
            title=_("Export Symbols"),
            initialfile=f"my{SET_SUFFIX}",
            defaultextension=SET_SUFFIX,
            filetypes=[(_("Set of symbols"), f"*{SET_SUFFIX}")],
        )
        if name:
            self.export(symbols, Path(name))

    def export(self, symbols: Sequence[Symbol], path: Path) -> None:
        """Write symbols to a file."""

        def work(_progress: Progress) -> None:
            from app.storage.atomic_write import write_atomically

            write_atomically(path, encode_set(symbols))

        count = len(symbols)
        text = ngettext(
            "{count} symbol exported to {name}.", "{count} symbols exported to {name}.", count
        ).format(count=count, name=path.name)
        self._tasks.run(
            lambda: _("Exporting symbols…"),
            work,
            lambda _none: self._status.show(text),
            self._status.show_problem,
            over=self._parent,
        )

    def ask_import(self) -> None:
        """Let the user choose sets, pictures and drawings."""
        names = file_dialogs.ask_files(
            self._parent,
            title=_("Import Symbols"),
            filetypes=[
                (_("Sets, pictures and drawings"), f"*{SET_SUFFIX} *.ink *.png *.jpg *.jpeg"),
                (_("All files"), "*"),
            ],
        )
        if names:
            self.import_paths([Path(name) for name in names])

    def ask_import_folder(self) -> None:
        """Let the user choose a folder: its files and subfolders are called as their symbols."""
        name = file_dialogs.ask_folder(self._parent, title=_("Import a Folder of Symbols"))
        if name:
            self.import_paths([Path(name)])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import sets, pictures, drawings and folders: all of them, or none if one is bad."""

        def work(_progress: Progress) -> list[Symbol]:
            from app.symbols.sources import read_symbols

            return read_symbols(paths)

        def imported(count: int) -> None:
            text = ngettext("{count} drawing imported.", "{count} drawings imported.", count)
            self._status.show(text.format(count=count))

        def merge(read: list[Symbol]) -> None:
            progress = self._tasks.follow(lambda: _("Importing symbols…"), self._parent)

            def job(own: OwnSymbols) -> int:
                return own.merge(read, progress)

            def failed(problem: str) -> None:
                progress.over = True  # the job may never have begun
                self._status.show_problem(problem)

            self._symbols.change(progress.watched(job), imported, failed)

        self._tasks.run(
            lambda: _("Reading symbols…"),
            work,
            merge,
            self._status.show_problem,
            over=self._parent,
        )
