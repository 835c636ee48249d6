"""Owns the dialog "Retrain": which recipe, from what, from where, for how long."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any, NamedTuple

from app.i18n import _, translated
from app.training_process import list_recipes
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL, FONT_TEXT
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_PREFERRED = "own-hand"
_SAMPLES = "samples"
_ABOUT, _PROBLEM = 360, 460
"""How wide what is said of a recipe and of what is wrong is at the most, in pixels at 100 %."""
_OVERHEAD_S = 40.0
"""Importing TensorFlow, reading the data, exporting and comparing."""


class Choice(NamedTuple):
    """What the user wants trained."""

    recipe: str
    data: tuple[str, ...]
    start: str
    epochs: int

    @property
    def words(self) -> list[str]:
        """The choice as words of `inkling train`."""
        return [
            self.recipe,
            *("--data", ",".join(self.data)),
            *("--start", self.start),
            *("--epochs", str(self.epochs)),
        ]


class RetrainDialog:
    """Asks; `begin` is called with the choice."""

    def __init__(
        self, root: tk.Tk, theme: Theme, samples: int, begin: Callable[[Choice], None]
    ) -> None:
        """`samples`: how many the user has."""
        self._theme = theme
        self._samples = samples
        self._begin = begin
        self._recipes: dict[str, dict[str, Any]] = {}
        self.top = tk.Toplevel(root)
        self.top.transient(root)
        self.top.configure(background=theme.palette.ground)
        self.recipe = tk.StringVar(self.top)
        self.start = tk.StringVar(self.top, "shipped")
        self.epochs = tk.StringVar(self.top, "5")
        self.data = {
            name: tk.BooleanVar(self.top, name != _SAMPLES or samples > 0)
            for name in ("mnist", "pen", _SAMPLES)
        }
        self._build()
        self.epochs.trace_add("write", lambda *_names: self._estimate())
        self.top.bind("<Escape>", lambda _event: self.top.destroy())
        self.top.bind("<Return>", lambda _event: self.train())
        run_in_thread(self.top, list_recipes, self._show_recipes, self._failed)

    @property
    def is_ready(self) -> bool:
        """Whether the recipes are known."""
        return bool(self._recipes)

    @property
    def problem(self) -> str:
        """Why training cannot begin; empty if it can."""
        return str(self._problem.cget("text"))

    @property
    def choice(self) -> Choice | None:
        """What is chosen now; None, with a sentence shown, where that cannot be trained."""
        data = tuple(name for name, wanted in self.data.items() if wanted.get())
        try:
            epochs = int(self.epochs.get())
        except ValueError:
            epochs = 0
        if not data:
            self._failed(_("Choose at least one kind of data to learn from."))
        elif not 1 <= epochs <= 10_000:
            self._failed(_("Epochs must be a number from 1 on."))
        elif _SAMPLES in data and not self._samples:
            self._failed(_("You have no samples yet: correct a few answers first."))
        else:
            self._failed("")
            return Choice(self.recipe.get(), data, self.start.get(), epochs)
        return None

    def train(self) -> None:
        """Begin, if what is chosen can be trained."""
        choice = self.choice
        if choice is not None and self.is_ready:
            self.top.destroy()
            self._begin(choice)

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now; what is chosen stays so."""
        for child in self.top.winfo_children():
            child.destroy()
        self._build()
        self._show_about()
        self._estimate()

    def _build(self) -> None:
        px = self._theme.px
        self.top.title(_("Retrain"))
        frame = ttk.Frame(self.top, padding=px(16))
        frame.pack(fill="both", expand=True)
        frame.columnconfigure(1, weight=1)
        self._box = ttk.Combobox(frame, textvariable=self.recipe, state="readonly", width=28)
        self._box.configure(values=self._names)
        self._box.bind("<<ComboboxSelected>>", lambda _event: self._recipe_chosen())
        self._about = ttk.Label(frame, style="Muted.TLabel", wraplength=px(_ABOUT), justify="left")
        self._row(frame, 0, _("Recipe"), self._box)
        self._about.grid(row=1, column=1, sticky="w", pady=(px(4), px(10)))
        kinds = ttk.Frame(frame)
        mine = _("My samples ({count})").format(count=self._samples)
        for name, text in (("mnist", _("MNIST")), ("pen", _("Pen set")), (_SAMPLES, mine)):
            ttk.Checkbutton(
                kinds, text=text, variable=self.data[name], command=self._estimate
            ).pack(side="left", padx=(0, px(12)))
        self._row(frame, 2, _("Learn from"), kinds)
        starts = ttk.Frame(frame)
        for value, text in (("shipped", _("The shipped model")), ("scratch", _("Scratch"))):
            ttk.Radiobutton(starts, text=text, value=value, variable=self.start).pack(
                side="left", padx=(0, px(12))
            )
        self._row(frame, 3, _("Start from"), starts)
        spin = ttk.Spinbox(frame, textvariable=self.epochs, from_=1, to=1000, width=6)
        self._row(frame, 4, _("Epochs"), spin)
        self._time = ttk.Label(frame)
        self._row(frame, 5, _("It will take"), self._time)
        self._problem = ttk.Label(frame, style="Problem.TLabel", justify="left")
        self._problem.configure(wraplength=px(_PROBLEM))
        self._problem.grid(row=6, column=0, columnspan=2, sticky="w", pady=(px(8), 0))
        buttons = ttk.Frame(frame)
        buttons.grid(row=7, column=0, columnspan=2, sticky="e", pady=(px(12), 0))
        ttk.Button(buttons, text=_("Cancel"), command=self.top.destroy).pack(side="left")
        self._train = ttk.Button(buttons, text=_("Train"), command=self.train, style="Main.TButton")
        self._train.pack(side="left", padx=(px(6), 0))

    def _row(self, frame: ttk.Frame, row: int, text: str, widget: tk.Widget) -> None:
        px = self._theme.px
        ttk.Label(frame, text=text).grid(
            row=row, column=0, sticky="w", padx=(0, px(16)), pady=px(6)
        )
        widget.grid(row=row, column=1, sticky="w")

    def _show_recipes(self, found: list[dict[str, Any]]) -> None:
        if not self.top.winfo_exists():
            return
        self._recipes = {recipe["name"]: recipe for recipe in found}
        self._box.configure(values=self._names)
        self.recipe.set(self._names[0])
        self._recipe_chosen()

    @property
    def _names(self) -> list[str]:
        """The recipes' names, the one to suggest first."""
        first = _PREFERRED if self._samples else "inkling"
        return sorted(self._recipes, key=lambda name: name != first)

    def _show_about(self) -> None:
        recipe = self._recipes.get(self.recipe.get())
        about = translated(recipe["about"]) if recipe else ""
        about = about[:1].upper() + about[1:]
        self._about.configure(
            text=wrap_text(self._about, about, self._theme.px(_ABOUT), FONT_SMALL)
        )

    def _recipe_chosen(self) -> None:
        recipe = self._recipes[self.recipe.get()]
        self._show_about()
        self.start.set(recipe["start"])
        self.epochs.set(str(recipe["epochs"]))
        for name, wanted in self.data.items():
            wanted.set(name in recipe["data"] and (name != _SAMPLES or self._samples > 0))
        self._estimate()

    def _estimate(self) -> None:
        recipe = self._recipes.get(self.recipe.get())
        try:
            epochs = int(self.epochs.get())
        except ValueError:
            return
        if recipe is None or not self.top.winfo_exists():
            return
        seconds = _OVERHEAD_S + epochs * recipe["images"] * recipe["us_per_image"] / 1e6
        self._time.configure(text=_("About {time} on two cores").format(time=duration(seconds)))

    def _failed(self, problem: str) -> None:
        if self.top.winfo_exists():
            said = wrap_text(self._problem, problem, self._theme.px(_PROBLEM), FONT_TEXT)
            self._problem.configure(text=said)


def duration(seconds: float) -> str:
    """Return a time as people say it: "50 seconds", "4 minutes", "1 h 20 min"."""
    if seconds < 90:
        return _("{count} seconds").format(count=max(round(seconds / 10) * 10, 10))
    minutes = round(seconds / 60)
    if minutes < 90:
        return _("{count} minutes").format(count=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
