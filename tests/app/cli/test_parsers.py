"""Which verb a command line has."""

import pytest

from app.__main__ import main
from app.cli.parsers import split_verb
from app.edition import about


@pytest.mark.parametrize(
    ("words", "verb", "rest"),
    [
        ([], "", []),
        (["a.ink"], "", ["a.ink"]),
        (["recognise", "-"], "recognise", ["-"]),
        (["--profile", "p", "models", "list"], "models", ["--profile", "p", "list"]),
        (["--profile=p", "train", "x"], "train", ["--profile=p", "x"]),
        (["--profile"], "", ["--profile"]),
        (["a.ink", "recognise"], "", ["a.ink", "recognise"]),
    ],
)
def test_a_profile_may_stand_before_the_verb(words: list[str], verb: str, rest: list[str]) -> None:
    assert split_verb(words) == (verb, rest)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"{about()}\n"
