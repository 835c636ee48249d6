"""The window "See inside": what goes on inside the network, live beside the canvas."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.i18n import _
from app.ui.dialogs.base import Dialog
from app.ui.inside.layers.layers_view import LayersView
from app.ui.inside.map_cache import MapCache
from app.ui.inside.map_view import MapView
from app.ui.inside.time.time_view import TimeView
from app.ui.inside.view import InsideView, Steps, Tools
from app.ui.inside.weights_view import WeightsView
from app.ui.inside.why_not_view import WhyNotView
from app.ui.menu.key_bindings import modifier
from app.ui.status import Status
from app.ui.theme.line_breaking import WrappedLabel
from app.ui.toolkit.follow import follow
from app.ui.toolkit.segments import Choice, Segments
from app.ui.toolkit.status_bar import StatusBar
from app.ui.toolkit.window_geometry import beside

if TYPE_CHECKING:
    from typing import Any

    from app.recognition.personal_recogniser import PersonalRecogniser
    from app.ui.document.document import Document
    from app.ui.inside.subject import Subject
    from app.ui.number.selection import NumberSelection
    from app.ui.recognition_client import RecognitionClient
    from app.ui.theme.theme import Theme

_SIZE, _MIN_SIZE = (680, 620), (640, 480)
_PAUSE_MS, _REST_MS = 40, 150
"""After an answer, before the view follows: the answer is drawn first. A pen that is down and does
not move for so long rests.
"""
WEIGHTS, LAYERS, TIME, WHY_NOT, MAP = "weights", "layers", "time", "why-not", "map"


class InsideWindow(Dialog):
    """One view at a time; only the visible one computes anything."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        *,
        subject: Subject,
        document: Document,
        selection: NumberSelection,
        recognition: RecognitionClient,
    ) -> None:
        self._subject = subject
        self._document = document
        self._recognition = recognition
        self._maps = MapCache()
        self.status = Status()
        self.chosen = tk.StringVar(root, WEIGHTS)
        self._timer: str | None = None
        super().__init__(root, theme, size=_SIZE, least=_MIN_SIZE, padding=12)
        follow(self.top, selection.changed, self.ask)
        follow(self.top, theme.palette_changed, self.ask)
        mod, _bit = modifier(self.top)
        for key, step in (("z", document.undo), ("y", document.redo)):
            self.top.bind(f"<{mod}-{key}>", lambda _event, step=step: step())  # type: ignore[misc]
        self.top.bind(f"<{mod}-i>", lambda _event: self.close())

    @property
    def is_ready(self) -> bool:
        """Whether what is shown is that of the present ink."""
        return self._timer is None and not self._recognition.is_exploring

    def build(self) -> None:
        """Build the choice of views, the chosen one and its sentences."""
        px = self.theme.px
        self.top.title(_("See inside"))
        choices = tuple(Choice(name, text) for name, (text, _kind) in _views().items())
        Segments(
            self.frame, self.theme, choices=choices, variable=self.chosen, command=self.show_view
        ).pack(anchor="w")
        self._sentence = WrappedLabel(self.frame, self.theme)
        self._sentence.pack(fill="x", pady=(px(10), 0))
        self._advice = WrappedLabel(self.frame, self.theme, style="Muted.TLabel")
        self._advice.pack(fill="x", pady=(px(2), px(10)))
        StatusBar(self.frame, theme=self.theme, status=self.status).pack(
            side="bottom", fill="x", pady=(px(8), 0)
        )
        self.view: InsideView | None = None
        self.show_view()

    def rebuild(self) -> None:
        """Build the content again; what goes on in it ends."""
        if self.view is not None:
            self.view.leave()
        super().rebuild()

    def show_view(self) -> None:
        """Show the view that is chosen."""
        if self.view is not None:
            self.view.leave()
            self.view.destroy()
        self.status.show("")
        sentence, advice = _sentences()[self.chosen.get()]
        self._sentence.set_text(sentence)
        self._advice.set_text(_("Try it: {advice}").format(advice=advice))
        kind = _views()[self.chosen.get()][1]
        self.view = kind(
            self.frame,
            Tools(self.theme, self._subject, self.status, self._maps, self._explore, self.ask),
        )
        self.view.pack(fill="both", expand=True)
        self._refresh()

    def ask(self) -> None:
        """Let the view follow the ink in a moment; most views wait until the pen rests.

        Nothing is computed for them while it moves: every motion is to be seen at once.
        """
        if not self.exists or self.view is None:
            return
        waits = self._subject.in_gesture and not self.view.live
        if waits:
            self._recognition.stop_exploring()
            self._cancel_timer()
        if self._timer is None:
            self._timer = self.top.after(_REST_MS if waits else _PAUSE_MS, self._refresh)

    def close(self) -> None:
        """Close the window, and end what is under way."""
        if self.exists:
            self._cancel_timer()
            if self.view is not None:
                self.view.leave()
            self._recognition.stop_exploring()
        super().close()

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self.top.after_cancel(self._timer)
            self._timer = None

    def _refresh(self) -> None:
        self._timer = None
        view, content = self.view, self._subject.content
        if view is None or not self.exists:
            return
        if self._subject.in_gesture and self._recognition.is_exploring:
            self.ask()  # what is under way is shown first
            return
        if content.is_empty and view.needs_ink:
            self._recognition.stop_exploring()
            view.clear()
        else:
            view.refresh(content)

    def _explore(self, steps: Steps, show: Callable[[Any], None]) -> None:
        view, alphabet = self.view, self._subject.alphabet

        def in_alphabet(personal: PersonalRecogniser) -> Iterator[Any]:
            return steps(personal.for_alphabet(alphabet))

        def show_there(value: Any) -> None:
            if self.exists and self.view is view:
                self.status.show("")
                show(value)

        def failed(problem: str) -> None:
            if self.exists and view is not None and self.view is view:
                self.status.show_problem(problem)
                view.fail(problem)

        self._recognition.explore(in_alphabet, show_there, failed)

    def _place(self) -> None:
        """Show the window beside the main one, where there is room, so that the canvas is seen."""
        self.top.update_idletasks()
        size = self.theme.px(_SIZE[0]), self.theme.px(_SIZE[1])
        self.top.geometry(beside(self.top, self._over, size))
        self.top.deiconify()
        self.top.lift()


