"""The bar chart of the class probabilities, as canvas items that are moved, never made again."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from app.ui.answer.formatting import percent
from app.ui.theme.shapes import picture, rounded
from app.ui.theme.theme import FONT_SMALL, FONT_STRONG, FONT_TEXT, Theme
from app.ui.toolkit.display_name import fitted_name

_ROW = 26
"""The height of a row in pixels at 100 %; a row's text grows with it."""
_MAX_FACTOR = 1.5
_MIN_ROW = 15.5
"""Lines of text in rows lower than this, in pixels at 100 %, would touch: the font is smaller."""
_RADIUS = 4
_LABELS, _NAMES = 22, 96
"""The width of a column of characters, and of one of names, in pixels at 100 %."""
_FEW = 2
"""Characters of a label; a longer one is a name."""


class ProbabilityBars(tk.Canvas):
    """One bar for each of ten labels with its probability; the best one is highlighted.

    A click on a bar chooses its label as the right one.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, count: int, on_choose: Callable[[str], None]
    ) -> None:
        """`count`: how many bars there are."""
        self._theme = theme
        self._labels: tuple[str, ...] = ()
        self._on_choose = on_choose
        super().__init__(
            parent,
            width=theme.px(260),
            height=theme.px(_ROW) * count,
            highlightthickness=0,
            borderwidth=0,
            cursor="hand2",
            takefocus=False,  # a digit key does the same
        )
        self._pointed_at: int | None = None
        self._probabilities: Sequence[float] | None = None
        self._sure = True
        self._marked: str | None = None
        self._ends = _RoundEnds(self, theme)
        self._rows = [_Row(self, self._ends) for _bar in range(count)]
        self.bind("<Configure>", self._placed)
        self.bind("<Motion>", self._point)
        self.bind("<Leave>", self._point)
        self.bind("<Destroy>", lambda _event: self._ends.free())
        self.bind("<ButtonRelease-1>", self._choose)
        self.configure(background=theme.palette.ground)  # the rest when the size is known

    def show(
        self,
        labels: Sequence[str],
        probabilities: Sequence[float] | None,
        sure: bool = True,
        marked: str | None = None,
    ) -> None:
        """Show labels from the top with their probabilities (0 to 1), or without.

        `sure`: highlight the best bar; `marked`: highlight this label's instead.
        """
        self._labels = tuple(labels)
        self._probabilities = probabilities
        self._sure = sure
        self._marked = marked
        self._draw()

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        self.configure(background=self._theme.palette.ground)
        self._draw()

    def _row_at(self, y: int) -> int:
        step = max(self.winfo_height() / len(self._rows), 1.0)
        return min(max(int(y / step), 0), len(self._rows) - 1)

    def _point(self, event: "tk.Event[tk.Misc]") -> None:
        leaves = event.type == tk.EventType.Leave
        row = None if leaves else self._row_at(event.y)
        if row != self._pointed_at:
            self._pointed_at = row
            self._draw()

    def _choose(self, event: "tk.Event[tk.Misc]") -> None:
        inside = 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height()
        if inside and (row := self._row_at(event.y)) < len(self._labels):
            self._on_choose(self._labels[row])

    def _placed(self, _event: "tk.Event[tk.Misc]") -> None:
        self._draw()

    def _draw(self) -> None:
        if self.winfo_height() <= 1:  # not laid out yet
            return
        palette, px = self._theme.palette, self._theme.px
        step = max(self.winfo_height() / len(self._rows), 1.0)
        factor = min(max(step / px(_ROW), 1.0), _MAX_FACTOR)
        longest = max(map(len, self._labels), default=0)
        left = px((_LABELS if longest <= _FEW else _NAMES) * factor)
        right = max(self.winfo_width() - px(72 * factor), left + px(40))
        thick = max(round(min(step * 0.62, px(32))), 2)
        self._ends.set_height(thick)
        is_low = step < px(_MIN_ROW)
        plain = self._theme.font(FONT_SMALL if is_low else FONT_TEXT, factor)
        strong = self._theme.font(FONT_STRONG, factor)
        values = self._probabilities
        best = values.index(max(values)) if values and self._sure else None
        if self._marked is not None:
            best = self._labels.index(self._marked) if self._marked in self._labels else None
        for index, row in enumerate(self._rows):
            label = self._labels[index] if index < len(self._labels) else ""
            value = values[index] if values and label else 0.0
            stands_out, pointed_at = index == best, index == self._pointed_at
            row.draw(
                (left, round(step * (index + 0.5) - thick / 2), right),
                value,
                bar=palette.best if stands_out else palette.bar,
                track=palette.pressed if pointed_at else palette.track,
            )
            label_font = plain if is_low else strong
            if len(label) > _FEW:
                label = fitted_name(label, left - px(4), partial(self._measure, label_font))
            row.write(
                label,
                percent(value) if values and label else "",
                palette.text if stands_out or pointed_at else palette.muted,
                label_font=label_font,
                share_font=strong if stands_out else plain,
            )

    def _measure(self, font: object, text: str) -> int:
        return int(self.tk.call("font", "measure", font, text))


class _Row:
    """A label, a track, a bar with round ends, and a probability."""

    def __init__(self, canvas: tk.Canvas, ends: "_RoundEnds") -> None:
        self._canvas = canvas
        self._ends = ends
        self._label = canvas.create_text(0, 0, text="", anchor="w", font=FONT_STRONG)
        self._track = canvas.create_rectangle(0, 0, 0, 0, width=0)
        self._bar = canvas.create_rectangle(0, 0, 0, 0, width=0)
        self._start = canvas.create_image(0, 0, anchor="nw")
        self._end = canvas.create_image(0, 0, anchor="ne")
        self._share = canvas.create_text(0, 0, text="", anchor="e", font=FONT_TEXT)
        self._drawn: tuple[object, ...] = ()
        self._written: tuple[object, ...] = ()

    def draw(self, place: tuple[int, int, int], value: float, bar: str, track: str) -> None:
        """Draw the bar for a probability; `place`: its left, top and right."""
        canvas, ends, (left, top, right) = self._canvas, self._ends, place
        height, end = ends.height, round(left + (right - left) * value)
        drawn = place, end, bar, track, ends.key, canvas.winfo_width()
        if drawn == self._drawn:  # most bars stay as they are: Tk need not draw them again
            return
        self._drawn = drawn
        canvas.coords(self._label, 1, top + height / 2)
        canvas.coords(self._share, canvas.winfo_width() - 1, top + height / 2)
        canvas.coords(self._track, left + ends.width, top, right - ends.width, top + height)
        canvas.coords(self._bar, left, top, min(end, right - ends.width), top + height)
        canvas.coords(self._start, left, top)
        canvas.coords(self._end, right, top)
        is_seen, is_full = end > left, end > right - ends.width / 2
        canvas.itemconfigure(self._track, fill=track)
        canvas.itemconfigure(self._bar, fill=bar, state="normal" if is_seen else "hidden")
        begins = end - left >= ends.width
        canvas.itemconfigure(self._start, image=ends.image("left", bar if begins else track))
        canvas.itemconfigure(self._end, image=ends.image("right", bar if is_full else track))

    def write(
        self, label: str, share: str, colour: str, label_font: object, share_font: object
    ) -> None:
        """Write the label and the probability."""
        written = label, share, colour, label_font, share_font
        if written == self._written:
            return
        self._written = written
        self._canvas.itemconfigure(self._label, text=label, fill=colour, font=label_font)
        self._canvas.itemconfigure(self._share, text=share, fill=colour, font=share_font)


class _RoundEnds:
    """Images of the round ends of bars of one height, in every colour that is asked for."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self._call = canvas.tk.call
        self._canvas = str(canvas)  # several may be shown, with bars of other heights
        self._theme = theme
        self._ground = ""
        self._made: set[str] = set()
        self._names: set[str] = set()
        self.height = 0

    @property
    def width(self) -> int:
        """Of an end, in pixels."""
        return min(self._theme.px(_RADIUS), self.height // 2)

    @property
    def key(self) -> tuple[int, str]:
        """What the images depend on besides their colour."""
        return self.height, self._ground

    def set_height(self, height: int) -> None:
        """Set the height of bars, in pixels; the theme's ground may have changed too."""
        if (height, self._theme.palette.ground) != (self.height, self._ground):
            self.height, self._ground = height, self._theme.palette.ground
            self._made.clear()

    def image(self, side: str, colour: str) -> str:
        """Return the name of an end's image; `side` is "left" or "right"."""
        name, width = f"bar {side} {colour} {self._canvas}", self.width
        if name not in self._made:
            self._made.add(name)
            start = 0 if side == "left" else -width
            shape = rounded(start, 0, start + 2 * width, self.height, width)
            data = picture(width, self.height, [(shape, colour)], self._ground)
            self._call("image", "create", "photo", name, "-data", data)
            self._names.add(name)
        return name

    def free(self) -> None:
        """Delete all images."""
        self._call("image", "delete", *self._names)
