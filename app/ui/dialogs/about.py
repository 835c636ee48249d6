"""The window "About": versions, for bug reports."""

import platform
import tkinter as tk
from importlib import metadata

from app.i18n import _
from app.recognition.personal_recogniser import PersonalRecogniser
from app.ui.dialogs.base import Dialog, Page
from app.ui.recognition_client import RecognitionClient
from app.ui.theme.theme import Theme

_SIZE = (540, 440)


class About(Dialog):
    """Name, versions, edition, licence."""

    def __init__(self, root: tk.Tk, theme: Theme, *, recognition: RecognitionClient) -> None:
        self._model = ""
        super().__init__(root, theme, size=_SIZE)
        recognition.run(_describe, self._show_model, lambda _problem: None)

    def build(self) -> None:
        """Show what is known."""
        self.top.title(_("About Inkling"))
        self.page = Page(self.frame, self.theme)
        self.page.text.configure(tabs=(self.theme.px(130),))
        self.close_button(_("Close"))
        self.page.pack(fill="both", expand=True)
        self._show()

    @property
    def versions(self) -> list[tuple[str, str]]:
        """Names of components and their versions."""
        from app.ink.rasterize import RASTER_VERSION
        from app.training_process import has_tensorflow

        edition = (
            _("full: can be retrained") if has_tensorflow() else _("lite: cannot be retrained")
        )
        tk_version = str(self.top.tk.call("info", "patchlevel"))
        return [
            (_("Program"), f"Inkling {_version('inkling')}"),
            (_("Edition"), edition),
            (_("Model"), self._model or _("no model is loaded")),
            (_("Raster"), _("version {number}").format(number=RASTER_VERSION)),
            (_("Runtime"), f"LiteRT {_version('ai-edge-litert')}, Pillow {_version('pillow')}"),
            (_("Python"), f"{platform.python_version()}, Tk {tk_version}"),
            (_("System"), platform.platform(terse=True)),
        ]

    def _show_model(self, model: str) -> None:
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
        self.page.add(_("Icons: Lucide (ISC licence)."), "muted")


def _describe(recogniser: PersonalRecogniser) -> str:
    """Return the active model as text. Runs on the recogniser's thread."""
    card = recogniser.recogniser.card
    return _("{name}, SHA-256 {sha}…").format(name=card.name, sha=card.sha256[:12])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a frozen program may not carry it
        return _("part of this program")
