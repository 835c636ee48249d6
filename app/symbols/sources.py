"""Symbols from elsewhere: a set's file, or a folder of pictures and drawings that name them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.errors import InkError
from app.file_reader import read_content, read_file
from app.formats.folder_scan import expand_paths
from app.i18n import _
from app.symbols.set_file import parse_set
from app.symbols.symbol import Symbol, new_drawing, new_symbol

_NUMBERED = re.compile(r"[ _-]*\(?\d+\)?$")


def read_symbols(path: Path) -> list[Symbol]:
    """Return the symbols in a set's file, or in a folder as `named_files` has them.

    Raises InkError, also for a folder with a file that cannot be read.
    """
    if not path.is_dir():
        return parse_set(read_file(path))
    return [_read(name, files) for name, files in named_files(path).items()]


def named_files(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Return the drawings in a folder by the names of their symbols; raises InkError.

    A subfolder's name is that of all in it. Other files are called as their symbols, perhaps with a
    number: "alpha.png", "alpha 2.ink".
    """
    found = defaultdict[str, list[Path]](list)
    for path in expand_paths([folder]):
        within = path.relative_to(folder).parts
        stem = path.stem
        name = within[0] if len(within) > 1 else _NUMBERED.sub("", stem) or stem
        found[name].append(path)
    return found


def _read(name: str, files: Sequence[Path]) -> Symbol:
    drawings = []
    for path in files:
        try:
            drawings.append(new_drawing(read_content(path)))
        except InkError as error:
            raise InkError(_("{name}: {problem}").format(name=path.name, problem=error)) from error
    return new_symbol(name).with_drawings(*drawings)
