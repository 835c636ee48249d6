"""Every built edition: what it contains, and that it works wherever it is put."""

import hashlib
import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from tests.built.conftest import Built

SEVEN = [[[0, 0], [60, 0], [25, 100]]]
HEAVY = {"lite": ["tensorflow", "keras", "matplotlib", "sklearn", "scipy"], "full": []}
MAX_MEGABYTES = {"lite": (110, 45), "full": (3000, 450)}
"""Unpacked and zipped, by edition."""


def lines(*values: dict[str, Any]) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file with its size and date."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


def test_it_contains_nothing_needless(built: Built) -> None:
    names = {path.name.partition("-")[0].lower() for path in built.folder.rglob("*")}
    assert not names & set(HEAVY[built.edition])
    unpacked = sum(path.stat().st_size for path in built.folder.rglob("*") if path.is_file())
    most_unpacked, most_zipped = MAX_MEGABYTES[built.edition]
    assert unpacked <= most_unpacked * 1_000_000
    assert built.archive.stat().st_size <= most_zipped * 1_000_000
    assert not [path for path in built.folder.rglob("*") if path.is_symlink()]


def test_nothing_in_it_names_the_folder_of_the_build(built: Built) -> None:
    here = str(Path(__file__).parents[2]).encode()
    ours = [built.program, *built.folder.rglob("*.json"), *built.folder.rglob("*.desktop")]
    assert not [path for path in ours if here in path.read_bytes()]
    assert not list(built.folder.rglob("direct_url.json"))


def test_the_sha256_file_is_the_zips(built: Built) -> None:
    beside = built.archive.with_name(built.archive.name + ".sha256").read_text()
    digest = hashlib.sha256(built.archive.read_bytes()).hexdigest()
    assert beside == f"{digest}  {built.archive.name}\n"


def test_it_passes_its_self_test_from_a_read_only_folder(built: Built, locale: str) -> None:
    before = listing(built.folder)
    done = built.run("--self-test", read_only=True, environment=built.environment(LANG=locale))
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert report["edition"] == built.edition
    assert report["ok"] is True
    wanted = ["model", "raster", "recogniser", "store", "window"]
    assert [check["name"] for check in report["checks"]] == (
        wanted if built.edition == "lite" else [*wanted, "training"]
    )
    assert all(check["ok"] is True for check in report["checks"]), done.stdout
    (window,) = (check for check in report["checks"] if check["name"] == "window")
    assert window["drops"] is True  # the Tk extension is there, and loads
    assert listing(built.folder) == before


def test_it_knows_its_version_and_edition(built: Built) -> None:
    done = built.run("--version")
    assert f"{built.edition} edition; model Inkling" in done.stdout
    assert "raster 2" in done.stdout


def test_it_recognises_strokes_and_a_picture_whatever_their_names(
    built: Built, locale: str
) -> None:
    picture = built.home / "Bild 数字 é.png"
    image = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(image).line([(50, 40), (150, 40), (90, 170)], fill=0, width=14)
    image.save(picture)
    text = lines({"id": "é", "strokes": SEVEN}, {"id": 2, "image": str(picture)})
    environment = built.environment(LANG=locale)
    done = built.run("recognise", "-", "--format", "json", text=text, environment=environment)
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["7", "7"], done
    assert done.returncode == 0
    assert done.stderr == ""


def test_its_window_opens_with_a_file(built: Built, locale: str) -> None:
    drawing = built.home / "Zahl 七.ink"
    drawing.write_text(
        json.dumps(
            {
                "format": "inkling-strokes",
                "version": 1,
                "width": 100,
                "height": 100,
                "strokes": [{"width": 8, "points": [[10, 10, 0], [80, 10, 50], [40, 90, 90]]}],
            }
        )
    )
    environment = built.environment(LANG=locale)
    done = built.run("--trace-startup", str(drawing), environment=environment)
    times = json.loads(done.stdout)
    assert done.stderr == ""
    assert set(times) == {"window_ms", "drawable_ms", "recogniser_ms"}
    assert times["recogniser_ms"] is not None


