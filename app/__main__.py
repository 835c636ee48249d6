"""Entry point of `inkling`: opens the window or runs a verb of the command line."""

import gc
import sys
import time
from collections.abc import Sequence

from app.edition import about, is_built, run_as_worker
from app.errors import InklingError
from app.i18n import LANGUAGES, language, set_language
from app.stdio import can_write, escaped, fill_missing_streams, status_of

_TRACE = "--trace-startup"


def main(argv: Sequence[str] | None = None) -> int:
    """Run `inkling` with the given arguments; return the exit status."""
    started = time.perf_counter()
    words = list(sys.argv[1:] if argv is None else argv)
    if is_built() and words not in ([], [_TRACE]):  # a window is never opened in a worker
        run_as_worker()
    fill_missing_streams()
    return status_of(lambda: _status(words, started))


def _status(words: list[str], started: float) -> int:
    """Run the verb and return the exit status; expected failures are reported in one sentence."""
    try:
        return _run(words, started)
    except InklingError as error:
        print(f"inkling: {escaped(str(error))}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130


def _run(words: list[str], started: float) -> int:
    """Import what the verb needs, and nothing else, and run it."""
    if words in ([], [_TRACE]):
        gc.disable()  # the start makes little garbage; `run` enables it again
        from app.ui.startup import run

        return run((), None, started, trace=_TRACE in words)
    from app.training_process import AS_TRAINING, run_as_training, run_verb

    if words[0] == AS_TRAINING:
        return run_as_training(words[1:])
    if not can_write(LANGUAGES[language()]):
        set_language("en")
    from app.cli import parsers

    verb, rest = parsers.split_verb(words)
    if verb in parsers.TRAINING_VERBS:
        return run_verb(verb, rest)
    if verb:
        return _run_verb(verb, rest)
    arguments = parsers.window_parser().parse_args(rest)
    if arguments.version:
        sys.stdout.write(about() + "\n")
        return 0
    if arguments.self_test:
        from app.cli.self_test import self_test

        return self_test()
    from app.ui.startup import run

    return run(arguments.files, arguments.profile, started, arguments.trace_startup)


def _run_verb(verb: str, words: list[str]) -> int:
    """Run a verb of this process with the words after it."""
    from app.cli import parsers

    if verb == "models":
        from app.cli.models import models

        return models(parsers.models_parser().parse_args(words))
    if verb == "symbols":
        from app.cli.symbols import symbols

        return symbols(parsers.symbols_parser().parse_args(words))
    if verb == "explain":
        from app.cli.explain import explain_inputs

        return explain_inputs(parsers.explain_parser().parse_args(words))
    from app.cli.recognise import recognise

    return recognise(parsers.recognise_parser().parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
