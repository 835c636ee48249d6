"""Own symbols: recognised from a drawing or three, unknown ink refused, changed at once."""

from pathlib import Path

import pytest

from app.answers import answer_object
from app.errors import InkError, StorageError
from app.ink.drawing import Content
from app.ink.renderer import render
from app.ink.stroke import Stroke
from app.storage.sample_store import SampleStore, TemporarySamples
from app.symbols.own import OwnSymbols, own_symbols_in
from app.symbols.set_file import SET_SUFFIX, encode_set, parse_set
from app.symbols.symbol import MAX_DRAWINGS, Symbol, drawing_of, new_drawing
from tests.app.symbols.conftest import Draw

NAMES = ("arrow", "house", "zigzag", "ring")


@pytest.fixture
def made(own: OwnSymbols, draw: Draw) -> OwnSymbols:
    """Return a set in which each shape was drawn once."""
    for name in NAMES:
        own.add(name, [draw(name)])
    return own


def test_symbols_drawn_once_are_recognised(made: OwnSymbols, draw: Draw) -> None:
    for name in NAMES * 3:
        answer = made.predict(draw(name))
        assert (answer.label, answer.text, answer.is_known) == (name, name, True)
        assert sum(answer.probabilities) == pytest.approx(1)


def test_a_picture_of_one_is_recognised(made: OwnSymbols, draw: Draw) -> None:
    for name in NAMES:
        assert made.predict(Content(background=render(draw(name)))).label == name


def test_other_ink_is_refused(made: OwnSymbols) -> None:
    cross = Content(strokes=(Stroke.of([(0, 0), (9, 9)]), Stroke.of([(9, 0), (0, 9)])))
    answer = made.predict(cross)
    assert not answer.is_known
    assert answer.text == ""
    assert made.predict(Content(strokes=(Stroke.of([(5, 5)]),))).known_score < 0.5


def test_the_answer_tells_which_drawing_it_comes_from(made: OwnSymbols, draw: Draw) -> None:
    content = draw("house")
    symbol = made.add("house", [content, draw("house")])
    assert made.predict(content).drawing == symbol.drawings[1].key


def test_the_text_is_what_is_copied(own: OwnSymbols, draw: Draw) -> None:
    own.add("to", [draw("arrow")], "\\to")
    assert own.predict(draw("arrow")).text == "\\to"
    own.add("to", [draw("arrow")])
    assert own.store.get("to").text == "\\to"
    own.add("to", [], "→")
    assert own.predict(draw("arrow")).text == "→"


def test_an_answer_as_json_has_the_ten_most_probable(own: OwnSymbols, draw: Draw) -> None:
    for number in range(12):
        own.add(f"symbol {number}", [draw(NAMES[number % 4])])
    value = answer_object(own.predict(draw("ring")))
    shares = list(value["probabilities"].values())
    assert len(shares) == 10
    assert shares == sorted(shares, reverse=True)
    assert value["is_known"] is True
    assert value["known_score"] > 0.5


def test_without_symbols_it_says_what_to_do(own: OwnSymbols, draw: Draw) -> None:
    with pytest.raises(InkError, match="make one"):
        own.predict(draw("ring"))


def test_what_is_empty_or_too_much_changes_nothing(made: OwnSymbols, draw: Draw) -> None:
    before = made.store.all()
    with pytest.raises(InkError, match="needs a name"):
        made.add(" ", [draw("ring")])
    with pytest.raises(InkError, match="nothing drawn"):
        made.add("ring", [draw("ring"), Content()])
    with pytest.raises(InkError, match="more than 20"):
        made.add("ring", [draw("ring") for _drawing in range(MAX_DRAWINGS)])
    assert made.store.all() == before


def test_a_symbol_may_be_called_like_a_digit(own: OwnSymbols, draw: Draw) -> None:
    own.add("3", [draw("zigzag")])
    assert own.predict(draw("zigzag")).label == "3"


def test_a_symbol_without_drawings_is_gone_and_can_be_put_back(
    made: OwnSymbols, draw: Draw
) -> None:
    ring = made.store.get("ring")
    made.put(ring.without(ring.drawings[0].key))
    assert "ring" not in made.names
    made.put(ring)
    assert made.predict(draw("ring")).label == "ring"
    assert made.remove("ring") == ring
    with pytest.raises(InkError, match="no symbol called"):
        made.remove("ring")


def test_renaming_keeps_the_drawings(made: OwnSymbols, draw: Draw) -> None:
    house = made.store.get("house")
    made.put(Symbol("home", "⌂", house.drawings), "house")
    assert made.names == ("arrow", "home", "zigzag", "ring")
    assert made.predict(draw("house")).text == "⌂"
    with pytest.raises(InkError, match="already"):
        made.put(Symbol("ring", "o", house.drawings), "home")


def test_a_mislabelled_drawing_is_found(made: OwnSymbols, draw: Draw) -> None:
    for name in NAMES:
        made.add(name, [draw(name) for _drawing in range(3)])
    *steps, found = made.harmful()
    assert (steps, found) == ([None] * 16, frozenset())
    wrong = made.add("ring", [draw("house")]).drawings[-1]
    assert list(made.harmful())[-1] == frozenset({wrong.key})
    for name in NAMES:
        made.remove(name)
    assert list(made.harmful()) == [frozenset()]


