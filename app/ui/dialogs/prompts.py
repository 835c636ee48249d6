"""Modal questions: a name, or a choice between several actions.

Tk's own have "Yes" and "No" on their buttons; these have the name of what a button does.
"""

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial
from tkinter import ttk

from app.i18n import _
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_TEXT, Theme
from app.ui.theme.ttk_styles import configure_all
from app.ui.toolkit.window_geometry import centred_over

_WIDTH = 340
"""The question's greatest width, in pixels at 100 %."""


def ask_name(parent: tk.Misc, theme: Theme, title: str, prompt: str, name: str) -> str | None:
    """Let the user change a name; return it, or None if the user cancels."""
    return _NamePrompt(parent, theme, title, prompt, name).answer()


def choose(
    parent: tk.Misc, theme: Theme, question: str, actions: Mapping[str, str], cancel: str = ""
) -> str | None:
    """Let the user choose an action; return its name, or None if the user cancels.

    `actions` maps names to the texts of their buttons, the default first: Return chooses it.
    `cancel` is the text of the button that changes nothing, as Escape does; "Cancel" by default.
    """
    return _ActionPrompt(parent, theme, question, actions, cancel or _("Cancel")).answer()


class _Prompt:
    """A modal window over another one."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str) -> None:
        configure_all(parent, theme)
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
        """The widget with the focus at first."""
        self.top.bind("<Escape>", lambda _event: self.top.destroy())

    def answer(self) -> str | None:
        """Show it, wait for the user and return the answer; None if the window was closed."""
        parent = self._parent
        if parent.winfo_viewable():  # a window transient to an icon would be invisible
            self.top.transient(parent)
        self.top.update_idletasks()
        place = centred_over(self.top, parent)
        self.top.geometry(f"+{place.x}+{place.y}")
        self.top.deiconify()
        self.top.wait_visibility()
        self.top.grab_set()
        self.first.focus_set()
        parent.wait_window(self.top)
        return self._answer

    def give(self, answer: str) -> None:
        """Answer and close."""
        self._answer = answer
        self.top.destroy()


class _NamePrompt(_Prompt):
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
        """Answer with the name."""
        self.give(self.name.get().strip())


class _ActionPrompt(_Prompt):
    """A sentence and a button for each action; the default is the last, as is usual."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, question: str, actions: Mapping[str, str], cancel: str
    ) -> None:
        super().__init__(parent, theme, "Inkling")
        width = theme.px(_WIDTH)
        text = wrap_text(self.frame, question, width, FONT_TEXT)
        ttk.Label(self.frame, text=text, wraplength=width).pack(anchor="w")
        self._add(cancel, self.top.destroy)
        default, *others = actions
        for name in reversed(others):
            self._add(actions[name], partial(self.give, name))
        self.first = self._add(actions[default], partial(self.give, default), "Main.TButton")
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
