"""Owns a model's card and its answers in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.translation import _
from app.window.bars import percent

if TYPE_CHECKING:
    from app.recognition.models import InstalledModel
    from app.recognition.prediction import Prediction


def card_text(model: InstalledModel) -> str:
    """Return what a card says of its model, a line for each thing."""
    card = model.card.all
    recipe = _mapping(card.get("recipe"))
    lines = [
        model.card.name,
        _("recipe {recipe}, epochs: {epochs}").format(
            recipe=recipe.get("name", "?"), epochs=recipe.get("epochs", "?")
        ),
    ]
    metrics = _mapping(card.get("metrics"))
    for key, name in (
        ("mnist_test_accuracy", _("MNIST's test set")),
        ("mnist_validation_accuracy", _("MNIST's validation images")),
        ("pen_validation_accuracy", _("pens of writers not learnt from")),
        ("digit_auroc_validation", _("digits told from others (AUROC)")),
    ):
        if isinstance(metrics.get(key), float):
            lines.append(_("{name}: {share:.2%}").format(name=name, share=metrics[key]))
    sources = _mapping(_mapping(card.get("data")).get("sources"))
    if sources:
        lines.append(_("learnt from {sources}").format(sources=_("; ").join(sources)))
    lines.append(f"SHA-256 {model.card.sha256[:16]}…")
    if model.keras is None:
        lines.append(_("without a checkpoint: training cannot go on from it"))
    return "\n".join(lines)


def comparison_text(said: Sequence[Prediction]) -> str:
    """Return what one model, or two, say of the current drawing."""
    if not said:
        return _("Draw something to see what this model says of it.")
    names = (_("this model"), _("the active one"))
    answers = (
        _("{model} says {answer} ({chance})").format(
            model=name,
            answer=one.text or _("no digit"),
            chance=percent(one.confidence if one.is_digit else 1 - one.digit_score),
        )
        for name, one in zip(names, said, strict=False)
    )
    return _("On your drawing: {answers}.").format(answers=_("; ").join(answers))


def _mapping(value: Any) -> dict[str, Any]:
    """Return a part of a card, which came from outside: nothing where it has another form."""
    return value if isinstance(value, dict) else {}
