"""The verb `symbols`: lists, adds, removes, imports and exports the user's own symbols."""

import argparse
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from app.batch.items import Item, Line
from app.batch.sources import read_groups
from app.errors import InkError, InklingError
from app.i18n import _, ngettext
from app.ink.drawing import Content
from app.stdio import escaped
from app.storage.atomic_write import write_atomically
from app.storage.paths import user_folders
from app.storage.temporary import remove_leftovers
from app.symbols.own import OwnSymbols, load_own_symbols
from app.symbols.set_file import encode_set
from app.symbols.sources import read_symbols


def symbols(arguments: argparse.Namespace) -> int:
    """Do what the arguments of `symbols_parser` ask for; return 0, or 1 if any input was bad.

    Raises InkError, ModelError, StorageError.
    """
    folders = user_folders(arguments.profile)
    remove_leftovers([folders.symbols])
    own = load_own_symbols(folders)
    match arguments.action:
        case "add":
            return _add(own, arguments.name, arguments.files, arguments.text)
        case "remove":
            _print(_("Deleted {name}.").format(name=own.remove(arguments.name).name))
        case "import":
            count = own.merge(read_symbols([Path(arguments.file)]))
            text = ngettext("{count} drawing imported.", "{count} drawings imported.", count)
            _print(text.format(count=count))
        case "export":
            every = own.store.all()
            if not every:
                raise InkError(_("You have no symbols yet: make one, with a drawing or three."))
            write_atomically(Path(arguments.file), encode_set(every))
            text = ngettext("{count} symbol exported.", "{count} symbols exported.", len(every))
            _print(text.format(count=len(every)))
        case _:  # list, or no action
            _list(own, arguments.json)
    return 0


def _add(own: OwnSymbols, name: str, files: Sequence[str], text: str | None) -> int:
    """Add the drawings in files to a symbol, or in lines of JSON to those that they name."""
    if name == "-" and (files or text is not None):
        raise InkError(_('After "add -" the lines name their symbols: leave the rest out.'))
    if name != "-" and not files:
        raise InkError(_("Name the symbol and then files with drawings of it, or give - alone."))
    problems = 0
    drawings = defaultdict[str, list[Content]](list)
    for item in _items(["-"] if name == "-" else files):
        try:
            if name == "-" and not item.label:
                raise InkError(_('The line has no "label": the name of its symbol.'))
            content = item.read()
            if not isinstance(content, Content):
                raise InkError(_("Give pictures, .ink files and folders of them."))
            drawings[item.label or "" if name == "-" else name].append(content)
        except InklingError as error:
            problems += _report(f"{item.id}: {error}")
    for label, contents in drawings.items():
        try:
            symbol = own.add(label, contents, text)
        except InkError as error:
            problems += _report(f"{label}: {error}")
            continue
        count = len(symbol.drawings)
        line = ngettext(
            "{name} has {count} drawing now.", "{name} has {count} drawings now.", count
        )
        _print(line.format(name=symbol.name, count=count))
    return 1 if problems else 0


def _items(files: Sequence[str]) -> Iterator[Item]:
    stdin = cast(io.BufferedIOBase, sys.stdin.buffer)
    for group in read_groups(files, stdin):
        for one in group:
            yield one.item() if isinstance(one, Line) else one


def _list(own: OwnSymbols, as_json: bool) -> None:
    every = own.store.all()
    if as_json:
        rows = [{"name": s.name, "text": s.text, "drawings": len(s.drawings)} for s in every]
        _print(json.dumps(rows))
        return
    for symbol in every:
        count = len(symbol.drawings)
        drawings = ngettext("{count} drawing", "{count} drawings", count).format(count=count)
        text = "" if symbol.text == symbol.name else symbol.text
        _print(f"{symbol.name:<20} {drawings:<14} {text}".rstrip())


def _report(problem: str) -> int:
    sys.stderr.write(escaped(f"inkling: {problem}") + "\n")
    return 1


def _print(text: str) -> None:
    sys.stdout.write(escaped(text) + "\n")
