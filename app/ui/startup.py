"""Owns the order of starting: window and canvas first, then the log and the recogniser."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from app.clock import ms_since_start
from app.errors import InklingError
from app.i18n import _

if TYPE_CHECKING:
    import tkinter as tk
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.storage.paths import Folders
    from app.ui.main_window import MainWindow

_LATER_MS = 400


def run(files: Sequence[Path], profile: Path | None, trace: bool) -> int:
    """Open the window with the files' drawings and stay until it is closed; return the exit status.

    Raises InklingError where there is no Tk or no display. `trace` prints
    {"window_ms", "drawable_ms", "recogniser_ms"} as soon as all are known, and closes; the last one
    is null if the model cannot be used.
    """
    import gc

    gc.disable()  # 4 ms: nothing that is made for the window is garbage
    root = open_root()
    from app.ui.main_window import MainWindow

    times: dict[str, float | None] = {}
    window = MainWindow(root, profile)
    root.update_idletasks()
    times["window_ms"] = ms_since_start()
    root.deiconify()
    root.update()  # mapped, drawn, and listening to the pointer
    times["drawable_ms"] = ms_since_start()
    gc.enable()
    start_the_rest(window, profile)
    if files:
        window.several.take(files)
    else:
        window.autosaving.restore()
    if trace:
        _trace(window, times)
    root.mainloop()
    return 0


def open_root() -> tk.Tk:
    """Return the hidden root window; raises InklingError, worded for the user."""
    try:
        import tkinter as tk
    except ImportError as error:
        raise InklingError(_no_tk()) from error
    _see_every_pixel()
    try:
        root = tk.Tk(className="Inkling")
    except tk.TclError as error:
        raise InklingError(
            _(
                "There is no display to open a window on ({problem}). Without a screen "
                "use `inkling recognise`, or a virtual one: xvfb-run inkling."
            ).format(problem=error)
        ) from error
    root.withdraw()
    _use_input_methods(root, False)
    return root


def _use_input_methods(root: tk.Tk, wanted: bool) -> None:
    """Let an input method (Chinese is typed with one) into the windows, or not yet.

    Tk asks it for every widget, with two round trips to the X server each, and all of the first
    window's are drawn before anybody can type.
    """
    root.tk.call("tk", "useinputmethods", "-displayof", root, wanted)


def _see_every_pixel() -> None:
    """Ask Windows not to enlarge the window itself, which blurs it: `Look` scales what it draws."""
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):  # before Windows 8.1
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


def start_the_rest(window: MainWindow, profile: Path | None) -> None:
    """Start the log and the recogniser, whose imports nobody waits for."""
    from app.storage.log import LOG, start_log
    from app.storage.paths import user_folders
    from app.ui.canvas.motion_events import keep_every_motion
    from app.worker import Worker

    _show_icon(window.root)
    start_log(user_folders(profile).log)
    if not keep_every_motion(window.root):
        LOG.warning("Tk may drop motions of the pointer: fast ink will have fewer points")
    window.root.report_callback_exception = _reporter(window.root)
    worker = Worker(lambda: _load(user_folders(profile)))
    worker.start()
    window.complete()
    window.recognise_with(worker)
    # Later: neither the first stroke nor the first answer waits for a library.
    window.root.after(_LATER_MS, _start_later, window)


def _start_later(window: MainWindow) -> None:
    _use_input_methods(window.root, True)
    window.dropping.attach()


def _show_icon(root: tk.Tk) -> None:
    """Give the window its icon; Tk keeps no reference to it, the root does."""
    import tkinter as tk

    from app.resources import asset

    icon = asset("icon") / "inkling-64.png"
    if icon.is_file():
        picture = tk.PhotoImage(master=root, file=str(icon))
        root.iconphoto(True, picture)
        vars(root)["icon_picture"] = picture


def _load(folders: Folders) -> PersonalRecogniser:
    """Return what predicts. Runs on the worker's thread, where nobody waits for imports.

    The mirror's are here too: the Tk thread must not stop for them.
    """
    import PIL.ImageTk  # noqa: F401

    from app.recognition.personal_recogniser import load_personal_recogniser

    return load_personal_recogniser(folders)


def _reporter(root: tk.Tk) -> Callable[..., None]:
    """Return what handles an error in a Tk callback: the log file, and one dialog at a time."""
    from app.storage.log import LOG

    showing = False

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        nonlocal showing
        LOG.error("Error in the window", exc_info=(kind, error, trace))
        if showing:
            return
        from tkinter import messagebox

        showing = True
        try:
            messagebox.showerror(
                "Inkling",
                _(
                    "Something went wrong: {problem}. Your drawing is still there; the log file "
                    "says more."
                ).format(problem=str(error).rstrip(".。")),
                parent=root,
            )
        finally:
            showing = False

    return report


def _trace(window: MainWindow, times: dict[str, float | None]) -> None:
    """Print the times once the recogniser is ready, and close."""
    if not window.ready:
        window.root.after(1, _trace, window, times)
        return
    times["recogniser_ms"] = None if window.problem else ms_since_start()
    import json

    rounded = {key: None if ms is None else round(ms, 1) for key, ms in times.items()}
    sys.stdout.write(json.dumps(rounded) + "\n")
    sys.stdout.flush()
    window.close(remember=False)


def _no_tk() -> str:
    if sys.platform == "darwin":
        return _("This Python has no Tk. Install it with: brew install python-tk")
    return _(
        "This Python has no Tk. Install it with: sudo apt install python3-tk (Debian, Ubuntu), "
        "sudo dnf install python3-tkinter (Fedora), or use the Python that uv installs."
    )
