"""Branches: the lines that ink comes apart into where they meet."""

import numpy as np
from PIL import Image, ImageDraw

from app.ink.branches import branches, thinned
from app.ink.components import Mask, components


def drawn(*lines: list[tuple[int, int]], side: int = 100) -> Mask:
    picture = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(picture)
    for line in lines:
        draw.line(line, fill=255, width=7, joint="curve")
    mask: Mask = np.asarray(picture) > 127
    return mask


def test_lines_that_cross_are_two_each_straight_on() -> None:
    mask = drawn([(10, 20), (90, 80)], [(10, 80), (90, 20)])
    part = branches(mask, 7.0)
    assert sorted(np.unique(part).tolist()) == [-1, 0, 1]
    assert ((part >= 0) == mask).all()
    assert part[22, 12] == part[78, 88] != part[78, 12] == part[22, 88]


def test_a_line_that_ends_at_another_comes_off() -> None:
    part = branches(drawn([(30, 10), (30, 90)], [(30, 50), (90, 50)]), 7.0)
    assert part[15, 30] == part[85, 30] != part[50, 80] >= 0


def test_a_line_alone_stays_whole_and_so_does_a_scribble() -> None:
    assert branches(drawn([(10, 10), (50, 90), (90, 10)]), 7.0).max() == 0
    grid = [[(x, 5), (x, 95)] for x in range(10, 95, 20)]
    grid += [[(5, y), (95, y)] for y in range(10, 95, 12)]
    assert branches(drawn(*grid), 7.0).max() == 0
    for odd in (np.ones((1, 30), bool), np.ones((40, 40), bool), np.ones((1, 1), bool)):
        assert (branches(odd, 3.0) == 0).all()


def test_thinning_keeps_what_hangs_together() -> None:
    mask = drawn([(10, 10), (90, 10), (90, 90), (10, 90), (10, 10)], [(40, 40), (60, 60)])
    middle = thinned(mask)
    assert not (middle & ~mask).any()
    assert middle.sum() < mask.sum() / 4
    assert len(components(middle)[1]) == len(components(mask)[1])
