"""Sentences about the events of a training process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.i18n import _
from app.ui.answer.formatting import duration, percent

Event = dict[str, Any]
Sentence = Callable[[], str]
"""Returns a sentence in the language that is set when it is called."""


def outcome_text(passes: bool) -> str:
    """Return the sentence about a new model that may replace the active one, or may not."""
    if passes:
        return _("The new model is better. Use it?")
    return _("The new model was not activated.")


def decision_text(is_used: bool) -> str:
    """Return the sentence about a new model that the user has chosen to keep."""
    if is_used:
        return _("The new model is used from now on.")
    return _("The new model is kept without being used.")


def progress_text(event: Event, epochs: int) -> str:
    """Return how far a training of `epochs` epochs is, for its event "batch"."""
    text = _("Epoch {epoch} of {epochs}").format(epoch=event["epoch"], epochs=epochs)
    left = event.get("seconds_left")
    return text if left is None else f"{text}   {_('{time} left').format(time=duration(left))}"


def epoch_text(event: Event) -> str:
    """Return an epoch's validation accuracy and loss, for the event "epoch"."""
    return _("Epoch {epoch}: validation accuracy {accuracy}, loss {loss:.4f}.").format(
        epoch=event["epoch"], accuracy=percent(event["val_accuracy"], 2), loss=event["val_loss"]
    )


def interpolation_text(event: Event) -> str:
    """Return how far the weights moved to the trained ones, for the event "interpolated"."""
    if event["share"] == 1:
        return _("The trained weights are used unchanged.")
    return _(
        "The new weights lie {share} of the way from the old to the trained ones; going further "
        "would make the model forget more, or improve less."
    ).format(share=percent(event["share"], 0))


def crash_text(status: int, last_lines: str) -> str:
    """Return the sentence about a training process that ended without an event that says why."""
    text = _(
        "The training process ended unexpectedly ({status}). If memory is short, close other "
        "programs and train again. Your models and samples have not changed. Its last lines:"
    ).format(status=status)
    return f"{text}\n{last_lines}"
