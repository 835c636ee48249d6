"""The base class of every window beside the main one, and a scrollable page of text."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Literal

from app.ui.theme.theme import FONT_STRONG, FONT_TEXT, FONT_TITLE, Theme
from app.ui.theme.ttk_styles import configure_all
from app.ui.toolkit.follow import follow
from app.ui.toolkit.window_geometry import Size, centred_over


class Dialog:
    """A window that belongs to the main one. It follows the theme and can be built anew.

    A subclass sets its attributes, then calls this constructor, which calls its `build`. What
    `build` makes is thrown away and made again when the language or the scale changes: what has to
    stay lives in attributes.
    """

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        size: Size | None = None,
        least: Size | None = None,
        padding: int = 16,
        over: tk.Misc | None = None,
    ) -> None:
        """`size`, `least` (the smallest size) and `padding` in pixels at 100 %.

        With None for `size` the window is as large as its content asks for. `over`: the window that
        it is shown over, the main one by default.
        """
        configure_all(root, theme)
        self.root = root
        self.theme = theme
        self._size = size
        self._padding = padding
        self._over = (over or root).winfo_toplevel()
        self.top = tk.Toplevel(root)
        self.top.withdraw()
        self.top.transient(self._over)
        if least is not None:
            self.top.minsize(theme.px(least[0]), theme.px(least[1]))
        self.top.bind("<Escape>", lambda _event: self.escape())
        self.top.protocol("WM_DELETE_WINDOW", self.escape)
        self.frame = self._new_frame()
        self.top.focus_set()  # before `build`, which may give the focus to a widget
        self.build()
        self.apply_theme()
        self._place()
        follow(self.top, theme.palette_changed, self.apply_theme)
        follow(self.top, theme.rebuild_needed, self.rebuild)

    def build(self) -> None:
        """Set the title and fill `frame`."""
        raise NotImplementedError

    def rebuild(self) -> None:
        """Build the content again, in the present language and scale."""
        page = self.page_of_text
        first = "1.0" if page is None else page.index("@0,0")
        for child in self.top.winfo_children():
            child.destroy()
        self.frame = self._new_frame()
        self.build()
        self.apply_theme()
        if (page := self.page_of_text) is not None:
            page.yview(first)

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.top.configure(background=self.theme.palette.ground)

    def escape(self) -> None:
        """React to Escape and to the window's close button."""
        self.close()

    def close(self) -> None:
        """Close the window."""
        if self.exists:
            self.top.destroy()

    @property
    def exists(self) -> bool:
        """Whether the window is still open."""
        return bool(self.top.winfo_exists())

    @property
    def page_of_text(self) -> tk.Text | None:
        """The text to read that the window shows, if it has one."""
        pages = (child for child in self.frame.winfo_children() if isinstance(child, Page))
        return next((page.text for page in pages), None)

    def to_front(self) -> None:
        """Bring the window to the front."""
        self.top.deiconify()
        self.top.lift()
        self.top.focus_set()

    def close_button(self, text: str) -> ttk.Button:
        """Add a button at the bottom that closes the window, as Return does; it has the focus."""
        button = ttk.Button(self.frame, text=text, command=self.close)
        button.pack(side="bottom", anchor="e", pady=(self.theme.px(12), 0))
        button.focus_set()
        self.top.bind("<Return>", lambda _event: self.close())
        return button

    def _new_frame(self) -> ttk.Frame:
        frame = ttk.Frame(self.top, padding=self.theme.px(self._padding))
        frame.pack(fill="both", expand=True)
        return frame

    def _place(self) -> None:
        """Show the window over the main one, on the screen."""
        top, px = self.top, self.theme.px
        top.update_idletasks()
        size = None if self._size is None else (px(self._size[0]), px(self._size[1]))
        place = centred_over(top, self._over, size)
        where = f"+{place.x}+{place.y}"
        fits = (place.width, place.height) == (top.winfo_reqwidth(), top.winfo_reqheight())
        # Without a size of its own it follows its content, also when that grows.
        top.geometry(where if size is None and fits else f"{place.width}x{place.height}{where}")
        top.deiconify()
        top.lift()


def scroll(view: tk.Text | ttk.Treeview, on_scroll: Callable[[], object] = lambda: None) -> None:
    """Pack a view into its frame, with a scroll bar while there is more than is visible.

    `on_scroll` is called when other parts of it are visible.
    """
    bar = ttk.Scrollbar(view.master, orient="vertical", command=view.yview)

    def scrolled(first: float, last: float) -> None:
        bar.set(first, last)
        if (float(first), float(last)) == (0.0, 1.0):  # Tk gives strings
            bar.pack_forget()
        elif not bar.winfo_manager():
            bar.pack(side="right", fill="y", before=view)
        on_scroll()

    view.configure(yscrollcommand=scrolled)
    view.pack(side="left", fill="both", expand=True)


class Page(ttk.Frame):
    """Text to read and to scroll, also with the keys; it may contain pictures."""

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
            pady=0,  # with any, a half-visible line would end before the page does
            spacing3=px(4),
            cursor="arrow",
            takefocus=True,  # it is read-only: Tab would skip it
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
        follow(self, theme.palette_changed, self.apply_theme)
        self.apply_theme()

    def add(self, text: str, *tags: str) -> None:
        """Add a paragraph; tags: "title", "heading", "muted"."""
        self.text.configure(state="normal")
        self.text.insert("end", f"{text}\n", tags)
        self.text.configure(state="disabled")

    def add_picture(self, picture: tk.Widget) -> None:
        """Add a widget, a child of `text`, as a paragraph."""
        self.text.configure(state="normal")
        self.text.window_create("end", window=picture, align="center")
        self.text.insert("end", "\n")
        self.text.configure(state="disabled")

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
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
