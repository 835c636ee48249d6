"""Long tasks: a thread, and a small window with their progress and Cancel.

The window appears when a task has lasted half a second; a quick one shows nothing.
"""

import time
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import ParamSpec, TypeVar

from app.errors import InklingError
from app.i18n import _
from app.ui.dialogs.base import Dialog
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT, Theme
from app.ui.toolkit.background import run_in_thread

P = ParamSpec("P")
T = TypeVar("T")
_SHOW_AFTER_MS = 500
_POLL_MS = 50
_WIDTH = 320
_END_WAIT_S = 1.5
MEGABYTES = "MB"


class CancelledError(InklingError):
    """The user has cancelled the task."""


class Progress:
    """How far a task is: set by its thread, read and cancelled by the Tk thread."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        """0 as long as it is unknown."""
        self.unit = ""
        """The unit of `done` and `total`, such as MEGABYTES; "" for none."""
        self.cancelled = False
        self.over = False
        self.on_cancel: Callable[[], None] | None = None
        """Called when the user cancels a task that is not waited for."""

    def __call__(self, done: int, total: int = 0) -> None:
        """Set how far the task is; raises CancelledError once the user has cancelled."""
        self.done, self.total = done, total
        if self.cancelled:
            raise CancelledError(cancelled())

    def watched(self, work: Callable[P, T]) -> Callable[P, T]:
        """Return `work` so that `over` is set however it ends."""

        def watched(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return work(*args, **kwargs)
            finally:
                self.over = True

        return watched


class Tasks:
    """The long tasks under way."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self.shown: list[ProgressWindow] = []

    def run(
        self,
        title: Callable[[], str],
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        over: tk.Misc | None = None,
    ) -> Progress:
        """Run `work` on a thread as `run_in_thread` does; `title` returns the sentence to show.

        `over`: the window that has started it, the main one by default.
        """
        progress = self.follow(title, over)
        run_in_thread(self._root, progress.watched(lambda: work(progress)), done, failed)
        return progress

    def await_result(
        self,
        title: Callable[[], str],
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> Progress:
        """Run `work`, which cannot be interrupted; if the user cancels, its result is ignored."""

        def finished(result: T) -> None:
            if not progress.cancelled:
                done(result)

        def ended(problem: str) -> None:
            if not progress.cancelled:
                failed(problem)

        progress = self.follow(title)
        progress.on_cancel = lambda: failed(cancelled())
        run_in_thread(self._root, progress.watched(work), finished, ended)
        return progress

    def follow(self, title: Callable[[], str], over: tk.Misc | None = None) -> Progress:
        """Return the Progress of a task that is `watched` on any thread, and show it."""
        progress = Progress()
        root = self._root

        def begin() -> None:
            if not progress.over:
                place = over if over is not None and over.winfo_exists() else root
                self.shown.append(ProgressWindow(root, self._theme, title, progress, place))
                follow()

        def follow() -> None:
            shown = next(one for one in self.shown if one.progress is progress)
            if progress.over:
                self.shown.remove(shown)
                shown.close()
            else:
                shown.update()
                root.after(_POLL_MS, follow)

        root.after(_SHOW_AFTER_MS, begin)
        return progress

    def cancel_all(self) -> None:
        """Cancel all tasks that are shown."""
        for shown in self.shown:
            shown.cancel()

    def end(self) -> None:
        """Cancel everything at the end of the program, and wait briefly for it."""
        self.cancel_all()
        end = time.monotonic() + _END_WAIT_S
        while time.monotonic() < end and not all(one.progress.over for one in self.shown):
            time.sleep(0.01)


class ProgressWindow(Dialog):
    """A sentence, a progress bar and Cancel."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        title: Callable[[], str],
        progress: Progress,
        over: tk.Misc | None = None,
    ) -> None:
        # By name: some widgets of Tk's own, such as menus, have no object here.
        self._focus_before = str(root.tk.call("focus"))
        self.progress = progress
        self._title = title
        super().__init__(root, theme, over=over)
        self.top.resizable(False, False)
        self.button.focus_set()

    def build(self) -> None:
        """Show how far the task is."""
        self.top.title("Inkling")
        px = self.theme.px
        text = _("Cancelling…") if self.progress.cancelled else self._title()
        text = wrap_text(self.frame, text, px(_WIDTH), FONT_TEXT)
        self._label = ttk.Label(self.frame, text=text, wraplength=px(_WIDTH))
        self._label.pack(anchor="w")
        self._bar = ttk.Progressbar(self.frame, length=px(_WIDTH), mode="indeterminate")
        self._bar.pack(fill="x", pady=px(10))
        self.count = ttk.Label(self.frame, style="Muted.TLabel")
        self.count.pack(side="left")
        self.button = ttk.Button(self.frame, text=_("Cancel"), command=self.cancel)
        self.button.pack(side="right")
        if self.progress.cancelled:
            self.button.state(["disabled"])
        self.update()

    def escape(self) -> None:
        """Cancel."""
        self.cancel()

    def close(self) -> None:
        """Close the window, and give the focus back."""
        call = self.root.tk.call
        had_focus = str(call("focus")).startswith(str(self.top))
        super().close()
        if had_focus and self._focus_before and call("winfo", "exists", self._focus_before):
            call("focus", self._focus_before)

    def cancel(self) -> None:
        """Ask the task to end; it does so at its next step."""
        if self.progress.cancelled:
            return
        self.progress.cancelled = True
        if self.progress.on_cancel is not None:
            self.progress.over = True
            self.progress.on_cancel()
        self.button.state(["disabled"])
        self._label.configure(text=_("Cancelling…"))

    def update(self) -> None:
        """Show how far the task is now."""
        done, total = self.progress.done, self.progress.total
        if total:
            self._bar.configure(mode="determinate", maximum=total, value=done)
            text = _("{done:,} of {total:,}").format(done=done, total=total)
            self.count.configure(text=f"{text} {self.progress.unit}".strip())
        else:
            self._bar.configure(mode="indeterminate")
            self._bar.step(4)
            self.count.configure(text=f"{done:,}" if done else "")


def cancelled() -> str:
    """Return the sentence for a task that the user has cancelled."""
    return _("Cancelled; nothing has changed.")
