"""The guide: short chapters, each with a picture that is drawn here."""

import tkinter as tk
from collections.abc import Callable
from math import cos, pi, sin

from app.i18n import _
from app.ui.dialogs.base import Dialog, Page
from app.ui.theme.line_breaking import wrap_text
from app.ui.theme.theme import FONT_STRONG, FONT_TEXT, FONT_TITLE, Theme

_SIZE = (640, 600)
_PICTURE = (170, 96)
_TEXT_WIDTH = 372
_SEVEN = ((0.30, 0.22), (0.68, 0.20), (0.56, 0.46), (0.45, 0.82))
_FOUR = ((0.58, 0.14), (0.28, 0.60), (0.74, 0.60)), ((0.60, 0.40), (0.56, 0.86))
_BAR = ((0.36, 0.52), (0.68, 0.50))
_FIVE = ((0.66, 0.18), (0.36, 0.20), (0.34, 0.46), (0.60, 0.46), (0.64, 0.74), (0.32, 0.78))
_ONE = ((0.36, 0.34), (0.54, 0.16), (0.50, 0.84))
_RING = tuple((0.5 - 0.28 * sin(k * pi / 8), 0.5 - 0.3 * cos(k * pi / 8)) for k in range(17))
_SCRIBBLE = ((0.2, 0.5), (0.4, 0.2), (0.35, 0.8), (0.6, 0.25), (0.55, 0.85), (0.8, 0.4))
_ARROW = (((0.15, 0.5), (0.85, 0.5)), ((0.6, 0.25), (0.85, 0.5)), ((0.6, 0.75), (0.85, 0.5)))
_BARS = (0.06, 0.10, 0.92, 0.16, 0.05)


class Picture:
    """A small canvas to draw on, in hundredths of its height."""

    def __init__(self, canvas: tk.Canvas, theme: Theme) -> None:
        self.canvas = canvas
        self.theme = theme
        self._unit = theme.px(_PICTURE[1]) / 100

    def paper(self) -> None:
        """Draw a sheet, 90 wide and high."""
        self.box((5, 5, 95, 95), self.theme.palette.paper, self.theme.palette.border)

    def ink(
        self, line: tuple[tuple[float, float], ...], left: float = 5.0, colour: str = ""
    ) -> None:
        """Draw a stroke on a sheet, its points as shares of the sheet; "" is the ink's colour."""
        points = [(left + x * 90, 5 + y * 90) for x, y in line]
        self.canvas.create_line(
            *self._at(*points),
            width=7 * self._unit,
            fill=colour or self.theme.palette.ink,
            capstyle="round",
            joinstyle="round",
            smooth=True,
        )

    def box(
        self, place: tuple[float, float, float, float], fill: str, outline: str | None = None
    ) -> None:
        """Draw a rectangle."""
        self.canvas.create_rectangle(
            *self._at(place[:2], place[2:]), fill=fill, outline=outline or fill
        )

    def line(self, *points: tuple[float, float], colour: str) -> int:
        """Draw a line and return Tk's number of it."""
        return self.canvas.create_line(
            *self._at(*points),
            fill=colour,
            width=max(2.5 * self._unit, 1),
            smooth=len(points) > 2,
        )

    def answer(self, label: str) -> None:
        """Draw an arrow from the sheet to the label that it is recognised as."""
        palette, unit = self.theme.palette, self._unit
        line = self.line((100, 50), (122, 50), colour=palette.muted)
        head = 9 * unit, 10 * unit, 4 * unit
        self.canvas.itemconfigure(line, arrow="last", arrowshape=head)
        self.text(148, 50, label, palette.best, large=True)

    def text(self, x: float, y: float, text: str, colour: str, large: bool = False) -> None:
        """Write a word, centred."""
        font = FONT_TITLE if large else FONT_STRONG
        self.canvas.create_text(*self._at((x, y)), text=text, fill=colour, font=font)

    def _at(self, *places: tuple[float, float]) -> list[float]:
        return [number * self._unit for place in places for number in place]


