"""Tables of text stand straight, whatever they are written in."""

from training.evaluation.text_table import columns, to_right, width


def test_a_chinese_character_takes_two_columns() -> None:
    assert (width("轮数"), width("epochs"), width("99 %")) == (4, 6, 4)
    assert to_right("轮数", 6) == "  轮数"


def test_columns_end_at_the_same_place_in_every_line() -> None:
    table = columns([("训练方案", "轮数"), ("inkling", "32"), ("own-hand", "100,000")])
    assert table == ["训练方案     轮数", "inkling        32", "own-hand  100,000"]
    assert len({width(line) for line in table}) == 1
