"""Owns the questions that stop everything until they are answered: a name, one of several ways on.

Tk's own have "Yes" and "No" on their buttons, whatever is asked; these say what a button does.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT
from app.ui.toolkit.window_geometry import over

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_WIDTH = 340
"""How wide what is asked is at the most, in pixels at 100 %."""


def ask_name(parent: tk.Misc, theme: Theme, title: str, prompt: str, name: str) -> str | None:
    """Let the user change a name; return it, or None if they would rather not."""
    return _Name(parent, theme, title, prompt, name).answer()


def choose(
    parent: tk.Misc, theme: Theme, asked: str, ways: Mapping[str, str], stay: str = ""
) -> str | None:
    """Let the user choose a way on; return its name, or None if all is to stay as it is.

    `ways` has what stands on each way's button by its name, the usual way first: Return takes it.
    `stay` stands on the button that changes nothing, as Escape does; "Cancel" if it is not said.
    """
    return _Ways(parent, theme, asked, ways, stay or _("Cancel")).answer()


class _Question:
    """A window over another one, which waits for an answer."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str) -> None:
        self._parent = parent.winfo_toplevel()
        self._px = theme.px
        self._answer: str | None = None
        self.top = tk.Toplevel(parent, background=theme.palette.ground)
        self.top.withdraw()
        self.top.title(title)
        self.top.resizable(False, False)
        self.frame = ttk.Frame(self.top, padding=theme.px(16))
        self.frame.pack(fill="both", expand=True)
        self.buttons = ttk.Frame(self.frame)
        self.buttons.pack(side="bottom", anchor="e", pady=(theme.px(14), 0))
        self.first: tk.Misc = self.top
        """What has the focus at first."""
        self.top.bind("<Escape>", lambda _event: self.top.destroy())

    def answer(self) -> str | None:
        """Show it, wait for the user and return the answer; None if the window was closed."""
        parent = self._parent
        if parent.winfo_viewable():  # one that belongs to an icon would not be seen
            self.top.transient(parent)
        self.top.update_idletasks()
        place = over(self.top, parent)
        self.top.geometry(f"+{place.x}+{place.y}")
        self.top.deiconify()
        self.top.wait_visibility()
        self.top.grab_set()
        self.first.focus_set()
        parent.wait_window(self.top)
        return self._answer

    def give(self, answer: str) -> None:
        """Take the answer."""
        self._answer = answer
        self.top.destroy()


class _Name(_Question):
    """A field with a name, OK and Cancel."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str, prompt: str, name: str) -> None:
        super().__init__(parent, theme, title)
        ttk.Label(self.frame, text=prompt).pack(anchor="w")
        self.name = tk.StringVar(self.top, name)
        self.first = field = ttk.Entry(self.frame, textvariable=self.name, width=36)
        field.pack(fill="x", pady=(theme.px(8), 0))
        field.selection_range(0, "end")
        cancel = ttk.Button(self.buttons, text=_("Cancel"), command=self.top.destroy)
        cancel.pack(side="left", padx=theme.px(6))
        ok = ttk.Button(self.buttons, text=_("OK"), command=self.accept, style="Main.TButton")
        ok.pack(side="left")
        self.top.bind("<Return>", lambda _event: self.accept())

    def accept(self) -> None:
        """Take the name."""
        self.give(self.name.get().strip())


class _Ways(_Question):
    """A sentence and a button for each way on; the usual one is the last, as elsewhere."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, asked: str, ways: Mapping[str, str], stay: str
    ) -> None:
        super().__init__(parent, theme, "Inkling")
        width = theme.px(_WIDTH)
        text = wrap_text(self.frame, asked, width, FONT_TEXT)
        ttk.Label(self.frame, text=text, wraplength=width).pack(anchor="w")
        self._add(stay, self.top.destroy)
        usual, *others = ways
        for name in reversed(others):
            self._add(ways[name], partial(self.give, name))
        self.first = self._add(ways[usual], partial(self.give, usual), "Main.TButton")
        self.top.bind("<Left>", lambda _event: self._step("previous"))
        self.top.bind("<Right>", lambda _event: self._step("next"))

    def _add(self, text: str, do: Callable[[], None], style: str = "TButton") -> ttk.Button:
        button = ttk.Button(self.buttons, text=text, command=do, style=style)
        button.pack(side="left", padx=(self._px(6), 0))
        return button

    def _step(self, which: str) -> None:
        focused = self.top.focus_get()
        if focused is not None:
            to = focused.tk_focusNext() if which == "next" else focused.tk_focusPrev()
            if to is not None:
                to.focus_set()
