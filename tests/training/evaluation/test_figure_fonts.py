"""Text of figures is in the current language, or in English without a font for it."""

import warnings
from io import BytesIO

import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from app.i18n import language, set_language
from training.evaluation import figure_fonts
from training.evaluation.figures import curves

HISTORY = [{"epoch": 1.0, "accuracy": 0.9, "val_accuracy": 0.8, "loss": 0.3, "val_loss": 0.4}]


def titles(figure: Figure) -> list[str]:
    return [axes.get_title() for axes in figure.axes]


def test_without_a_font_a_figure_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fontManager, "ttflist", [])
    monkeypatch.setattr(figure_fonts, "findSystemFonts", list)
    monkeypatch.setattr(figure_fonts, "font_for", figure_fonts.font_for.__wrapped__)
    set_language("zh_CN")
    assert titles(curves(HISTORY, "inkling")) == ["accuracy", "loss"]
    assert language() == "zh_CN"


def test_with_a_font_a_figure_is_in_chinese_and_no_glyph_is_missing() -> None:
    if figure_fonts.font_for("zh_CN") is None:
        pytest.skip("no font here has Chinese characters")
    set_language("zh_CN")
    figure = curves(HISTORY, "inkling")
    assert titles(figure) == ["准确率", "损失"]
    set_language("en")  # whatever is spoken when it is saved
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph … missing from font(s)"
        figure.savefig(BytesIO(), format="png")


def test_a_font_that_was_installed_after_matplotlib_looked_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    font_for = figure_fonts.font_for.__wrapped__
    if font_for("zh_CN") is None:
        pytest.skip("no font here has Chinese characters")
    monkeypatch.setattr(fontManager, "ttflist", [])
    assert font_for("zh_CN") is not None


def test_english_needs_no_other_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fontManager, "ttflist", [])
    assert figure_fonts.font_for("en") == "DejaVu Sans"
    assert titles(curves(HISTORY, "inkling")) == ["accuracy", "loss"]
