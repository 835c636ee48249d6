"""The settings dialog."""

import tkinter as tk
from tkinter import ttk

from app.i18n import LANGUAGES, SYSTEM, _
from app.storage.settings import PEN_WIDTHS, THEMES
from app.ui.canvas.tools import Tools
from app.ui.dialogs.base import Dialog
from app.ui.preferences import Preferences
from app.ui.theme.appearance import ZOOM_STEPS, Appearance
from app.ui.theme.fonts import language_name
from app.ui.theme.theme import Theme


class SettingsDialog(Dialog):
    """Every change takes effect at once; there is nothing to confirm."""

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        *,
        preferences: Preferences,
        tools: Tools,
        appearance: Appearance,
    ) -> None:
        self._preferences = preferences
        self._tools = tools
        self._appearance = appearance
        super().__init__(root, theme)

    def build(self) -> None:
        """Show the present settings."""
        self.top.title(_("Settings"))
        settings = self._preferences.settings
        self.themes = (_("Like the system"), _("Light"), _("Dark"))
        self.theme_choice = tk.StringVar(self.top, self.themes[THEMES.index(settings.theme)])
        own_names = [language_name(self.top, name) for name in LANGUAGES]
        self.languages = dict(
            zip((_("Like the system"), *own_names), (SYSTEM, *LANGUAGES), strict=True)
        )
        present = next(text for text, name in self.languages.items() if name == settings.language)
        self.language = tk.StringVar(self.top, present)
        self.zoom = tk.StringVar(self.top, _percent(settings.zoom))
        self.pen_width = tk.StringVar(self.top, str(round(settings.pen_width)))
        self.flags = {
            "show_raster": tk.BooleanVar(self.top, settings.show_raster),
            "show_candidates": tk.BooleanVar(self.top, settings.show_candidates),
            "next_digit": tk.BooleanVar(self.top, settings.next_digit),
            "ask_unsaved": tk.BooleanVar(self.top, settings.ask_unsaved),
        }
        self._build_fields()

    def set_theme(self) -> None:
        """Apply the chosen theme."""
        self._appearance.set_theme(THEMES[self.themes.index(self.theme_choice.get())])

    def set_language(self) -> None:
        """Switch to the chosen language; this dialog is built again in it, too."""
        self._appearance.set_language(self.languages[self.language.get()])

    def set_zoom(self) -> None:
        """Apply the chosen size."""
        self._appearance.zoom_to(int(self.zoom.get().rstrip(" %")) / 100)

    def set_pen_width(self) -> None:
        """Apply the pen's width once it is a possible number."""
        try:
            width = float(self.pen_width.get())
        except ValueError:
            return
        if PEN_WIDTHS[0] <= width <= PEN_WIDTHS[1]:
            self._tools.set_pen_width(width)

    def set_flag(self, name: str) -> None:
        """Apply a check box."""
        self._preferences.change(**{name: self.flags[name].get()})

    def _build_fields(self) -> None:
        self.close_button(_("Close"))
        fields = ttk.Frame(self.frame)
        fields.pack(fill="both", expand=True)
        fields.columnconfigure(1, weight=1)
        theme_box = self._choice(fields, 0, _("Theme"), self.theme_choice, self.themes)
        theme_box.bind("<<ComboboxSelected>>", lambda _event: self.set_theme())
        zoom = self._choice(
            fields, 1, _("Size"), self.zoom, [_percent(zoom) for zoom in ZOOM_STEPS]
        )
        zoom.bind("<<ComboboxSelected>>", lambda _event: self.set_zoom())
        self._label(fields, 2, _("Pen width"))
        width = ttk.Spinbox(
            fields,
            textvariable=self.pen_width,
            from_=PEN_WIDTHS[0],
            to=PEN_WIDTHS[1],
            increment=1,
            width=6,
            command=self.set_pen_width,
        )
        width.grid(row=2, column=1, sticky="w", pady=self.theme.px(4))
        trace = self.pen_width.trace_add("write", lambda *_words: self.set_pen_width())
        # Else Tcl would keep the trace, and that this dialog.
        width.bind("<Destroy>", lambda _event: self.pen_width.trace_remove("write", trace))
        language = self._choice(fields, 3, _("Language"), self.language, list(self.languages))
        language.bind("<<ComboboxSelected>>", lambda _event: self.set_language())
        for row, (name, text) in enumerate(
            (
                ("show_raster", _("Show what the network sees")),
                ("show_candidates", _("Show the candidates and their bars")),
                ("next_digit", _("Clear a finished digit and keep its answer in a strip")),
                ("ask_unsaved", _("Ask before closing an unsaved drawing")),
            ),
            4,
        ):
            self._flag(fields, row, name, text)
        reset = ttk.Button(fields, text=_("Reset Layout"), command=self._reset)
        reset.grid(row=8, column=0, columnspan=2, sticky="w", pady=(self.theme.px(10), 0))
        theme_box.focus_set()

    def _reset(self) -> None:
        self._appearance.reset_layout()
        self.zoom.set(_percent(self._preferences.settings.zoom))
        for name, flag in self.flags.items():
            flag.set(getattr(self._preferences.settings, name))

    def _label(self, parent: ttk.Frame, row: int, text: str) -> None:
        label = ttk.Label(parent, text=text)
        label.grid(row=row, column=0, sticky="w", padx=(0, self.theme.px(16)))

    def _choice(
        self,
        parent: ttk.Frame,
        row: int,
        text: str,
        variable: tk.StringVar,
        values: list[str] | tuple[str, ...],
    ) -> ttk.Combobox:
        self._label(parent, row, text)
        box = ttk.Combobox(
            parent, textvariable=variable, values=list(values), state="readonly", width=18
        )
        box.grid(row=row, column=1, sticky="ew", pady=self.theme.px(4))
        return box

    def _flag(self, parent: ttk.Frame, row: int, name: str, text: str) -> None:
        button = ttk.Checkbutton(
            parent, text=text, variable=self.flags[name], command=lambda: self.set_flag(name)
        )
        top = self.theme.px(10) if row == 4 else 0
        button.grid(row=row, column=0, columnspan=2, sticky="w", pady=(top, 0))


def _percent(zoom: float) -> str:
    return _("{percent} %").format(percent=round(zoom * 100))