class Guide(Dialog):
    """What the program does, in pictures."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        super().__init__(root, theme, size=_SIZE)

    def build(self) -> None:
        """Show all chapters."""
        self.top.title(_("Guide"))
        self.page = Page(self.frame, self.theme)
        self._pictures: list[tuple[tk.Canvas, Callable[[Picture], None]]] = []
        self._texts: list[tk.Frame | tk.Message | tk.Label] = []
        self.page.add(_("Draw a digit, and it is recognised"), "title")
        for draw, heading, text in _chapters():
            self._chapter(draw, heading, text)
        self.close_button(_("Close"))
        self.page.pack(fill="both", expand=True)

    def apply_theme(self) -> None:
        """Apply the theme's present colours."""
        super().apply_theme()
        palette = self.theme.palette
        for widget in self._texts:
            widget.configure(background=palette.raised)
            if not isinstance(widget, tk.Frame):
                widget.configure(foreground=palette.text)
        for canvas, draw in self._pictures:
            canvas.delete("all")
            canvas.configure(background=palette.ground)
            draw(Picture(canvas, self.theme))

    def _chapter(self, draw: Callable[[Picture], None], heading: str, text: str) -> None:
        px = self.theme.px
        row = tk.Frame(self.page.text)
        canvas = tk.Canvas(
            row,
            width=px(_PICTURE[0]),
            height=px(_PICTURE[1]),
            highlightthickness=0,
            borderwidth=0,
        )
        text = wrap_text(row, text, px(_TEXT_WIDTH), FONT_TEXT)
        words = tk.Message(
            row, text=text, font=FONT_TEXT, width=px(_TEXT_WIDTH), anchor="nw", padx=0
        )
        title = tk.Label(row, text=heading, font=FONT_STRONG, anchor="w", padx=0)
        canvas.pack(side="left", anchor="n", padx=(0, px(16)), pady=px(6))
        title.pack(anchor="w", pady=(px(4), 0))
        words.pack(anchor="w")
        self._pictures.append((canvas, draw))
        self._texts += [row, words, title]
        self.page.add_picture(row)
        for widget in (row, canvas, words, title):  # the wheel scrolls the page over all of them
            widget.bindtags((str(self.page.text), *widget.bindtags()))


def _drawing(picture: Picture) -> None:
    picture.paper()
    picture.ink(_SEVEN)
    picture.answer("7")


def _answer(picture: Picture) -> None:
    palette = picture.theme.palette
    for row, share in enumerate(_BARS):
        top = 12 + row * 16
        picture.text(14, top + 5, str(row + 5), palette.text)
        picture.box((28, top, 160, top + 10), palette.track)
        best = share == max(_BARS)
        picture.box((28, top, 28 + 132 * share, top + 10), palette.best if best else palette.bar)


def _correction(picture: Picture) -> None:
    palette = picture.theme.palette
    picture.paper()
    for line in _FOUR:
        picture.ink(line)
    picture.box((112, 25, 162, 75), palette.raised, palette.border)
    picture.box((112, 70, 162, 75), palette.pressed, palette.border)
    picture.text(137, 47, "4", palette.best, large=True)


def _no_digit(picture: Picture) -> None:
    picture.paper()
    picture.ink(_SCRIBBLE)
    picture.answer("–")


def _number(picture: Picture) -> None:
    palette = picture.theme.palette
    picture.box((4, 14, 166, 86), palette.paper, palette.border)
    for left, line, label in ((10, _SEVEN, "7"), (52, _FIVE, "5"), (94, _ONE, "1")):
        picture.ink(tuple((x * 0.7, 0.26 + y * 0.6) for x, y in line), left)
        chosen = label == "5"
        edge = palette.best if chosen else palette.muted
        picture.box((left + 12, 30, left + 50, 82), "", edge)
        picture.text(left + 31, 22, label, edge)


def _letters(picture: Picture) -> None:
    picture.paper()
    picture.ink(_RING)
    picture.answer("O o")


def _symbols(picture: Picture) -> None:
    picture.paper()
    for line in _ARROW:
        picture.ink(line)
    picture.answer("\\to")


