"""Owns the parts of the main window that are made when first used: no start waits for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.storage.paths import Folders
    from app.ui.answer.correction import Correction
    from app.ui.canvas.picture_tool import PictureTool
    from app.ui.dialogs.progress import Tasks
    from app.ui.dialogs.registry import Dialogs
    from app.ui.document.autosave import Autosaving
    from app.ui.document.batch import Several
    from app.ui.document.clipboard import Clipboard
    from app.ui.document.document import Files
    from app.ui.document.drag_and_drop import Dropping
    from app.ui.document.export_menu import Exports
    from app.ui.main_window import MainWindow
    from app.ui.menu.action import Menu
    from app.ui.menu.view_commands import ViewCommands
    from app.ui.models.window import ModelsWindow
    from app.ui.number.mode import NumberMode
    from app.ui.recognition_client import Asking
    from app.ui.retrain.controller import Retrain
    from app.ui.samples.commands import SamplesCommands

    Do = Callable[..., None]

_WITH_WINDOWS = ("samples", "retrain", "dialogs", "tasks")


class Parts:
    """What a MainWindow has beside its widgets; nothing else is one."""

    models: ModelsWindow | None = None
    """The window "Models", once it was opened."""

    @property
    def _window(self) -> MainWindow:
        return cast("MainWindow", self)

    @cached_property
    def asking(self) -> Asking:
        """When to ask the worker, and its answers."""
        from app.ui.recognition_client import Asking

        window = self._window
        return Asking(
            window.root,
            lambda: (window.sketchpad.content, window.settings.number),
            window.loaded,
            window.show,
        )

    @property
    def ready(self) -> bool:
        """Whether the model is loaded, or it is known why it cannot be."""
        return self.asking.ready

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self.asking.busy

    @property
    def do(self) -> Do:
        """Have something done on the recogniser's thread: (work, done, failed)."""
        return self.asking.do

    def ask_again(self) -> None:
        """Ask for the drawing's answer anew: what is asked or what samples say has changed."""
        self.asking.ask()

    def learnt(self) -> None:
        """Show what has been learnt from the user."""
        self.ask_again()
        self.samples.refresh()

    @property
    def folders(self) -> Folders:
        """Where what the user makes is stored."""
        from app.storage.paths import user_folders

        return user_folders(self._window.profile)

    @cached_property
    def files(self) -> Files:
        """The drawing's file."""
        from app.ui.document.document import Files

        return Files(self._window)

    @cached_property
    def picture(self) -> PictureTool:
        """The tool that moves the picture."""
        from app.ui.canvas.picture_tool import PictureTool

        return PictureTool(self._window)

    @cached_property
    def several(self) -> Several:
        """Files opened one after another."""
        from app.ui.document.batch import Several

        return Several(self._window)

    @cached_property
    def tasks(self) -> Tasks:
        """Long work."""
        from app.ui.dialogs.progress import Tasks

        return Tasks(self._window)

    @cached_property
    def autosaving(self) -> Autosaving:
        """Keeping what is not saved."""
        from app.ui.document.autosave import Autosaving

        return Autosaving(self._window)

    @cached_property
    def exports(self) -> Exports:
        """The menu Export."""
        from app.ui.document.export_menu import Exports

        return Exports(self._window)

    @cached_property
    def clipboard(self) -> Clipboard:
        """Pictures on the clipboard."""
        from app.ui.document.clipboard import Clipboard

        return Clipboard(self._window)

    @cached_property
    def dropping(self) -> Dropping:
        """Files dropped on the window."""
        from app.ui.document.drag_and_drop import Dropping

        return Dropping(self._window)

    @cached_property
    def correction(self) -> Correction:
        """What the user says a drawing is."""
        from app.ui.answer.correction import Correction

        return Correction(self._window.do, self._window.tell, self._window.learnt)

    @cached_property
    def number(self) -> NumberMode:
        """What is done with whole numbers while the switch is on."""
        from app.ui.number.mode import NumberMode

        return NumberMode(self._window)

    def read_number(self, wanted: bool) -> None:
        """Read the drawing as a whole number from now on, or as one digit."""
        self.number.switch(wanted)

    @cached_property
    def samples(self) -> SamplesCommands:
        """The menu's entries on the samples."""
        from app.ui.samples.commands import SamplesCommands

        return SamplesCommands(self._window)

    @cached_property
    def retrain(self) -> Retrain:
        """Retraining."""
        from app.ui.retrain.controller import Retrain

        return Retrain(self._window)

    @cached_property
    def view(self) -> ViewCommands:
        """How the window is shown."""
        from app.ui.menu.view_commands import ViewCommands

        return ViewCommands(self._window)

    @cached_property
    def dialogs(self) -> Dialogs:
        """Help and settings."""
        from app.ui.dialogs.registry import Dialogs

        return Dialogs(self._window)

    def show_models(self) -> None:
        """Open the window "Models", or bring it to the front."""
        from app.ui.models.window import ModelsWindow

        if self.models is None or not self.models.top.winfo_exists():
            self.models = ModelsWindow(self._window)
        self.models.to_front()

    def table(self) -> list[Menu]:
        """Return the table of all actions, as things are now."""
        from app.ui.menu.commands import menus

        return menus(self._window)

    def end_made(self) -> None:
        """Let those that have been made end what they are doing: the window closes."""
        if "tasks" in self.__dict__:
            self.tasks.end()
        self.autosaving.end()
        self.retrain.end()
        self.asking.stop()

    def build_anew(self, times: float = 1.0) -> None:
        """Build all windows anew, in the language that is spoken now, so many times as large."""
        from app.ui.toolkit.rebuild import Before

        before = Before(self._window.root)
        self._window.rebuild()
        if "several" in self.__dict__:
            self.several.show()
        self._reword_made()
        before.restore(times)

    def _reword_made(self) -> None:
        for name in _WITH_WINDOWS:
            if name in self.__dict__:
                getattr(self, name).retranslate()
        if self.models is not None and self.models.top.winfo_exists():
            self.models.retranslate()

    def apply_theme_to_windows(self) -> None:
        """Let those that have been made take the look's present colours."""
        for name in _WITH_WINDOWS:
            if name in self.__dict__:
                getattr(self, name).apply_theme()
        if self.models is not None and self.models.top.winfo_exists():
            self.models.apply_theme()
