"""A built edition, unpacked from its zip into a folder with spaces and non-ASCII letters."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_VARIABLE = "INKLING_BUILT"
"""The folder with the zips that build.spec made."""
PATTERNS = {"lite": "inkling-lite-[0-9]*.zip", "full": "inkling-[0-9]*.zip"}
TIMEOUT_S = 240


def newest_archive(edition: str) -> Path | None:
    """Return the newest zip of an edition, or None."""
    found = sorted(
        Path(os.environ.get(BUILT_VARIABLE, "")).absolute().glob(PATTERNS[edition]),
        key=lambda path: path.stat().st_mtime,
    )
    return found[-1] if found and os.environ.get(BUILT_VARIABLE) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the full edition where it was not built: a build takes minutes."""
    if newest_archive("full") is not None:
        return
    full = [i for i in items if "full" in i.name.partition("[")[2] and "built" in i.nodeid]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if item not in full]


@dataclass(frozen=True)
class Built:
    """An unpacked program, and an empty home folder."""

    edition: str
    archive: Path
    folder: Path
    home: Path

    @property
    def program(self) -> Path:
        """The executable."""
        return self.folder / self.folder.name

    def command(self, words: Sequence[str], read_only: bool = False) -> list[str]:
        """Return a command that runs the program without access to Python or to this source.

        Both are hidden in a mount namespace of the command, which only root may create.
        """
        hidden = [
            str(ROOT),
            f"{sys.base_prefix}/lib/python{sys.version_info[0]}.{sys.version_info[1]}",
        ]
        mounts = "; ".join(f'mount -t tmpfs none "{path}"' for path in hidden)
        if read_only:
            mounts += f'; mount --bind "{self.folder}" "{self.folder}"'
            mounts += f'; mount -o remount,bind,ro "{self.folder}"'
        script = f'set -e; {mounts}; exec "$@"'
        return ["unshare", "--mount", "sh", "-c", script, "sh", str(self.program), *words]

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment that a desktop gives the program, and nothing of this Python's."""
        kept = {key: os.environ[key] for key in ("DISPLAY", "XAUTHORITY") if key in os.environ}
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8", **kept, **more}

    def run(
        self,
        *words: str,
        text: str = "",
        read_only: bool = False,
        environment: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        return subprocess.run(
            self.command(words, read_only),
            input=text,
            capture_output=True,
            encoding="utf-8",
            env=self.environment() if environment is None else environment,
            cwd=self.home,
            timeout=TIMEOUT_S,
            check=False,
        )


def _require(condition: bool, message: str) -> None:
    if condition:
        return
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Return an edition by its name, unpacked once."""

    @cache
    def unpack(edition: str) -> Built:
        _require(
            sys.platform == "linux" and os.geteuid() == 0, "hiding Python needs root and Linux"
        )
        archive = newest_archive(edition)
        _require(
            archive is not None, f"build it, and set {BUILT_VARIABLE} to the folder of its zip"
        )
        assert archive is not None
        root = tmp_path_factory.mktemp("Übung mit 漢字 ")
        home = root / "jemandes Häuschen 家"
        home.mkdir()
        folder = root / "so ein Programm"
        with zipfile.ZipFile(archive) as bundle:
            for info in bundle.infolist():
                path = Path(bundle.extract(info, folder))
                path.chmod(info.external_attr >> 16 & 0o777)
        (inner,) = folder.iterdir()
        return Built(edition, archive, inner, home)

    return unpack


@pytest.fixture(params=["lite", "full"])
def built(request: pytest.FixtureRequest, unpacked: Callable[[str], Built]) -> Built:
    """Each edition that was built."""
    return unpacked(request.param)


@pytest.fixture(params=["C.UTF-8", ""], ids=["UTF-8", "C"])
def locale(request: pytest.FixtureRequest) -> str:
    """The locale of a desktop, and that of a bare X session or of cron."""
    return str(request.param)


@pytest.fixture(params=["lite", "full", "lite and full"])
def at_once(request: pytest.FixtureRequest, unpacked: Callable[[str], Built]) -> list[Built]:
    """Three programs that one person runs at the same time: of each edition, and of both."""
    return [unpacked(name) for name in (request.param.split(" and ") * 3)[:3]]
