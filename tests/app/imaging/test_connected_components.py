"""Connected components against a flood fill."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.imaging.connected_components import Mask, label_components


def flooded(mask: Mask) -> int:
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    count = 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            y, x = edge.pop()
            for near in [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]:
                if near in left:
                    left.remove(near)
                    edge.append(near)
    return count


@given(arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_there_are_as_many_as_a_flood_fill_finds(mask: Mask) -> None:
    labels, counts = label_components(mask)
    assert len(counts) - 1 == flooded(mask)
    assert counts.sum() == mask.size
    assert np.array_equal(labels > 0, mask)
    for label in range(1, len(counts)):
        assert flooded(labels == label) == 1
