"""Comparison of recipes: one run for each recipe and seed, one table as text, CSV and figure.

A finished run that is there already is used again; an interrupted one is continued.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from app.i18n import _
from app.training_process import training_command, training_environment
from training.evaluation.text_table import text_table
from training.fitting.run_folder import HISTORY, is_finished_run_of, model_in, read_history
from training.recipes.catalogue import RECIPES
from training.recipes.recipe import SPLITS, Recipe, RecipeError, overridden

TABLE = "comparison.csv"
FIGURE = "comparison.png"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one run; accuracies 0 to 1, times of all its epochs in seconds."""

    recipe: str
    parameters: int
    epochs: int
    seconds: float
    cpu_seconds: float
    mnist: float
    pen: float | None
    """On writers of the pen set that it was not trained on; None without the pen set."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One recipe's results over the seeds: means, and standard deviations from two runs on."""

    recipe: str
    runs: int
    parameters: int
    epochs: int
    seconds: float
    cpu_seconds: float
    mnist: float
    mnist_sd: float | None
    pen: float | None
    pen_sd: float | None
    pen_worst: float | None
    """Of the worst run."""
    pen_is_unseen: bool
    """Whether these writers were not used for choosing the checkpoint either."""


def compare(
    recipes: Sequence[Recipe], seeds: int, folder: Path, splits: bool = False
) -> Iterator[Result]:
    """Train or find a run of every recipe for seeds 1 to `seeds`; yield each as it is done.

    With `splits`, every seed holds out another fifth of the pen set's writers. Every run trains in
    its own process. Raises RecipeError if one fails; the others' results are kept.
    """
    for recipe in recipes:
        for seed in range(1, seeds + 1):
            split = (seed - 1) % SPLITS if splits and recipe.ink else recipe.split
            seeded = overridden(recipe, {"seed": seed, "split": split})
            run = folder / f"{recipe.name}-seed-{seed}{f'-split-{split}' if split else ''}"
            if not is_finished_run_of(run, seeded):
                _train(seeded, run)
            yield _result(seeded, run)


def summaries(results: Sequence[Result]) -> list[Summary]:
    """Return one summary for each recipe, in the order of the results."""
    names = dict.fromkeys(result.recipe for result in results)
    return [_summary([r for r in results if r.recipe == name]) for name in names]


def as_text(rows: Sequence[Summary]) -> str:
    """Return the table for a person; accuracies in per cent, mean ± sd."""
    head = [
        *(_("recipe"), _("parameters"), _("epochs"), _("seconds"), _("CPU seconds")),
        *(_("MNIST test"), _("unseen writers"), _("worst")),
    ]
    lines = [
        [
            row.recipe,
            f"{row.parameters:,}",
            str(row.epochs),
            f"{row.seconds:,.0f}",
            f"{row.cpu_seconds:,.0f}",
            _per_cent(row.mnist, row.mnist_sd),
            _per_cent(row.pen, row.pen_sd) + ("" if row.pen_is_unseen else " *"),
            _per_cent(row.pen_worst, None),
        ]
        for row in rows
    ]
    table = text_table([head, *lines])
    if not all(row.pen_is_unseen for row in rows):
        table.append(_("* its checkpoint was chosen on these writers; it was not trained on them"))
    return "\n".join(table)


def _per_cent(mean: float | None, sd: float | None) -> str:
    if mean is None:
        return "–"
    return f"{mean:.2%}" if sd is None else f"{100 * mean:.2f} ± {100 * sd:.2f} %"


def _train(recipe: Recipe, run: Path) -> None:
    arguments = [recipe.name, "--seed", str(recipe.seed), "--split", str(recipe.split)]
    command = training_command(["train", *arguments, "--out", str(run), "--resume"])
    status = subprocess.call(command, env=training_environment())
    if status == 130:
        raise KeyboardInterrupt
    if status:
        wrong = _("The run {run} failed; correct the error above and compare again.")
        raise RecipeError(wrong.format(run=run))


def _result(recipe: Recipe, run: Path) -> Result:
    history = read_history(run / HISTORY)
    metrics = json.loads(model_in(run).with_suffix(".json").read_bytes())["metrics"]
    return Result(
        recipe=recipe.name,
        parameters=recipe.parameters,
        epochs=recipe.epochs,
        seconds=sum(row["seconds"] for row in history),
        cpu_seconds=sum(row["cpu_seconds"] for row in history),
        mnist=metrics["mnist_test_accuracy"],
        pen=metrics.get("pen_validation_accuracy"),
    )


def _summary(results: Sequence[Result]) -> Summary:
    first = results[0]
    pen = [result.pen for result in results if result.pen is not None]
    mnist = [result.mnist for result in results]
    return Summary(
        recipe=first.recipe,
        runs=len(results),
        parameters=first.parameters,
        epochs=first.epochs,
        seconds=fmean(result.seconds for result in results),
        cpu_seconds=fmean(result.cpu_seconds for result in results),
        mnist=fmean(mnist),
        mnist_sd=stdev(mnist) if len(mnist) > 1 else None,
        pen=fmean(pen) if pen else None,
        pen_sd=stdev(pen) if len(pen) > 1 else None,
        pen_worst=min(pen, default=None),
        pen_is_unseen=RECIPES[first.recipe].ink is None,
    )
