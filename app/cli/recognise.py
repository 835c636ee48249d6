"""The verb `recognise`: writes the answer to each input, in order, as soon as it is ready."""

import argparse
import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from app.batch.answerer import Answerer, Block, Options
from app.batch.output import FileOutput, StandardOutput
from app.batch.pool import Pool
from app.batch.progress import Progress
from app.batch.run import answer_groups, default_jobs
from app.batch.sources import count_inputs, read_groups
from app.batch.work import Sharing
from app.cluster.connect import connect
from app.errors import InklingError
from app.i18n import _
from app.recognition.alphabet import DIGITS
from app.storage.paths import user_folders
from app.storage.temporary import remove_leftovers

_FORMATS = {".json": "json", ".jsonl": "json", ".csv": "csv", ".parquet": "parquet"}


def recognise(arguments: argparse.Namespace) -> int:
    """Recognise what the arguments of `recognise_parser` name; return 0, or 1 if any input was bad.

    Raises ModelError, StorageError.
    """
    options = _options(arguments)
    if arguments.profile is not None or not arguments.teach:
        remove_leftovers(user_folders(arguments.profile).stores)
    answerer = Answerer(options)
    if answerer.notice:
        sys.stderr.write(f"inkling: {answerer.notice}\n")
    if isinstance(sys.stdout, io.TextIOWrapper):  # an id or a path may hold lone surrogates
        sys.stdout.reconfigure(errors="backslashreplace")
    if arguments.out is None:
        return _answer(arguments, answerer, StandardOutput(answerer.heading))
    output = FileOutput(arguments.out, options.output, answerer.heading, arguments.resume)
    try:
        status = _answer(arguments, answerer, output)
        output.finish(answerer.columns)
    finally:
        output.close()
    return status


def _options(arguments: argparse.Namespace) -> Options:
    """Return how to answer; raises InklingError for arguments that do not go together."""
    suffix = arguments.out.suffix.lower() if arguments.out is not None else ""
    output = arguments.format or _FORMATS.get(suffix, "text")
    if arguments.out is None and (arguments.resume or output == "parquet"):
        raise InklingError(_("--resume and --format parquet need a file: add --out FILE."))
    if arguments.teach and arguments.scheduler:
        raise InklingError(
            _("--teach learns from one line before the next: leave --scheduler out.")
        )
    if arguments.number and arguments.alphabet != DIGITS.name:
        raise InklingError(_("Whole numbers are made of digits: leave --alphabet or --number out."))
    return Options(
        output=output,
        number=arguments.number,
        alphabet=arguments.alphabet,
        teach=arguments.teach,
        uses_samples=not arguments.without_samples,
        profile=arguments.profile,
    )


def _answer(
    arguments: argparse.Namespace, answerer: Answerer, output: StandardOutput | FileOutput
) -> int:
    """Write the answers to all inputs; return 0, or 1 if any of these was bad."""
    stdin = cast(io.BufferedIOBase, sys.stdin.buffer)
    groups = read_groups(arguments.files, stdin, labelled=not arguments.number)
    done = 0
    if isinstance(output, FileOutput):
        groups, done = output.rest(groups), output.done
    progress = None
    if sys.stderr.isatty() and (arguments.out is not None or not sys.stdout.isatty()):
        progress = Progress(count_inputs(arguments.files), done)
    errors = 0

    def write(block: Block) -> None:
        nonlocal errors
        output.write(block)
        errors += block.errors
        if progress is not None:
            progress.add(block.answers)

    with _shared_by(arguments, answerer) as shared_by:
        answer_groups(groups, answerer, write, shared_by)
    if progress is not None:
        progress.finish()
    return 1 if errors else 0


@contextlib.contextmanager
def _shared_by(
    arguments: argparse.Namespace, answerer: Answerer
) -> Iterator[Callable[[], Sharing[Block]] | None]:
    """Yield what makes the processes that share much work; None if one is to do it alone."""
    if arguments.scheduler:
        cluster = connect(arguments.scheduler, answerer)  # a wrong address is told at once
        with contextlib.closing(cluster):
            yield lambda: cluster
        return
    jobs = 1 if arguments.teach else arguments.jobs or default_jobs()
    yield partial(Pool, answerer, jobs) if jobs > 1 else None
