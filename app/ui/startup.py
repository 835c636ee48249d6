"""Starts the window: first what is seen, then the log and the recogniser."""

import contextlib
import gc
import json
import os
import sys
import time
import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import messagebox
from types import TracebackType
from typing import TYPE_CHECKING

from app.edition import is_built
from app.errors import InklingError
from app.i18n import _
from app.resources import asset
from app.storage.paths import Folders, settings_path, user_folders
from app.ui.canvas.motion_events import keep_every_motion
from app.ui.main_window import MainWindow

if sys.platform == "win32":
    import ctypes

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser

_LATER_MS = 400
_TRACE_POLL_MS = 1


def run(files: Sequence[Path], profile: Path | None, started: float, trace: bool) -> int:
    """Open the window with the files' drawings, stay until it is closed, and return 0.

    `trace` prints {"window_ms", "drawable_ms", "recogniser_ms"} as soon as all are known, and
    closes; the last one is null if the model cannot be used. They count from the start of the
    process or, where the system does not tell it, from `started` of time.perf_counter. Raises
    InklingError where there is no display.
    """
    times: dict[str, float | None] = {}
    root = open_root()
    window = MainWindow(root, profile)
    opened = list(files)
    if sys.platform == "darwin":  # the Finder sends a program the files to open
        root.createcommand("tk::mac::OpenDocument", lambda *names: opened.extend(map(Path, names)))
    root.update_idletasks()
    times["window_ms"] = _ms_since_start(started)
    root.deiconify()
    root.update()  # mapped, drawn, and listening to the pointer
    times["drawable_ms"] = _ms_since_start(started)
    gc.enable()
    start_the_rest(window, profile)
    if opened:
        window.features.batch.take(opened)
    else:
        window.features.autosave.restore()
    if trace:
        _trace(window, times, started)
    root.mainloop()
    return 0


def open_root() -> tk.Tk:
    """Return the hidden root window; raises InklingError where there is no display."""
    _disable_scaling_by_windows()
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
    _use_utf8_file_names(root)
    _use_input_methods(root, False)
    return root


def _use_utf8_file_names(root: tk.Tk) -> None:
    """Let Tcl read file names as Python does: in the C locale it takes them for Latin-1."""
    if sys.platform == "win32":  # names are Unicode there, whatever the encoding
        return
    if sys.getfilesystemencoding() != "utf-8" or root.tk.call("encoding", "system") == "utf-8":
        return
    names = ("::auto_path", "::tcl_library", "::tk_library")  # where Tcl finds its own scripts
    paths = {name: root.tk.eval(f"set {name}") for name in names}
    root.tk.call("encoding", "system", "utf-8")
    for name, path in paths.items():
        root.tk.call("set", name, path.encode("latin-1").decode(errors="replace"))


def start_the_rest(window: MainWindow, profile: Path | None) -> None:
    """Start the log and the recogniser, and finish the window, which is already shown."""
    from app.storage.log import LOG, start_log  # both only once the window is shown
    from app.worker import Worker

    root = window.root
    _show_icon(root)
    folders = user_folders(profile)
    start_log(folders.log)
    if not keep_every_motion(root):
        LOG.warning("Tk may drop motions of the pointer: fast ink will have fewer points")
    root.report_callback_exception = _error_reporter(root)
    settings = settings_path(profile).parent
    worker = Worker(lambda: _load_recogniser(folders, settings), window.symbols.own)
    worker.start()
    window.complete()
    window.recognition.start(worker)
    # Later: neither the first stroke nor the first answer waits for a library.
    root.after(_LATER_MS, _start_later, window)


def _start_later(window: MainWindow) -> None:
    _use_input_methods(window.root, True)
    window.features.drag_and_drop.attach()
    gc.freeze()  # what is here stays: looking through it would take 20 ms, more than a frame


def _use_input_methods(root: tk.Tk, wanted: bool) -> None:
    """Let input methods (Chinese is typed with one) into the windows, or not.

    Tk asks the X server about them twice for every widget, so the first window goes without.
    """
    root.tk.call("tk", "useinputmethods", "-displayof", root, wanted)


def _disable_scaling_by_windows() -> None:
    """Tell Windows not to enlarge the window, which blurs it: the theme scales what it draws."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):  # before Windows 8.1
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


def _show_icon(root: tk.Tk) -> None:
    icon = asset("icon") / "inkling-64.png"
    if sys.platform == "darwin" and is_built():  # the Dock has a larger one, from the bundle
        return
    if icon.is_file():
        picture = tk.PhotoImage(master=root, data=icon.read_bytes())
        root.iconphoto(True, picture)
        vars(root)["icon_picture"] = picture  # Tk keeps no reference to it


def _load_recogniser(folders: Folders, settings: Path) -> "PersonalRecogniser":
    """Return the user's recogniser. Runs on the worker's thread, where nobody waits for imports.

    What programs that were killed left in the folders, and in that of the settings, is removed.
    PIL.ImageTk is imported here for the Tk thread, which would stop for it at the first stroke.
    """
    import PIL.ImageTk  # noqa: F401

    from app.recognition.personal_recogniser import load_personal_recogniser
    from app.storage.temporary import remove_leftovers

    remove_leftovers([settings, *folders.stores])
    return load_personal_recogniser(folders)


def _error_reporter(root: tk.Tk) -> Callable[..., None]:
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
        showing = True
        try:
            messagebox.showerror(
                "Inkling",
                _(
                    "Something went wrong: {problem}. Your drawing is still there; details are "
                    "in the log file."
                ).format(problem=str(error).rstrip(".。")),
                parent=root,
            )
        finally:
            showing = False

    return report


def _trace(window: MainWindow, times: dict[str, float | None], started: float) -> None:
    """Print the times once the recogniser is ready, and close the window."""
    if not window.recognition.is_ready:
        window.root.after(_TRACE_POLL_MS, _trace, window, times, started)
        return
    times["recogniser_ms"] = None if window.recognition.problem else _ms_since_start(started)
    rounded = {key: None if ms is None else round(ms, 1) for key, ms in times.items()}
    sys.stdout.write(json.dumps(rounded) + "\n")
    sys.stdout.flush()
    window.close(remember=False)


def _ms_since_start(started: float) -> float:
    """Return the milliseconds since the system started this process.

    Linux knows its start to 10 ms, the kernel's clock tick (proc(5), field 22 of stat); elsewhere
    they count from `started`.
    """
    if sys.platform == "linux":
        fields = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        process_started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - process_started) * 1000
    return (time.perf_counter() - started) * 1000