def test_symbols_outlive_the_program(tmp_path: Path, draw: Draw) -> None:
    files = SampleStore(tmp_path / "symbols", SET_SUFFIX)
    own = own_symbols_in(files)
    for name in NAMES[:3]:
        own.add(name, [draw(name), draw(name)])
    own.remove("house")
    again = own_symbols_in(files)
    assert again.store.all() == own.store.all()
    assert again.predict(draw("zigzag")).label == "zigzag"
    assert all(path.stat().st_mode & 0o077 == 0 for path in files.folder.iterdir())


def test_damaged_files_are_set_aside(tmp_path: Path, draw: Draw) -> None:
    files = SampleStore(tmp_path, SET_SUFFIX)
    own_symbols_in(files).add("ring", [draw("ring")])
    (tmp_path / "a.symbols").write_bytes(b"{")
    bad = Symbol("bad", "bad", (drawing_of(b'{"format": "inkling-strokes", "version": 1}'),))
    (tmp_path / "b.symbols").write_bytes(encode_set([bad]))
    again = own_symbols_in(files)
    assert again.predict(draw("ring")).labels == ("ring",)
    assert sorted(path.name for path in tmp_path.glob("*.damaged")) == [
        "a.symbols.damaged",
        "b.symbols.damaged",
    ]


def test_two_processes_keep_each_others_changes(tmp_path: Path, draw: Draw) -> None:
    files = SampleStore(tmp_path, SET_SUFFIX)
    own_symbols_in(files).add("ring", [draw("ring"), draw("ring")])
    one, other = own_symbols_in(files), own_symbols_in(files)
    first, second = one.store.get("ring").drawings
    third = one.add("ring", [draw("ring")]).drawings[-1]
    fourth = other.add("ring", [draw("ring")], "○").drawings[-1]
    one.put(one.store.get("ring").without(first.key))
    assert own_symbols_in(files).store.all() == [Symbol("ring", "○", (second, third, fourth))]
    one.put(Symbol("circle", "ring", one.store.get("ring").drawings), "ring")
    one.remove("circle")
    assert own_symbols_in(files).store.all() == [Symbol("circle", "○", (fourth,))]
    other.remove("ring")
    assert files.names() == []


def test_a_symbol_that_another_process_deleted_or_damaged_is_written_anew(
    tmp_path: Path, draw: Draw
) -> None:
    files = SampleStore(tmp_path, SET_SUFFIX)
    own = own_symbols_in(files)
    own.add("ring", [draw("ring")])
    for change in (files.remove, lambda name: files.write(name, b"{")):
        change(*files.names())
        own.add("ring", [draw("ring")])
        assert own_symbols_in(files).store.all() == own.store.all()


def test_symbols_of_one_name_made_by_two_processes_are_joined(tmp_path: Path, draw: Draw) -> None:
    files = SampleStore(tmp_path, SET_SUFFIX)
    one, other = own_symbols_in(files), own_symbols_in(files)
    many = one.add("ring", [draw("ring") for _drawing in range(MAX_DRAWINGS - 1)]).drawings
    more = other.add("ring", [draw("ring"), draw("ring")]).drawings
    again = own_symbols_in(files)  # together they are too many
    assert again.store.get("ring").drawings == many
    assert len(files.names()) == 2
    again.put(again.store.get("ring").without(many[0].key))
    assert own_symbols_in(files).store.get("ring").drawings == (*many[1:], *more)
    assert len(files.names()) == 1


def test_a_shared_set_is_merged(made: OwnSymbols, draw: Draw) -> None:
    other = own_symbols_in(TemporarySamples())
    assert other.merge(parse_set(encode_set(made.store.all()))) == 4
    assert other.store.all() == made.store.all()
    other.add("ring", [draw("ring")])
    assert made.merge(other.store.all()) == 1
    assert made.merge(other.store.all()) == 0
    assert len(made.store.get("ring").drawings) == 2


def test_a_set_with_a_damaged_drawing_is_not_merged(made: OwnSymbols, draw: Draw) -> None:
    new = Symbol("new", "new", (new_drawing(draw("ring")), drawing_of(b"{}")))
    with pytest.raises(InkError):
        made.merge([Symbol("first", "x", new.drawings[:1]), new])
    assert made.names == NAMES


def test_a_set_that_cannot_be_written_whole_is_not_merged(
    tmp_path: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = SampleStore(tmp_path, SET_SUFFIX)
    own = own_symbols_in(files)
    own.add("ring", [draw("ring")])
    before, write, names = own.store.all(), SampleStore.write, list[str]()

    def fail_at_the_third(self: SampleStore, name: str, content: bytes) -> None:
        names.append(name)
        if len(names) == 3:
            raise StorageError("There is no room left.")
        write(self, name, content)

    monkeypatch.setattr(SampleStore, "write", fail_at_the_third)
    shared = [Symbol(n, n, (new_drawing(draw(n)),)) for n in ("ring", "house", "arrow")]
    with pytest.raises(StorageError, match="no room"):
        own.merge(shared)
    assert own.store.all() == own_symbols_in(files).store.all() == before
    assert own.predict(draw("house")).labels == ("ring",)
