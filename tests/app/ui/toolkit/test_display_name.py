"""Names that are shortened to fit."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.toolkit.display_name import fitted_name


def test_a_name_is_shortened_no_further_than_it_must_be() -> None:
    assert fitted_name("empty set", 9, len) == "empty set"
    assert fitted_name("empty set", 8, len) == "empt…set"
    assert fitted_name("empty set", 1, len) == "e…t"
    assert fitted_name("empty set", 1, len, min_length=6) == "emp…et"


@given(st.text(min_size=1, max_size=60), st.integers(3, 60))
def test_it_is_never_wider_than_its_place(name: str, width: int) -> None:
    assert len(fitted_name(name, width, len)) <= width
