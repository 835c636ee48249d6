"""Owns where a search keeps its trials, and what becomes of trials whose worker died.

On one machine that is a journal file; over many machines a PostgreSQL database. Never SQLite: it
loses trials when two processes write (optuna #4034). A journal on a network drive breaks
(optuna #5138).
"""

import logging
import os
import platform
import warnings
from pathlib import Path

import optuna
import psutil
from optuna.exceptions import UpdateFinishedTrialError
from optuna.storages import (
    BaseStorage,
    JournalStorage,
    RDBStorage,
    RetryHeartbeatStaleTrialCallback,
)
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

from app.errors import InklingError
from app.translation import _

_HEARTBEAT_S = 5
_GRACE_S = 20
_WORKER = "worker"

warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
optuna.logging.set_verbosity(logging.WARNING)


class SearchError(InklingError):
    """A search that cannot begin or go on."""


def open_study(name: str, url: str | None, folder: Path) -> optuna.Study:
    """Return the study called `name`, made if it is new, that minimises the validation loss.

    `url` is None for a journal file in `folder`, the path of one, or postgresql://…; raises
    SearchError.
    """
    try:
        return optuna.create_study(
            storage=_storage(url, folder),
            study_name=name,
            load_if_exists=True,
            direction="minimize",
            sampler=optuna.samplers.TPESampler(),
            pruner=optuna.pruners.MedianPruner(n_startup_trials=4, n_warmup_steps=1),
        )
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise SearchError(
            _("The storage {url} cannot be used: {problem}.").format(
                url=url or folder, problem=str(error).splitlines()[0]
            )
        ) from error


def sign(trial: optuna.Trial) -> None:
    """Write into a trial which process works on it."""
    me = psutil.Process()
    trial.set_user_attr(_WORKER, [platform.node(), me.pid, me.create_time()])


def requeue_lost(study: optuna.Study) -> None:
    """Put every trial back into the queue, once, whose worker is gone.

    Workers on this machine are looked for; those on others have sent no heartbeat for a while.
    """
    optuna.storages.fail_stale_trials(study)
    for trial in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        if _is_gone(trial):
            try:
                study.tell(trial.number, state=TrialState.FAIL)
            except (UpdateFinishedTrialError, ValueError):  # another worker has just done it
                continue
            requeue(study, trial)


def requeue(study: optuna.Study, trial: FrozenTrial) -> None:
    """Put a failed trial's values into the queue again."""
    RetryHeartbeatStaleTrialCallback()(study, trial)


def first_number(trial: FrozenTrial) -> int:
    """Return the number of the trial that this one repeats, or its own."""
    number = RetryHeartbeatStaleTrialCallback.retried_trial_number(trial)
    return trial.number if number is None else number


def _storage(url: str | None, folder: Path) -> BaseStorage:
    if url is None or "://" not in url:
        path = Path(url) if url else folder / "study.journal"
        path.parent.mkdir(parents=True, exist_ok=True)
        return JournalStorage(JournalFileBackend(str(path)))
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
        heartbeat_stale_trial_callback=RetryHeartbeatStaleTrialCallback(),
    )


def _is_gone(trial: FrozenTrial) -> bool:
    host, pid, started = trial.user_attrs.get(_WORKER, (None, 0, 0.0))
    if host != platform.node() or pid == os.getpid():
        return False
    try:
        return bool(abs(psutil.Process(pid).create_time() - started) > 1.0)
    except psutil.NoSuchProcess:
        return True
