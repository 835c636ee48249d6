"""Owns handing a verb of training to the training package, which runs in a process of its own."""

import logging
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from app.edition import is_built
from app.errors import InklingError
from app.i18n import _
from app.resources import training_command, training_environment
from app.stdio import write_utf_8


def run_training(verb: str, arguments: Sequence[str]) -> int:
    """Run a verb of the training package in this process's place; return its exit status.

    Raises InklingError in an edition without training.
    """
    words = [verb, *arguments]
    if is_built():
        return become_training(words)
    command, environment = training_command(words), training_environment()
    if os.name == "posix":  # the same process: whoever ends it, ends the training
        os.execve(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it had the same Ctrl+C, and may be saving its last epoch
            continue


def become_training(words: Sequence[str]) -> int:
    """Let this process be the training's: a built program has no Python to start it with.

    Returns its exit status; raises InklingError in an edition without training.
    """
    if find_spec("training") is None:
        raise InklingError(
            _("The lite edition does not train or measure models; take the full edition.")
        )
    sys.argv = ["inkling", *words]
    if os.environ.get("PYTHONIOENCODING") == "utf-8":  # which a built program does not look at
        write_utf_8()
    # AutoGraph finds no sources in a built program and says so for every function, TensorFlow's own
    # too. None of them needs it: they are traced as they are.
    logging.getLogger("tensorflow").addFilter(
        lambda record: "AutoGraph could not transform" not in record.getMessage()
    )
    try:
        runpy.run_module("training", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
