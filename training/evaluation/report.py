"""Owns metrics as text for a person to read."""

from app.i18n import _
from training.evaluation.metrics import Metrics
from training.evaluation.text_table import to_right


def evaluation_text(model: str, data: str, metrics: Metrics) -> str:
    """Return an evaluation as text: a sentence, a line for each label, the confusion matrix."""
    low, high = metrics.accuracy_interval
    first = _(
        "{model} on {data}: {accuracy:.2%} of {count:,} right (95 %: {low:.2%} to {high:.2%}), "
        "loss {loss:.4f}, macro F1 {f1:.4f}, calibration error {error:.2%}"
    ).format(
        model=model,
        data=data,
        accuracy=metrics.accuracy,
        count=metrics.count,
        low=low,
        high=high,
        loss=metrics.loss,
        f1=metrics.macro.f1,
        error=metrics.calibration_error,
    )
    titles = ((_("label"), 6), (_("precision"), 10), (_("recall"), 10), ("F1", 10), (_("count"), 8))
    head = " ".join(to_right(title, width) for title, width in titles)
    classes = [
        f"{label:>6} {m.precision:>10.4f} {m.recall:>10.4f} {m.f1:>10.4f} {m.support:>8,}"
        for label, m in metrics.classes.items()
    ]
    confusion = [
        f"{label:>6} " + "".join(f"{count:>6}" for count in row)
        for label, row in enumerate(metrics.confusion)
    ]
    answered = " " * 7 + "".join(f"{label:>6}" for label in range(10))
    return "\n".join(
        [first, "", head, *classes, "", _("drawn (rows) and answered:"), answered, *confusion]
    )
