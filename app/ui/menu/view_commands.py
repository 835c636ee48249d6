"""Owns how the window is shown: theme, size of everything, which parts are in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import LANGUAGES, _, language, set_language
from app.storage.settings import ZOOMS, Settings
from app.ui.theme.palette import palette_of

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_STEPS = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_ASK_AGAIN_MS = 5_000


class ViewCommands:
    """What the menu View and the settings do; everything is remembered."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._asking_desktop = False
        window.root.bind("<FocusIn>", self._focused, add=True)
        self._ask_desktop()

    @property
    def is_asking(self) -> bool:
        """Whether the desktop was asked a moment ago."""
        return self._asking_desktop

    def set_theme(self, theme: str) -> None:
        """Choose "light", "dark", or "system": as the desktop is, and becomes."""
        self._window.remembered.change(theme=theme)
        self._update_palette()
        self._ask_desktop()

    def set_language(self, name: str) -> None:
        """Speak a language, a key of LANGUAGES, or SYSTEM: the system's; at once and everywhere."""
        window = self._window
        window.remembered.change(language=name)
        before = language()
        set_language(name)
        window.theme.change_language()
        if language() != before:
            window.build_anew()
        said = window.theme.notice or _("Language: {name}").format(name=LANGUAGES[language()])
        window.tell(said, bool(window.theme.notice))

    def zoom_by(self, steps: int) -> None:
        """Make everything larger, or smaller for a negative number of steps."""
        now = self._window.settings.zoom
        nearest = min(range(len(_STEPS)), key=lambda index: abs(_STEPS[index] - now))
        self.zoom_to(_STEPS[min(max(nearest + steps, 0), len(_STEPS) - 1)])

    def zoom_to_normal(self) -> None:
        """Make everything as large as the display asks for."""
        self.zoom_to(1.0)

    def zoom_to(self, zoom: float) -> None:
        """Make everything so large, 1.0 being what the display asks for."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[1])
        times = zoom / self._window.settings.zoom
        if times != 1.0:
            self._window.remembered.change(zoom=zoom)
            self._window.theme.set_zoom(zoom)
            self._window.build_anew(times)
        self._window.tell(_("Size: {percent} %").format(percent=round(zoom * 100)))

    def toggle_raster(self) -> None:
        """Show or hide what the network sees."""
        self._window.remembered.change(show_raster=not self._window.settings.show_raster)
        self._window.show_parts()

    def toggle_candidates(self) -> None:
        """Show or hide the bars and the runners-up."""
        self._window.remembered.change(show_candidates=not self._window.settings.show_candidates)
        self._window.show_parts()

    def reset_layout(self) -> None:
        """Show the window as at the first start: its size, its parts, its zoom."""
        from app.ui.toolkit.window_geometry import reset

        fresh = Settings()
        self._window.remembered.change(
            window=None,
            maximised=False,
            show_raster=fresh.show_raster,
            show_candidates=fresh.show_candidates,
        )
        reset(self._window.root)
        self.zoom_to(fresh.zoom)
        self._window.show_parts()
        self._window.tell(_("The layout is as at the first start."))

    def _update_palette(self) -> None:
        settings = self._window.settings
        palette = palette_of(settings.theme, settings.desktop_is_dark)
        if palette is not self._window.theme.palette:
            self._window.theme.set_palette(palette)
            self._window.apply_theme()

    def _focused(self, event: object) -> None:
        """Ask the desktop again when the user comes back: they may have changed it meanwhile."""
        if getattr(event, "widget", None) is self._window.root:
            self._ask_desktop()

    def _ask_desktop(self) -> None:
        if self._asking_desktop or self._window.settings.theme != "system":
            return
        from app.ui.toolkit.background import run_in_thread
        from app.ui.toolkit.desktop import desktop_is_dark

        def answered(dark: bool | None) -> None:
            self._window.root.after(_ASK_AGAIN_MS, self._may_ask_again)
            if dark is not None and dark != self._window.settings.desktop_is_dark:
                self._window.remembered.change(desktop_is_dark=dark)
                self._update_palette()

        self._asking_desktop = True
        run_in_thread(self._window.root, desktop_is_dark, answered, lambda _problem: None)

    def _may_ask_again(self) -> None:
        self._asking_desktop = False
