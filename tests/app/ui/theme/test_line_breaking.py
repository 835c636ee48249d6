"""Line breaks in Chinese text."""

import pytest

from app.i18n import set_language
from app.ui.theme.line_breaking import WrappedLabel, break_lines
from tests.app.ui.conftest import Driver
from tests.app.ui.reading import CHINESE


def measure(text: str) -> int:
    """Return a width: Chinese characters are twice as wide as others."""
    return sum(1 if character.isascii() else 2 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("这里一共有十个汉字。", 18, ["这里一共有十个汉", "字。"]),  # no full stop begins a line
        ("点击方框或用 Tab 键和方向键", 16, ["点击方框或用 Tab", "键和方向键"]),
        ("把握很大（99.9%）的数字", 14, ["把握很大", "（99.9%）的数", "字"]),
        ("打开“串”之后", 6, ["打开", "“串”", "之后"]),
        ("一行\n另一行", 40, ["一行", "另一行"]),
        (
            "文件 a-very-long-name.png 已不在那里",
            12,
            ["文件", "a-very-long-name.png", "已不在那里"],
        ),
        ("MNIST；Digits (strokes)", 9, ["MNIST；", "Digits", "(strokes)"]),
    ],
)
def test_lines_end_where_chinese_allows_it(text: str, width: int, lines: list[str]) -> None:
    assert break_lines(text, width, measure).split("\n") == lines


def test_the_last_line_is_no_lone_word_where_narrower_lines_avoid_it() -> None:
    hint = "认错了？按正确的数字，或点击它的概率条。"
    assert break_lines(hint, 38, measure).split("\n") == [
        "认错了？按正确的数字，或点击它的",
        "概率条。",
    ]


def test_other_languages_are_left_to_tk() -> None:
    text = "Wrong? Press the right digit, or click its bar."
    assert break_lines(text, 10, measure) == text


def test_a_label_breaks_its_lines_again_when_its_width_changes(driver: Driver) -> None:
    set_language(CHINESE)
    label = WrappedLabel(
        driver.root, driver.window.theme, "认错了？按正确的数字，或点击它的概率条。"
    )
    lines = []
    for width in (400, 120):
        label.place(x=0, y=0, width=driver.window.theme.px(width))
        driver.root.update()
        lines.append(str(label.cget("text")).split("\n"))
    assert len(lines[0]) == 1 < len(lines[1])
    assert "".join(lines[1]) == label.full_text == lines[0][0]
    label.set_text("已取消")
    assert label.full_text == str(label.cget("text")) == "已取消"
