"""Storage of a search's trials, and the trials whose worker died.

On one machine the storage is a journal file, for many machines a PostgreSQL database. Never SQLite,
which loses trials when two processes write (optuna #4034); a journal on a network drive gets
corrupted (optuna #5138). Optuna has heartbeats for databases only: for a journal this module looks
for the workers' processes.
"""

import copy
import logging
import re
import time
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
from sqlalchemy.exc import IntegrityError, ProgrammingError, SQLAlchemyError

from app.errors import InklingError
from app.i18n import _

_HEARTBEAT_S = 5
_GRACE_S = 30
_WITHOUT_WORKER_S = 60
_TABLES_S = 0.5
_WORKER, _RECIPE = "worker", "recipe"  # names of user attributes

warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
optuna.logging.set_verbosity(logging.CRITICAL + 1)  # storage_errors reports what fails


class SearchError(InklingError):
    """A search cannot begin or go on."""


def open_study(name: str, url: str | None, folder: Path, recipe: dict[str, Any]) -> optuna.Study:
    """Return the study `name`, which minimises the validation loss; it is made if it is new.

    `url`: None (a journal file in `folder`), the path of a journal file, or postgresql://….
    `recipe`: as_values of the recipe that its trials vary. Raises SearchError, also if the study
    was begun with another recipe.
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
            wrong = _(
                "The study {name} was begun with other values of its recipe; give the same "
                "ones again, or choose another --study."
            )
            raise SearchError(wrong.format(name=name))
        study.set_user_attr(_RECIPE, recipe)
    return study


@contextmanager
def storage_errors(url: str) -> Iterator[None]:
    """Turn every error of a study's storage into a SearchError of one sentence."""
    try:
        yield
    except (OptunaError, SQLAlchemyError, OSError, ImportError, ValueError, KeyError) as error:
        reason = str(error.__cause__ or error).strip() or type(error).__name__
        url, problem = _without_password(url), reason.splitlines()[0].rstrip(".")
        wrong = _("The study cannot be stored in {url}: {problem}.")
        raise SearchError(wrong.format(url=url, problem=problem)) from error


def record_worker(trial: optuna.Trial) -> None:
    """Store this process' id and start time in the trial."""
    process = psutil.Process()
    trial.set_user_attr(_WORKER, [process.pid, process.create_time()])


def requeue_lost(study: optuna.Study) -> None:
    """Mark every running trial whose worker is dead as failed, and put it back into the queue."""
    optuna.storages.fail_stale_trials(study)
    is_journal = isinstance(study._storage, JournalStorage)
    for trial in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        if _is_lost(trial, is_journal):
            try:
                study.tell(trial.number, state=TrialState.FAIL)
            except (UpdateFinishedTrialError, ValueError):  # another worker has just done it
                continue
            requeue(study, trial)


def requeue(study: optuna.Study, trial: FrozenTrial) -> None:
    """Put a failed trial's numbers back into the queue, without its worker."""
    again = copy.deepcopy(trial)
    again.user_attrs = {k: v for k, v in trial.user_attrs.items() if k != _WORKER}
    RetryHeartbeatStaleTrialCallback()(study, again)


def original_number(trial: FrozenTrial) -> int:
    """Return the number of the trial that this one repeats, or its own number."""
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
        wrong = _("A study is kept in a file or in postgresql://…, not in {scheme}.")
        raise SearchError(wrong.format(scheme=scheme))
    return _database(f"postgresql+psycopg://{rest}", attempts=5)


def _database(url: str, attempts: int) -> RDBStorage:
    """Open a database; while another worker makes its tables it is tried again."""
    try:
        return RDBStorage(
            url,
            engine_kwargs={"pool_pre_ping": True},
            heartbeat_interval=_HEARTBEAT_S,
            grace_period=_GRACE_S,
            heartbeat_stale_trial_callback=requeue,
        )
    except (IntegrityError, ProgrammingError):
        if attempts == 1:
            raise
    time.sleep(_TABLES_S)
    return _database(url, attempts - 1)


def _is_lost(trial: FrozenTrial, is_journal: bool) -> bool:
    """Return whether the trial's worker is dead, as far as heartbeats do not tell."""
    worker = trial.user_attrs.get(_WORKER)
    if worker is None:  # it may have died between taking the trial and record_worker
        began = trial.datetime_start
        limit = timedelta(seconds=_WITHOUT_WORKER_S)
        return began is not None and datetime.now() - began > limit
    if not is_journal:
        return False
    pid, started = worker
    try:
        return bool(abs(psutil.Process(pid).create_time() - started) > 1.0)
    except psutil.NoSuchProcess:
        return True


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)
