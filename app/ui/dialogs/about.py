"""Owns the window "About": the versions, for whoever asks for help or gives it."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.dialogs.base import Dialog, Page

if TYPE_CHECKING:
    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.main_window import MainWindow

_SIZE = (540, 440)


class About(Dialog):
    """Name, versions, edition, licence; a button copies them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, _("About Inkling"))
        self._model = _("no model is loaded")
        self.page = Page(self.frame, self.theme)
        self.page.text.configure(tabs=(self.theme.px(130),))
        self.close_button(_("Close"))
        self.page.pack(fill="both", expand=True)
        self._show()
        self.open(_SIZE)
        window.do(_described, self._describe, lambda _problem: None)

    @property
    def versions(self) -> list[tuple[str, str]]:
        """What there is a version of, and which."""
        from app.ink.rasterize import RASTER_VERSION
        from app.training_process import has_tensorflow

        edition = _("full: it can be retrained") if has_tensorflow() else _("light: it draws only")
        tk_version = str(self.top.tk.call("info", "patchlevel"))
        return [
            (_("Program"), f"Inkling {_version('inkling')}"),
            (_("Edition"), edition),
            (_("Model"), self._model),
            (_("Raster"), _("version {number}").format(number=RASTER_VERSION)),
            (_("Runtime"), f"LiteRT {_version('ai-edge-litert')}, Pillow {_version('pillow')}"),
            (_("Python"), f"{platform.python_version()}, Tk {tk_version}"),
            (_("System"), platform.platform(terse=True)),
        ]

    def apply_theme(self) -> None:
        """Take the look's present colours."""
        super().apply_theme()
        self.page.apply_theme()

    def _describe(self, model: str) -> None:
        if self.exists:
            self._model = model
            self._show()

    def _show(self) -> None:
        text = self.page.text
        text.configure(state="normal")
        text.delete("1.0", "end")
        self.page.add("Inkling", "title")
        self.page.add(_("Draw a digit and see it recognised while the ink is still wet."))
        self.page.add("", "muted")
        for name, version in self.versions:
            self.page.add(f"{name}\t{version}")
        self.page.add("", "muted")
        self.page.add(_("MIT licence. Trained on MNIST and on real people's pen strokes."), "muted")


def _described(recogniser: PersonalRecogniser) -> str:
    """Return the model in words. Runs on the recogniser's thread."""
    card = recogniser.recogniser.card
    return _("{name}, SHA-256 {sha}…").format(name=card.name, sha=card.sha256[:12])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a frozen program may not carry it
        return _("of this program")
