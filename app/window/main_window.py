"""Owns the main window: it puts the widgets together and carries what they report to each other."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from app.ink.drawing import Content, Drawing
from app.translation import _
from app.window.asking import Asking
from app.window.correction import Correction
from app.window.files import Files
from app.window.look import DARK, LIGHT, Look
from app.window.menus import Commands, Menus
from app.window.number_mode import NumberMode
from app.window.panel import AnswerPanel
from app.window.retrain import Retrain
from app.window.samples_commands import SamplesCommands
from app.window.sketchpad import Sketchpad
from app.window.toolbar import Actions, Toolbar

if TYPE_CHECKING:
    from app.recognition.prediction import Prediction
    from app.recognition.worker import Answer, Ready, Worker
    from app.storage.folders import Folders
    from app.window.models_window import ModelsWindow

NAME = "Inkling"
_MIN_SIZE = (660, 480)


class MainWindow:
    """The canvas, what the network sees, the answer and its bars."""

    def __init__(self, root: tk.Tk, profile: Path | None = None) -> None:
        """`profile`: where everything is stored, if not in the user's folders."""
        self.root = root
        self.profile = profile
        self.look = Look(root)
        self.drawing = Drawing()
        self.prediction: Prediction | None = None
        """What is shown now."""
        self.models: ModelsWindow | None = None
        self.problem: str | None = None
        """Why there are no answers, once that is known."""
        self._build()
        self._dress()
        root.title(NAME)
        root.minsize(self.look.px(_MIN_SIZE[0]), self.look.px(_MIN_SIZE[1]))

    # Building

    def _build(self) -> None:
        root, px = self.root, self.look.px
        frame = ttk.Frame(root, padding=px(12))
        frame.pack(fill="both", expand=True)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(1, weight=1)
        self.sketchpad = Sketchpad(frame, self.look, self.drawing, self._ink_changed)
        actions = Actions(self.undo, self.redo, self.clear, self.sketchpad.use, self._set_width)
        self.toolbar = Toolbar(frame, self.look, actions)
        self.toolbar.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, px(10)))
        self.sketchpad.grid(row=1, column=0, sticky="nsew")
        self.panel = AnswerPanel(frame, self.look, self.say)
        self.panel.grid(row=1, column=1, sticky="ns", padx=(px(16), 0))
        self._status = ttk.Label(frame, anchor="w")
        self._status.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self.asking = Asking(root, lambda: self.sketchpad.content, self._loaded, self._show)
        self.do = self.asking.do
        self.correction = Correction(self.do, self.tell, self._learnt)
        self.samples = SamplesCommands(self)
        self.retrain = Retrain(self)
        self.files = Files(root, self.sketchpad, self._opened, self.tell)
        self.number = NumberMode(self)
        self._menus = self._built_menus()
        self._menus.add_to_view(self.number.add_to)
        root.protocol("WM_DELETE_WINDOW", self.ask_close)
        frame.bind("<Configure>", self._wrap_status)

    def _built_menus(self) -> Menus:
        return Menus(
            self.root,
            Commands(
                open=self.files.ask_open,
                save_as=self.files.ask_save,
                quit=self.ask_close,
                undo=self.undo,
                redo=self.redo,
                copy=self.copy,
                clear=self.clear,
                set_dark=self.set_dark,
                say=self.say,
                take_back=self.correction.take_back,
                use_samples=self.samples.use,
                show_samples=self.samples.show,
                open_samples_folder=self.samples.open_folder,
                retrain=self.retrain.show,
                show_models=self.show_models,
            ),
        )

    def _dress(self) -> None:
        palette = self.look.palette
        self.root.configure(background=palette.ground)
        self._menus.dress(palette.ground, palette.text, palette.pressed)
        self.panel.dress()
        self.samples.dress()
        self.retrain.dress()
        if self.models is not None and self.models.top.winfo_exists():
            self.models.dress()

    def _wrap_status(self, event: tk.Event[tk.Misc]) -> None:
        self._status.configure(wraplength=max(event.width - self.look.px(30), 100))

    # What the user does

    def undo(self) -> None:
        """Take the last stroke, erasure or clearing back."""
        self._stepped(self.drawing.undo)

    def redo(self) -> None:
        """Take it again."""
        self._stepped(self.drawing.redo)

    def clear(self) -> None:
        """Take everything off the canvas; undo brings it back."""
        self.sketchpad.finish()
        self._stepped(self.drawing.clear)

    def copy(self) -> None:
        """Copy the answer as text."""
        alone = "" if self.prediction is None else self.prediction.text
        text = self.number.text if self.number.is_on else alone
        if not text:
            self.tell(_("There is no answer to copy yet."))
            return
        self.root.clipboard_clear()
        self.root.clipboard_append(text)
        self.tell(_("Copied {text}.").format(text=text))

    def say(self, label: str) -> None:
        """Say what the drawing is, "0" to "9" or "" for no digit: it is stored and learnt."""
        self.sketchpad.finish()
        if self.number.is_on:
            self.number.say(label)
        else:
            self.correction.say(self.drawing.content, label)

    def show_models(self) -> None:
        """Open the window "Models", or bring it to the front."""
        from app.window.models_window import ModelsWindow

        if self.models is None or not self.models.top.winfo_exists():
            self.models = ModelsWindow(self)
        self.models.to_front()

    def set_dark(self, dark: bool) -> None:
        """Choose the dark or the light theme."""
        self.look.wear(DARK if dark else LIGHT)
        self._dress()

    def ask_close(self) -> None:
        """Close, once the user has confirmed that a training under way may end."""
        from tkinter import messagebox

        if self.retrain.is_running and not messagebox.askyesno(
            NAME, _("A training is under way. End it and quit?"), parent=self.root
        ):
            return
        self.close()

    def close(self) -> None:
        """Close the window and end the program."""
        self.retrain.end()
        self.asking.stop()
        self.root.destroy()

    def tell(self, sentence: str, is_problem: bool = False) -> None:
        """Show one sentence below the canvas; it goes with the next stroke."""
        self._status.configure(
            text=sentence, style="Problem.TLabel" if is_problem else "Muted.TLabel"
        )

    def _set_width(self, width: float) -> None:
        self.sketchpad.pen_width = width

    def _stepped(self, step: Callable[[], bool]) -> None:
        if self.sketchpad.pen_is_down:
            return
        extent = self.drawing.content.extent
        if not step():
            return
        if self.drawing.content.extent == extent:
            self.sketchpad.show_changes()
        else:
            self.sketchpad.show_all()
        self._ink_changed()

    def _opened(self, content: Content) -> None:
        self.sketchpad.finish()
        self.drawing.replace(content)
        self.sketchpad.show_all()
        self._ink_changed()

    # Recognition

    def recognise_with(self, worker: Worker) -> None:
        """Let `worker`, which has been started, answer from now on."""
        self.asking.begin(worker)

    @property
    def ready(self) -> bool:
        """Whether the model is loaded, or it is known why it cannot be."""
        return self.asking.ready

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self.asking.busy

    @property
    def folders(self) -> Folders:
        """Where what the user makes is stored."""
        from app.storage.folders import user_folders

        return user_folders(self.profile)

    @property
    def status(self) -> str:
        """The sentence below the canvas."""
        return str(self._status.cget("text"))

    def ask_again(self) -> None:
        """Ask for the drawing's answer anew: what the samples say has changed."""
        self.asking.ask()

    def _learnt(self) -> None:
        self.ask_again()
        self.samples.refresh()

    def _ink_changed(self) -> None:
        self.toolbar.allow(undo=self.drawing.can_undo, redo=self.drawing.can_redo)
        if self.status != (self.problem or ""):
            self.tell(self.problem or "", self.problem is not None)
        if self.sketchpad.pen_is_down:
            self.asking.ask_soon()
        else:
            self.asking.ask()

    def _loaded(self, event: Ready) -> None:
        self.problem = event.problem
        self.sketchpad.start_mirroring()
        if event.problem is not None or event.notice:
            self.tell(event.problem or event.notice, True)

    def _show(self, answer: Answer) -> None:
        self.prediction = answer.prediction
        self.panel.show(answer)
        if self.number.is_on:
            self.number.show(answer)
        else:
            said = self.prediction
            self.entitle(None if said is None else said.text or _("Not a digit"))
        if answer.problem is not None and answer.number == self.asking.asked:
            self.tell(answer.problem, True)

    def entitle(self, answer: str | None) -> None:
        """Let the window's title say the answer, if there is one."""
        self.root.title(NAME if answer is None else f"{answer} – {NAME}")

    def open_content(self, content: Content) -> None:
        """Open a drawing that is in memory."""
        self._opened(content)

    def open(self, path: Path) -> None:
        """Open a file as the drawing."""
        self.files.open(path)
