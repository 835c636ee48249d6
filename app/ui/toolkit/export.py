"""Asks for a file, writes something there on a thread, and says so."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from app.i18n import _
from app.storage.atomic_write import write_atomically
from app.ui.status import Status
from app.ui.toolkit import file_dialogs
from app.ui.toolkit.background import run_in_thread
from app.ui.toolkit.display_name import display_name


def ask_and_export(
    parent: tk.Misc, content: Callable[[], bytes], *, suffix: str, file_type: str, status: Status
) -> None:
    """Write what `content` returns to the file that the user chooses.

    `content` is called on a thread. `suffix`: ".csv", for instance; `file_type` is its name.
    """
    name = file_dialogs.ask_save_name(
        parent,
        title=_("Export"),
        defaultextension=suffix,
        filetypes=[(file_type, f"*{suffix}")],
    )
    if not name:
        return
    path = Path(name)
    run_in_thread(
        parent.nametowidget("."),  # `parent` may be closed meanwhile
        lambda: write_atomically(path, content()),
        lambda _nothing: status.show(_("Exported {name}.").format(name=display_name(path.name))),
        status.show_problem,
    )


def ask_and_export_table(parent: tk.Misc, content: Callable[[], bytes], status: Status) -> None:
    """Write a CSV table in the same way."""
    ask_and_export(parent, content, suffix=".csv", file_type=_("Table (CSV)"), status=status)
