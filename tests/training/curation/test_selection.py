"""Who and what is for training, validation and the test, and what is left out."""

from pathlib import Path

import numpy as np
import pytest

from training.curation import left_out, selection
from training.curation.cross_validation import NOTHING, Drawing, symbols_like_digits, write_list
from training.curation.left_out import LeftOut, drawing_id, read_left_out
from training.curation.look_alikes import is_clear
from training.curation.people import people
from training.curation.shares import TEST_SITES, VALIDATION_SITES, share_of, share_of_writer
from training.data.symbols import Symbol
from training.data.unipen import Written


def written(label: str, site: str, writer: int, x: float = 0.0) -> Written:
    """Return a character of one straight stroke."""
    return Written(label, site, writer, (np.array([(x, 0.0), (x + 9.0, 9.0)]),))


def test_whole_sites_are_held_out_and_three_tenths_of_the_other_writers() -> None:
    assert {share_of_writer(site, 1) for site in TEST_SITES} == {"test"}
    assert {share_of_writer(site, 1) for site in VALIDATION_SITES} == {"validation"}
    shares = [share_of_writer("ap", writer) for writer in range(100)]
    assert (shares.count("validation"), shares.count("test")) == (20, 10)


def test_what_is_of_the_test_in_any_way_is_of_the_test_alone() -> None:
    kinds = "acdefhknrtuwmvxACEFHKLMNPRTUVWX"
    test = {kind for kind in kinds if share_of(kind, "ap", 1) == "test"}
    validation = {kind for kind in kinds if share_of(kind, "ap", 1) == "validation"}
    assert test and validation and len(test | validation) < len(kinds) / 2
    assert all(share_of(kind, TEST_SITES[0], 1) == "test" for kind in kinds)
    assert all(share_of(kind, "ap", 5) == "test" for kind in test)


def test_one_writer_gives_as_many_digits_as_another_who_gave_enough() -> None:
    many = [written("7", "ap", 1, x) for x in range(100)]
    few = [written("7", "ap", 2, x) for x in range(5)]
    chosen = selection.digits([*many, *few], "training")
    assert [one.writer for one in chosen] == [1] * selection.DIGITS_OF_A_WRITER + [2] * 5
    assert selection.digits(many, "validation") == []


def test_look_alikes_and_what_is_on_the_list_are_no_negatives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters = [written(label, "ap", 1) for label in "oOlKEa5|"]
    wrong = drawing_id("a", letters[6].lines)
    monkeypatch.setattr(selection, "LEFT_OUT", LeftOut(frozenset({wrong}), frozenset()))
    kept = [
        one.label
        for share in ("training", "validation", "test")
        for one in selection.letters_and_signs(letters, share, 9)
    ]
    assert sorted(kept) == ["E", "K"] and not is_clear("3")


def test_the_list_holds_what_the_other_folds_contradict(tmp_path: Path) -> None:
    def answer(label: int, probability: float) -> list[float]:
        rest = (1 - probability) / NOTHING
        return [probability if index == label else rest for index in range(NOTHING + 1)]

    lines = [(np.array([(0.0, 0.0), (float(i), 9.0)]),) for i in range(9)]
    drawings = [
        Drawing("digits", "4", "ap1", lines[0]),
        Drawing("digits", "4", "ap1", lines[1]),
        Drawing("digits", "4", "ap1", lines[6]),
        Drawing("digits", "0", "ibm5", lines[7]),
        Drawing("digits", "0", "ibm5", lines[8]),
        Drawing("others", "h", "ap1", lines[2]),
        Drawing("others", "h", "ap1", lines[3]),
        Drawing("symbols", "circ", "circ", lines[4]),
        Drawing("symbols", "sum", "sum", lines[5]),
    ]
    barred = [(NOTHING, 0.999), (NOTHING, 0.999)]
    wrong = [
        (9, 0.99),
        (4, 0.7),
        (4, 0.7),
        *barred,
        (4, 0.95),
        (4, 0.8),
        (0, 0.99),
        (NOTHING, 0.99),
    ]
    given = np.array([answer(*one) for one in wrong], np.float32)
    kinds = symbols_like_digits(drawings, given)
    path = tmp_path / "list.json"
    write_list(drawings[:7], given[:7], kinds, path)
    left = read_left_out(path)
    assert left.drawings == {drawing_id("4", lines[0]), drawing_id("h", lines[2])}
    assert left.symbols == {"circ"}
    assert '"4", "9", 99' in path.read_text()


def test_two_writers_with_a_drawing_in_common_are_one_person() -> None:
    long = tuple(np.arange(40.0).reshape(2, 10, 2))
    dash = (np.array([(0.0, 0.0), (9.0, 0.0)]),)
    drawings = [
        Written("4", "ibm", 11, long),
        Written("1", "ibm", 12, dash),
        Written("4", "ibm", 17, long),
        Written("7", "ibm", 17, dash),
        Written("1", "ibm", 18, dash),
    ]
    found = [(one.label, one.writer) for one in people(drawings)]
    assert found == [("4", 11), ("1", 12), ("7", 11), ("1", 18)]


def test_the_list_is_of_a_few_drawings_of_each_set() -> None:
    shipped = read_left_out(left_out.PATH)
    assert 0 < len(shipped.drawings) < 4_000 and 0 < len(shipped.symbols) < 400
    kept = selection.symbols([Symbol(name, ()) for name in shipped.symbols], "training", 9)
    assert kept == []
