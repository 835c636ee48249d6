"""A symbol of the user's own: a name, the text that is copied for it, and drawings of it."""

import hashlib
import unicodedata
from dataclasses import dataclass, replace

from app.errors import InkError
from app.formats.drawing_file import encode_drawing, parse_drawing
from app.formats.sample import PICTURE_SIDE
from app.i18n import _
from app.ink.drawing import Content
from app.ink.picture_placement import crop_to_page

MAX_SYMBOLS = 500
MAX_DRAWINGS = 20
"""Of one symbol."""
MAX_NAME = 64
MAX_TEXT = 1000
"""Characters."""


@dataclass(frozen=True, slots=True)
class SymbolDrawing:
    """A drawing, as the line of a set's file: parsed it would take ten times as much memory."""

    data: bytes
    """What `encode_drawing` returns: one line of ASCII."""
    key: str
    """Tells it from other drawings; the same drawing has the same key everywhere."""

    def content(self) -> Content:
        """Return the drawing; raises InkError if it is damaged."""
        return parse_drawing(self.data)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol with its drawings, the oldest first; no two of a set have the same name."""

    name: str
    text: str
    """What is copied for it: a letter, LaTeX, a snippet; never empty."""
    drawings: tuple[SymbolDrawing, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its drawings."""
        return tuple(drawing.key for drawing in self.drawings)

    def with_drawings(self, *more: SymbolDrawing) -> "Symbol":
        """Return the symbol with these too, each drawing once; raises InkError for too many."""
        every = {drawing.key: drawing for drawing in (*self.drawings, *more)}
        if len(every) > MAX_DRAWINGS:
            raise InkError(
                _(
                    "The symbol {name} would have more than {most} drawings: delete some that are "
                    "like others."
                ).format(name=self.name, most=MAX_DRAWINGS)
            )
        return replace(self, drawings=tuple(every.values()))

    def without(self, *keys: str) -> "Symbol":
        """Return the symbol without the drawings with these keys."""
        kept = tuple(drawing for drawing in self.drawings if drawing.key not in keys)
        return replace(self, drawings=kept)


def new_symbol(name: str, text: str = "") -> Symbol:
    """Return a symbol without drawings; without a text, its name is copied. Raises InkError."""
    name = checked_name(name)
    return Symbol(name, checked_text(text) or name)


def new_drawing(content: Content) -> SymbolDrawing:
    """Return a drawing, its picture cropped to the page and made small; raises InkError."""
    content = crop_to_page(content)
    if content.is_empty:
        raise InkError(_("There is nothing drawn: draw the symbol first."))
    if content.background is not None:
        picture = content.background.convert("L")
        picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), reducing_gap=None)
        content = replace(content, background=picture)
    return drawing_of(encode_drawing(content))


def drawing_of(data: bytes) -> SymbolDrawing:
    """Return the drawing of an encoded line, which is not checked."""
    return SymbolDrawing(data, hashlib.sha256(data).hexdigest()[:16])


def checked_name(name: str) -> str:
    """Return a name without blanks around it, in Unicode's composed form; raises InkError."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name:
        raise InkError(_("A symbol needs a name."))
    if len(name) > MAX_NAME or not name.isprintable():
        raise InkError(
            _("A symbol's name has at most {most} characters and no line breaks.").format(
                most=MAX_NAME
            )
        )
    return name


def checked_text(text: str) -> str:
    """Return a text that can be copied, "" for blanks alone; raises InkError."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_TEXT or any(unicodedata.category(c) in ("Cs", "Cc") for c in _inner(text)):
        raise InkError(
            _(
                "A symbol's text has at most {most} characters, and no control characters but line "
                "breaks and tabs."
            ).format(most=MAX_TEXT)
        )
    return text if text.strip() else ""


def _inner(text: str) -> str:
    return text.replace("\n", "").replace("\t", "")
