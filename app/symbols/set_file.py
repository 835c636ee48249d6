"""The file of a set of symbols, to keep and to share: JSON Lines in UTF-8.

The first line is {"format": FORMAT, "version": VERSION}. A line {"name", "text"} begins a symbol;
the lines after it are its drawings, each as an .ink file has it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.errors import InkError
from app.formats.strokes_file import MAX_STROKES_BYTES
from app.i18n import _
from app.symbols.symbol import MAX_SYMBOLS, Symbol, drawing_of, new_drawing, new_symbol

FORMAT = "inkling-symbols"
VERSION = 1
SET_SUFFIX = ".symbols"
MAX_SET_BYTES = 256 * 1024 * 1024


def encode_set(symbols: Iterable[Symbol]) -> bytes:
    """Return the file of a set."""
    lines = [_encoded({"format": FORMAT, "version": VERSION})]
    for symbol in symbols:
        lines.append(_encoded({"name": symbol.name, "text": symbol.text}))
        lines += [drawing.data for drawing in symbol.drawings]
    return b"\n".join(lines) + b"\n"


def parse_set(data: bytes, trusted: bool = False) -> list[Symbol]:
    """Return the symbols in a file, each with a drawing at least; raises InkError.

    Drawings are checked and encoded anew, unless the file is `trusted` to be this program's own.
    """
    if len(data) > MAX_SET_BYTES:
        raise InkError(_("The file is larger than 256 MB: it is no set of symbols."))
    lines = [line for line in data.split(b"\n") if line.strip()]
    if not lines:
        raise InkError(_no_set_message())
    _check_head(_parsed(lines[0]))
    symbols: dict[str, Symbol] = {}
    for symbol in _symbols(lines[1:], trusted):
        if symbol.name in symbols:
            raise InkError(_("The set has two symbols called {name}.").format(name=symbol.name))
        if not symbol.drawings:
            raise InkError(_("The symbol {name} has no drawings.").format(name=symbol.name))
        symbols[symbol.name] = symbol
    if not 1 <= len(symbols) <= MAX_SYMBOLS:
        raise InkError(_("A set has 1 to {most} symbols.").format(most=MAX_SYMBOLS))
    return list(symbols.values())


def _symbols(lines: list[bytes], trusted: bool) -> Iterator[Symbol]:
    symbol: Symbol | None = None
    for line in lines:
        if trusted and line.startswith(b'{"format"'):
            value: Any = {"format": ""}
        else:
            value = _parsed(line)
        if "format" not in value:
            if symbol is not None:
                yield symbol
            name, text = value.get("name"), value.get("text", "")
            if not isinstance(name, str) or not isinstance(text, str):
                raise InkError(_no_set_message())
            symbol = new_symbol(name, text)
        elif symbol is None:
            raise InkError(_no_set_message())
        else:
            drawing = drawing_of(line)
            if not trusted:
                drawing = new_drawing(drawing.content())
            symbol = symbol.with_drawings(drawing)
    if symbol is not None:
        yield symbol


def _check_head(value: dict[str, Any]) -> None:
    if value.get("format") != FORMAT:
        raise InkError(_no_set_message())
    if value.get("version") != VERSION or isinstance(value.get("version"), bool):
        raise InkError(
            _(
                "This set of symbols is of another version of the program than this one can read: "
                "install the newest one."
            )
        )


def _parsed(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_STROKES_BYTES:
        raise InkError(_no_set_message())
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InkError(_no_set_message()) from error
    if not isinstance(value, dict):
        raise InkError(_no_set_message())
    return value


def _encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _no_set_message() -> str:
    return _("This is no set of symbols, or it is damaged: choose a file that was exported as one.")
