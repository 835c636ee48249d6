"""Owns long work as the user sees it: how far it is, in a small window with Cancel.

The window comes when the work has lasted for half a second; what is quick shows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from app.errors import InklingError
from app.i18n import _
from app.ui.dialogs.base import PADDING, Dialog
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

P = ParamSpec("P")
T = TypeVar("T")
_PATIENCE_MS = 500
_POLL_MS = 50
_WIDE = 320
_LAST_S = 1.5
MEGABYTES = "MB"


class CancelledError(InklingError):
    """The user has cancelled the work."""


class Progress:
    """How far a work is: its own thread tells it, Tk's thread reads it and may cancel."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        """Of how many; 0 as long as nobody knows."""
        self.unit = ""
        """What is counted, where that does not go without saying."""
        self.cancelled = False
        self.over = False
        self.on_cancel: Callable[[], None] | None = None
        """What is done at once instead of waiting for the work."""

    def __call__(self, done: int, total: int = 0) -> None:
        """Tell how far it is; raises CancelledError once the user has cancelled."""
        self.done, self.total = done, total
        if self.cancelled:
            raise CancelledError(cancelled())

    def watched(self, work: Callable[P, T]) -> Callable[P, T]:
        """Return the same work; it is over however it ends."""

        def watched(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return work(*args, **kwargs)
            finally:
                self.over = True

        return watched


class Tasks:
    """The long works that are under way."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.shown: list[ProgressWindow] = []

    def run(
        self,
        says: Callable[[], str],
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> Progress:
        """Run `work` on a thread as `run_in_thread` does; `says` is the sentence beside the bar."""
        progress = self.follow(says)
        run_in_thread(self._window.root, progress.watched(lambda: work(progress)), done, failed)
        return progress

    def await_result(
        self,
        says: Callable[[], str],
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> Progress:
        """Run `work`, which changes nothing and has no steps: cancelled, it is not waited for."""

        def finished(result: T) -> None:
            if not progress.cancelled:
                done(result)

        def ended(problem: str) -> None:
            if not progress.cancelled:
                failed(problem)

        progress = self.follow(says)
        progress.on_cancel = lambda: failed(cancelled())
        run_in_thread(self._window.root, progress.watched(work), finished, ended)
        return progress

    def follow(self, says: Callable[[], str]) -> Progress:
        """Return the Progress of a work that is `watched` on whatever thread, and show it."""
        progress = Progress()
        root = self._window.root

        def begin() -> None:
            if not progress.over:
                self.shown.append(ProgressWindow(self._window, says, progress))
                follow()

        def follow() -> None:
            shown = next(one for one in self.shown if one.progress is progress)
            if progress.over:
                self.shown.remove(shown)
                shown.close()
            else:
                shown.update()
                root.after(_POLL_MS, follow)

        root.after(_PATIENCE_MS, begin)
        return progress

    def cancel_all(self) -> None:
        """Let everything end that is shown."""
        for shown in self.shown:
            shown.cancel()

    def end(self) -> None:
        """Let everything end, for the program does; wait for it, but not long."""
        self.cancel_all()
        end = time.monotonic() + _LAST_S
        while time.monotonic() < end and not all(one.progress.over for one in self.shown):
            time.sleep(0.01)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        for shown in self.shown:
            shown.apply_theme()

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now."""
        for shown in self.shown:
            shown.retranslate()


class ProgressWindow(Dialog):
    """What is being done, how far it is, and Cancel."""

    def __init__(self, window: MainWindow, says: Callable[[], str], progress: Progress) -> None:
        # By name: some widgets of Tk's own, such as menus, have no object here.
        self._focus = str(window.root.tk.call("focus"))
        super().__init__(window, "Inkling")
        self.progress = progress
        self._says = says
        self.top.resizable(False, False)
        self.top.protocol("WM_DELETE_WINDOW", self.cancel)
        self.top.bind("<Escape>", lambda _event: self.cancel())
        self._build()
        self.open()
        self.button.focus_set()

    def _build(self) -> None:
        px = self.theme.px
        said = _("Cancelling…") if self.progress.cancelled else self._says()
        said = wrap_text(self.frame, said, px(_WIDE), FONT_TEXT)
        self._what = ttk.Label(self.frame, text=said, wraplength=px(_WIDE))
        self._what.pack(anchor="w")
        self._bar = ttk.Progressbar(self.frame, length=px(_WIDE), mode="indeterminate")
        self._bar.pack(fill="x", pady=px(10))
        self._count = ttk.Label(self.frame, style="Muted.TLabel")
        self._count.pack(side="left")
        self.button = ttk.Button(self.frame, text=_("Cancel"), command=self.cancel)
        self.button.pack(side="right")
        if self.progress.cancelled:
            self.button.state(["disabled"])
        self.update()

    @property
    def counted(self) -> str:
        """What it says of how far the work is."""
        return str(self._count.cget("text"))

    def close(self) -> None:
        """Go, and let the keys go where they went before."""
        call = self.window.root.tk.call
        had_focus = str(call("focus")).startswith(str(self.top))
        if self.exists:
            self.top.destroy()
        if had_focus and self._focus and call("winfo", "exists", self._focus):
            call("focus", self._focus)

    def cancel(self) -> None:
        """Ask the work to end; it does at its next step."""
        if self.progress.cancelled:
            return
        self.progress.cancelled = True
        if self.progress.on_cancel is not None:
            self.progress.over = True
            self.progress.on_cancel()
        self.button.state(["disabled"])
        self._what.configure(text=_("Cancelling…"))

    def update(self) -> None:
        """Show how far the work is now."""
        done, total = self.progress.done, self.progress.total
        if total:
            self._bar.configure(mode="determinate", maximum=total, value=done)
            said = _("{done:,} of {total:,}").format(done=done, total=total)
            self._count.configure(text=f"{said} {self.progress.unit}".strip())
        else:
            self._bar.configure(mode="indeterminate")
            self._bar.step(4)
            self._count.configure(text=f"{done:,}" if done else "")

    def retranslate(self) -> None:
        """Build all anew, in the language that is spoken now."""
        for child in self.frame.winfo_children():
            child.destroy()
        self.frame.configure(padding=self.theme.px(PADDING))
        self._build()


def cancelled() -> str:
    """Return the sentence for a work that the user has cancelled."""
    return _("Cancelled; everything is as it was before.")
