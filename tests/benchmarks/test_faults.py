"""The campaign of faults finds the faults that are planted, and no others."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from random import Random

import pytest

from benchmarks.faults import __main__ as campaign_command
from benchmarks.faults import disturbed
from benchmarks.faults.campaign import Part, Try, run
from benchmarks.faults.inputs import prepare
from benchmarks.faults.mutation import damage_json, damaged, damaged_zip

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it forks processes")
SEED = 1


def items_of(part: Part, count: int) -> dict[int, str]:
    """Return the problems of the first items of a part."""
    return {fault.item: fault.problem for fault in run(part, SEED, 60, range(count)).faults}


def numbered(act: Try) -> Part:
    """Return a part with a short limit for each item."""
    return Part("planted", lambda: act, seconds=0.3)


def test_errors_ends_and_hangs_are_found_and_the_rest_goes_on() -> None:
    count = iter(range(100))

    def act(_rng: Random) -> None:
        match next(count):
            case 1:
                raise ValueError("planted")
            case 2:
                time.sleep(60)
            case 3:
                os.kill(os.getpid(), signal.SIGUSR1)

    problems = items_of(numbered(act), 6)
    assert problems[1].startswith("ValueError: planted (test_faults.py:")
    assert problems[2] == "it takes longer than 0.3 s"
    assert problems[3] == f"the process ended with -{int(signal.SIGUSR1)}"


def test_too_much_memory_is_found_even_if_the_error_is_caught() -> None:
    def act(_rng: Random) -> None:
        bytearray(150_000_000)

    part = Part("planted", lambda: act, memory=100_000_000)
    (problem,) = items_of(part, 1).values()
    assert "memory" in problem.lower()


def test_an_item_is_the_same_when_it_is_repeated() -> None:
    def act(rng: Random) -> None:
        assert False, rng.random()  # noqa: B011

    part = numbered(act)
    assert items_of(part, 3)[2] == run(part, SEED, 60, [2]).faults[0].problem


def test_the_command_says_how_to_repeat_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(_rng: Random) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(campaign_command, "PARTS", {"inputs": (numbered(act), 1.0)})
    assert campaign_command.main(["--seed", "7", "--only", "inputs", "--item", "4"]) == 1
    out, errors = capsys.readouterr()
    assert "| planted | 1 | 1 |" in out
    assert "python -m benchmarks.faults --seed 7 --only planted --item 4" in errors


def test_a_sound_program_has_no_faults() -> None:
    assert not items_of(Part("inputs", prepare), 60)
    assert not items_of(Part("kills", disturbed.kills), 4)
    assert not items_of(Part("io", disturbed.failures), 8)


def test_writing_in_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, content: bytes, _mode: int | None = None) -> None:
        with path.open("wb") as file:
            for byte in content:
                file.write(bytes([byte]))
                file.flush()

    monkeypatch.setattr("app.storage.settings_store.write_atomically", write)
    problems = items_of(Part("io", disturbed.failures), 25)
    assert any("settings" in problem for problem in problems.values())


def test_damaged_files_differ_from_the_whole_one() -> None:
    whole = json.dumps({"strokes": [[[0, 0], [1, 2]]]}).encode()
    makers = (damaged([whole]), damaged_zip({"a.json": whole}), lambda rng: damage_json(rng, whole))
    for make in makers:
        assert len({make(Random(number)) for number in range(50)}) > 20
