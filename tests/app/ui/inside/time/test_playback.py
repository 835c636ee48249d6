"""The clock of the time machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.inside.time.playback import Playback


def test_it_plays_from_the_start_at_its_speed_and_stops_at_the_end() -> None:
    playback = Playback([0.0, 10.0, 20.0, 5000.0])
    assert (playback.index, playback.length) == (3, 420.0)
    playback.speed = 0.5
    playback.play()
    playback.advance(20.0)
    assert (playback.index, playback.position) == (1, 10.0)
    playback.advance(9000.0)
    assert playback.index == 3 and not playback.is_playing


def test_going_to_a_time_pauses() -> None:
    playback = Playback([0.0, 10.0])
    playback.play()
    playback.go_to(-3.0)
    assert playback.index == 0 and not playback.is_playing
    playback.advance(50.0)
    assert playback.index == 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_every_moment_is_shown(times: list[float]) -> None:
    playback = Playback(sorted(times))
    for index, at in enumerate(playback.times):
        playback.go_to(at)
        assert playback.index == index
    assert playback.length <= 400.0 * len(times)
    assert playback.times == tuple(sorted(playback.times))


@pytest.mark.parametrize("times", [[3.0], [0.0, 0.0]])
def test_moments_at_once_are_shown_one_after_the_other(times: list[float]) -> None:
    assert Playback(times).index == len(times) - 1
