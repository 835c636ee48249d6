"""The table of all answers, of one alphabet or of several."""

import csv
from datetime import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.ink.drawing import Content
from app.recognition.alphabet import ALPHABETS
from app.recognition.prediction import Prediction
from app.ui.history.export import history_csv
from app.ui.history.history import Entry


def entry(alphabet: str) -> Entry:
    labels = ALPHABETS["digits" if alphabet == "own" else alphabet].labels
    shares = (0.9, *[0.1 / (len(labels) - 1)] * (len(labels) - 1))
    raster = np.zeros((28, 28), np.float32)
    answer = Prediction(labels, shares, 0.98, True, (1.0,), raster, alphabet=alphabet)
    return Entry(datetime(2026, 1, 2), Content(), answer)


def table(*entries: Entry) -> list[dict[str, str]]:
    return list(csv.DictReader(history_csv(entries).decode().splitlines()))


def test_digits_have_the_columns_of_the_command_line() -> None:
    (row,) = table(entry("digits"))
    assert (row["label"], row["is_digit"], row["p_0"]) == ("0", "True", "0.9")
    assert "is_known" not in row and "p_A" not in row


@given(st.lists(st.sampled_from(list(ALPHABETS)), min_size=1, max_size=4))
def test_a_table_of_several_alphabets_has_all_their_labels(names: list[str]) -> None:
    rows = table(*map(entry, names))
    for name, row in zip(names, rows, strict=True):
        first = ALPHABETS[name].labels[0]
        assert (row["label"], row[f"p_{first}"]) == (first, "0.9")
        known = "is_digit" if set(names) == {"digits"} else "is_known"
        assert row[known] == "True"


def test_own_symbols_named_as_digits_are_no_digits() -> None:
    (row,) = table(entry("own"))
    assert (row["label"], row["is_known"], row["known_score"]) == ("0", "True", "0.98")
    assert "is_digit" not in row
