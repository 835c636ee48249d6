"""Symbols from elsewhere: a set's file, or a folder of pictures and drawings that name them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import InkError
from app.file_reader import read_content, read_file
from app.formats.folder_scan import expand_paths
from app.i18n import _
from app.symbols.set_file import FORMAT, SET_SUFFIX, parse_set
from app.symbols.symbol import Symbol, new_drawing, new_symbol

_NUMBERED = re.compile(r"[ _-]*\(?\d+\)?$")


def read_symbols(paths: Sequence[Path]) -> list[Symbol]:
    """Return the symbols in sets' files, and those of drawings and folders of them, by their names.

    No two of them have the same name. Raises InkError, also for a file that cannot be read.
    """
    found: dict[str, Symbol] = {}
    for path in paths:
        if _is_set(path):
            read = parse_set(read_file(path))
        else:
            read = [_read(name, files) for name, files in _named_files(path).items()]
        for symbol in read:
            mine = found.get(symbol.name)
            found[symbol.name] = mine.with_drawings(*symbol.drawings) if mine else symbol
    return list(found.values())


def _is_set(path: Path) -> bool:
    """Return whether a file is a set by its name or, whatever it is called, by its first bytes."""
    if path.suffix.lower() == SET_SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            return FORMAT.encode() in file.read(64)
    except (OSError, ValueError):
        return False  # whose reader tells what is wrong


def _named_files(path: Path) -> Mapping[str, Sequence[Path]]:
    """Return a file, or a folder's files, by the names of their symbols; raises InkError.

    A subfolder's name is that of all in it. Other files are called as their symbols, perhaps with a
    number: "alpha.png", "alpha 2.ink".
    """
    found = defaultdict[str, list[Path]](list)
    for file in expand_paths([path]):
        within = file.relative_to(path).parts
        name = within[0] if len(within) > 1 else _NUMBERED.sub("", file.stem) or file.stem
        found[name].append(file)
    return found


def _read(name: str, files: Sequence[Path]) -> Symbol:
    drawings = []
    for path in files:
        try:
            drawings.append(new_drawing(read_content(path)))
        except InkError as error:
            raise InkError(_("{name}: {problem}").format(name=path.name, problem=error)) from error
    return new_symbol(name).with_drawings(*drawings)
