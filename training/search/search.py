"""Owns the search for better numbers in a recipe: trials by Optuna, each a training of its own."""

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
from training.cli.process import told_by_training
from training.fitting.run_folder import overrides_of
from training.recipes.recipe import Recipe, overridden
from training.search.studies import (
    SearchError,
    first_number,
    requeue,
    requeue_lost,
    sign,
    storage_errors,
)

_WAIT_S = 1.0
_DONE = (TrialState.COMPLETE, TrialState.PRUNED)
Tell = Callable[[str], None]


class _SurplusError(Exception):
    """Two workers began the last trial at once; this one is not needed."""


def search(study: optuna.Study, recipe: Recipe, trials: int, folder: Path, tell: Tell) -> None:
    """Work on the study until it has `trials` trials, all workers together.

    Trials train in `folder`/trial-N. Raises SearchError if a training cannot run at all.
    """
    with storage_errors(_("of the study")):
        while _is_unfinished(study, trials):
            _one_trial(study, recipe, trials, folder, tell)


def _is_unfinished(study: optuna.Study, trials: int) -> bool:
    """Return whether there is a trial to begin; wait while others are at the last ones."""
    while True:
        requeue_lost(study)
        states = [trial.state for trial in study.get_trials(deepcopy=False)]
        if sum(state in _DONE for state in states) >= trials:
            return False
        taken = sum(state in (*_DONE, TrialState.RUNNING) for state in states)
        if taken < trials or TrialState.WAITING in states:
            return True
        time.sleep(_WAIT_S)  # should their workers die, these trials are ours


def _one_trial(study: optuna.Study, recipe: Recipe, trials: int, folder: Path, tell: Tell) -> None:
    mine: list[int] = []

    def objective(trial: optuna.Trial) -> float:
        mine.append(trial.number)
        sign(trial)
        before = study.get_trials(deepcopy=False)[: trial.number]
        if sum(other.state != TrialState.FAIL for other in before) >= trials:
            raise _SurplusError
        return _trained(study, trial, chosen(trial, recipe), folder, tell)

    try:
        study.optimize(objective, n_trials=1, catch=(_SurplusError,))
    except (UpdateFinishedTrialError, ValueError):
        if not mine or study.get_trials(deepcopy=False)[mine[-1]].state != TrialState.FAIL:
            raise
        # This worker was silent for too long, as after a suspend.
        tell(_("trial {number}: another worker has taken it over").format(number=mine[-1]))
    except (KeyboardInterrupt, SearchError):
        for trial in study.get_trials(deepcopy=False):
            if trial.number in mine and trial.state == TrialState.FAIL:
                requeue(study, trial)  # gone on with by whoever searches next
        raise


def chosen(trial: optuna.Trial, recipe: Recipe) -> Recipe:
    """Return the recipe with the trial's numbers: learning rate, width, dropout, augmentation."""
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


def _trained(
    study: optuna.Study, trial: optuna.Trial, recipe: Recipe, folder: Path, tell: Tell
) -> float:
    """Return the lowest validation loss of a training; raises TrialPruned if it is a bad one."""
    number = first_number(study.get_trials(deepcopy=False)[trial.number])
    run = folder / f"trial-{number}"
    best = math.inf
    tell(_("trial {number}: {params}").format(number=trial.number, params=_as_text(trial.params)))
    with told_by_training(command_words(recipe, run)) as events:
        for event in events:
            if event["event"] == "epoch":
                best = min(best, event["val_loss"])
                trial.report(event["val_loss"], event["epoch"])
                if trial.should_prune() and event["epoch"] < event["epochs"]:
                    tell(_("trial {number}: pruned").format(number=trial.number))
                    raise optuna.TrialPruned
            elif event["event"] == "failed":
                if event.get("diverged"):
                    raise optuna.TrialPruned
                raise SearchError(event["error"])
            elif event["event"] == "finished":
                best = min(best, event["best_val_loss"])  # also of epochs before a resume
                tell(_("trial {number}: {loss:.5f}").format(number=trial.number, loss=best))
                return float(best)
    raise SearchError(
        _("The training of {run} ended without a word; run it alone to see why: {words}").format(
            run=run, words=" ".join(["inkling train", *command_words(recipe, run)])
        )
    )


def command_words(recipe: Recipe, run: Path) -> list[str]:
    """Return what `inkling train` needs to train this recipe in `run`."""
    return [recipe.name, *option_words(recipe), "--resume", "--out", str(run), "--fit-only"]


def option_words(recipe: Recipe) -> list[str]:
    """Return the overrides of a recipe as words of the command line."""
    words = []
    for name, value in overrides_of(recipe).items():
        option = name.replace("_", "-")
        if isinstance(value, bool):
            words.append(f"--{option}" if value else f"--no-{option}")
        else:
            words += [f"--{option}", str(value)]
    return words


def best_words(study: optuna.Study, recipe: Recipe) -> str:
    """Return what `inkling train` needs to train with the best trial's numbers."""
    best = overridden(recipe, study.best_params)
    return " ".join([best.name, *option_words(best)])


def _as_text(params: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {json.dumps(value) if isinstance(value, bool) else f'{value:.3g}'}"
        for name, value in params.items()
    )