def _files(picture: Picture) -> None:
    palette = picture.theme.palette
    for left, name in ((10, ".png"), (64, ".svg"), (118, ".ink")):
        picture.box((left, 18, left + 46, 82), palette.raised, palette.border)
        picture.box((left, 18, left + 46, 26), palette.pressed, palette.border)
        picture.text(left + 23, 56, name, palette.text)


def _inside(picture: Picture) -> None:
    palette = picture.theme.palette
    picture.paper()
    parts = (_SEVEN[1:], palette.border), (_SEVEN[:2], palette.best), (_BAR, palette.problem)
    for top, (line, colour) in zip((50, 30, 70), parts, strict=True):
        picture.ink(line, colour=colour)
        picture.box((115, top, 150, top + 10), colour)


def _training(picture: Picture) -> None:
    palette = picture.theme.palette
    picture.line((12, 8), (12, 90), colour=palette.border)
    picture.line((12, 90), (168, 90), colour=palette.border)
    rising = ((13, 76), (40, 36), (80, 22), (120, 17), (165, 15))
    picture.line(*((x, y + 12) for x, y in rising), colour=palette.bar)
    picture.line(*rising, colour=palette.best)


def _chapters() -> list[tuple[Callable[[Picture], None], str, str]]:
    """Return what draws each chapter's picture, its heading and its text."""
    return [
        (
            _drawing,
            _("Draw"),
            _(
                "Draw a digit anywhere on the paper, as large as you like, with the mouse or a "
                "pen. The answer comes while you draw. Undo removes the last stroke, Esc clears "
                "everything."
            ),
        ),
        (
            _answer,
            _("Read the answer"),
            _(
                "Each bar shows how probable a digit is. The most probable one is shown large "
                "beside them, with what the network sees: your ink, scaled and centred to 28 × "
                "28 pixels."
            ),
        ),
        (
            _correction,
            _("Correct it once"),
            _(
                "Wrong? Press the right digit on the keyboard, or click its bar. The drawing is "
                "stored on your computer, and similar drawings are recognised as this digit from "
                "then on."
            ),
        ),
        (
            _number,
            _("Whole numbers"),
            _(
                "With Number on, everything on the paper is read as one number; it may have a "
                "minus sign and a decimal point. Click a box, or use Tab and the arrow keys, to "
                "see that digit's bars and to correct only that digit. Where a box is in the way "
                "of a point, draw the point as a short line."
            ),
        ),
        (
            _letters,
            _("Letters and signs"),
            _(
                "The button 0–9 lists what can be recognised: letters, or all characters of the "
                "keyboard, too. To correct an answer, type the right character, click its bar, or "
                "choose it in Model → This Drawing Is. Characters that look alike are named "
                "together. What you teach counts in its alphabet."
            ),
        ),
        (
            _symbols,
            _("Your own symbols"),
            _(
                "Model → My Symbols makes a symbol of one drawing, better of three: give it a name "
                "and what is copied for it, such as \\to. With the alphabet My Symbols it is "
                "recognised at once, and ink that is none of them is refused. Clicking the right "
                "bar adds the drawing. Export writes all into one file, to share them."
            ),
        ),
        (
            _no_digit,
            _("No digit"),
            _(
                "A scribble or a letter is no digit, and the program tells you so. If it does "
                "not, press N. A question mark means that it is not sure."
            ),
        ),
        (
            _files,
            _("Keep it"),
            _(
                "Save keeps a drawing with its strokes (.ink), to edit it later; Save As also "
                "makes pictures and vector graphics. Pictures can be opened, dropped and pasted, "
                "too, and are recognised the same way; V lets you move and scale them."
            ),
        ),
        (
            _inside,
            _("See inside"),
            _(
                "View → See Inside opens a window that follows your pen: which ink is for or "
                "against a digit, what each layer makes of it, how the answer came about, the "
                "smallest change to another digit, and which digits of other people are like it."
            ),
        ),
        (
            _training,
            _("Train it"),
            _(
                "Model → Retrain trains the network on your own samples; you can use the new "
                "model if it is better. Model → Choose switches back to any earlier model."
            ),
        ),
    ]
