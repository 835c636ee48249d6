"""The window "Models": the installed models, their cards, and which of them is active."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.answer.formatting import percent
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.prompts import ask_name, choose
from app.ui.menu.action import Action, Item
from app.ui.menu.context_menu import ContextMenu
from app.ui.models.card_view import CardView, comparison_text, model_title
from app.ui.models.import_export import ModelFiles
from app.ui.status import Status
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.toolkit.background import run_in_thread
from app.ui.toolkit.follow import follow
from app.ui.toolkit.status_bar import StatusBar
from app.ui.toolkit.type_ahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.recognition.model_store import DamagedModel, InstalledModel
    from app.recognition.prediction import Prediction
    from app.ui.dialogs.progress import Tasks
    from app.ui.document.document import Document
    from app.ui.models.library import Listing, ModelLibrary
    from app.ui.retrain.curves_window import CurvesWindow
    from app.ui.theme.theme import Theme

_SIZE = (860, 524)
_MIN_SIZE = (700, 440)


class ModelsWindow(Dialog):
    """A list on the left, the selected model's card on the right."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        models: ModelLibrary,
        document: Document,
        tasks: Tasks,
        profile: Path | None,
    ) -> None:
        self._library = models
        self._document = document
        self._tasks = tasks
        self._profile = profile
        self.status = Status()
        self.models: dict[str, InstalledModel | DamagedModel] = {}
        """The models in the list, by name."""
        self._active = ""
        self.curves: CurvesWindow | None = None
        """The curves that were shown last."""
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE, padding=12)
        self.top.bind("<Delete>", lambda _event: self.ask_delete())
        follow(self.top, models.changed, self.refresh)
        self.refresh()

    def to_front(self) -> None:
        """Bring the window to the front, with the focus on the list."""
        super().to_front()
        self._list.focus_set()

    def select(self, name: str) -> None:
        """Show a model's card, and its answer for the present drawing."""
        self._list.selection_set(name)
        self._list.focus(name)

    def refresh(self) -> None:
        """Read which models there are, and show them."""
        self._library.all(self._show_models, self.status.show_problem)

    def rebuild(self) -> None:
        """Build the content again; the selected model stays selected."""
        selected = self._selected
        self.status.show("")
        super().rebuild()
        self._fill_list(selected)

    # Commands

    def activate(self) -> None:
        """Make the selected model the active one, now."""
        name = self._selected
        text = _("{name} is now active.").format(name=name)
        self._library.activate(name, self._shows(text), self.status.show_problem)

    def ask_rename(self) -> None:
        """Let the user give the selected model another name."""
        name = self._selected
        new_name = ask_name(self.top, self.theme, _("Rename"), _("New name:"), name)
        if new_name and new_name != name:
            self.rename(new_name)

    def rename(self, new_name: str) -> None:
        """Give the selected model another name."""
        name = self._selected
        text = _("{old} is now called {new}.").format(old=name, new=new_name)
        self._library.rename(name, new_name, self._shows(text), self.status.show_problem)

    def ask_delete(self) -> None:
        """Delete the selected model, once the user has confirmed it."""
        if not self._can_change:
            return
        question = _("Delete {name}? This cannot be undone.").format(name=self._selected)
        if choose(self.top, self.theme, question, {"delete": _("Delete")}, destroys=True):
            self.delete()

    def delete(self) -> None:
        """Delete the selected model; where it was active, the shipped one is then."""
        name = self._selected
        text = _("Deleted {name}.").format(name=name)
        self._library.delete(name, self._shows(text), self.status.show_problem)

    def show_curves(self) -> None:
        """Show the curves of the selected model's training, or that it has none."""
        from app.recognition.model_store import InstalledModel
        from app.recognition.training_history import Points, read_training_history
        from app.ui.retrain.curves_window import CurvesWindow

        model = self.models.get(self._selected)
        if not isinstance(model, InstalledModel) or model.history is None:
            self.status.show(_("This model came without the curves of its training."))
            return
        history, name = model.history, model_title(model)

        def done(points: Points) -> None:
            if self.exists:
                self.curves = CurvesWindow(self.root, self.theme, name=name, points=points)

        run_in_thread(
            self.top, lambda: read_training_history(history), done, self.status.show_problem
        )

    def _shows(self, text: str) -> Callable[[object], None]:
        """Return a callback for a job's result that shows a sentence."""
        return lambda _result: self.status.show(text)

    # Building

    def build(self) -> None:
        """Build the list, the card, the comparison, the status and the buttons."""
        px, frame = self.theme.px, self.frame
        self.top.title(_("Models"))
        self.files = ModelFiles(
            self.top,
            models=self._library,
            tasks=self._tasks,
            profile=self._profile,
            status=self.status,
        )
        frame.columnconfigure(0, weight=1)
        frame.columnconfigure(1, weight=2)
        frame.rowconfigure(0, weight=1)
        self._list = ttk.Treeview(frame, columns=("mnist",), selectmode="browse", height=8)
        self._list.heading("#0", text=_("Model"), anchor="w")
        self._list.heading("mnist", text=_("MNIST"), anchor="e")
        self._list.column("#0", width=px(230))
        self._list.column("mnist", width=px(80), anchor="e", stretch=False)
        self._list.grid(row=0, column=0, rowspan=2, sticky="nsew", padx=(0, px(16)))
        self._list.bind("<<TreeviewSelect>>", lambda _event: self._show_selected())
        self._list.bind("<Double-Button-1>", lambda _event: self.activate())
        self._list.bind("<Return>", lambda _event: self.activate())
        TypeAhead(self._list)
        self._list.focus_set()
        self.menu = ContextMenu(self._list, self.theme, self._menu_items, choose=self._select_row)
        self.card = CardView(frame, self.theme)
        self.card.grid(row=0, column=1, sticky="nsew")
        self.comparison = WrappedLabel(frame, self.theme, justify="left")
        self.comparison.grid(row=1, column=1, sticky="ew", pady=(px(10), 0))
        bar = StatusBar(frame, theme=self.theme, status=self.status, style="Muted.TLabel")
        bar.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(px(10), 0))
        self._build_buttons()

    def _build_buttons(self) -> None:
        gap = self.theme.px(6)
        frame = ttk.Frame(self.frame)
        frame.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(self.theme.px(10), 0))

        def button(parent: ttk.Frame, text: str, command: Callable[[], None]) -> ttk.Button:
            made = ttk.Button(parent, text=text, command=command)
            made.pack(side="left", padx=(0, gap) if parent is frame else (gap, 0))
            return made

        self.use_button = button(frame, _("Use"), self.activate)
        self.rename_button = button(frame, _("Rename…"), self.ask_rename)
        self.delete_button = button(frame, _("Delete"), self.ask_delete)
        button(frame, _("Training Curves…"), self.show_curves)
        right = ttk.Frame(frame)  # after the others: Tab follows the order on the screen
        right.pack(side="right")
        button(right, _("Import…"), self.files.ask_import)
        button(right, _("Export…"), lambda: self.files.ask_export(self._selected))

    def _menu_items(self) -> list[Item]:
        """Return what can be done with the selected model."""

        def can_change() -> bool:
            return self._can_change

        return [
            Action(_("Use"), self.activate),
            Action(_("Rename…"), self.ask_rename, enabled=can_change),
            Action(_("Training Curves…"), self.show_curves),
            Action(_("Export…"), lambda: self.files.ask_export(self._selected)),
            None,
            Action(_("Delete"), self.ask_delete, ("Delete",), can_change),
        ]

    def _select_row(self, _x: int, y: int) -> None:
        if name := self._list.identify_row(y):
            self.select(name)

    # Showing

    @property
    def _selected(self) -> str:
        """The selected model's name; "" while the list is empty."""
        return next(iter(self._list.selection()), "")

    @property
    def _can_change(self) -> bool:
        """Whether the selected model may be renamed and deleted: the shipped one may not."""
        from app.recognition.model_store import SHIPPED

        return self._selected not in ("", SHIPPED)

    def _show_models(self, listing: Listing) -> None:
        if self.exists:
            selected = self._selected
            self.models = {model.name: model for model in listing.models}
            self._active = listing.active
            self._fill_list(selected)
            if listing.notice:
                self.status.show_problem(listing.notice)

    def _fill_list(self, selected: str) -> None:
        from app.recognition.model_store import DamagedModel

        self._list.delete(*self._list.get_children())
        for name, model in self.models.items():
            text, value = model_title(model), "–"
            if isinstance(model, DamagedModel):
                text = _("{name} (damaged)").format(name=text)
            elif accuracy := model.card.metrics.get("mnist_test_accuracy"):
                value = percent(accuracy, 2)
            if name == self._active:
                text = _("{name} (active)").format(name=text)
            self._list.insert("", "end", iid=name, text=text, values=(value,))
        if self.models:
            wanted = (selected, self._active, *self.models)
            self.select(next(name for name in wanted if name in self.models))

    def _show_selected(self) -> None:
        """Show the selected model's card, and compare it with the active model on the drawing."""
        from app.recognition.model_store import InstalledModel

        model, active = self.models.get(self._selected), self.models.get(self._active)
        if model is None:
            return
        self.use_button.state(["disabled" if model is active else "!disabled"])
        for button in (self.rename_button, self.delete_button):
            button.state(["!disabled" if self._can_change else "disabled"])
        self.card.show(model)
        if not isinstance(model, InstalledModel):
            self.comparison.set_text("")
            return
        models = [model]
        if isinstance(active, InstalledModel) and active is not model:
            models.append(active)

        def done(predictions: list[Prediction]) -> None:
            if self.exists:
                self.comparison.set_text(comparison_text(predictions))

        self._library.predict(self._document.content, models, done, self.status.show_problem)
