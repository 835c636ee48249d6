"""Many inputs shared among processes: the same answers as alone, in the same order."""

import json
import multiprocessing
import os
from functools import partial
from typing import Any, NoReturn

import pytest

from app.batch.answerer import Answerer, Block, Options
from app.batch.items import Item, Line
from app.batch.pool import Pool
from app.batch.run import Group, answer_groups

SEVEN = {"strokes": [[[0, 0], [60, 0], [25, 100]]]}


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Options())


def lines(count: int) -> list[Line]:
    return [Line(json.dumps(SEVEN).encode(), number, False) for number in range(1, count + 1)]


def rows_of(answerer: Answerer, groups: list[Group], jobs: int) -> list[dict[str, Any]]:
    blocks: list[Block] = []
    pool = partial(Pool, answerer, jobs) if jobs > 1 else None
    answer_groups(groups, answerer, blocks.append, pool, patience=0)
    rows = [json.loads(row) for block in blocks for row in block.text.splitlines()]
    assert sum(block.answers for block in blocks) == len(rows)
    assert sum(block.errors for block in blocks) == sum("error" in row for row in rows)
    return [{name: value for name, value in row.items() if name != "ms"} for row in rows]


def test_several_processes_give_the_answers_of_one_in_order(answerer: Answerer) -> None:
    bad = [Line(b"{", 101, False), Line(b'{"id": "none"}', 102, False)]
    groups: list[Group] = [lines(10), [*lines(9), *bad], lines(3), lines(64)]
    alone, shared = (rows_of(answerer, groups, jobs) for jobs in (1, 2))
    assert shared == alone
    assert [row["id"] for row in alone[19:23]] == [101, "none", 1, 2]
    assert not multiprocessing.active_children()


def test_an_input_that_ends_its_process_is_an_error_in_its_place(answerer: Answerer) -> None:
    group: Group = [*lines(9), Item("crash", partial(os._exit, 3))]
    rows = rows_of(answerer, [group, lines(8)], jobs=2)
    assert [row["id"] for row in rows] == [*range(1, 10), "crash", *range(1, 9)]
    assert [row["id"] for row in rows if "error" in row] == ["crash"]


def test_what_writing_raises_ends_the_work(answerer: Answerer) -> None:
    written: list[Block] = []

    def write(block: Block) -> None:
        written.append(block)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        answer_groups([lines(64)] * 50, answerer, write, partial(Pool, answerer, 2), patience=0)
    assert len(written) == 1
    assert not multiprocessing.active_children()


def test_a_few_inputs_start_no_processes(answerer: Answerer) -> None:
    def start() -> NoReturn:
        raise AssertionError("processes were started")

    groups: list[Group] = [[line] for line in lines(30)]
    blocks: list[Block] = []
    answer_groups(groups, answerer, blocks.append, start, patience=0)
    assert sum(block.answers for block in blocks) == 30
