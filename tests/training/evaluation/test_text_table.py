"""Text tables are aligned in any script."""

from training.evaluation.text_table import display_width, pad_left, text_table


def test_a_chinese_character_takes_two_text_table() -> None:
    assert (display_width("轮数"), display_width("epochs"), display_width("99 %")) == (4, 6, 4)
    assert pad_left("轮数", 6) == "  轮数"


def test_columns_end_at_the_same_place_in_every_line() -> None:
    table = text_table([("训练方案", "轮数"), ("inkling", "32"), ("own-hand", "100,000")])
    assert table == ["训练方案     轮数", "inkling        32", "own-hand  100,000"]
    assert len({display_width(line) for line in table}) == 1
