"""The README says the same in both languages: commands, figures, links, block by block."""

import re
from collections import Counter
from itertools import zip_longest
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?: ?%)?")
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)]+)\)")


def blocks(name: str) -> list[str]:
    """Return the paragraphs, headings, code blocks, tables and items of lists."""
    text = (ROOT / name).read_text("utf-8")
    items = re.sub(r"\n(?=- )", "\n\n", text)
    return [block for block in re.split(r"\n{2,}", items.strip("\n")) if block]


def kind(block: str) -> str:
    """Return what a block is: "#", "##", "code", "table", "item", "picture" or "text"."""
    if block.startswith("    "):
        return "code"
    if block.startswith("#"):
        return block.split()[0]
    return {"|": "table", "-": "item", "!": "picture"}.get(block[0], "text")


def commands(block: str) -> list[str]:
    """Return the lines of a code block without their comments."""
    return [line.partition("  #")[0].rstrip() for line in block.splitlines()]


def figures(text: str) -> list[str]:
    """Return the numbers of a text that stand outside code, written in one way."""
    return [number.replace(" ", "") for number in NUMBER.findall(SPAN.sub("", LINK.sub("]", text)))]


def cells(block: str) -> list[list[str]]:
    """Return a table's rows."""
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in block.splitlines()]


PAIRS = list(zip_longest(blocks(ENGLISH), blocks(CHINESE), fillvalue=""))


def test_each_names_the_other_at_the_top() -> None:
    assert "](README.zh-CN.md)" in PAIRS[1][0]
    assert "](README.md)" in PAIRS[1][1]


def test_they_have_the_same_parts() -> None:
    assert [kind(block) for block in blocks(ENGLISH)] == [kind(block) for block in blocks(CHINESE)]


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=range(len(PAIRS)))
def test_commands_and_code_are_the_same(english: str, chinese: str) -> None:
    if kind(english) == "code":
        assert commands(english) == commands(chinese)
        return
    # In another order where the other language's sentence wants it; a line may end inside.
    spans = [
        Counter(" ".join(span.split()) for span in SPAN.findall(block))
        for block in (english, chinese)
    ]
    assert spans[0] == spans[1]


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=range(len(PAIRS)))
def test_links_are_the_same(english: str, chinese: str) -> None:
    if english != PAIRS[1][0]:
        assert LINK.findall(english) == LINK.findall(chinese)


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=range(len(PAIRS)))
def test_figures_are_the_same(english: str, chinese: str) -> None:
    if kind(english) == "code":
        return
    if kind(english) != "table":
        assert Counter(figures(english)) == Counter(figures(chinese))
        return
    for one, other in zip(cells(english), cells(chinese), strict=True):
        assert [Counter(figures(cell)) for cell in one] == [Counter(figures(c)) for c in other]


def test_what_is_compared_is_there() -> None:
    """The patterns find what the README has: a comparison of nothing would always hold."""
    text = (ROOT / ENGLISH).read_text("utf-8")
    assert figures("99.54 % of `mnist` in 1,327, 5, 10 [3](4)") == [
        "99.54%",
        "1,327",
        "5",
        "10",
        "3",
    ]
    assert len(figures(text)) > 100 and len(SPAN.findall(text)) > 50 and len(LINK.findall(text)) > 3
    assert commands("    inkling models     # these; #1") == ["    inkling models"]
