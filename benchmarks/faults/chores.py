"""What a program does with the files of a profile, and what must be there after it was disturbed.

Each chore writes numbers that count up, so that a check sees from the files alone which was the
last one that took effect.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from app.formats.drawing_file import encode_drawing, parse_drawing
from app.formats.sample import Sample, encode_sample, parse_sample
from app.formats.sample_archive import count_samples, strokes_archive
from app.ink.drawing import Content
from app.ink.stroke import Stroke
from app.recognition.model_store import SHIPPED, DamagedModel, ModelStore
from app.resources import shipped_model
from app.storage.atomic_write import write_atomically
from app.storage.autosave_store import Autosave
from app.storage.paths import settings_path, user_folders
from app.storage.sample_store import SampleStore
from app.storage.settings import Settings
from app.storage.settings_store import SettingsStore
from app.storage.temporary import remove_leftovers
from benchmarks.faults.seeds import seven
from training.fitting.run_folder import read_history, write_csv


@dataclass
class Done:
    """How often a process has begun a chore, and how often it knows that it succeeded."""

    begun: int = 0
    confirmed: int = 0


class Chore(Protocol):
    """Something that is done again and again."""

    def act(self, number: int) -> None:
        """Do it for the `number`th time, from 1; raises InklingError."""

    def check(self, done: Sequence[Done], /) -> None:
        """Raise AssertionError where what these processes had confirmed is lost or damaged."""


def chores(profile: Path, shared: bool = False) -> dict[str, Chore]:
    """Return all chores, or those that two programs may do at once in one profile."""
    found: dict[str, Chore] = {
        "samples": _Samples(profile),
        "settings": _Settings(profile),
        "autosave": _Autosave(profile),
    }
    if not shared:
        found |= {
            "archive": _Archive(profile),
            "history": _History(profile),
            "models": _Models(profile),
        }
    return found


def check_leftovers(profile: Path) -> None:
    """Do what the next start does; raises AssertionError if temporary files are still there."""
    remove_leftovers([settings_path(profile).parent, *user_folders(profile).stores])
    left = [str(path.relative_to(profile)) for path in profile.rglob(".inkling-*")]
    assert not left, f"left behind: {left}"


def _is_one_of(number: int, done: Sequence[Done]) -> bool:
    """Return whether the last state may be that of this number."""
    least = min(one.confirmed for one in done)
    return least <= number <= max(one.begun for one in done)


class _Samples:
    def __init__(self, profile: Path) -> None:
        self._store = SampleStore(user_folders(profile).samples)

    def act(self, number: int) -> None:
        # The clock goes back now and then.
        time = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number % 7 - number)
        sample = Sample(seven(), str(number % 10), time, "", "")
        self._store.add(encode_sample(sample), time)

    def check(self, done: Sequence[Done]) -> None:
        names = self._store.names()
        for name in names:
            parse_sample(self._store.read(name))
        confirmed, begun = sum(d.confirmed for d in done), sum(d.begun for d in done)
        assert confirmed <= len(names) <= begun, f"{len(names)} samples, {confirmed} confirmed"


class _Settings:
    def __init__(self, profile: Path) -> None:
        self._path = settings_path(profile)
        self._store = SettingsStore(self._path)

    def act(self, number: int) -> None:
        self._store.write(replace(Settings(), recent=(str(number),)))

    def check(self, done: Sequence[Done]) -> None:
        store = SettingsStore(self._path)
        recent = store.read().recent
        assert not store.notice, store.notice
        assert _is_one_of(int(recent[0]) if recent else 0, done), f"settings {recent}, {done}"


class _Autosave:
    def __init__(self, profile: Path) -> None:
        self._folder = user_folders(profile).autosave
        self._autosave = Autosave(self._folder)

    def act(self, number: int) -> None:
        stroke = Stroke.of([(0.0, 0.0), (float(number), 1.0)])
        self._autosave.save(encode_drawing(Content(strokes=(stroke,))))

    def check(self, done: Sequence[Done]) -> None:
        recovered = []
        autosave = Autosave(self._folder)
        while (drawing := autosave.recover()) is not None:
            recovered.append(int(parse_drawing(drawing).strokes[0].points[1][0]))
        autosave.close()
        least = sum(one.confirmed > 0 for one in done)
        assert least <= len(recovered) <= len(done), f"{len(recovered)} drawings of {least}"
        assert all(_is_one_of(number, done) for number in recovered), f"{recovered}, {done}"


class _Archive:
    def __init__(self, profile: Path) -> None:
        self._path = profile / "export.zip"

    def act(self, number: int) -> None:
        sample = Sample(seven(), "7", datetime(2026, 1, 1, tzinfo=UTC), "", "")
        write_atomically(self._path, strokes_archive([sample] * (number % 20 + 1)))

    def check(self, done: Sequence[Done]) -> None:
        assert self._path.exists() or not done[0].confirmed, "the archive is lost"
        if self._path.exists():
            assert count_samples(self._path) > 0


class _History:
    def __init__(self, profile: Path) -> None:
        self._path = profile / "history.csv"
        self._rows: list[dict[str, float]] = []

    def act(self, number: int) -> None:
        names = ("seconds", "cpu_seconds", "loss", "accuracy", "val_loss", "val_accuracy")
        self._rows.append({"epoch": number, **dict.fromkeys(names, 0.5)})
        write_csv(self._path, self._rows)

    def check(self, done: Sequence[Done]) -> None:
        rows = read_history(self._path)
        assert _is_one_of(int(rows[-1]["epoch"]) if rows else 0, done), f"{len(rows)} rows, {done}"


class _Models:
    """Installs, activates and deletes, in turn."""

    def __init__(self, profile: Path) -> None:
        self._store = ModelStore(user_folders(profile).models)

    def act(self, number: int) -> None:
        match number % 3:
            case 1:
                self._store.install(shipped_model(), f"model {number}")
            case 2:
                self._store.activate(self._store.all()[-1].name)
            case 0:
                name = self._store.all()[-1].name
                if name != SHIPPED:
                    self._store.delete(name)

    def check(self, _done: Sequence[Done]) -> None:
        damaged = [one for one in self._store.all() if isinstance(one, DamagedModel)]
        assert not damaged, damaged
        active = self._store.load_active()
        assert not active.notice, active.notice


def removed(folder: Path) -> None:
    """Delete a profile, whatever its files' modes are."""
    shutil.rmtree(folder, ignore_errors=True)