def test_without_a_display_the_error_is_one_sentence(built: Built) -> None:
    environment = built.environment()
    environment.pop("DISPLAY", None)
    done = built.run(environment=environment)
    assert done.returncode == 1
    assert done.stderr.startswith("inkling: There is no display")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", ['recognise "$1"', "--self-test", "--version"])
def test_it_runs_without_standard_streams(built: Built, words: str) -> None:
    drawing = built.home / "seven.ink"
    strokes = [{"width": 8, "points": [[10, 10, 0], [80, 10, 50], [40, 90, 90]]}]
    head = {"format": "inkling-strokes", "version": 1, "width": 100, "height": 100}
    drawing.write_text(json.dumps({**head, "strokes": strokes}))
    command = f'exec "$0" {words} <&- >&- 2>&-'
    environment = built.environment()
    done = subprocess.run(
        ["sh", "-c", command, str(built.program), str(drawing)],
        env=environment,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0


def test_files_of_another_version_are_kept(built: Built, tmp_path: Path) -> None:
    samples, model = tmp_path / "samples", tmp_path / "models" / "old"
    samples.mkdir()
    (samples / "20200101T000000.000000-abcdef.ink").write_text('{"format": "other", "version": 9}')
    model.mkdir(parents=True)
    card = json.loads((built.folder / "_internal" / "models" / "digits.json").read_text())
    (model / "digits.json").write_text(json.dumps({**card, "raster_version": 1}))
    (model / "digits.tflite").write_bytes(b"not of this version")
    (tmp_path / "models" / "active").write_text("old")
    before = {path.name.partition(".damaged")[0] for path in tmp_path.rglob("*")}
    text = lines({"id": 1, "strokes": SEVEN})
    done = built.run("recognise", "-", "--format", "json", "--profile", str(tmp_path), text=text)
    assert json.loads(done.stdout)["text"] == "7"
    after = {path.name.partition(".damaged")[0] for path in tmp_path.rglob("*")}
    assert before <= after


def test_programs_that_run_at_once_lose_none_of_the_users_samples(
    at_once: list[Built], tmp_path: Path
) -> None:
    # One shape, ten names: whatever was learnt before, most answers are wrong and are learnt.
    wrong = [{"id": n, "strokes": SEVEN, "label": str(n % 10)} for n in range(40)]
    learnt: list[int] = []

    def teach(built: Built) -> None:
        words = ("recognise", "-", "--format", "json", "--teach", "--profile", str(tmp_path))
        done = built.run(*words, text=lines(*wrong))
        learnt.append(sum(json.loads(line)["learnt"] for line in done.stdout.splitlines()))

    threads = [threading.Thread(target=teach, args=(built,)) for built in at_once]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(learnt) == len(threads)
    assert min(learnt) > 0
    assert len(list((tmp_path / "samples").glob("*.ink"))) == sum(learnt)


def test_only_the_full_edition_trains(built: Built) -> None:
    done = built.run("train", "--list")
    if built.edition == "full":
        assert done.returncode == 0
        assert "own-hand" in done.stdout
    else:
        assert done.returncode == 1
        assert done.stderr.startswith("inkling: The lite edition does not train")


def test_it_runs_workers_of_multiprocessing(built: Built) -> None:
    # As multiprocessing starts its tracker of semaphores from a built program, with that program's
    # own flags; the tracker ends with its input, which is empty.
    tracker = "from multiprocessing.resource_tracker import main;main(0)"
    done = built.run("-B", "-S", "-I", "-c", tracker)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_desktop_can_start_it(built: Built) -> None:
    done = subprocess.run(
        [str(built.folder / "install.sh")], env=built.environment(), capture_output=True, check=True
    )
    assert b"Installed" in done.stdout
    (entry,) = (built.home / ".local/share/applications").glob("*.desktop")
    text = entry.read_text("utf-8")
    assert f'Exec="{built.program}" %F' in text
    assert f"Icon={built.folder / 'inkling.png'}" in text
    assert os.access(built.program, os.X_OK)
