"""The house's arrows and alarms, read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("training/**/*.py")])
HEAVY = {"tensorflow", "keras", "matplotlib", "sklearn"}
SLOW = {"numpy", "PIL", "ai_edge_litert", "platformdirs", "tkinterdnd2"}
"""What costs milliseconds to import, and no window needs in order to be seen."""

EVERYWHERE = {"app.storage", "app.errors", "app.i18n", "app.resources", "app.stdio"}
INK = {"app.ink"}
IMAGING = INK | {"app.imaging"}
FORMATS = IMAGING | {"app.formats"}
RECOGNITION = FORMATS | {"app.recognition"}
NUMBERS = RECOGNITION | {"app.numbers"}
MAY_IMPORT = {
    "app/ink": INK | EVERYWHERE,
    "app/imaging": IMAGING | EVERYWHERE,
    "app/formats": FORMATS | EVERYWHERE,
    "app/storage": {"app.storage", "app.errors", "app.i18n"},
    "app/recognition": RECOGNITION | EVERYWHERE,
    "app/numbers": NUMBERS | EVERYWHERE,
    "training": {
        "training",
        *NUMBERS,
        *EVERYWHERE,
        "app.edition",
        "app.stdio",
        "app.training_process",
        "app.file_reader",
        "app.answers",
    },
    "app/ui": {"app"},
    "app/cli": {"app"},
    "app": {"app"},
}


def imported(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the absolute name of every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module or "", node


def room(path: Path) -> str:
    name = path.relative_to(ROOT).as_posix()
    return next(key for key in MAY_IMPORT if name.startswith(f"{key}/"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    allowed = MAY_IMPORT[room(path)]
    for name, _node in imported(path):
        top = name.split(".")[0]
        if top in ("app", "training"):
            assert any(name == a or name.startswith(f"{a}.") for a in allowed), f"imports {name}"
        if top == "tkinter":
            assert room(path) == "app/ui"
        if top in HEAVY:
            assert room(path) == "training"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_says_what_it_owns_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    if text:
        assert ast.get_docstring(tree), "no module docstring"
    assert len(text.splitlines()) <= 300
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} is long"


def test_nothing_heavy_is_imported_before_the_window_is_up() -> None:
    """Only modules that the window waits for; what they import inside functions comes later."""
    seen: set[str] = set()
    waiting = ["app.__main__", "app.ui.startup", "app.ui.main_window"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        path = ROOT / f"{name.replace('.', '/')}.py"
        if not path.exists():
            continue
        waiting += [
            found for found in at_import(path) if found.startswith("app") and found not in seen
        ]
        tops = {found.split(".")[0] for found in at_import(path)}
        assert not tops & (HEAVY | SLOW), f"{name} imports {tops & (HEAVY | SLOW)}"


def for_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def at_import(path: Path) -> set[str]:
    """Return what a file imports as soon as it is imported itself: not in functions, not typing."""
    found: set[str] = set()

    def walk(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
            elif isinstance(node, (ast.If, ast.ClassDef)) and not for_types_only(node):
                walk(node.body)

    walk(ast.parse(path.read_text(encoding="utf-8")).body)
    return found
