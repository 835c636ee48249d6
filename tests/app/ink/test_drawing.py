"""The drawing: what undo, redo, the eraser and clearing do to it."""

import random

from app.ink.drawing import Content, Drawing
from app.ink.geometry import Rect
from app.ink.stroke import Stroke

LINE = Stroke.of([(0.0, 100.0), (100.0, 100.0)])
OTHER = Stroke.of([(50.0, 0.0), (50.0, 50.0)])


def drawn(*strokes: Stroke) -> Drawing:
    drawing = Drawing()
    for stroke in strokes:
        drawing.add(stroke)
    return drawing


def test_undo_and_redo_go_stroke_by_stroke() -> None:
    drawing = drawn(LINE, OTHER)
    assert drawing.undo()
    assert list(drawing.content.strokes) == [
        LINE,
    ]
    assert drawing.redo()
    assert list(drawing.content.strokes) == [LINE, OTHER]
    assert not drawing.redo()


def test_a_new_stroke_ends_what_could_be_redone() -> None:
    drawing = drawn(LINE)
    drawing.undo()
    drawing.add(OTHER)
    assert not drawing.can_redo
    assert list(drawing.content.strokes) == [
        OTHER,
    ]


def test_clearing_is_one_step_that_undo_brings_back() -> None:
    drawing = drawn(LINE, OTHER)
    assert drawing.clear()
    assert drawing.content.is_empty
    assert not drawing.clear()
    drawing.undo()
    assert list(drawing.content.strokes) == [LINE, OTHER]


def test_the_eraser_cuts_a_stroke_in_two() -> None:
    drawing = drawn(LINE)
    assert drawing.erase([(50.0, 80.0), (50.0, 120.0)], radius=10.0)
    left, right = drawing.content.strokes
    assert left.points[0] == LINE.points[0]
    assert 35.0 < left.points[-1].x < 40.0 + 1e-9
    assert 60.0 - 1e-9 < right.points[0].x < 65.0
    assert right.points[-1] == LINE.points[-1]


def test_the_eraser_leaves_alone_what_it_does_not_reach() -> None:
    drawing = drawn(LINE, OTHER)
    assert not drawing.erase([(200.0, 200.0)], radius=20.0)
    drawing.erase([(0.0, 100.0), (100.0, 100.0)], radius=10.0)
    assert list(drawing.content.strokes) == [
        OTHER,
    ]
    assert drawing.content.strokes[0] is OTHER


def test_one_gesture_of_the_eraser_is_one_step() -> None:
    drawing = drawn(LINE, OTHER)
    drawing.erase([(10.0, 100.0)], 5.0)
    drawing.erase([(90.0, 100.0)], 5.0, same_gesture=True)
    assert len(drawing.content.strokes) == 4
    drawing.undo()
    assert list(drawing.content.strokes) == [LINE, OTHER]


def test_any_history_can_be_walked_back_and_forth() -> None:
    rng = random.Random(3)
    drawing, states = Drawing(), [Content()]
    for _step in range(60):
        kind = rng.choice(["add", "add", "erase", "clear"])
        if kind == "add":
            points = [(rng.uniform(0, 400), rng.uniform(0, 400)) for _point in range(9)]
            drawing.add(Stroke.of(points))
            changed = True
        elif kind == "erase":
            changed = drawing.erase([(rng.uniform(0, 400), rng.uniform(0, 400))], 30.0)
        else:
            changed = drawing.clear()
        if changed:
            states.append(drawing.content)
    for state in reversed(states[:-1]):
        assert drawing.undo()
        assert drawing.content == state
    assert not drawing.undo()
    for state in states[1:]:
        assert drawing.redo()
        assert drawing.content == state


def test_the_extent_takes_in_ink_beyond_the_page() -> None:
    assert drawn(LINE).content.extent == Rect(0, 0, 400, 400)
    far = Stroke.of([(-50.0, 10.0), (500.0, 20.0)], width=10.0)
    assert drawn(far).content.extent == Rect(-55, 0, 505, 400)
