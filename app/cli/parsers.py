"""The command line's arguments: which verb, and an argparse parser for each."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.recognition.alphabet import ALPHABETS, DIGITS, OWN

TRAINING_VERBS = ("train", "evaluate", "trials", "convert", "compare", "search", "data")
"""The training package runs these in a process of its own, and parses their arguments."""
_VERBS = ("recognise", "explain", "models", "symbols", *TRAINING_VERBS)


def split_verb(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the verb, "" for the window, and all other words.

    `--profile DIR` may stand before the verb.
    """
    index = 0
    if words and words[0].startswith("--profile"):
        index = 1 if "=" in words[0] else 2
    if index < len(words) and words[index] in _VERBS:
        return words[index], [*words[:index], *words[index + 1 :]]
    return "", list(words)


def window_parser() -> argparse.ArgumentParser:
    """Return the parser without a verb: what the window opens with."""
    parser = _parser("", _("Draw a digit and see it recognised while the ink is still wet."))
    parser.epilog = _(
        "Other commands: inkling recognise, symbols, explain, train, evaluate, models; each shows "
        "more with --help."
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        type=Path,
        help=_("pictures, .ink files and folders to open one after another"),
    )
    parser.add_argument(
        "--trace-startup",
        action="store_true",
        help=_("open, print how long it took as a line of JSON, and close"),
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help=_("test every part of this program, print the results as JSON, and close"),
    )
    parser.add_argument(
        "--version", action="store_true", help=_("print version, edition and model, and close")
    )
    return parser


def recognise_parser() -> argparse.ArgumentParser:
    """Return the parser of `inkling recognise`."""
    parser = _parser(
        "recognise", _("Recognise digits or other characters in pictures and strokes files.")
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=_(
            "a picture, an .ink file, a folder, a zip or tar of them, an array (.npy, .npz, idx), "
            "a Parquet file, or - for JSON Lines on standard input"
        ),
    )
    _add_output(parser)
    parser.add_argument(
        "--alphabet",
        choices=(*ALPHABETS, OWN),
        default=DIGITS.name,
        help=_("what an answer is chosen from (default: digits)"),
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--number",
        action="store_true",
        help=_("read each as a whole number: digits side by side, minus, decimal point or comma"),
    )
    kind.add_argument(
        "--teach",
        action="store_true",
        help=_('learn from lines with a "label" that were answered wrongly; kept with --profile'),
    )
    _add_without_samples(parser)
    return parser


def explain_parser() -> argparse.ArgumentParser:
    """Return the parser of `inkling explain`."""
    parser = _parser(
        "explain",
        _("Tell what each piece of ink does for the answer, and the smallest change to another."),
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=_("a picture, an .ink file, a folder, or - for JSON Lines on standard input"),
    )
    parser.add_argument(
        "--label",
        metavar="L",
        help=_("what the changed strokes shall be answered (default: the second most probable)"),
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=_("default: text")
    )
    parser.add_argument(
        "--figure",
        metavar="FILE",
        type=Path,
        help=_("draw the coloured ink and the change into FILE (.png, .svg)"),
    )
    _add_without_samples(parser)
    return parser


def _add_without_samples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--without-samples",
        action="store_true",
        help=_("answer without the user's own samples, with the model alone"),
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv", "parquet"),
        help=_("default: by the name after --out, or else text"),
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help=_("write to FILE when all is answered, and until then to FILE.part"),
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help=_("go on with a FILE.part, from the same inputs"),
    )
    processes = parser.add_mutually_exclusive_group()
    processes.add_argument(
        "--jobs",
        metavar="N",
        type=_positive,
        help=_("share much work among N processes (default: one for each processor)"),
    )
    processes.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=_("share much work among a Dask cluster's workers, such as of tcp://host:8786"),
    )


def models_parser() -> argparse.ArgumentParser:
    """Return the parser of `inkling models`; without an action it lists."""
    parser = _parser("models", _("List the models that the program can use, or change them."))
    parser.add_argument("--json", action="store_true", help=_("print their cards as JSON"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    for action, help_text, *arguments in (
        ("list", _("list them; a star marks the active one")),
        ("use", _("make one the active one: shipped, or one of yours"), "name"),
        ("import", _("import a .tflite with its card, or an exported model"), "file", "to?"),
        ("export", _("export one as a .zip, to import it elsewhere"), "name", "to"),
        ("rename", _("rename one of yours"), "name", "to"),
        ("delete", _("delete one of yours"), "name"),
    ):
        sub = actions.add_parser(action, help=help_text)
        for argument in arguments:
            sub.add_argument(argument.rstrip("?"), nargs="?" if argument.endswith("?") else None)
        _add_profile(sub, argparse.SUPPRESS)  # one given before the action stays
    return parser


def symbols_parser() -> argparse.ArgumentParser:
    """Return the parser of `inkling symbols`; without an action it lists."""
    parser = _parser("symbols", _("List your own symbols, or change them."))
    parser.add_argument("--json", action="store_true", help=_("list them as JSON"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    found = {
        action: actions.add_parser(action, help=help_text)
        for action, help_text in (
            ("list", _("list them with what is copied for each")),
            ("add", _("add drawings to one, or make it")),
            ("remove", _("delete one with its drawings")),
            ("import", _("add the symbols of a set that was exported, or of a folder")),
            ("export", _("write all into one file, to share them")),
        )
    }
    found["add"].add_argument(
        "name",
        metavar="NAME",
        help=_('the symbol\'s name, or - for JSON Lines on standard input, each with "label"'),
    )
    found["add"].add_argument(
        "files", nargs="*", metavar="FILE", help=_("a picture, an .ink file or a folder")
    )
    found["add"].add_argument(
        "--text", metavar="TEXT", help=_("what is copied for it (default: its name)")
    )
    found["remove"].add_argument("name", metavar="NAME")
    for action in ("import", "export"):
        found[action].add_argument("file", metavar="FILE")
    for sub in found.values():
        _add_profile(sub, argparse.SUPPRESS)  # one given before the action stays
    return parser


def _parser(verb: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"inkling {verb}".strip(), description=description)
    _add_profile(parser, None)
    return parser


def _positive(text: str) -> int:
    """Return a whole number from 1 on; raises ValueError, which argparse reports."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _add_profile(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--profile",
        metavar="DIR",
        type=Path,
        default=default,
        help=_("store all of the program's files in DIR (also: INKLING_PROFILE)"),
    )
