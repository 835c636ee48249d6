"""The architecture of docs and CONTRIBUTING, read from the imports and the sizes of the source.

Every import counts: those inside functions and those under TYPE_CHECKING too.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    path.relative_to(ROOT).as_posix().removesuffix(".py").replace("/", "."): path
    for top in ("app", "training")
    for path in sorted(ROOT.glob(f"{top}/**/*.py"))
}
"""Paths by module name; a package is called `package.__init__` here."""
NAMES = list(MODULES)

# What each room may import beside itself. A room is a folder or a module of app/, or training/.
EVERYWHERE = {"app.storage", "app.i18n", "app.errors", "app.resources"}
UP_TO_IMAGING = {"app.ink", "app.imaging"}
UP_TO_FORMATS = {*UP_TO_IMAGING, "app.formats"}
UP_TO_RECOGNITION = {*UP_TO_FORMATS, "app.recognition", "app.stdio"}
UP_TO_NUMBERS = {*UP_TO_RECOGNITION, "app.numbers", "app.symbols"}
PROGRAM = {
    *UP_TO_NUMBERS,
    *("app.answers", "app.edition", "app.explanation", "app.file_reader", "app.training_process"),
}
MAY_IMPORT = {
    "app.errors": set(),
    "app.resources": set(),
    "app.i18n": {"app.resources"},
    "app.stdio": {"app.i18n"},
    "app.storage": {"app.errors", "app.i18n"},
    "app.ink": EVERYWHERE,
    "app.imaging": {"app.ink", "app.stdio", *EVERYWHERE},
    "app.formats": {*UP_TO_IMAGING, *EVERYWHERE},
    "app.recognition": {*UP_TO_FORMATS, "app.stdio", *EVERYWHERE},
    "app.numbers": {*UP_TO_RECOGNITION, *EVERYWHERE},
    "app.symbols": {*UP_TO_RECOGNITION, "app.file_reader", *EVERYWHERE},
    "app.explanation": {*UP_TO_RECOGNITION, *EVERYWHERE},
    "app.file_reader": {*UP_TO_FORMATS, *EVERYWHERE},
    "app.answers": {*UP_TO_NUMBERS, *EVERYWHERE},
    "app.worker": {*UP_TO_NUMBERS, *EVERYWHERE},
    "app.edition": {"app.ink", "app.recognition", *EVERYWHERE},
    "app.training_process": {"app.edition", "app.stdio", *EVERYWHERE},
    "app.batch": {*UP_TO_NUMBERS, "app.answers", "app.file_reader", *EVERYWHERE},
    "app.cluster": {*UP_TO_RECOGNITION, "app.batch", "app.edition", "app.file_reader", *EVERYWHERE},
    "app.ui": {*PROGRAM, "app.worker", *EVERYWHERE},
    "app.cli": {*PROGRAM, "app.batch", "app.cluster", "app.ui", *EVERYWHERE},
    "app.__main__": {*PROGRAM, "app.cli", "app.ui", *EVERYWHERE},
    "training": {*PROGRAM, "app.batch", "app.cluster", *EVERYWHERE},
}

ONLY_IN_TRAINING = {"keras", "matplotlib", "optuna", "psycopg", "sklearn", "tensorflow"}
NOT_BEFORE_THE_WINDOW = {
    *ONLY_IN_TRAINING,
    *("PIL", "ai_edge_litert", "numpy", "platformdirs", "tkinterdnd2"),
}
MAIN_WINDOW = "app.ui.main_window"
IMPORT_THE_MAIN_WINDOW = {"app.ui.startup", "app.cli.self_test"}

MAX_LATE = 20
MAX_MODULES, MAX_LINES, MAX_FUNCTION_LINES, MAX_METHODS = 14, 300, 40, 15
RIGHT_AS_THEY_ARE = {
    "app.recognition.model_store.ModelStore": "one short method for each thing done with a model",
    "app.ui.document.document.Document": "one short method for each gesture and step",
    "app.ui.canvas.sketchpad.Sketchpad": "one method for each event of pointer and models",
    "app.ui.batch.batch.Batch": "one method for each way to open files",
    "app.ui.models.window.ModelsWindow": "one method for each button",
    "app.ui.recognition_client.RecognitionClient": "one method for each thing asked of the worker",
    "app.ui.retrain.progress_window.TrainingWindow": "one method for each state and button",
    "app.ui.samples.thumbnail_grid.ThumbnailGrid": "one method for each event",
    "app.ui.samples.window.SamplesWindow": "one method for each button and key",
    "app.ui.symbols.window.SymbolsWindow": "one method for each button and signal",
    "app.worker": "requests, jobs and explorations of one thread",
    "training.data.lzw.decompress": "one loop over the codes",
    "app.ui.features": "composition: one call for each feature, window and menu",
    "app.ui.features.attach": "composition: one call for each part of the window",
    "app.ui.features.__init__": "composition: one call for each feature",
    "app.ui.features._open_window": "composition: one function for each window",
    "app.ui.features.menus": "composition: one call for each menu",
    "app.ui.dialogs.guide": "the pictures and the texts of the guide, one after another",
    "app.ui.dialogs.guide._chapters": "the texts of the guide, one after another",
    "app.ui.main_window._build": "composition: one call for each widget",
}
"""Modules, functions and classes above an alarm, with the reason."""


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported_by(node: ast.AST) -> Iterator[str]:
    """Yield the absolute names that an import statement imports; nothing for another node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute here"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def all_imports(name: str) -> set[str]:
    return {found for node in ast.walk(tree(name)) for found in imported_by(node)}


