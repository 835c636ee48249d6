"""The verb `recognise`: writes the answer to each input, in order, as soon as it is ready."""

import argparse
import io
import sys
from typing import cast

from app.batch.answerer import Answerer, Block, Options
from app.batch.run import answer_groups, default_jobs
from app.batch.sources import read_groups
from app.storage.paths import user_folders
from app.storage.temporary import remove_leftovers


def recognise(arguments: argparse.Namespace) -> int:
    """Recognise what the arguments of `recognise_parser` name; return 0, or 1 if any input was bad.

    Raises ModelError, StorageError.
    """
    if arguments.profile is not None or not arguments.teach:
        remove_leftovers(user_folders(arguments.profile).stores)
    answerer = Answerer(
        Options(
            output=arguments.format,
            number=arguments.number,
            teach=arguments.teach,
            uses_samples=not arguments.without_samples,
            profile=arguments.profile,
        )
    )
    if answerer.notice:
        sys.stderr.write(f"inkling: {answerer.notice}\n")
    if isinstance(sys.stdout, io.TextIOWrapper):  # an id or a path may hold lone surrogates
        sys.stdout.reconfigure(errors="backslashreplace")
    errors = 0

    def write(block: Block) -> None:
        nonlocal errors
        errors += block.errors
        sys.stdout.write(block.text)
        sys.stdout.flush()

    sys.stdout.write(answerer.heading)
    stdin = cast(io.BufferedIOBase, sys.stdin.buffer)
    groups = read_groups(arguments.files, stdin, labelled=not arguments.number)
    jobs = 1 if arguments.teach else arguments.jobs or default_jobs()
    answer_groups(groups, answerer, write, jobs)
    return 1 if errors else 0
