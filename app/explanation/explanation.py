"""All that `inkling explain` tells of one drawing, and its JSON object."""

from dataclasses import dataclass
from typing import Any

from app.errors import InkError
from app.explanation.counterfactual import Change, change_to
from app.explanation.pieces import PATCH, Patch, Piece, explain_raster, explain_strokes
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.ink.drawing import Content
from app.ink.rasterize import Raster
from app.ink.stroke import Stroke
from app.recognition.personal_recogniser import PersonalRecogniser
from app.recognition.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a drawing, what its ink does for it, and a change that gives another answer."""

    prediction: Prediction
    strokes: tuple[Stroke, ...]
    """Empty for a picture or a raster."""
    pieces: tuple[Piece, ...]
    """Of the strokes."""
    patches: tuple[Patch, ...]
    """Of the raster, where there is a picture."""
    change: Change | None
    """None for a picture, and where there is none within reach."""


def explain(
    personal: PersonalRecogniser, content: Content | Raster, label: str | None = None
) -> Explanation:
    """Return the explanation of a drawing or of a raster, with the change that makes it `label`.

    None: the label that is the most probable but one. Raises InkError without ink, or for a label
    that the model does not have; ModelError.
    """
    labels = personal.recogniser.alphabet.labels
    if label is not None and label not in labels:
        unknown = _("The model has no label {label}; it has {labels}.")
        raise InkError(unknown.format(label=label, labels=", ".join(labels)))
    raster = drawing_raster(content) if isinstance(content, Content) else content
    if raster is None:
        raise InkError(_("The drawing has no ink."))
    prediction = personal.predict(raster)
    answer = labels.index(prediction.label)
    if not isinstance(content, Content) or content.background is not None:
        patches = explain_raster(personal, raster, answer)
        return Explanation(prediction, (), (), tuple(patches), None)
    wanted = label if label is not None else prediction.ranked[1][0]
    pieces = explain_strokes(personal, content.strokes, answer)
    change = change_to(personal, content.strokes, labels.index(wanted))
    return Explanation(prediction, content.strokes, tuple(pieces), (), change)


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as a JSON object: a line of `explain` without "id" and "ms".

    "from" and "to" are indices of a stroke's points, weights are log-odds; of a picture there are
    "patches", whose boxes are [left, top, right, bottom] in raster pixels.
    """
    prediction = explanation.prediction
    value: dict[str, Any] = {
        "label": prediction.label,
        "confidence": prediction.confidence,
        "pieces": [
            {"stroke": one.stroke, "from": one.first, "to": one.last, "weight": one.weight}
            for one in explanation.pieces
        ],
        "instead": _change_object(explanation),
    }
    if explanation.patches:
        value["patches"] = [
            {
                "box": [one.column, one.row, one.column + PATCH, one.row + PATCH],
                "weight": one.weight,
            }
            for one in explanation.patches
        ]
    return value


def _change_object(explanation: Explanation) -> dict[str, Any] | None:
    """Return the change; its "strokes" are those of a line of `recognise -`."""
    change = explanation.change
    if change is None:
        return None
    return {
        "label": explanation.prediction.labels[change.label],
        "confidence": change.confidence,
        "strokes": [[list(point) for point in stroke.points] for stroke in change.strokes],
        "moved": change.moved,
    }
