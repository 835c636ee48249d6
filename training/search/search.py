"""Hyperparameter search: Optuna chooses the numbers of each trial, a training process runs it."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import optuna
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import TrialState

from app.i18n import _
from training.cli.process import training_events
from training.fitting.run_folder import overrides_of
from training.recipes.recipe import Recipe, overridden
from training.search.studies import (
    SearchError,
    original_number,
    record_worker,
    requeue,
    requeue_lost,
    storage_errors,
)

_WAIT_S = 1.0
_DONE = (TrialState.COMPLETE, TrialState.PRUNED)
Report = Callable[[str], None]
"""Called with a line for the user."""


class _SurplusError(Exception):
    """Another worker has begun the last trial at the same moment."""


def search(study: optuna.Study, recipe: Recipe, trials: int, folder: Path, report: Report) -> None:
    """Run trials until the study has `trials` of them, by all workers together.

    Trial N trains in `folder`/trial-N. Raises SearchError if a training cannot run.
    """
    with storage_errors(str(folder)):
        while _has_trial_to_run(study, trials):
            _one_trial(study, recipe, trials, folder, report)


def _has_trial_to_run(study: optuna.Study, trials: int) -> bool:
    """Return whether there is a trial to begin; waits while other workers run the last ones."""
    while True:
        requeue_lost(study)
        states = [trial.state for trial in study.get_trials(deepcopy=False)]
        if sum(state in _DONE for state in states) >= trials:
            return False
        taken = sum(state in (*_DONE, TrialState.RUNNING) for state in states)
        if taken < trials or TrialState.WAITING in states:
            return True
        time.sleep(_WAIT_S)  # if their workers die, this one runs these trials again


def _one_trial(
    study: optuna.Study, recipe: Recipe, trials: int, folder: Path, report: Report
) -> None:
    mine: list[int] = []

    def objective(trial: optuna.Trial) -> float:
        mine.append(trial.number)
        record_worker(trial)
        before = study.get_trials(deepcopy=False)[: trial.number]
        if sum(other.state != TrialState.FAIL for other in before) >= trials:
            raise _SurplusError
        return _validation_loss(study, trial, suggested(trial, recipe), folder, report)

    try:
        study.optimize(objective, n_trials=1, catch=(_SurplusError,))
    except (UpdateFinishedTrialError, ValueError):
        if not mine or study.get_trials(deepcopy=False)[mine[-1]].state != TrialState.FAIL:
            raise
        # This worker has sent no heartbeat for too long, as after the machine was suspended.
        report(_("trial {number}: another worker has taken it over").format(number=mine[-1]))
    except (KeyboardInterrupt, SearchError):
        for trial in study.get_trials(deepcopy=False):
            if trial.number in mine and trial.state == TrialState.FAIL:
                requeue(study, trial)  # for the next search
        raise


def suggested(trial: optuna.Trial, recipe: Recipe) -> Recipe:
    """Return the recipe with the trial's learning rate, width, dropout and augmentation."""
    rate = recipe.learning_rate
    return overridden(
        recipe,
        {
            "learning_rate": trial.suggest_float("learning_rate", rate / 10, rate * 10, log=True),
            "width": trial.suggest_float("width", 0.5, 1.5, step=0.25),
            "dropout": trial.suggest_float("dropout", 0.0, 0.5, step=0.05),
            "augmentation": trial.suggest_categorical("augmentation", [False, True]),
        },
    )


def _validation_loss(
    study: optuna.Study, trial: optuna.Trial, recipe: Recipe, folder: Path, report: Report
) -> float:
    """Train and return the lowest validation loss; raises TrialPruned if it is among the worse."""
    number = original_number(study.get_trials(deepcopy=False)[trial.number])
    run = folder / f"trial-{number}"
    best = math.inf
    report(_("trial {number}: {params}").format(number=trial.number, params=_as_text(trial.params)))
    with training_events(train_arguments(recipe, run)) as events:
        for event in events:
            if event["event"] == "epoch":
                best = min(best, event["val_loss"])
                trial.report(event["val_loss"], event["epoch"])
                if trial.should_prune() and event["epoch"] < event["epochs"]:
                    report(_("trial {number}: pruned").format(number=trial.number))
                    raise optuna.TrialPruned
            elif event["event"] == "failed":
                if event.get("diverged"):
                    raise optuna.TrialPruned
                raise SearchError(event["error"])
            elif event["event"] == "finished":
                if event["best_val_loss"] is not None:  # also of epochs before a resume
                    best = min(best, event["best_val_loss"])
                report(_("trial {number}: {loss:.5f}").format(number=trial.number, loss=best))
                return float(best)
    wrong = _(
        "The training of {run} ended without an error message; run it alone to see why: {words}"
    )
    words = " ".join(["inkling train", *train_arguments(recipe, run)])
    raise SearchError(wrong.format(run=run, words=words))


def train_arguments(recipe: Recipe, run: Path) -> list[str]:
    """Return the arguments of `inkling train` that train the recipe in `run`."""
    return [recipe.name, *override_arguments(recipe), "--resume", "--out", str(run), "--fit-only"]


def override_arguments(recipe: Recipe) -> list[str]:
    """Return the recipe's overrides as command-line arguments."""
    arguments = []
    for name, value in overrides_of(recipe).items():
        option = name.replace("_", "-")
        if isinstance(value, bool):
            arguments.append(f"--{option}" if value else f"--no-{option}")
        else:
            arguments += [f"--{option}", str(value)]
    return arguments


def best_arguments(study: optuna.Study, recipe: Recipe) -> str:
    """Return the arguments of `inkling train` that train with the best trial's numbers."""
    best = overridden(recipe, study.best_params)
    return " ".join([best.name, *override_arguments(best)])


def _as_text(params: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {json.dumps(value) if isinstance(value, bool) else f'{value:.3g}'}"
        for name, value in params.items()
    )
