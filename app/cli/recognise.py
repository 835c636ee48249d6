"""Owns what the command line's verbs do, apart from the window."""

import csv
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from app.cli.inputs import Item, items
from app.cli.number_row import number_row
from app.errors import InkError, InklingError
from app.i18n import _
from app.imaging.drawing_raster import drawing_raster
from app.numbers.reader import NumberReader
from app.recognition.model_store import SHIPPED, InstalledModel, ModelStore
from app.recognition.personal_recogniser import PersonalRecogniser, load_personal_recogniser
from app.stdio import silence_native_stderr
from app.storage.log import LOG
from app.storage.paths import user_folders

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Learning:
    """What `inkling recognise` makes of samples."""

    teach: bool = False
    """Learn from inputs whose label is said and whose answer was wrong."""
    samples: bool = True
    """Let the user's samples have a say."""


def recognise(
    files: Sequence[str],
    output: str,
    profile: Path | None,
    learning: Learning = Learning(),
    number: bool = False,
) -> int:
    """Recognise every input in order, writing each answer as it is ready.

    `output` is "text", "json" or "csv"; with `number` every input is a whole number. Where it is
    taught and no profile is named, what it learns is thrown away at the end. Returns 0, or 1 if
    any input was bad; raises ModelError if the model cannot be used, StorageError if the samples
    cannot.
    """
    with ExitStack() as stack:
        if learning.teach and profile is None:
            profile = Path(stack.enter_context(TemporaryDirectory(prefix="inkling-")))
        with silence_native_stderr():
            personal = load_personal_recogniser(user_folders(profile))
        if personal.notice:
            sys.stderr.write(f"inkling: {personal.notice}\n")
        personal.uses_samples = learning.samples
        if number:
            reader = NumberReader(personal)
            return _answered(items(files, labelled=False), output, (), partial(number_row, reader))
        answer = partial(_prediction_row, personal, learning.teach)
        return _answered(items(files), output, personal.recogniser.card.labels, answer)


def _answered(
    inputs: Iterable[Item], output: str, labels: Sequence[str], answer: Callable[[Item], Row]
) -> int:
    """Write every input's answer as it is ready; return 0, or 1 if any was bad."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # ids and names may hold what has no encoding
        sys.stdout.reconfigure(errors="backslashreplace")
    write = {"text": _text_writer, "json": _json_writer, "csv": _csv_writer}[output](
        sys.stdout, labels
    )
    status = 0
    for item in inputs:
        row = _row(item, answer)
        status |= "error" in row
        write(row)
        sys.stdout.flush()
    return status


def models(action: str, names: Sequence[str], as_json: bool, profile: Path | None) -> int:
    """Do what `inkling models` is asked for: list, use, import, export, rename or delete.

    `names` are what the action is about. Raises ModelError, StorageError.
    """
    installed = ModelStore(user_folders(profile).models)
    if action == "use":
        model = installed.activate(names[0])
        _say(_("{name} is the active model.").format(name=model.name))
    elif action == "import":
        source = Path(names[0])
        model = installed.install(source, names[1] if len(names) > 1 else _plain_name(source))
        _say(_("Imported as {name}.").format(name=model.name))
    elif action == "export":
        installed.export(names[0], Path(names[1]))
        _say(_("Exported {name} to {path}.").format(name=names[0], path=names[1]))
    elif action == "rename":
        model = installed.rename(names[0], names[1])
        _say(_("{old} is called {new} now.").format(old=names[0], new=model.name))
    elif action == "delete":
        installed.delete(names[0])
        _say(_("Deleted {name}.").format(name=names[0]))
    else:
        _list_models(installed, as_json)
    return 0


def _list_models(installed: ModelStore, as_json: bool) -> None:
    active = installed.active().name
    if as_json:
        cards = [
            {"installed_as": model.name, "active": model.name == active, **model.card.json}
            for model in installed.all()
        ]
        _say(json.dumps(cards))
        return
    for model in installed.all():
        _say(_model_line(model, model.name == active))


def _model_line(model: InstalledModel, active: bool) -> str:
    mark = "*" if active else " "
    accuracy = model.card.metrics.get("mnist_test_accuracy")
    worth = f"MNIST {accuracy:.2%}" if isinstance(accuracy, float) else ""
    return f"{mark} {model.name:<20} {model.card.name:<20} {worth:<14} {model.path}".rstrip()


def _plain_name(source: Path) -> str:
    """Return what a model from a file is called where no name is given."""
    name = re.sub(r"[^\w .()-]+", " ", source.name.split(".")[0]).strip()
    return name if name and name != SHIPPED else _("my model")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _row(item: Item, answer: Callable[[Item], Row]) -> Row:
    """Return an input's answer, or why there is none."""
    try:
        return {"id": item.id, **answer(item)}
    except InklingError as error:
        return {"id": item.id, "error": str(error)}
    except Exception:  # one drawing that nobody thought of must not end all the others
        LOG.exception("%s could not be recognised", item.id)
        return {"id": item.id, "error": _("This drawing could not be recognised.")}


def _prediction_row(personal: PersonalRecogniser, teach: bool, item: Item) -> Row:
    started = time.perf_counter()
    content = item.read()
    raster = drawing_raster(content)
    if raster is None:
        raise InkError(_("The drawing has no ink."))
    prediction = personal.predict(raster)
    ms = (time.perf_counter() - started) * 1000
    learnt = {}
    if teach:
        wrong = item.label is not None and prediction.text != item.label
        learnt["learnt"] = wrong and bool(personal.teach(content, str(item.label)))
    return {
        "text": prediction.text,
        "label": prediction.label,
        "confidence": prediction.confidence,
        "probabilities": dict(zip(prediction.labels, prediction.probabilities, strict=True)),
        "is_digit": prediction.is_digit,
        "digit_score": prediction.digit_score,
        "ms": round(ms, 3),
        **learnt,
    }


def _json_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:  # noqa: ARG001
    def write(row: Row) -> None:
        stream.write(json.dumps(row, allow_nan=False) + "\n")

    return write


def _csv_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:
    fields = ["id", "text", "label", "confidence", "is_digit", "digit_score", "ms"]
    chances = [f"p_{label}" for label in labels]
    writer = csv.DictWriter(stream, [*fields, *chances, "error"], lineterminator="\n")
    writer.writeheader()

    def write(row: Row) -> None:
        flat = {key: row[key] for key in (*fields, "error") if key in row}
        flat |= {f"p_{key}": row["probabilities"][key] for key in labels if "error" not in row}
        writer.writerow(flat)

    return write


def _text_writer(stream: IO[str], labels: Sequence[str]) -> Callable[[Row], None]:  # noqa: ARG001
    def write(row: Row) -> None:
        if "error" in row:
            answer = row["error"]
        elif "digits" in row and not row["is_digit"]:
            answer = _("no number (the nearest is {label})").format(label=row["label"])
        elif row["is_digit"]:
            answer = f"{row['label']}  ({row['confidence']:.1%})"
        else:
            answer = _("no digit (the nearest is {label})").format(label=row["label"])
        stream.write(f"{row['id']}: {answer}\n")

    return write
