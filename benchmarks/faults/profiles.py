"""Profiles that are damaged, read-only, or unreadable: commands say so, and end."""

import codecs
import importlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from app.__main__ import main
from app.recognition.model import shipped_recogniser
from benchmarks.faults.campaign import Try
from benchmarks.faults.chores import chores, removed
from benchmarks.faults.mutation import damage_bytes, damage_json
from benchmarks.faults.seeds import SEVEN

_NOBODY = 65534
_LINES = "".join(
    json.dumps({"label": label, "strokes": SEVEN}) + "\n" for label in ("7", "1", "2")
).encode()
_LATE = (
    *("app.cli.recognise", "app.cli.models", "app.batch.output", "app.batch.run"),
    *("concurrent.futures.process", "concurrent.futures.thread", "multiprocessing.spawn"),
)
_COMMANDS = (
    ["recognise", "-", "--format", "json"],
    ["recognise", "-", "--format", "json", "--teach"],
    ["recognise", "-", "--number"],
    ["models", "list"],
    ["models", "use", "model 1"],
    ["models", "use", "shipped"],
)


def prepare() -> Try:
    """Return what runs one command in one bad profile, as an ordinary user."""
    shipped_recogniser()
    for module in _LATE:  # an ordinary user may not read where Python is
        importlib.import_module(module)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):  # which json guesses
        codecs.lookup(encoding)
    whole = Path(tempfile.mkdtemp(prefix="inkling-faults-"))
    works = chores(whole)
    for name, work in works.items():
        for number in (1, 2, 4) if name == "models" else (1, 2, 3):
            work.act(number)

    def try_item(rng: Random) -> None:
        profile = Path(tempfile.mkdtemp(prefix="inkling-faults-"))
        try:
            shutil.copytree(whole, profile, dirs_exist_ok=True)
            for path in (profile, *profile.rglob("*")):
                if os.geteuid() == 0:
                    os.chown(path, _NOBODY, _NOBODY)
            for _time in range(rng.choice((1, 1, 2, 4))):
                _damage(rng, profile)
            _check(_command(rng.choice(_COMMANDS), profile, has_home=rng.random() < 0.9))
        finally:
            removed(profile)

    return try_item


def _damage(rng: Random, profile: Path) -> None:
    """Damage one file or folder of a profile."""
    paths = [path for path in profile.rglob("*") if not path.is_symlink()]
    if not paths:
        return
    path = rng.choice([profile, *paths])
    files = [one for one in paths if one.is_file()]
    choice = rng.randrange(9)
    if choice < 3 and files:
        path = rng.choice(files)
        data = path.read_bytes()
        path.write_bytes(damage_json(rng, data) if choice else damage_bytes(rng, data, data))
    elif choice == 3 and files:
        rng.choice(files).write_bytes(b"")
    elif choice == 4:
        path.chmod(rng.choice((0o000, 0o400, 0o500)))
    elif path != profile:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        replace: list[Callable[[], object]] = [
            lambda: path.mkdir(),
            lambda: path.symlink_to(path.with_name("nowhere")),
            lambda: path.symlink_to(path),
            lambda: path.write_bytes(rng.randbytes(200)),
        ]
        rng.choice(replace)()


def _command(
    words: list[str], profile: Path, has_home: bool
) -> tuple[list[str], int, bytes, bytes]:
    """Run a command in a forked process; return it, its status, its output and its errors."""
    streams = [tempfile.TemporaryFile() for _stream in range(3)]  # noqa: SIM115
    streams[0].write(_LINES)
    streams[0].seek(0)
    process = os.fork()
    if not process:
        status = 99
        try:
            for number, stream in enumerate(streams):
                os.dup2(stream.fileno(), number)
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(_NOBODY)
                os.setuid(_NOBODY)
            os.environ["HOME"] = "/nonexistent"
            if not has_home:
                del os.environ["HOME"]
            status = main([*words, "--profile", str(profile)])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 98
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    for stream in streams:
        stream.seek(0)
    out, errors = streams[1].read(), streams[2].read()
    for stream in streams:
        stream.close()
    return words, status, out, errors


def _check(result: tuple[list[str], int, bytes, bytes]) -> None:
    words, status, out, errors = result
    text = errors.decode("utf-8", "replace")
    assert "Traceback" not in text, f"{words}: {' '.join(text.split())[-300:]}"
    assert status in (0, 1, 2), f"{words} ends with {status}"
    assert status == 0 or out or text.strip(), f"{words} fails without a word"
    if "json" in words:
        for line in out.splitlines():
            json.loads(line)
