"""Owns the arguments and the wiring; nothing heavy is imported before the window is up."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.errors import InklingError
from app.i18n import LANGUAGES, _, language, speak
from app.training_process import AS_TRAINING

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

_TRAINING_VERBS = ("train", "evaluate", "trials", "convert", "compare", "search", "data")
_VERBS = ("recognise", *_TRAINING_VERBS, "models")
_TRACE = "--trace-startup"
_SELF_TEST = "--self-test"


def main(argv: Sequence[str] | None = None) -> int:
    """Run `inkling` with the given arguments; return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words not in ([], [_TRACE]) and getattr(sys, "frozen", False):  # the window has no workers
        from app.edition import become_worker

        become_worker()
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from app.stdio import fill_missing_streams

        fill_missing_streams()
    try:
        return _run(words)
    except InklingError as error:
        print(f"inkling: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `inkling recognise … | head`: the reader has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(words: list[str]) -> int:
    if words in ([], [_TRACE]):  # nothing to parse: argparse would keep the window waiting
        from app.ui.startup import run

        return run(files=(), profile=None, trace=_TRACE in words)
    if words[0] == AS_TRAINING:
        from app.training_process import run_as_training

        return run_as_training(words[1:])
    from app.stdio import can_write

    if not can_write(LANGUAGES[language()]):  # a terminal of another alphabet
        speak("en")
    verb, rest = _verb(words)
    if verb == "open":
        arguments = _window_parser().parse_args(rest)
        if arguments.self_test:
            from app.cli.self_test import self_test

            return self_test()
        from app.ui.startup import run

        return run(arguments.files, _profile(arguments), arguments.trace_startup)
    if verb in _TRAINING_VERBS:
        from app.training_process import run_verb

        return run_verb(verb, rest)
    if verb == "models":
        from app.cli.recognise import models

        arguments = _models_parser().parse_args(rest)
        names = [getattr(arguments, key) for key in ("name", "file", "to") if key in arguments]
        named = [str(name) for name in names if name is not None]
        return models(arguments.action or "list", named, arguments.json, _profile(arguments))
    arguments = _recognise_parser().parse_args(rest)
    from app.cli.recognise import Learning, recognise

    learning = Learning(teach=arguments.teach, samples=not arguments.without_samples)
    profile = _profile(arguments)
    return recognise(arguments.files, arguments.format, profile, learning, arguments.number)


def _verb(words: list[str]) -> tuple[str, list[str]]:
    """Return the verb and all other words: `--profile DIR` may stand before the verb."""
    index = 2 if words[:1] == ["--profile"] else 0
    index = 1 if words and words[0].startswith("--profile=") else index
    if index < len(words) and words[index] in _VERBS:
        return words[index], words[:index] + words[index + 1 :]
    return "open", words


def _profile(arguments: argparse.Namespace) -> Path | None:
    from pathlib import Path  # 4 ms: not at the top, where the window would wait for it

    return Path(arguments.profile) if arguments.profile else None


def _parser(verb: str, description: str) -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(f"inkling {verb}".strip(), description=description)
    _add_profile(parser, None)
    return parser


def _add_profile(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--profile",
        metavar="DIR",
        default=default,
        help=_("keep everything that the program stores in DIR (also: INKLING_PROFILE)"),
    )


def _window_parser() -> argparse.ArgumentParser:
    from pathlib import Path

    parser = _parser("", _("Draw a digit and see it recognised while the ink is still wet."))
    parser.epilog = _(
        "Other verbs: inkling recognise, train, evaluate, models; each explains itself with --help."
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        type=Path,
        help=_("pictures, .ink files and folders to open one after another"),
    )
    parser.add_argument(
        _TRACE,
        action="store_true",
        help=_("open, print how long it took as a line of JSON, and close"),
    )
    parser.add_argument(
        _SELF_TEST,
        action="store_true",
        help=_("try every part of this program, print what came of it as JSON, and close"),
    )
    parser.add_argument("--version", action="version", version=_version())
    return parser


def _recognise_parser() -> argparse.ArgumentParser:
    parser = _parser("recognise", _("Recognise digits in pictures and strokes files."))
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=_("a picture, an .ink file, a folder, or - for JSON Lines on standard input"),
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
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
    parser.add_argument(
        "--without-samples",
        action="store_true",
        help=_("answer as the model does, whatever it was taught"),
    )
    return parser


def _models_parser() -> argparse.ArgumentParser:
    import argparse

    parser = _parser("models", _("List the models that the program can use, or change them."))
    parser.add_argument("--json", action="store_true", help=_("print their cards as JSON"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    for action, words, about in (
        ("list", (), _("list them; a star marks the active one")),
        ("use", ("name",), _("make one the active one: shipped, or one of yours")),
        ("import", ("file", "to?"), _("take a .tflite with its card, or an exported model")),
        ("export", ("name", "to"), _("write one as a .zip, to be imported elsewhere")),
        ("rename", ("name", "to"), _("give one of yours another name")),
        ("delete", ("name",), _("delete one of yours")),
    ):
        verb = actions.add_parser(action, help=about)
        for word in words:
            optional = word.endswith("?")
            verb.add_argument(word.rstrip("?"), nargs="?" if optional else None)
        _add_profile(verb, argparse.SUPPRESS)  # given before the action, it holds as well
    return parser


def _version() -> str:
    if "--version" not in sys.argv:
        return ""
    from app.edition import about

    return about()


if __name__ == "__main__":
    sys.exit(main())
