"""Owns where a search keeps its trials, and what becomes of trials whose worker died.

On one machine that is a journal file; over many machines a PostgreSQL database. Never SQLite: it
loses trials when two processes write (optuna #4034). A journal on a network drive breaks
(optuna #5138).
"""

import copy
import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import optuna
import psutil
from optuna.exceptions import OptunaError, UpdateFinishedTrialError
from optuna.storages import (
    BaseStorage,
    JournalStorage,
    RDBStorage,
    RetryHeartbeatStaleTrialCallback,
)
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

from app.errors import InklingError
from app.i18n import _

_HEARTBEAT_S = 5
_GRACE_S = 30
_UNSIGNED_S = 60
_WORKER, _RECIPE = "worker", "recipe"

warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
optuna.logging.set_verbosity(logging.CRITICAL + 1)  # what fails is said here, in a sentence


class SearchError(InklingError):
    """A search that cannot begin or go on."""


def open_study(name: str, url: str | None, folder: Path, recipe: dict[str, Any]) -> optuna.Study:
    """Return the study called `name`, made if it is new, that minimises the validation loss.

    `url` is None for a journal file in `folder`, the path of one, or postgresql://…; `recipe` are
    the numbers that its trials start from. Raises SearchError, also for a study of other numbers.
    """
    with storage_errors(url or str(folder)):
        study = optuna.create_study(
            storage=_storage(url, folder),
            study_name=name,
            load_if_exists=True,
            direction="minimize",
            sampler=optuna.samplers.TPESampler(),
            pruner=optuna.pruners.MedianPruner(n_startup_trials=4, n_warmup_steps=1),
        )
        if study.user_attrs.setdefault(_RECIPE, recipe) != recipe:
            raise SearchError(
                _(
                    "The study {name} was begun with other numbers of its recipe; give "
                    "those again, or choose another --study."
                ).format(name=name)
            )
        study.set_user_attr(_RECIPE, recipe)
    return study


@contextmanager
def storage_errors(url: str) -> Iterator[None]:
    """Raise SearchError, in one sentence, for whatever fails in a study's storage."""
    try:
        yield
    except (OptunaError, SQLAlchemyError, OSError, ImportError, ValueError, KeyError) as error:
        reason = str(error.__cause__ or error).strip() or type(error).__name__
        raise SearchError(
            _("The storage {url} cannot be used: {problem}.").format(
                url=_without_password(url), problem=reason.splitlines()[0].rstrip(".")
            )
        ) from error


def sign(trial: optuna.Trial) -> None:
    """Write into a trial which process works on it."""
    me = psutil.Process()
    trial.set_user_attr(_WORKER, [me.pid, me.create_time()])


def requeue_lost(study: optuna.Study) -> None:
    """Put every trial back into the queue, once, whose worker is gone.

    A database is told by heartbeats. A journal is of one machine: its processes are looked for.
    """
    optuna.storages.fail_stale_trials(study)
    on_one_machine = isinstance(study._storage, JournalStorage)
    for trial in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        if _was_never_signed(trial) or (on_one_machine and _is_gone(trial)):
            try:
                study.tell(trial.number, state=TrialState.FAIL)
            except (UpdateFinishedTrialError, ValueError):  # another worker has just done it
                continue
            requeue(study, trial)


def requeue(study: optuna.Study, trial: FrozenTrial) -> None:
    """Put a failed trial's values into the queue again, without its worker's name."""
    again = copy.deepcopy(trial)
    again.user_attrs = {k: v for k, v in trial.user_attrs.items() if k != _WORKER}
    RetryHeartbeatStaleTrialCallback()(study, again)


def first_number(trial: FrozenTrial) -> int:
    """Return the number of the trial that this one repeats, or its own."""
    number = RetryHeartbeatStaleTrialCallback.retried_trial_number(trial)
    return trial.number if number is None else number


def _storage(url: str | None, folder: Path) -> BaseStorage:
    if url is None or "://" not in url:
        path = Path(url) if url else folder / "study.journal"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not the default lock, a symbolic link: Windows reserves these for administrators.
        return JournalStorage(JournalFileBackend(str(path), JournalFileOpenLock(str(path))))
    scheme, rest = url.split("://", 1)
    if scheme.split("+")[0] not in ("postgresql", "postgres"):
        raise SearchError(
            _("A study is kept in a file or in postgresql://…, not in {scheme}.").format(
                scheme=scheme
            )
        )
    return RDBStorage(
        f"postgresql+psycopg://{rest}",
        engine_kwargs={"pool_pre_ping": True},
        heartbeat_interval=_HEARTBEAT_S,
        grace_period=_GRACE_S,
        heartbeat_stale_trial_callback=requeue,
    )


def _was_never_signed(trial: FrozenTrial) -> bool:
    """Whether its worker died in the moment after it had taken the trial."""
    began = trial.datetime_start
    if _WORKER in trial.user_attrs or began is None:
        return False
    return datetime.now() - began > timedelta(seconds=_UNSIGNED_S)


def _is_gone(trial: FrozenTrial) -> bool:
    pid, started = trial.user_attrs.get(_WORKER, (os.getpid(), 0.0))
    if pid == os.getpid():
        return False
    try:
        return bool(abs(psutil.Process(pid).create_time() - started) > 1.0)
    except psutil.NoSuchProcess:
        return True


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)
