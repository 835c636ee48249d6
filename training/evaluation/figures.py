"""Figures of runs and evaluations, drawn with matplotlib and saved as PNG."""

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
from training.errors import os_errors_as
from training.evaluation.compare import Summary
from training.evaluation.figure_fonts import readable_text
from training.evaluation.metrics import Metrics

_DPI = 120
_BLUE, _ORANGE = "#0b62c4", "#c2410c"
_RIGHT, _WRONG = "#1a7f37", "#b42318"
Probabilities = NDArray[np.float64]


def save_evaluation(
    folder: Path, part: LabelledRasters, probabilities: Probabilities, metrics: Metrics, name: str
) -> list[Path]:
    """Save all figures of a model's probabilities (n, 10) for `part`; return the paths."""
    figures = {
        "confusion": confusion(metrics, name),
        "reliability": reliability(part, probabilities, name),
        "predictions": predictions(part, probabilities, name),
        "mistakes": mistakes(part, probabilities, name),
        "samples": samples(part, name),
    }
    return [save(figure, folder / f"{title}.png") for title, figure in figures.items()]


def save(figure: Figure, path: Path) -> Path:
    """Save a figure as PNG and return its path; raises StorageError."""
    wrong = _("Figures cannot be saved in {folder}: {problem}.")
    with os_errors_as(StorageError, wrong, folder=path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    stream = BytesIO()
    figure.savefig(stream, format="png", dpi=_DPI)
    write_atomically(path, stream.getvalue())
    return path


@readable_text()
def curves(history: list[dict[str, float]], name: str) -> Figure:
    """Return accuracy and loss over the epochs, for training and for validation."""
    figure = Figure(figsize=(9.6, 4.2), layout="constrained")
    figure.suptitle(name)
    epochs = [row["epoch"] for row in history]
    panels = (("accuracy", _("accuracy")), ("loss", _("loss")))
    lines = (("", _("training"), _BLUE), ("val_", _("validation"), _ORANGE))
    for axes, (key, title) in zip(figure.subplots(1, 2), panels, strict=True):
        for prefix, label, colour in lines:
            values = [row.get(prefix + key, np.nan) for row in history]
            axes.plot(epochs, values, color=colour, marker=".", label=label)
        axes.set(xlabel=_("epoch"), title=title)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.legend()
    return figure


@readable_text()
def comparison(rows: Sequence[Summary]) -> Figure:
    """Return the accuracies of recipes, one line each, with bars of ± 1 sd where it is known."""
    figure = Figure(figsize=(10.0, 1.6 + 0.45 * len(rows)), layout="constrained")
    panels = list(figure.subplots(1, 2, sharey=True))
    heights = list(range(len(rows)))[::-1]
    values: dict[str, list[tuple[float | None, float | None]]] = {
        _("MNIST test"): [(row.mnist, row.mnist_sd) for row in rows],
        _("pen strokes of unseen writers"): [(row.pen, row.pen_sd) for row in rows],
    }
    for axes, (title, pairs) in zip(panels, values.items(), strict=True):
        for y, (mean, sd) in zip(heights, pairs, strict=True):
            if mean is None:
                continue
            x = 100 * mean
            axes.errorbar(x, y, xerr=100 * (sd or 0), fmt="o", color=_BLUE, capsize=3)
            label = {"textcoords": "offset points", "ha": "center", "fontsize": 8}
            axes.annotate(f"{mean:.2%}", (x, y), (0, 7), **label)
        axes.set(title=title, xlabel=_("accuracy (%)"), ylim=(-0.6, len(rows) - 0.2))
        axes.margins(x=0.12)
        axes.grid(alpha=0.3)
    panels[0].set_yticks(heights, [row.recipe for row in rows])
    if not all(row.pen_is_unseen for row in rows):
        chosen = ", ".join(row.recipe for row in rows if not row.pen_is_unseen)
        panels[1].set_xlabel(
            _("accuracy (%); these writers chose the checkpoint of {names}").format(names=chosen)
        )
    return figure


@readable_text()
def confusion(metrics: Metrics, name: str) -> Figure:
    """Return the confusion matrix: rows are the true labels, columns the predicted ones."""
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
    axes.set(xticks=range(10), yticks=range(10), xlabel=_("recognised as"), ylabel=_("drawn"))
    axes.set_title(
        _("{name}: accuracy {accuracy:.2%}").format(name=name, accuracy=metrics.accuracy)
    )
    return figure


@readable_text()
def reliability(part: LabelledRasters, probabilities: Probabilities, name: str) -> Figure:
    """Return the reliability diagram: accuracy by confidence, in 15 bins."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == part.labels
    bins = np.clip(np.digitize(confidence, np.linspace(0.0, 1.0, 16)) - 1, 0, 14)
    figure = Figure(figsize=(5.6, 5.6), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    for number in np.unique(bins):
        inside = bins == number
        x, y, count = confidence[inside].mean(), right[inside].mean(), int(inside.sum())
        axes.scatter([x], [y], s=20 + 60 * np.log10(count), color=_BLUE, alpha=0.8)
        axes.annotate(f"{count:,}", (x, y), (6, -10), textcoords="offset points", fontsize=8)
    labels = {"xlabel": _("confidence"), "ylabel": _("accuracy")}
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), title=name, **labels)
    return figure


@readable_text()
def predictions(part: LabelledRasters, probabilities: Probabilities, name: str) -> Figure:
    """Return the first 25 rasters with their predictions: green if right, red if wrong."""
    return _gallery(part, probabilities, np.arange(min(25, len(part))), name)


@readable_text()
def mistakes(part: LabelledRasters, probabilities: Probabilities, name: str) -> Figure:
    """Return the 25 wrong predictions with the highest confidence."""
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != part.labels)
    worst = wrong[np.argsort(-probabilities[wrong].max(axis=1))][:25]
    return _gallery(part, probabilities, worst, _("{name}: worst mistakes").format(name=name))


@readable_text()
def samples(part: LabelledRasters, name: str) -> Figure:
    """Return the first ten rasters of each label, a row for each label."""
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
    part: LabelledRasters, probabilities: Probabilities, chosen: NDArray[np.int64], title: str
) -> Figure:
    figure = Figure(figsize=(7.2, 8.0), layout="constrained")
    figure.suptitle(title)
    grid = figure.subplots(5, 5, squeeze=False).ravel()
    for axes in grid:
        axes.set_axis_off()
    for axes, index in zip(grid, chosen, strict=False):
        predicted, label = int(probabilities[index].argmax()), int(part.labels[index])
        axes.imshow(part.images[index], cmap="gray_r")
        wrong = _("{answer}, not {label}").format(answer=predicted, label=label)
        caption, colour = (str(predicted), _RIGHT) if predicted == label else (wrong, _WRONG)
        axes.set_title(f"{caption}  {probabilities[index].max():.0%}", color=colour, fontsize=10)
    return figure
