"""Owns what the small windows share: their place over the main one, Escape, a page of text."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING, Literal

from app.ui.theme.theme import FONT_STRONG, FONT_TEXT, FONT_TITLE
from app.ui.toolkit.window_geometry import over

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.theme.theme import Theme

PADDING = 16


class Dialog:
    """A window of its own that belongs to the main one; Escape closes it."""

    def __init__(self, window: MainWindow, title: str) -> None:
        self.window = window
        self.theme: Theme = window.theme
        reused, window.dialogs.reused = window.dialogs.reused, None
        self.top = reused or tk.Toplevel(window.root)
        if reused is None:
            self.top.withdraw()
        self.top.title(title)
        self.top.transient(window.root)
        self.top.bind("<Escape>", lambda _event: self.top.destroy())
        self.frame = ttk.Frame(self.top, padding=self.theme.px(PADDING))
        self.frame.pack(fill="both", expand=True)

    @property
    def exists(self) -> bool:
        """Whether the window is still open."""
        return bool(self.top.winfo_exists())

    @property
    def text(self) -> tk.Text | None:
        """The text that it shows, if it is one to read."""
        pages = (child for child in self.frame.winfo_children() if isinstance(child, Page))
        return next((page.text for page in pages), None)

    def open(self, size: tuple[int, int] | None = None) -> None:
        """Show it over the main window, on the screen; `size` in pixels at 100 %."""
        self.apply_theme()
        top, root = self.top, self.window.root
        if top.winfo_viewable():  # said anew, in another language: it stays where it is
            return
        top.update_idletasks()
        px = self.theme.px
        place = over(top, root, None if size is None else (px(size[0]), px(size[1])))
        where = f"+{place.x}+{place.y}"
        fits = (place.width, place.height) == (top.winfo_reqwidth(), top.winfo_reqheight())
        # Without a size of its own it follows what is in it, also when the text grows.
        top.geometry(where if size is None and fits else f"{place.width}x{place.height}{where}")
        top.deiconify()
        top.lift()
        top.focus_set()

    def to_front(self) -> None:
        """Bring it before all others."""
        self.top.deiconify()
        self.top.lift()
        self.top.focus_set()

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.top.configure(background=self.theme.palette.ground)

    def close_button(self, text: str) -> ttk.Button:
        """Add a button below everything that closes the window, and give it the focus."""
        button = ttk.Button(self.frame, text=text, command=self.top.destroy)
        button.pack(side="bottom", anchor="e", pady=(self.theme.px(12), 0))
        button.focus_set()
        return button


def scroll(view: tk.Text | ttk.Treeview) -> None:
    """Pack a view into its frame, and a scroll bar beside it while there is more than is seen."""
    bar = ttk.Scrollbar(view.master, orient="vertical", command=view.yview)

    def scrolled(first: float, last: float) -> None:
        bar.set(first, last)
        if (float(first), float(last)) == (0.0, 1.0):  # Tk gives words, not numbers
            bar.pack_forget()
        elif not bar.winfo_manager():
            bar.pack(side="right", fill="y", before=view)

    view.configure(yscrollcommand=scrolled)
    view.pack(side="left", fill="both", expand=True)


class Page(ttk.Frame):
    """Text to read and to scroll, also with the keys; pictures may stand in it."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent, style="Edge.TFrame", padding=1)
        self._theme = theme
        px = theme.px
        self.text = tk.Text(
            self,
            width=20,
            height=8,
            wrap="word",
            font=FONT_TEXT,
            relief="flat",
            borderwidth=0,
            highlightthickness=0,
            padx=px(14),
            pady=0,  # a line that is half in sight would end before the page does
            spacing3=px(4),
            cursor="arrow",
            takefocus=True,  # as it cannot be written in, Tab would pass it by
        )
        scroll(self.text)
        self.text.tag_configure("title", font=FONT_TITLE, spacing1=px(14), spacing3=px(8))
        self.text.tag_configure("heading", font=FONT_STRONG, spacing1=px(14))
        top = self.winfo_toplevel()  # the button below has the focus at first
        for key, amount, unit in (
            ("Up", -1, "units"),
            ("Down", 1, "units"),
            ("Prior", -1, "pages"),
            ("Next", 1, "pages"),
        ):
            top.bind(f"<{key}>", lambda _event, by=(amount, unit): self._scroll(*by))  # type: ignore[misc]
        top.bind("<Home>", lambda _event: self.text.yview_moveto(0.0))
        top.bind("<End>", lambda _event: self.text.yview_moveto(1.0))
        self.text.bind("<FocusIn>", lambda _event: self.configure(style="Focused.Edge.TFrame"))
        self.text.bind("<FocusOut>", lambda _event: self.configure(style="Edge.TFrame"))
        self.apply_theme()

    def add(self, text: str, *tags: str) -> None:
        """Add a paragraph; tags: "title", "heading", "muted"."""
        self.text.configure(state="normal")
        self.text.insert("end", f"{text}\n", tags)
        self.text.configure(state="disabled")

    def add_picture(self, picture: tk.Widget) -> None:
        """Add a widget, a child of `text`, at the beginning of the next paragraph."""
        self.text.configure(state="normal")
        self.text.window_create("end", window=picture, align="center")
        self.text.insert("end", "\n")
        self.text.configure(state="disabled")

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        palette = self._theme.palette
        self.text.configure(
            background=palette.raised,
            foreground=palette.text,
            selectbackground=palette.best,
            selectforeground=palette.on_best,
        )
        self.text.tag_configure("muted", foreground=palette.muted)

    def _scroll(self, amount: int, unit: Literal["units", "pages"]) -> str:
        self.text.yview_scroll(amount, unit)
        return "break"
