"""How the program is shown: theme, language, scale, which parts are visible."""

import tkinter as tk

from app.i18n import LANGUAGES, _, language, set_language
from app.storage.settings import ZOOMS, Settings
from app.ui.preferences import Preferences
from app.ui.status import Status
from app.ui.theme.palette import palette_of
from app.ui.theme.theme import Theme
from app.ui.toolkit.background import run_in_thread
from app.ui.toolkit.desktop import desktop_is_dark
from app.ui.toolkit.rebuild import WindowSnapshot
from app.ui.toolkit.window_geometry import reset_geometry

ZOOM_STEPS = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_ASK_DESKTOP_AGAIN_MS = 5_000


class Appearance:
    """Changes what the menu View and the settings offer; everything is remembered."""

    def __init__(
        self, root: tk.Tk, *, theme: Theme, preferences: Preferences, status: Status
    ) -> None:
        self._root = root
        self._theme = theme
        self._preferences = preferences
        self._status = status
        self.is_asking_desktop = False
        """Whether the desktop was asked for its theme a moment ago."""
        root.bind("<FocusIn>", self._focused, add=True)
        preferences.changed.connect(self._preferences_changed)
        self._ask_desktop()

    def set_theme(self, theme: str) -> None:
        """Choose "light", "dark", or "system": what the desktop has now and later."""
        self._preferences.change(theme=theme)
        self._ask_desktop()

    def set_language(self, name: str) -> None:
        """Switch to a language, a key of LANGUAGES, or SYSTEM: the system's; at once."""
        self._preferences.change(language=name)
        before = language()
        set_language(name)
        self._theme.change_language()
        if language() != before:
            self._rebuild()
        notice = self._theme.notice
        text = notice or _("Language: {name}").format(name=LANGUAGES[language()])
        self._status.show(text, is_problem=bool(notice))

    def zoom_by(self, steps: int) -> None:
        """Make everything larger, or smaller for a negative number of steps."""
        zoom = self._preferences.settings.zoom
        nearest = min(range(len(ZOOM_STEPS)), key=lambda i: abs(ZOOM_STEPS[i] - zoom))
        self.zoom_to(ZOOM_STEPS[min(max(nearest + steps, 0), len(ZOOM_STEPS) - 1)])

    def zoom_to(self, zoom: float) -> None:
        """Set the scale; 1.0 is what the display asks for."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
        factor = zoom / self._preferences.settings.zoom
        if factor != 1.0:
            self._preferences.change(zoom=zoom)
            self._theme.set_zoom(zoom)
            self._rebuild(factor)
        self._status.show(_("Size: {percent} %").format(percent=round(zoom * 100)))

    def toggle_raster(self) -> None:
        """Show or hide what the network sees."""
        self._preferences.change(show_raster=not self._preferences.settings.show_raster)

    def toggle_candidates(self) -> None:
        """Show or hide the bars and the runners-up."""
        self._preferences.change(show_candidates=not self._preferences.settings.show_candidates)

    def reset_layout(self) -> None:
        """Show the window as at the first start: its size, its parts, its scale."""
        fresh = Settings()
        self._preferences.change(
            window=None,
            maximised=False,
            show_raster=fresh.show_raster,
            show_candidates=fresh.show_candidates,
        )
        reset_geometry(self._root)
        self.zoom_to(fresh.zoom)
        self._status.show(_("The layout has been reset."))

    def _rebuild(self, factor: float = 1.0) -> None:
        """Build all windows again; they become `factor` times as large."""
        before = WindowSnapshot(self._root)
        self._theme.rebuild_needed.emit()
        before.restore(factor)

    def _preferences_changed(self, _before: Settings, after: Settings) -> None:
        palette = palette_of(after.theme, after.desktop_is_dark)
        if palette is not self._theme.palette:
            self._theme.set_palette(palette)
            self._theme.palette_changed.emit()

    def _focused(self, event: "tk.Event[tk.Misc]") -> None:
        """Ask the desktop again when the user comes back: its theme may have changed."""
        if event.widget is self._root:
            self._ask_desktop()

    def _ask_desktop(self) -> None:
        if self.is_asking_desktop or self._preferences.settings.theme != "system":
            return

        def answered(dark: bool | None) -> None:
            self._root.after(_ASK_DESKTOP_AGAIN_MS, self._may_ask_again)
            if dark is not None:
                self._preferences.change(desktop_is_dark=dark)

        self.is_asking_desktop = True
        run_in_thread(self._root, desktop_is_dark, answered, lambda _problem: None)

    def _may_ask_again(self) -> None:
        self.is_asking_desktop = False
