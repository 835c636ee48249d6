"""What two views have in common: a heading, the ink, and the labels beside it to choose from."""

from __future__ import annotations

from app.ui.inside.ink_canvas import InkCanvas
from app.ui.inside.label_choice import LabelChoice
from app.ui.inside.view import InsideView
from app.ui.theme.line_breaking import WrappedLabel

_SIDE, _BARS = 380, 220
"""Of the ink and the bars, in pixels at 100 %."""


class InkView(InsideView):
    """Rows 0 and 1 of a grid with two columns; what is below them is the view's own."""

    def build(self) -> None:
        """Make the widgets."""
        px = self.theme.px
        self._message = ""
        """What is shown in place of ink."""
        self.columnconfigure(0, weight=3)
        self.columnconfigure(1, weight=1, minsize=px(_BARS))
        self.rowconfigure(1, weight=1)
        self._heading = WrappedLabel(self, self.theme, style="Strong.TLabel")
        self._heading.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, px(6)))
        self.paper = InkCanvas(self, self.theme, _SIDE)
        self.paper.grid(row=1, column=0, sticky="nsew")
        self.paper.bind("<Configure>", lambda _event: self.draw())
        self.labels = LabelChoice(self, self.theme, self.choose)
        self.labels.grid(row=1, column=1, sticky="nsew", padx=(px(14), 0))

    @property
    def heading(self) -> str:
        """What is shown above the ink."""
        return self._heading.full_text

    def choose(self, label: str) -> None:
        """Show the ink for this label from now on."""
        raise NotImplementedError
