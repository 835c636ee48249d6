"""The dialog "Retrain": which recipe, on which data, from which weights, for how many epochs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.i18n import _, translated
from app.recognition.alphabet import DIGITS
from app.training_process import list_recipes
from app.ui.answer.formatting import duration
from app.ui.dialogs.base import Dialog
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_SMALL, FONT_TEXT
from app.ui.toolkit.background import run_in_thread

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_PREFERRED = "own-hand"
_PREFERRED_WITHOUT_SAMPLES = "inkling"
_SAMPLES = "samples"
_MAX_EPOCHS = 10_000
_ABOUT_WIDTH, _PROBLEM_WIDTH = 360, 460
"""The widths at which a recipe's description and a problem are wrapped, in pixels at 100 %."""
_OVERHEAD_S = 40.0
"""Importing TensorFlow, reading the data, exporting and comparing."""


@dataclass(frozen=True)
class Choice:
    """What the user wants trained."""

    recipe: str
    data: tuple[str, ...]
    start: str
    epochs: int

    @property
    def arguments(self) -> list[str]:
        """The choice as arguments of `inkling train`."""
        return [
            self.recipe,
            *("--data", ",".join(self.data)),
            *("--start", self.start),
            *("--epochs", str(self.epochs)),
        ]


class RetrainDialog(Dialog):
    """Asks what to train."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        sample_count: int,
        begin: Callable[[Choice], None],
    ) -> None:
        """`sample_count`: how many samples the user has; `begin` gets the choice."""
        self._sample_count = sample_count
        self._begin = begin
        self._recipes: dict[str, dict[str, Any]] = {}
        self.recipe = tk.StringVar(root)
        self.start = tk.StringVar(root, "shipped")
        self.epochs = tk.StringVar(root, "5")
        self.data = {
            name: tk.BooleanVar(root, name != _SAMPLES or sample_count > 0)
            for name in ("mnist", "pen", _SAMPLES)
        }
        super().__init__(root, theme)
        self.epochs.trace_add("write", lambda *_names: self._show_duration())
        self.top.bind("<Return>", lambda _event: self.train())
        run_in_thread(self.top, list_recipes, self._show_recipes, self._show_problem)

    @property
    def is_ready(self) -> bool:
        """Whether the recipes are known."""
        return bool(self._recipes)

    @property
    def problem(self) -> str:
        """Why training cannot begin; "" if it can."""
        return str(self._problem.cget("text"))

    @property
    def choice(self) -> Choice | None:
        """What is chosen now; None, and a problem is shown, where that cannot be trained."""
        data = tuple(name for name, wanted in self.data.items() if wanted.get())
        try:
            epochs = int(self.epochs.get())
        except ValueError:
            epochs = 0
        if not data:
            self._show_problem(_("Choose at least one kind of training data."))
        elif not 1 <= epochs <= _MAX_EPOCHS:
            self._show_problem(
                _("Epochs must be a whole number from 1 to {limit:,}.").format(limit=_MAX_EPOCHS)
            )
        elif _SAMPLES in data and not self._sample_count:
            self._show_problem(_("You have no samples yet: correct a few answers first."))
        else:
            self._show_problem("")
            return Choice(self.recipe.get(), data, self.start.get(), epochs)
        return None

    def train(self) -> None:
        """Begin, if what is chosen can be trained."""
        choice = self.choice
        if choice is not None and self.is_ready:
            self.close()
            self._begin(choice)

    def build(self) -> None:
        """Build the fields and the buttons, with what is chosen now."""
        px, frame = self.theme.px, self.frame
        self.top.title(_("Retrain"))
        frame.columnconfigure(1, weight=1)
        self._recipe_box = ttk.Combobox(
            frame, textvariable=self.recipe, values=self._names, state="readonly", width=28
        )
        self._recipe_box.bind("<<ComboboxSelected>>", lambda _event: self._recipe_chosen())
        self._row(0, _("Recipe"), self._recipe_box)
        self._about = ttk.Label(
            frame, style="Muted.TLabel", wraplength=px(_ABOUT_WIDTH), justify="left"
        )
        self._about.grid(row=1, column=1, sticky="w", pady=(px(4), px(10)))
        self._row(2, _("Train on"), self._data_buttons())
        self._row(3, _("Start from"), self._start_buttons())
        epochs = ttk.Spinbox(frame, textvariable=self.epochs, from_=1, to=1000, width=6)
        self._row(4, _("Epochs"), epochs)
        self._duration = ttk.Label(frame)
        self._row(5, _("Duration"), self._duration)
        self._problem = ttk.Label(
            frame, style="Problem.TLabel", wraplength=px(_PROBLEM_WIDTH), justify="left"
        )
        self._problem.grid(row=6, column=0, columnspan=2, sticky="w", pady=(px(8), 0))
        buttons = ttk.Frame(frame)
        buttons.grid(row=7, column=0, columnspan=2, sticky="e", pady=(px(12), 0))
        ttk.Button(buttons, text=_("Cancel"), command=self.close).pack(side="left")
        train = ttk.Button(buttons, text=_("Train"), command=self.train, style="Main.TButton")
        train.pack(side="left", padx=(px(6), 0))
        self._show_about()
        self._show_duration()

    def _row(self, row: int, text: str, widget: tk.Widget) -> None:
        px = self.theme.px
        label = ttk.Label(self.frame, text=text)
        label.grid(row=row, column=0, sticky="w", padx=(0, px(16)), pady=px(6))
        widget.grid(row=row, column=1, sticky="w")

    def _data_buttons(self) -> ttk.Frame:
        frame = ttk.Frame(self.frame)
        samples = _("My samples ({count})").format(count=self._sample_count)
        for name, text in (("mnist", _("MNIST")), ("pen", _("Pen set")), (_SAMPLES, samples)):
            button = ttk.Checkbutton(frame, text=text, variable=self.data[name])
            button.pack(side="left", padx=(0, self.theme.px(12)))
        return frame

    def _start_buttons(self) -> ttk.Frame:
        frame = ttk.Frame(self.frame)
        for value, text in (("shipped", _("The shipped model")), ("scratch", _("Scratch"))):
            button = ttk.Radiobutton(frame, text=text, value=value, variable=self.start)
            button.pack(side="left", padx=(0, self.theme.px(12)))
        return frame

    @property
    def _names(self) -> list[str]:
        """The recipes' names, the suggested one first."""
        first = _PREFERRED if self._sample_count else _PREFERRED_WITHOUT_SAMPLES
        return sorted(self._recipes, key=lambda name: name != first)

    def _show_recipes(self, recipes: list[dict[str, Any]]) -> None:
        if self.exists:
            # The user's own model is one of digits.
            self._recipes = {
                recipe["name"]: recipe for recipe in recipes if recipe["alphabet"] == DIGITS.name
            }
            self._recipe_box.configure(values=self._names)
            self.recipe.set(self._names[0])
            self._recipe_chosen()

    def _recipe_chosen(self) -> None:
        """Set all fields as the recipe has them."""
        recipe = self._recipes[self.recipe.get()]
        self.start.set(recipe["start"])
        for name, wanted in self.data.items():
            wanted.set(name in recipe["data"] and (name != _SAMPLES or self._sample_count > 0))
        self.epochs.set(str(recipe["epochs"]))
        self._show_about()

    def _show_about(self) -> None:
        recipe = self._recipes.get(self.recipe.get())
        about = translated(recipe["about"]) if recipe else ""
        about = about[:1].upper() + about[1:]
        text = wrap_text(self._about, about, self.theme.px(_ABOUT_WIDTH), FONT_SMALL)
        self._about.configure(text=text)

    def _show_duration(self) -> None:
        """Show how long the training will take, by the recipe's number of images and speed."""
        recipe = self._recipes.get(self.recipe.get())
        try:
            epochs = int(self.epochs.get())
        except ValueError:
            return
        if recipe is not None and self.exists:
            seconds = _OVERHEAD_S + epochs * recipe["images"] * recipe["us_per_image"] / 1e6
            text = _("About {time} on two cores").format(time=duration(seconds))
            self._duration.configure(text=text)

    def _show_problem(self, problem: str) -> None:
        if self.exists:
            text = wrap_text(self._problem, problem, self.theme.px(_PROBLEM_WIDTH), FONT_TEXT)
            self._problem.configure(text=text)
