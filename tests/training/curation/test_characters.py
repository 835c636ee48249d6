"""The 94 characters: wrong labels, symbols that look like one, and what is held out."""

import numpy as np
import pytest

from app.recognition.alphabet import CHARACTERS
from training.curation import character_corpus, character_labels
from training.curation.character_corpus import as_drawings, characters, clear_symbols
from training.curation.character_labels import NEIGHBOURS, directions_of, neighbours, write_list
from training.curation.left_out import CHARACTERS_PATH, LeftOut, drawing_id, read_left_out
from training.curation.selection import CHARACTERS_OF_A_WRITER
from training.curation.shares import is_greek
from training.data.symbols import Symbol
from training.data.unipen import Written


def written(label: str, writer: int, x: float = 0.0) -> Written:
    """Return a character of one straight stroke."""
    return Written(label, "ap", writer, (np.array([(x, 0.0), (x + 9.0, 9.0)]),))


def test_ink_of_one_direction_is_nearer_to_its_like() -> None:
    slash, other, bar = (
        directions_of(Symbol("", (np.array(line, np.float64),)))
        for line in ([(0, 9), (9, 0)], [(0, 9), (8, 0)], [(0, 0), (9, 0)])
    )
    assert np.linalg.norm(slash) == pytest.approx(1.0, abs=1e-5)
    assert slash @ other > 0.9 > slash @ bar


def test_neighbours_are_of_others() -> None:
    features = np.eye(40, dtype=np.float32)
    groups = [("ap", number // 4) for number in range(40)]
    for row, found in enumerate(neighbours(features, groups)):
        assert len(found) == NEIGHBOURS and not {i // 4 for i in found} & {row // 4}


def test_the_list_holds_what_nobody_else_writes(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    drawings: list[Written | Symbol] = [
        *(written("a", 1, x) for x in range(3)),
        *(written("b", 2, x) for x in range(2)),
        *(Symbol(name, (np.full((2, 2), float(i)),)) for i, name in enumerate("ssttt")),
    ]
    own = np.array([0.0, 0.5, 0.5, 0.0, 0.0, *[0.5] * 5])
    of_characters = np.array([1, 1, 1, 1, 1, 0.2, 1.0, 0.0, 0.1, 0.4])
    path = tmp_path / "list.json"
    write_list(drawings, own, of_characters, ["o"] * 10, path)
    left = read_left_out(path)
    assert left.drawings == {drawing_id("a", drawings[0].lines)} and left.symbols == {"s"}
    monkeypatch.setattr(character_corpus, "LEFT_OUT_CHARACTERS", left)
    kept = characters(drawings[:5], "training")  # type: ignore[arg-type]
    assert [one.label for one in kept] == ["a", "a", "b", "b"]
    clear = [
        one.name
        for share in ("training", "validation", "test")
        for one in clear_symbols(drawings[5:], share, 2)  # type: ignore[arg-type]
    ]
    assert clear == ["t", "t"]


def test_a_writer_gives_so_many_of_each_label_and_labels_are_those_of_the_logits() -> None:
    many = [written("a", 1, x) for x in range(99)] + [written("~", 1), written("0", 1)]
    chosen = as_drawings(characters(many, "training"))
    labels = [CHARACTERS.labels[label] for label in chosen.labels]
    assert labels == ["a"] * CHARACTERS_OF_A_WRITER + ["~", "0"]
    assert characters(many, "test") == []


def test_greek_letters_are_known_by_any_name() -> None:
    names = ("latex2e:alpha", "upgreek:upbeta", "latex2e:varphi", "textcomp:textmu", "Omega")
    assert all(map(is_greek, names))
    assert not any(map(is_greek, ("latex2e:sum", "uparrow", "amssymb:varnothing", "pitchfork")))


def test_the_shipped_list_is_short() -> None:
    shipped: LeftOut = read_left_out(CHARACTERS_PATH)
    assert 0 < len(shipped.drawings) < 8_000 and 0 < len(shipped.symbols) < 900
    assert character_labels.SYMBOL_SHARE < 0.5
