"""The verb `models`: lists, activates, imports, exports, renames and deletes models."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import ModelError
from app.i18n import _
from app.recognition.model_store import SHIPPED, DamagedModel, InstalledModel, ModelStore
from app.storage.paths import user_folders
from app.storage.temporary import remove_leftovers


def models(arguments: argparse.Namespace) -> int:
    """Do what the arguments of `models_parser` ask for and return 0.

    Raises ModelError, StorageError.
    """
    store = ModelStore(user_folders(arguments.profile).models)
    remove_leftovers([store.folder])
    match arguments.action:
        case "use":
            model = store.activate(arguments.name)
            _print(_("{name} is the active model.").format(name=model.name))
        case "import":
            source = Path(arguments.file)
            model = store.install(source, arguments.to or _name_from(source))
            _print(_("Imported as {name}.").format(name=model.name))
        case "export":
            store.export(arguments.name, Path(arguments.to))
            _print(_("Exported {name} to {path}.").format(name=arguments.name, path=arguments.to))
        case "rename":
            model = store.rename(arguments.name, arguments.to)
            _print(_("{old} is now called {new}.").format(old=arguments.name, new=model.name))
        case "delete":
            store.delete(arguments.name)
            _print(_("Deleted {name}.").format(name=arguments.name))
        case _:  # list, or no action
            _list_models(store, arguments.json)
    return 0


def _list_models(store: ModelStore, as_json: bool) -> None:
    try:
        loaded = store.load_active()
        active, notice = loaded.model.name, loaded.notice
    except ModelError as error:
        active, notice = "", str(error)
    if notice:
        sys.stderr.write(f"inkling: {notice}\n")
    if as_json:
        cards = [
            {"installed_as": model.name, "active": model.name == active, **_json(model)}
            for model in store.all()
        ]
        _print(json.dumps(cards))
        return
    for model in store.all():
        _print(_model_line(model, model.name == active))


def _json(model: InstalledModel | DamagedModel) -> Mapping[str, Any]:
    return {"error": model.problem} if isinstance(model, DamagedModel) else model.card.json


def _model_line(model: InstalledModel | DamagedModel, active: bool) -> str:
    mark = "*" if active else " "
    if isinstance(model, DamagedModel):
        return f"{mark} {model.name:<20} {model.problem}"
    accuracy = model.card.metrics.get("mnist_test_accuracy")
    mnist = f"MNIST {accuracy:.2%}" if isinstance(accuracy, float) else ""
    return f"{mark} {model.name:<20} {model.card.name:<20} {mnist:<14} {model.path}".rstrip()


def _name_from(source: Path) -> str:
    """Return a model's name from its file's name; another than the shipped model's."""
    name = re.sub(r"[^\w .()-]+", " ", source.name.split(".")[0]).strip()
    return name if name and name != SHIPPED else _("my model")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
