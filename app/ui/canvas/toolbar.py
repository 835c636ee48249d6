"""The row of tools above the canvas: pen, eraser, width, digit or number, undo, redo, clear."""

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from tkinter import ttk

from app.i18n import _
from app.storage.settings import DIGITS, PEN_WIDTHS, Settings
from app.ui.alphabet.switch import AlphabetSwitch
from app.ui.canvas.tools import ERASER, PEN, Tools
from app.ui.document.document import Document
from app.ui.preferences import Preferences
from app.ui.theme.theme import Theme
from app.ui.toolkit.follow import follow
from app.ui.toolkit.icon_button import icon_button
from app.ui.toolkit.segments import Choice, Segments

_MIN_SLIDER = 32


class Toolbar(ttk.Frame):
    """Buttons and a slider, made in the order in which Tab goes through them."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        theme: Theme,
        document: Document,
        tools: Tools,
        preferences: Preferences,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._tools = tools
        self._preferences = preferences
        self.tool = tk.StringVar(self, tools.tool)
        self.number = tk.IntVar(self, int(preferences.settings.reads_number))
        self._build_drawing_tools()
        self._build_reading()
        self._build_steps()
        self.bind("<Configure>", self._resized)
        follow(self, document.changed, self._enable_buttons)
        follow(self, tools.changed, self._show_tool)
        follow(self, preferences.changed, self._preferences_changed)
        self._show_width(tools.pen_width)
        self._enable_buttons()

    def add_tooltips(self) -> None:
        """Add the tooltips; called once the window is up."""
        from app.ui.toolkit.tooltip import Tooltip

        width = _("Width of the pen ({thinner} and {thicker}); the answer does not depend on it")
        number = _("Read a whole number such as −12.5; each digit gets its box ({key})")
        alphabet = _("What is recognised; whole numbers are read with Digits alone")
        clear = _("Clear the drawing ({key}); Undo brings it back")

        def width_text() -> str:
            thinner = self._key_text("bracketleft", "Mod+bracketleft")
            thicker = self._key_text("bracketright", "Mod+bracketright")
            return width.format(thinner=thinner, thicker=thicker)

        buttons = (
            (self.pen_button, _("Draw ({key})"), ("P", "F5")),
            (self.eraser_button, _("Erase ink ({key})"), ("E", "F6")),
            (self.digit_button, _("Read one digit ({key})"), ("Mod+D",)),
            (self.number_button, number, ("Mod+D",)),
            (self.undo_button, _("Undo the last step ({key})"), ("Mod+Z",)),
            (self.redo_button, _("Redo the last undone step ({key})"), ("Mod+Y",)),
            (self.clear_button, clear, ("Escape",)),
        )
        self.tooltips = [
            Tooltip(self.width, self._theme, width_text),
            Tooltip(self.alphabet, self._theme, alphabet),
            *(
                Tooltip(button, self._theme, partial(self._with_key, text, keys))
                for button, text, keys in buttons
            ),
        ]

    def _with_key(self, text: str, keys: Sequence[str]) -> str:
        return text.format(key=self._key_text(*keys))

    def _key_text(self, *keys: str) -> str:
        """Return the first key among digits, else the last: characters may be labels there."""
        from app.ui.menu.key_bindings import key_text

        is_digits = self._preferences.settings.alphabet == DIGITS
        return key_text(self, keys[0] if is_digits else keys[-1])

    def _build_drawing_tools(self) -> None:
        px = self._theme.px
        # In a small window the slider shrinks; in a large one there is space before "Undo".
        self.columnconfigure(2, weight=1, minsize=px(_MIN_SLIDER))
        self.columnconfigure(6, weight=1000)
        tools = Segments(
            self,
            self._theme,
            choices=(Choice(PEN, _("Pen"), "pencil"), Choice(ERASER, _("Eraser"), "eraser")),
            variable=self.tool,
            command=lambda: self._tools.use(self.tool.get()),
        )
        tools.grid(row=0, column=0)
        self.pen_button, self.eraser_button = tools.buttons
        self._width_label = ttk.Label(self, text=_("Width"))
        self._width_label.grid(row=0, column=1, padx=(px(12), px(8)))
        self.width = ttk.Scale(
            self,
            from_=PEN_WIDTHS[0],
            to=PEN_WIDTHS[1],
            value=self._tools.pen_width,
            length=px(112),
            command=lambda value: self._tools.set_pen_width(float(value)),
        )
        self.width.grid(row=0, column=2, sticky="ew")
        self._width_text = ttk.Label(self, width=3, anchor="e", style="Muted.TLabel")
        self._width_text.grid(row=0, column=3)

    def _build_reading(self) -> None:
        px = self._theme.px
        self.alphabet = AlphabetSwitch(self, theme=self._theme, preferences=self._preferences)
        self.alphabet.grid(row=0, column=4, padx=(px(12), 0))
        self._reading = Segments(
            self,
            self._theme,
            choices=(Choice(0, _("Digit")), Choice(1, _("Number"))),
            variable=self.number,
            command=lambda: self._preferences.change(number=bool(self.number.get())),
        )
        self._reading.grid(row=0, column=5, padx=(px(8), 0))
        self.digit_button, self.number_button = self._reading.buttons
        self._show_reading()

    def _build_steps(self) -> None:
        px, theme, document = self._theme.px, self._theme, self._document
        self.undo_button = icon_button(self, theme, "undo-2", document.undo)
        self.redo_button = icon_button(self, theme, "redo-2", document.redo)
        self.clear_button = icon_button(self, theme, "trash-2", document.clear, _("Clear"))
        buttons = (self.undo_button, self.redo_button, self.clear_button)
        for column, button in enumerate(buttons, 7):
            # The first one with more space before it: another group, in a small window too.
            button.grid(row=0, column=column, padx=(px(12 if column == 7 else 8), 0))

    def _show_tool(self) -> None:
        self.tool.set(self._tools.tool)

    def _preferences_changed(self, before: Settings, after: Settings) -> None:
        if before.pen_width != after.pen_width:
            self._show_width(after.pen_width)
        if before.reading != after.reading:
            self.number.set(int(after.reads_number))
            self._show_reading()

    def _show_reading(self) -> None:
        """Show the choice between a digit and a number in the alphabet that has it."""
        if self._preferences.settings.alphabet == DIGITS:
            self._reading.grid()
        else:
            self._reading.grid_remove()

    def _resized(self, event: "tk.Event[tk.Misc]") -> None:
        """Show the slider's name where there is room for it."""
        px, label = self._theme.px, self._width_label
        room = event.width - self.winfo_reqwidth()
        room += self.width.winfo_reqwidth() - px(_MIN_SLIDER)
        if label.winfo_manager():
            if room < 0:
                label.grid_remove()
        elif room >= label.winfo_reqwidth() + px(20):
            label.grid()

    def _show_width(self, width: float) -> None:
        self._width_text.configure(text=str(round(width)))
        if abs(float(self.width.get()) - width) > 1e-6:
            self.width.configure(value=width)

    def _enable_buttons(self) -> None:
        """Enable the buttons that have something to do."""
        drawing = self._document.drawing
        for button, enabled in (
            (self.undo_button, drawing.can_undo),
            (self.redo_button, drawing.can_redo),
            (self.clear_button, not self._document.is_blank),
        ):
            button.state(["!disabled" if enabled else "disabled"])
