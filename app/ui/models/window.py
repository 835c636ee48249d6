"""Owns the window "Models": which there are, their cards, which of them answers."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING, Any, NamedTuple

from app.i18n import _
from app.ui.answer.probability_bars import percent
from app.ui.models.card_view import CardView, comparison_text, shown_name
from app.ui.models.import_export import ModelsFiles
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.toolkit.window_geometry import size

if TYPE_CHECKING:
    from app.recognition.model_store import InstalledModel, ModelStore
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.recognition.prediction import Prediction
    from app.ui.main_window import MainWindow

_SIZE = (860, 524)


class _Listed(NamedTuple):
    """All models, and the active one's name."""

    models: list[InstalledModel]
    active: str


class ModelsWindow:
    """A list on the left, the chosen model's card on the right; the recogniser's thread works."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._theme = window.theme
        self._models: dict[str, InstalledModel] = {}
        self._active = ""
        self.top = tk.Toplevel(window.root)
        self.files = ModelsFiles(window, self.top, self._tell, self._failed, self.refresh)
        size(self.top, (self._theme.px(_SIZE[0]), self._theme.px(_SIZE[1])))
        self.top.minsize(self._theme.px(700), self._theme.px(440))
        self._build()
        self.apply_theme()
        self.top.bind("<Escape>", lambda _event: self.top.destroy())
        self.top.bind("<Delete>", lambda _event: self.ask_delete())
        self.refresh()

    @property
    def status(self) -> str:
        """The sentence below the list."""
        return str(self._status.cget("text"))

    @property
    def names(self) -> list[str]:
        """The models that are shown."""
        return list(self._models)

    @property
    def comparison(self) -> str:
        """What the chosen and the active model say of the current drawing."""
        return self._compared.said

    def to_front(self) -> None:
        """Bring the window before all others."""
        self.top.deiconify()
        self.top.lift()

    def choose(self, name: str) -> None:
        """Show a model's card, and what it says of the current drawing."""
        self._list.selection_set(name)
        self._list.focus(name)

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        self.top.configure(background=self._theme.palette.ground)

    def retranslate(self) -> None:
        """Say everything in the language that is spoken now; the chosen model stays chosen."""
        chosen = self._chosen()
        for child in self.top.winfo_children():
            child.destroy()
        self._build()
        self._fill(chosen)

    # What the user does

    def use(self) -> None:
        """Make the chosen model the active one, now."""
        name = self._chosen()

        def work(recogniser: PersonalRecogniser) -> None:
            from app.recognition.model import Recogniser

            recogniser.set_model(Recogniser(self._store().activate(name).path))

        self._change(work, _("{name} answers from now on.").format(name=name))

    def ask_rename(self) -> None:
        """Let the user give the chosen model another name."""
        from app.ui.dialogs.prompts import ask_name

        name = self._chosen()
        to = ask_name(self.top, self._theme, _("Rename"), _("New name:"), name)
        if to and to != name:
            self.rename(to)

    def rename(self, to: str) -> None:
        """Give the chosen model another name."""
        name = self._chosen()
        said = _("{old} is called {new} now.").format(old=name, new=to)
        self._change(lambda _recogniser: self._store().rename(name, to), said)

    def ask_delete(self) -> None:
        """Delete the chosen model, once the user has confirmed it."""
        from app.ui.dialogs.prompts import choose

        question = _("Delete {name}? It cannot be brought back.").format(name=self._chosen())
        if choose(self.top, self._theme, question, {"delete": _("Delete")}):
            self.delete()

    def delete(self) -> None:
        """Delete the chosen model; where it was active, the shipped one answers."""
        name = self._chosen()

        def work(recogniser: PersonalRecogniser) -> None:
            from app.recognition.model import Recogniser

            store = self._store()
            was_active = store.active().name == name
            store.delete(name)
            if was_active:
                recogniser.set_model(Recogniser(store.shipped().path))

        self._change(work, _("Deleted {name}.").format(name=name))

    # Showing

    def refresh(self) -> None:
        """Read what models there are and show them."""

        def work(_recogniser: PersonalRecogniser) -> _Listed:
            store = self._store()
            return _Listed(store.all(), store.active().name)

        self._window.do(work, self._show, self._failed)

    def _build(self) -> None:
        px = self._theme.px
        self.top.title(_("Models"))
        frame = ttk.Frame(self.top, padding=px(12))
        frame.pack(fill="both", expand=True)
        frame.columnconfigure(0, weight=1)
        frame.columnconfigure(1, weight=2)
        frame.rowconfigure(0, weight=1)
        self._list = ttk.Treeview(frame, columns=("mnist",), selectmode="browse", height=8)
        self._list.heading("#0", text=_("Model"), anchor="w")
        self._list.heading("mnist", text=_("MNIST"), anchor="e")
        self._list.column("#0", width=px(230))
        self._list.column("mnist", width=px(80), anchor="e", stretch=False)
        self._list.grid(row=0, column=0, rowspan=2, sticky="nsew", padx=(0, px(16)))
        self._list.bind("<<TreeviewSelect>>", lambda _event: self._selected())
        self._list.bind("<Double-Button-1>", lambda _event: self.use())
        self._card = CardView(frame, self._theme)
        self._card.grid(row=0, column=1, sticky="nsew")
        self._compared = WrappedLabel(frame, self._theme, justify="left")
        self._compared.grid(row=1, column=1, sticky="ew", pady=(px(10), 0))
        self._status = ttk.Label(frame, style="Muted.TLabel")
        self._status.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(px(10), 0))
        self._build_buttons(frame)

    def _build_buttons(self, frame: ttk.Frame) -> None:
        px = self._theme.px
        buttons = ttk.Frame(frame)
        buttons.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(10), 0))
        for text, command in (
            (_("Use"), self.use),
            (_("Rename…"), self.ask_rename),
            (_("Delete"), self.ask_delete),
        ):
            ttk.Button(buttons, text=text, command=command).pack(side="left", padx=(0, px(6)))
        right = ttk.Frame(buttons)  # made from left to right, as Tab goes through them
        right.pack(side="right")
        files = self.files
        for text, command in (
            (_("Import…"), files.ask_import),
            (_("Export…"), lambda: files.ask_export(self._chosen())),
        ):
            ttk.Button(right, text=text, command=command).pack(side="left", padx=(px(6), 0))

    def _show(self, listed: _Listed) -> None:
        if not self.top.winfo_exists():
            return
        chosen = self._chosen()
        self._models = {model.name: model for model in listed.models}
        self._active = listed.active
        self._fill(chosen)

    def _fill(self, chosen: str) -> None:
        self._list.delete(*self._list.get_children())
        for name, model in self._models.items():
            accuracy = model.card.metrics.get("mnist_test_accuracy")
            mark = shown_name(model)
            if name == self._active:
                mark = _("{name} (active)").format(name=mark)
            worth = percent(accuracy, 2) if isinstance(accuracy, float) else "–"
            self._list.insert("", "end", iid=name, text=mark, values=(worth,))
        self.choose(chosen if chosen in self._models else self._active)

    def _selected(self) -> None:
        model = self._models.get(self._chosen())
        if model is None:
            return
        self._card.show(model)
        content, active = self._window.sketchpad.content, self._models.get(self._active)

        def work(_recogniser: PersonalRecogniser) -> list[Prediction]:
            from app.imaging.drawing_raster import drawing_raster
            from app.recognition.model import Recogniser

            raster = drawing_raster(content)
            models = [model] if active is None or active is model else [model, active]
            return [] if raster is None else [Recogniser(m.path).predict(raster) for m in models]

        def done(said: list[Prediction]) -> None:
            if self.top.winfo_exists():
                self._compared.say(comparison_text(said))

        self._window.do(work, done, self._failed)

    def _change(self, work: Callable[[PersonalRecogniser], Any], said: str) -> None:
        def done(_result: object) -> None:
            self._tell(said)
            self.refresh()
            self._window.ask_again()

        self._window.do(work, done, self._failed)

    def _chosen(self) -> str:
        return next(iter(self._list.selection()), "")

    def _store(self) -> ModelStore:
        from app.recognition.model_store import ModelStore

        return ModelStore(self._window.folders.models)

    def _tell(self, sentence: str) -> None:
        if self.top.winfo_exists():
            self._status.configure(text=sentence, style="Muted.TLabel")

    def _failed(self, problem: str) -> None:
        if self.top.winfo_exists():
            self._status.configure(text=problem, style="Problem.TLabel")
