"""Owns the main window: it puts the widgets together and carries what they report to each other."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from app.i18n import _
from app.ink.drawing import Content, Drawing
from app.storage.paths import settings_path
from app.storage.settings import PEN_WIDTHS, TOOLS, Settings
from app.ui.answer.panel import AnswerPanel, share_width
from app.ui.canvas.sketchpad import Sketchpad
from app.ui.canvas.toolbar import Actions, Toolbar
from app.ui.menu.menu_bar import Menus
from app.ui.parts import Parts
from app.ui.preferences import Remembered
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.theme.palette import palette_of
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.numbers.number import Number
    from app.recognition.prediction import Prediction
    from app.worker import Answer, Ready, Worker

NAME = "Inkling"
_MIN_SIZE = (640, 480)


class MainWindow(Parts):
    """The canvas, what the network sees, the answer and its bars."""

    def __init__(self, root: tk.Tk, profile: Path | None = None) -> None:
        """`profile`: where everything is stored, if not in the user's folders."""
        self.root = root
        self.profile = profile
        self.remembered = Remembered(root, settings_path(profile), self.tell)
        settings = self.settings
        palette = palette_of(settings.theme, settings.desktop_is_dark)
        self.theme = Theme(root, palette, settings.zoom)
        self.drawing = Drawing()
        self.prediction: Prediction | None = None
        """What is shown now; of a whole number, the chosen digit's."""
        self.problem: str | None = None
        """Why there are no answers, once that is known."""
        self._answer: Answer | None = None
        self._build()
        self._put()
        root.title(NAME)
        root.protocol("WM_DELETE_WINDOW", self.ask_close)

    # Building

    def _build(self) -> None:
        root, px = self.root, self.theme.px
        self.menus = Menus(root, self.table)
        self._frame = frame = ttk.Frame(root, padding=px(12))
        frame.grid(row=0, column=0, sticky="nsew")
        root.grid_rowconfigure(0, weight=1)
        root.grid_columnconfigure(0, weight=1)
        frame.columnconfigure(0, weight=1)
        share_width(frame, self.theme, column=1, gap=px(16))
        frame.rowconfigure(1, weight=1)
        self.sketchpad = Sketchpad(frame, self.theme, self.drawing, self._ink_changed)
        actions = (self.undo, self.redo, self.clear, self.use_tool, self.set_pen_width)
        self.toolbar = Toolbar(frame, self.theme, Actions(*actions, self.read_number))
        self.toolbar.lower(self.sketchpad)  # Tab goes through it first
        self.toolbar.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, px(10)))
        self.sketchpad.grid(row=1, column=0, sticky="nsew")
        self.panel = AnswerPanel(frame, self.theme, self.say)
        self.panel.grid(row=1, column=1, rowspan=2, sticky="nsew", padx=(px(16), 0))
        self._status = WrappedLabel(frame, self.theme, anchor="w")
        self._status.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        self.use_tool(self.settings.tool)
        self.set_pen_width(self.settings.pen_width)
        self.toolbar.number.set(self.settings.number)
        self.show_parts()
        self._apply_own_theme()
        # A display that is smaller than what is wanted of it must do.
        wide, high = root.winfo_screenwidth(), root.winfo_screenheight()
        root.minsize(min(px(_MIN_SIZE[0]), wide), min(px(_MIN_SIZE[1]), high))

    def _put(self) -> None:
        """Put the window where it was."""
        if self.settings.window is not None or self.settings.maximised:
            from app.ui.toolkit.window_geometry import put

            put(self.root, self.settings, self.root.minsize())

    def complete(self) -> None:
        """Add what the first stroke does not need: keys, tooltips, the other windows' styles."""
        from app.ui.menu.commands import obey_mac
        from app.ui.toolkit.tips import add_tooltips

        self.theme.complete()
        self.menus.complete()
        obey_mac(self)
        if self.settings.number:
            self.number.attach()
        self.show_hint()
        self.tips = add_tooltips(self)
        if notice := self.theme.notice or self.remembered.notice:
            self.tell(notice, True)

    def rebuild(self) -> None:
        """Build all anew, the drawing and the answer as they are, in another size or language."""
        self.sketchpad.finish()
        said, style = self.status, str(self._status.cget("style"))
        old, tool = (self._frame, self.menus.bar), self.sketchpad.tool
        self._build()
        self.complete()
        if tool not in TOOLS:
            self.picture.take()
        self.toolbar.allow(self.drawing, self.sketchpad.content)
        if self.ready:
            self.sketchpad.start_mirroring()
        if self._answer is not None:
            self.show(self._answer)
        self._status.configure(style=style)
        self._status.say(said)
        self.root.update_idletasks()  # the new ones are seen before the old ones go: no flicker
        for widget in old:
            widget.destroy()

    def show_parts(self) -> None:
        """Show the parts of the panel that the settings want."""
        self.panel.show_parts(self.settings.show_raster, self.settings.show_candidates)

    def show_hint(self) -> None:
        """Say on the paper what it is for, to somebody who has not drawn yet."""
        self.sketchpad.show_hint(not self.settings.hint_seen, self.settings.number)

    def _apply_own_theme(self) -> None:
        self.root.configure(background=self.theme.palette.ground)
        self.menus.apply_theme(self.theme)

    def apply_theme(self) -> None:
        """Take the look's present colours, in all windows."""
        self._apply_own_theme()
        self.panel.apply_theme()
        self.apply_theme_to_windows()

    # What the user does

    def undo(self) -> None:
        """Take the last stroke, erasure or clearing back."""
        self.take_step(self.drawing.undo)

    def redo(self) -> None:
        """Take it again."""
        self.take_step(self.drawing.redo)

    def clear(self) -> None:
        """Take everything off the canvas; undo brings it back."""
        self.sketchpad.finish()
        self.take_step(self.drawing.clear)

    def say(self, label: str) -> None:
        """Say what the drawing is, "0" to "9" or "" for no digit: it is stored and learnt."""
        self.sketchpad.finish()
        if self.settings.number:
            self.number.say(label)
        else:
            self.correction.say(self.drawing.content, label)

    def use_tool(self, tool: str) -> None:
        """Take the pen, the eraser or, for now, the picture in hand."""
        self.sketchpad.use(tool)
        self.sketchpad.canvas["cursor"] = "crosshair" if tool in TOOLS else "fleur"
        self.toolbar.tool.set(tool)
        if tool in TOOLS:
            self.remembered.change(tool=tool)

    def set_pen_width(self, width: float) -> None:
        """Make the pen so wide, in drawing units of a page 400 units high."""
        self.sketchpad.pen_width = width
        self.toolbar.show_width(width)
        self.remembered.change(pen_width=width)

    def widen_pen(self, units: float) -> None:
        """Make the pen wider, or thinner for a negative number."""
        width = self.settings.pen_width + units
        self.set_pen_width(min(max(width, PEN_WIDTHS[0]), PEN_WIDTHS[1]))

    def ask_close(self) -> None:
        """Close, once the user has confirmed what would be lost by it."""
        if self.retrain.may_end():
            self.files.leave(self.close)

    def close(self, remember: bool = True) -> None:
        """Close the window and end the program; `remember` where the window was."""
        if remember:
            from app.ui.toolkit.window_geometry import place_of

            self.remembered.become(place_of(self.root, self.settings))
            self.remembered.write_now()
        self.end_made()
        self.root.destroy()

    def tell(self, sentence: str, is_problem: bool = False) -> None:
        """Show one sentence below the canvas; it goes with the next stroke."""
        self._status.configure(style="Problem.TLabel" if is_problem else "Told.Muted.TLabel")
        self._status.say(sentence)

    def take_step(self, step: Callable[[], bool]) -> None:
        """Change the drawing, if `step` says that it has done so, and show it."""
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

    def open_content(self, content: Content) -> None:
        """Open a drawing that is in memory."""
        self.sketchpad.finish()
        self.drawing.replace(content)
        self.sketchpad.show_all()
        self._ink_changed()

    def open(self, path: Path) -> None:
        """Open a file as the drawing."""
        self.files.open(path)

    # Recognition

    def recognise_with(self, worker: Worker) -> None:
        """Let `worker`, which has been started, answer from now on."""
        self.asking.begin(worker)

    @property
    def settings(self) -> Settings:
        """What is remembered, as it is now."""
        return self.remembered.settings

    @property
    def result(self) -> Number | Prediction | None:
        """What the whole drawing is read as: this is copied and exported."""
        answer = self._answer
        return None if answer is None else answer.number or answer.prediction

    @property
    def status(self) -> str:
        """The sentence below the canvas."""
        return self._status.said

    def _ink_changed(self) -> None:
        self.toolbar.allow(self.drawing, self.sketchpad.content)
        if self.status != (self.problem or ""):
            self.tell(self.problem or "", self.problem is not None)
        if not self.settings.hint_seen:
            self.remembered.change(hint_seen=True)
        self.autosaving.changed()
        if self.sketchpad.pen_is_down:
            self.asking.ask_soon()
        else:
            self.asking.ask()

    def loaded(self, event: Ready) -> None:
        """Take it that the model is loaded, or cannot be."""
        self.problem = event.problem
        self.sketchpad.start_mirroring()
        if event.problem is not None or event.notice:
            self.tell(event.problem or event.notice, True)

    def show(self, answer: Answer) -> None:
        """Show an answer."""
        self._answer = answer
        self.prediction = answer.prediction
        none = _("Not a digit")
        if self.settings.number:
            none = _("Not a number")
            self.number.show(answer)
        else:
            self.panel.show(answer)
        said = self.result
        words = [*([] if said is None else [said.text or none]), self.files.place, NAME]
        self.root.title(" – ".join(filter(None, words)))
        if answer.request != self.asking.asked:
            return
        if said is not None:
            self.several.read.answered(said.text)
        if answer.problem is not None:
            self.tell(answer.problem, True)
