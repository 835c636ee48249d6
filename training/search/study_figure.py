"""Figure of a study: validation loss by trial, and by each of the recipe's numbers."""

import math
from itertools import accumulate

import optuna
from matplotlib.figure import Figure
from optuna.trial import FrozenTrial, TrialState

from app.i18n import _
from training.evaluation.figure_fonts import readable_text

_BLUE, _GREY = "#0b62c4", "#8a8f98"


@readable_text()
def study_figure(study: optuna.Study) -> Figure:
    """Return the figure: the first panel by trial number, the others by one number each."""
    complete = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    pruned = study.get_trials(deepcopy=False, states=(TrialState.PRUNED,))
    names = sorted({name for trial in complete for name in trial.params})
    figure = Figure(figsize=(3.2 * (1 + len(names)), 3.6), layout="constrained")
    figure.suptitle(
        _("{name}: {complete} trials complete, {pruned} pruned").format(
            name=study.study_name, complete=len(complete), pruned=len(pruned)
        )
    )
    history, *panels = figure.subplots(1, 1 + len(names), sharey=True, squeeze=False)[0]
    for axes, name in zip([history, *panels], ["", *names], strict=True):
        for trials, label, colour, marker in (
            (pruned, _("pruned"), _GREY, "x"),
            (complete, _("complete"), _BLUE, "o"),
        ):
            xs = [
                float(trial.params.get(name, math.nan) if name else trial.number)
                for trial in trials
            ]
            losses = [_loss(trial) for trial in trials]
            axes.scatter(xs, losses, c=colour, marker=marker, s=22, label=label)
        axes.set_xlabel(name.replace("_", " ") or _("trial"))
        axes.grid(alpha=0.3)
        if name == "learning_rate":
            axes.set_xscale("log")
        if name == "augmentation":
            axes.set_xticks([0, 1], [_("off"), _("on")])
            axes.set_xlim(-0.5, 1.5)
    best = list(accumulate((_loss(trial) for trial in complete), min))
    numbers = [trial.number for trial in complete]
    history.step(numbers, best, where="post", color=_BLUE, label=_("best"))
    history.set(ylabel=_("validation loss"), yscale="log" if complete else "linear")
    history.legend(fontsize=8)
    return figure


def _loss(trial: FrozenTrial) -> float:
    """Return a complete trial's loss, a pruned one's lowest, or NaN before its first epoch."""
    if trial.value is not None and trial.state == TrialState.COMPLETE:
        return trial.value
    return min(trial.intermediate_values.values(), default=math.nan)
