"""Owns the figures of an evaluation, drawn with matplotlib and saved as PNG."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from app.errors import StorageError
from app.i18n import _
from app.storage.atomic_write import write_atomically
from training.data.corpus import LabelledRasters
from training.evaluation.compare import Summary
from training.evaluation.figure_fonts import lettering
from training.evaluation.metrics import Metrics

_DPI = 120
_RIGHT, _WRONG = "#1a7f37", "#b42318"
Chances = NDArray[np.float64]


def save_evaluation(
    folder: Path, part: LabelledRasters, chances: Chances, metrics: Metrics, name: str
) -> list[Path]:
    """Write all figures of a model's probabilities (n, 10) for `part`; return the paths."""
    figures = {
        "confusion": confusion(metrics, name),
        "reliability": reliability(part, chances, name),
        "predictions": predictions(part, chances, name),
        "mistakes": mistakes(part, chances, name),
        "samples": samples(part, name),
    }
    return [save(figure, folder / f"{title}.png") for title, figure in figures.items()]


def save(figure: Figure, path: Path) -> Path:
    """Write a figure as PNG and return its path; raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            _("Figures cannot be put into {folder}: {problem}.").format(
                folder=path.parent, problem=error.strerror or error
            )
        ) from error
    stream = BytesIO()
    figure.savefig(stream, format="png", dpi=_DPI)
    write_atomically(path, stream.getvalue())
    return path


@lettering()
def curves(history: list[dict[str, float]], name: str) -> Figure:
    """Return accuracy and loss over the epochs of a history, of training and of validation."""
    figure = Figure(figsize=(9.6, 4.2), layout="constrained")
    figure.suptitle(name)
    epochs = [row["epoch"] for row in history]
    panels = (("accuracy", _("accuracy")), ("loss", _("loss")))
    for axes, (key, title) in zip(figure.subplots(1, 2), panels, strict=True):
        for prefix, label, colour in (
            ("", _("training"), "#0b62c4"),
            ("val_", _("validation"), "#c2410c"),
        ):
            values = [row.get(prefix + key, np.nan) for row in history]
            axes.plot(epochs, values, color=colour, marker=".", label=label)
        axes.set(xlabel=_("epoch"), title=title)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.legend()
    return figure


@lettering()
def comparison(rows: Sequence[Summary]) -> Figure:
    """Return the accuracies of recipes, a line for each, with a bar of one sd where it is known."""
    figure = Figure(figsize=(10.0, 1.6 + 0.45 * len(rows)), layout="constrained")
    panels = list(figure.subplots(1, 2, sharey=True))
    places = list(range(len(rows)))[::-1]
    values: dict[str, list[tuple[float | None, float | None]]] = {
        _("MNIST test"): [(row.mnist, row.mnist_sd) for row in rows],
        _("pen strokes of unseen writers"): [(row.pen, row.pen_sd) for row in rows],
    }
    for axes, (title, pairs) in zip(panels, values.items(), strict=True):
        for place, (mean, sd) in zip(places, pairs, strict=True):
            if mean is not None:
                axes.errorbar(
                    100 * mean, place, xerr=100 * (sd or 0), fmt="o", color="#0b62c4", capsize=3
                )
                axes.annotate(
                    f"{mean:.2%}",
                    (100 * mean, place),
                    (0, 7),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                )
        axes.set(title=title, xlabel=_("per cent right"), ylim=(-0.6, len(rows) - 0.2))
        axes.margins(x=0.12)
        axes.grid(alpha=0.3)
    panels[0].set_yticks(places, [row.recipe for row in rows])
    if not all(row.pen_is_unseen for row in rows):
        chosen = ", ".join(row.recipe for row in rows if not row.pen_is_unseen)
        panels[1].set_xlabel(
            _("per cent right (they chose the checkpoint of {names})").format(names=chosen)
        )
    return figure


@lettering()
def confusion(metrics: Metrics, name: str) -> Figure:
    """Return the confusion matrix: rows are what was drawn, columns what was answered."""
    counts = np.array(metrics.confusion)
    wrong = counts - np.diag(np.diag(counts))
    figure = Figure(figsize=(6.4, 6.4), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(wrong, cmap="Reds", vmax=max(int(wrong.max()), 1))
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark = row != column and wrong[row, column] > 0.6 * wrong.max()
            colour = "white" if dark else _RIGHT if row == column else "black"
            axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=9)
    axes.set_xticks(range(10))
    axes.set_yticks(range(10))
    axes.set_xlabel(_("answered"))
    axes.set_ylabel(_("drawn"))
    axes.set_title(_("{name}: {accuracy:.2%} right").format(name=name, accuracy=metrics.accuracy))
    return figure


@lettering()
def reliability(part: LabelledRasters, chances: Chances, name: str) -> Figure:
    """Return the reliability diagram: how often it is right when it says that it is so sure."""
    confidence, right = chances.max(axis=1), chances.argmax(axis=1) == part.labels
    edges = np.linspace(0.0, 1.0, 16)
    place = np.clip(np.digitize(confidence, edges) - 1, 0, 14)
    figure = Figure(figsize=(5.6, 5.6), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    for number in np.unique(place):
        inside = place == number
        x, y, count = confidence[inside].mean(), right[inside].mean(), int(inside.sum())
        axes.scatter([x], [y], s=20 + 60 * np.log10(count), color="#0b62c4", alpha=0.8)
        axes.annotate(f"{count:,}", (x, y), (6, -10), textcoords="offset points", fontsize=8)
    axes.set(
        xlim=(0, 1.02), ylim=(0, 1.02), xlabel=_("how sure it is"), ylabel=_("how often right")
    )
    axes.set_title(name)
    return figure


@lettering()
def predictions(part: LabelledRasters, chances: Chances, name: str) -> Figure:
    """Return the first 25 with what was answered: green if right, red if wrong."""
    return _gallery(part, chances, np.arange(min(25, len(part))), name)


@lettering()
def mistakes(part: LabelledRasters, chances: Chances, name: str) -> Figure:
    """Return the 25 worst mistakes: wrong and most sure."""
    wrong = np.flatnonzero(chances.argmax(axis=1) != part.labels)
    worst = wrong[np.argsort(-chances[wrong].max(axis=1))][:25]
    return _gallery(part, chances, worst, _("{name}: worst mistakes").format(name=name))


@lettering()
def samples(part: LabelledRasters, name: str) -> Figure:
    """Return the first ten of every label, a row for each."""
    figure = Figure(figsize=(6.4, 6.4), layout="constrained")
    figure.suptitle(name)
    grid = figure.subplots(10, 10, squeeze=False)
    for label in range(10):
        found = np.flatnonzero(part.labels == label)
        for column in range(10):
            grid[label, column].set_axis_off()
            if column < len(found):
                grid[label, column].imshow(part.images[found[column]], cmap="gray_r")
    return figure


def _gallery(
    part: LabelledRasters, chances: Chances, chosen: NDArray[np.int64], title: str
) -> Figure:
    figure = Figure(figsize=(7.2, 8.0), layout="constrained")
    figure.suptitle(title)
    grid = figure.subplots(5, 5, squeeze=False).ravel()
    for axes in grid:
        axes.set_axis_off()
    for axes, index in zip(grid, chosen, strict=False):
        answer, label = int(chances[index].argmax()), int(part.labels[index])
        axes.imshow(part.images[index], cmap="gray_r")
        right = answer == label
        caption = (
            f"{answer}" if right else _("{answer}, not {label}").format(answer=answer, label=label)
        )
        axes.set_title(
            f"{caption}  {chances[index].max():.0%}",
            color=_RIGHT if right else _WRONG,
            fontsize=10,
        )
    return figure
