"""Rectangles: union, intersection, and what touching means."""

from app.ink.geometry import Rect

RECT = Rect(0.0, 10.0, 40.0, 30.0)


def test_sides_and_edges() -> None:
    assert (RECT.width, RECT.height) == (40.0, 20.0)
    assert RECT.edges == (0.0, 10.0, 40.0, 30.0)


def test_moved_scaled_and_grown() -> None:
    assert RECT.moved(5.0, -10.0) == Rect(5.0, 0.0, 45.0, 20.0)
    assert RECT.scaled(2.0, 0.0, 10.0) == Rect(0.0, 10.0, 80.0, 50.0)
    assert RECT.grown(1.0) == Rect(-1.0, 9.0, 41.0, 31.0)


def test_union_and_intersection() -> None:
    other = Rect(30.0, 0.0, 60.0, 20.0)
    assert RECT.union(other) == Rect(0.0, 0.0, 60.0, 30.0)
    assert RECT.intersection(other) == Rect(30.0, 10.0, 40.0, 20.0)


def test_a_shared_edge_intersects_but_has_no_area() -> None:
    beside = Rect(40.0, 10.0, 50.0, 30.0)
    assert RECT.intersects(beside) and RECT.intersection(beside) is None
    assert not RECT.intersects(beside.moved(0.5, 0.0))
