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
    window = _Prompt(parent, theme, title)
    ttk.Label(window.frame, text=prompt).pack(anchor="w")
    variable = tk.StringVar(window.top, name)
    field = ttk.Entry(window.frame, textvariable=variable, width=36)
    field.pack(fill="x", pady=(theme.px(8), 0))
    field.selection_range(0, "end")

    def accept() -> None:
        window.give(variable.get().strip())

    window.add_button(_("Cancel"), window.top.destroy)
    window.add_button(_("OK"), accept, "Main.TButton")
    window.top.bind("<Return>", lambda _event: accept())
    return window.ask(field)


def choose(
    parent: tk.Misc,
    theme: Theme,
    question: str,
    actions: Mapping[str, str],
    cancel: str = "",
    destroys: bool = False,
) -> str | None:
    """Let the user choose an action; return its name, or None if the user cancels.

    `actions` maps names to the texts of their buttons, the default first: Return chooses it. Its
    button is the last, as is usual. `cancel` is the text of the button that changes nothing, as
    Escape does; "Cancel" by default. With `destroys` it is the default.
    """
    window = _Prompt(parent, theme, "Inkling")
    width = theme.px(_WIDTH)
    text = wrap_text(window.frame, question, width, FONT_TEXT)
    ttk.Label(window.frame, text=text, wraplength=width).pack(anchor="w")
    styles = ("Main.TButton", "TButton") if destroys else ("TButton", "Main.TButton")
    harmless = window.add_button(cancel or _("Cancel"), window.top.destroy, styles[0])
    first, *others = actions
    for name in reversed(others):
        window.add_button(actions[name], partial(window.give, name))
    main = window.add_button(actions[first], partial(window.give, first), styles[1])
    window.top.bind("<Left>", lambda _event: window.step_focus(-1))
    window.top.bind("<Right>", lambda _event: window.step_focus(1))
    return window.ask(harmless if destroys else main)


class _Prompt:
    """A modal window over another one, with a row of buttons."""

    def __init__(self, parent: tk.Misc, theme: Theme, title: str) -> None:
        configure_all(parent, theme)
        self._parent = parent.winfo_toplevel()
        self._gap = theme.px(6)
        self._answer: str | None = None
        self.top = tk.Toplevel(parent, background=theme.palette.ground)
        self.top.withdraw()
        self.top.title(title)
        self.top.resizable(False, False)
        self.frame = ttk.Frame(self.top, padding=theme.px(16))
        self.frame.pack(fill="both", expand=True)
        self._buttons = ttk.Frame(self.frame)
        self._buttons.pack(side="bottom", anchor="e", pady=(theme.px(14), 0))
        self.top.bind("<Escape>", lambda _event: self.top.destroy())

    def add_button(
        self, text: str, command: Callable[[], None], style: str = "TButton"
    ) -> ttk.Button:
        """Add a button to the right of the others."""
        button = ttk.Button(self._buttons, text=text, command=command, style=style)
        button.pack(side="left", padx=(self._gap, 0))
        return button

    def ask(self, first: tk.Misc) -> str | None:
        """Show it with the focus on `first` and return the answer; None if it was closed."""
        parent = self._parent
        if parent.winfo_viewable():  # a window transient to an icon would be invisible
            self.top.transient(parent)
        self.top.update_idletasks()
        place = centred_over(self.top, parent)
        self.top.geometry(f"+{place.x}+{place.y}")
        self.top.deiconify()
        self.top.wait_visibility()
        self.top.grab_set()
        first.focus_set()
        parent.wait_window(self.top)
        return self._answer

    def give(self, answer: str) -> None:
        """Answer and close."""
        self._answer = answer
        self.top.destroy()

    def step_focus(self, by: int) -> None:
        """Give the focus to the next widget, or to the one before if `by` is negative."""
        focused = self.top.focus_get()
        if focused is not None:
            to = focused.tk_focusNext() if by > 0 else focused.tk_focusPrev()
            if to is not None:
                to.focus_set()
