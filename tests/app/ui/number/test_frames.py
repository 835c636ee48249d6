"""Frames around digits do not cross."""

from itertools import combinations

from app.ink.geometry import Rect
from app.ui.number.frames import frames


def test_close_neighbours_share_the_room_between_them() -> None:
    inks = [Rect(0, 0, 40, 100), Rect(44, 0, 80, 100), Rect(200, 0, 240, 100)]
    one, two, three = frames(inks, margin=5, gap=2, chosen=0)
    assert one == Rect(-5, -5, 41, 105) and two == Rect(43, -5, 85, 105)
    assert three == inks[2].grown(5)


def test_a_point_below_a_digit_keeps_its_frame() -> None:
    inks = [Rect(0, 0, 60, 80), Rect(20, 84, 30, 94)]
    digit, point = frames(inks, margin=5, gap=2, chosen=0)
    assert digit is not None and point is not None
    assert digit.bottom == 81 and point.top == 83


def test_where_ink_crosses_the_chosen_one_has_the_frame_else_the_larger() -> None:
    inks = [Rect(0, 0, 60, 100), Rect(50, 80, 70, 96), Rect(300, 0, 340, 100)]
    assert [frame is not None for frame in frames(inks, 5, 2, chosen=2)] == [True, False, True]
    assert [frame is not None for frame in frames(inks, 5, 2, chosen=1)] == [False, True, True]


def test_no_two_frames_cross() -> None:
    inks = [Rect(x, y, x + 30, y + 50) for x, y in ((0, 0), (32, 20), (70, -10), (33, 74))]
    drawn = [frame for frame in frames(inks, margin=6, gap=2, chosen=0) if frame is not None]
    assert len(drawn) == 4
    assert not any(one.intersects(other) for one, other in combinations(drawn, 2))
