"""The documents: both READMEs have the same content, and what the documents name exists."""

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
)
MOST_WORDS = 950
"""In the README: one page."""
MOST_LINES = 90
"""In CONTRIBUTING."""

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?: ?%)?")
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)]+)\)")
BENCHMARK = re.compile(r"python -m benchmarks ([a-z0-9-]+)")
PATH = re.compile(r"(?:app|training|tests|benchmarks|models|assets|docs|\.ci)/[\w./-]*")
MODULE = re.compile(r"(?:app|training|benchmarks)(?:\.\w+)+")
COMMAND = re.compile(r"(?:uv run )?inkling((?: [^`]*)?)")
RUN_MODULE = re.compile(r"python -m ([\w.]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str) -> list[str]:
    """Return the paragraphs, headings, code blocks, tables and items of lists."""
    items = re.sub(r"\n(?=- )", "\n\n", text_of(name))
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


def spans(name: str) -> list[str]:
    """Return the text of every code span and of every line of a code block."""
    found = []
    for block in blocks(name):
        if kind(block) == "code":
            found += [line.strip() for line in commands(block)]
        else:
            found += [" ".join(span.split()) for span in SPAN.findall(block)]
    return found


def anchors(name: str) -> set[str]:
    """Return the anchors that GitHub gives a document's headings."""
    headings = [block.lstrip("# ") for block in blocks(name) if kind(block).startswith("#")]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def benchmark_rows(name: str) -> set[str]:
    """Return the benchmarks that a document names: in commands, and in tables' column "row"."""
    rows = set(BENCHMARK.findall(text_of(name)))
    for block in blocks(name):
        if kind(block) == "table" and cells(block)[0][-1] == "row":
            for row in cells(block)[2:]:
                rows |= {span for span in SPAN.findall(row[-1]) if not span.startswith("inkling ")}
    return rows


@cache
def help_of(verb: str) -> str:
    """Return what `inkling VERB --help` prints; "" for the window's own options."""
    words = [sys.executable, "-m", "app", *verb.split(), "--help"]
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout


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
    found = [
        Counter(" ".join(span.split()) for span in SPAN.findall(block))
        for block in (english, chinese)
    ]
    assert found[0] == found[1]


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


def test_the_readme_is_one_page() -> None:
    assert len(text_of(ENGLISH).split()) <= MOST_WORDS
    tables = [cells(block) for block in blocks(ENGLISH) if kind(block) == "table"]
    assert all(len(table) - 2 <= 7 for table in tables), "at most seven rows"


def test_contributing_is_short() -> None:
    assert len(text_of("CONTRIBUTING.md").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for link in LINK.findall(text_of(name)):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), f"{name}: {link}"
        if anchor:
            assert anchor in anchors(target.resolve().relative_to(ROOT).as_posix()), link


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_files_and_modules_exist(name: str) -> None:
    for span in spans(name):
        for word in span.split():
            if PATH.fullmatch(word):
                assert (ROOT / word).exists(), f"{name}: {word}"
            if MODULE.fullmatch(word):
                module, _, attribute = word.rpartition(".")
                source = ROOT / f"{module.replace('.', '/')}.py"
                is_attribute = source.is_file() and re.search(
                    rf"^(?:def |class )?{attribute}\b", source.read_text("utf-8"), re.MULTILINE
                )
                assert is_attribute or find_spec(word), f"{name}: {word}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_commands_and_options_exist(name: str) -> None:
    for span in spans(name):
        for module in RUN_MODULE.findall(span):
            assert find_spec(module), f"{name}: {span}"
        if (match := COMMAND.fullmatch(span)) is None:
            continue
        words = match[1].split()
        verb = words[0] if words and re.fullmatch(r"[a-z]+", words[0]) else ""
        described = help_of(verb)
        assert f"usage: inkling {verb}".strip() in described, f"{name}: {span}"
        for option in words:
            if option.startswith("--"):
                assert option in described, f"{name}: {span}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_benchmarks_exist(name: str) -> None:
    assert benchmark_rows(name) <= set(BENCHMARKS)


def test_every_figure_of_the_readme_is_in_the_benchmarks() -> None:
    """Each row of "how good it is" is measured by a benchmark that docs/benchmarks.md explains."""
    assert benchmark_rows(ENGLISH) <= benchmark_rows("docs/benchmarks.md")


def test_what_is_compared_is_there() -> None:
    """The patterns find what the documents have: a comparison of nothing would always hold."""
    text = text_of(ENGLISH)
    assert figures("99.54 % of `mnist` in 1,327, 5, 10 [3](4)") == [
        "99.54%",
        "1,327",
        "5",
        "10",
        "3",
    ]
    assert len(figures(text)) > 40 and len(SPAN.findall(text)) > 10 and len(LINK.findall(text)) > 6
    assert commands("    inkling models     # these; #1") == ["    inkling models"]
    assert len(benchmark_rows(ENGLISH)) > 4 and len(benchmark_rows("docs/benchmarks.md")) > 15
    assert "the-recipe-over-five-seeds-and-splits" in anchors("docs/experiments.md")
    named = [span for span in spans("CONTRIBUTING.md") if PATH.fullmatch(span)]
    assert len(named) > 20
    assert "inkling recognise --number price.png" in spans(ENGLISH)