def _views() -> dict[str, tuple[str, type[InsideView]]]:
    """Return each view's name on its button, and its class."""
    return {
        WEIGHTS: (_("For and against"), WeightsView),
        LAYERS: (_("Layers"), LayersView),
        TIME: (_("Time machine"), TimeView),
        WHY_NOT: (_("Why not …?"), WhyNotView),
        MAP: (_("Map"), MapView),
    }


def _sentences() -> dict[str, tuple[str, str]]:
    """Return what explains each view, and what to try."""
    return {
        WEIGHTS: (
            _(
                "Each piece of ink has the colour of what it does for a label: the network "
                "answers the drawing again and again with some of the pieces left out."
            ),
            _("draw a 7 with a bar, click 1 and 2, then erase what is most against them."),
        ),
        LAYERS: (
            _(
                "Your ink on its way through the network: the brighter a place, the larger the "
                "value that a layer computed there; a red one is below 0."
            ),
            _("draw a 1, point at the maps of layer 1, and look which of them find its edges."),
        ),
        TIME: (
            _("What the network would have answered at each moment of your writing."),
            _("draw a 4 or an 8 slowly, and look for the moment when the answer changes."),
        ),
        WHY_NOT: (
            _(
                "The smallest change of your strokes that was found to get the label that you "
                "click; it is shown over your drawing, too."
            ),
            _("draw an open 4 and ask for 9, take it over, then undo."),
        ),
        MAP: (
            _(
                "2,000 digits of other people, each where the network puts it: what it takes for "
                "alike lies near together. The blue dot is your drawing."
            ),
            _("draw a 1, then go on until it is a 7, and watch the dot move."),
        ),
    }
