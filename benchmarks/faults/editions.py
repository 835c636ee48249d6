"""The built editions in dist/: they answer without LANG, from a folder with é, and damaged."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from benchmarks.faults.campaign import Try
from benchmarks.faults.mutation import damage_bytes
from benchmarks.faults.seeds import SEVEN

_ROOT = Path(__file__).parents[2]
_LINE = json.dumps({"strokes": SEVEN}) + "\n"


def prepare() -> Try:
    """Return what tries one edition in one odd place; says so where none is built."""
    folders = [path for path in (_ROOT / "dist").glob("inkling*") if path.is_dir()]
    if not folders:
        sys.stderr.write("No edition is built: uv run pyinstaller --noconfirm build.spec\n")

    def try_item(rng: Random) -> None:
        if not folders:
            return
        folder = rng.choice(folders)
        with tempfile.TemporaryDirectory() as temporary:
            place = Path(temporary) / rng.choice(("plain", "with é", "手写")) / folder.name
            shutil.copytree(folder, place, copy_function=_linked)
            is_damaged = rng.random() < 0.5
            if is_damaged:
                _damage(rng, place)
            environment = {"HOME": temporary}
            if rng.random() < 0.5:
                environment["LANG"] = rng.choice(("C", "C.UTF-8", "zh_CN.UTF-8", "xx"))
            _check(place / folder.name, environment, is_damaged)

    return try_item


def _linked(source: str, target: str) -> str:
    """Copy a file as a link, or whole where the target is on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _damage(rng: Random, folder: Path) -> None:
    """Damage or remove the model or its card."""
    models = [path for path in folder.rglob("digits.*") if path.suffix in (".tflite", ".json")]
    path = rng.choice(models)
    data = path.read_bytes()
    path.unlink()  # it is a link: the build stays as it is
    if rng.random() < 0.7:
        path.write_bytes(damage_bytes(rng, data, data))


def _check(program: Path, environment: dict[str, str], is_damaged: bool) -> None:
    done = subprocess.run(
        [str(program), "recognise", "-", "--format", "json"],
        input=_LINE.encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in errors, errors[-300:]
    if is_damaged:
        assert done.returncode in (0, 1) and (done.stdout or errors), f"status {done.returncode}"
    else:
        assert json.loads(done.stdout)["text"] == "7", errors[-300:]