def imports_at_import(nodes: list[ast.stmt]) -> Iterator[str]:
    """Yield what is imported as soon as a module with this body is."""
    for node in nodes:
        yield from imported_by(node)
        for block in ("body", "orelse", "finalbody"):
            for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            if not isinstance(node, ast.FunctionDef) and not for_types:
                yield from imports_at_import(getattr(node, block, []))


def module_of(imported: str) -> str | None:
    """Return the module of this project that an imported name is or is from."""
    while imported:
        for name in (imported, f"{imported}.__init__"):
            if name in MODULES:
                return name
        imported = imported.rpartition(".")[0]
    return None


def room_of(name: str) -> str:
    parts = name.split(".")
    return "training" if parts[0] == "training" else ".".join(parts[:2])


def test_every_room_is_in_the_table() -> None:
    assert {room_of(name) for name in NAMES} - {"app.__init__"} == set(MAY_IMPORT)


@pytest.mark.parametrize("name", NAMES)
def test_imports_follow_the_arrows(name: str) -> None:
    room = room_of(name)
    for imported in all_imports(name):
        top, module = imported.split(".")[0], module_of(imported)
        if module is not None and room_of(module) != room:
            assert room_of(module) in MAY_IMPORT[room], f"imports {module}"
        if top == "tkinter":
            assert room == "app.ui", "only app/ui imports tkinter"
        if top in ONLY_IN_TRAINING:
            assert room == "training", f"only training imports {top}"


def test_no_modules_import_each_other_in_a_cycle() -> None:
    graph = {
        name: {module_of(imported) for imported in all_imports(name)} - {name, None}
        for name in NAMES
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_feature_imports_the_main_window() -> None:
    importers = {
        name
        for name in NAMES
        if MAIN_WINDOW in {module_of(imported) for imported in all_imports(name)}
    }
    assert importers - {MAIN_WINDOW} == IMPORT_THE_MAIN_WINDOW


def test_the_window_waits_for_nothing_slow() -> None:
    reached: set[str] = set()
    waiting = ["app.__main__", "app.ui.startup"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        found = set(imports_at_import(tree(name).body))
        slow = {imported.split(".")[0] for imported in found} & NOT_BEFORE_THE_WINDOW
        assert not slow, f"{name} imports {slow}"
        waiting += [module for module in map(module_of, found) if module is not None]
    assert MAIN_WINDOW in reached


def test_the_standard_library_is_imported_at_the_top() -> None:
    late = [
        f"{name}: {imported}"
        for name in NAMES
        for function in ast.walk(tree(name))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        for imported in imported_by(node)
        if imported.split(".")[0] in sys.stdlib_module_names
    ]
    assert len(late) <= MAX_LATE, "\n".join(late)


@pytest.mark.parametrize("top", ["app", "training"])
def test_tests_lie_in_the_folders_of_the_source(top: str) -> None:
    folders = {path.parent for path in (ROOT / "tests" / top).rglob("test_*.py")}
    assert all((ROOT / folder.relative_to(ROOT / "tests")).is_dir() for folder in folders)


def test_folders_are_small() -> None:
    sizes = Counter(path.parent for name, path in MODULES.items() if path.stem != "__init__")
    assert not {folder for folder, size in sizes.items() if size > MAX_MODULES}


@pytest.mark.parametrize("name", NAMES)
def test_modules_and_functions_are_short(name: str) -> None:
    text = MODULES[name].read_text(encoding="utf-8")
    assert not text or ast.get_docstring(tree(name)), "no docstring"
    too_long = [name] if len(text.splitlines()) > MAX_LINES else []
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            too_long += [f"{name}.{node.name}"] if lines > MAX_FUNCTION_LINES else []
    assert not set(too_long) - set(RIGHT_AS_THEY_ARE)


def test_classes_have_few_methods() -> None:
    methods = {
        f"{name}.{node.name}": sum(isinstance(part, ast.FunctionDef) for part in node.body)
        for name in NAMES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ClassDef)
    }
    many = {name for name, count in methods.items() if count > MAX_METHODS}
    assert not many - set(RIGHT_AS_THEY_ARE)


def test_docstrings_say_what_a_module_is() -> None:
    docstrings = {name: ast.get_docstring(tree(name)) or "" for name in NAMES}
    assert not [name for name, text in docstrings.items() if text.startswith("Owns")]
