"""Owns asking for a name: Tk's own question has its buttons in English, whatever is spoken."""

import tkinter as tk
from tkinter import ttk

from app.translation import _
from app.window.look import Look


def ask_name(parent: tk.Toplevel, look: Look, title: str, prompt: str, name: str) -> str | None:
    """Let the user change a name; return it, or None if they would rather not."""
    return _Question(parent, look, title, prompt, name).answer()


class _Question:
    """A field with a name, OK and Cancel."""

    def __init__(self, parent: tk.Toplevel, look: Look, title: str, prompt: str, name: str) -> None:
        self._parent = parent
        self._answer: str | None = None
        self.top = tk.Toplevel(parent, background=look.palette.ground)
        self.top.title(title)
        self.top.transient(parent)
        frame = ttk.Frame(self.top, padding=look.px(16))
        frame.pack(fill="both", expand=True)
        ttk.Label(frame, text=prompt).pack(anchor="w")
        self.name = tk.StringVar(self.top, name)
        self.field = ttk.Entry(frame, textvariable=self.name, width=36)
        self.field.pack(fill="x", pady=look.px(8))
        buttons = ttk.Frame(frame)
        buttons.pack(anchor="e")
        cancel = ttk.Button(buttons, text=_("Cancel"), command=self.top.destroy)
        cancel.pack(side="left", padx=look.px(6))
        ok = ttk.Button(buttons, text=_("OK"), command=self.accept, style="Main.TButton")
        ok.pack(side="left")
        self.top.bind("<Return>", lambda _event: self.accept())
        self.top.bind("<Escape>", lambda _event: self.top.destroy())
        place = f"+{parent.winfo_rootx() + look.px(40)}+{parent.winfo_rooty() + look.px(40)}"
        self.top.geometry(place)
        self.field.selection_range(0, "end")

    def accept(self) -> None:
        """Take the name."""
        self._answer = self.name.get().strip()
        self.top.destroy()

    def answer(self) -> str | None:
        """Wait for the user and return the name, or None."""
        self.top.wait_visibility()
        self.top.grab_set()
        self.field.focus_set()
        self._parent.wait_window(self.top)
        return self._answer
