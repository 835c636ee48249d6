"""The alphabets and their look-alikes."""

from itertools import chain

from app.recognition.alphabet import ALPHABETS, CHARACTERS, DIGITS, LOOK_ALIKES, look_alikes


def test_characters_has_94_labels_and_holds_all_others() -> None:
    assert len(CHARACTERS.labels) == len(set(CHARACTERS.labels)) == 94
    assert all(set(one.labels) <= set(CHARACTERS.labels) for one in ALPHABETS.values())


def test_no_label_is_in_two_groups_and_no_two_digits_look_alike() -> None:
    grouped = list(chain.from_iterable(LOOK_ALIKES))
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(CHARACTERS.labels)
    assert not any(look_alikes(digit, DIGITS.labels) for digit in DIGITS.labels)


def test_look_alikes_are_of_the_alphabet() -> None:
    assert look_alikes("o", CHARACTERS.labels) == ("0", "O")
    assert look_alikes("o", ALPHABETS["letters"].labels) == ("O",)
    assert look_alikes("o", ALPHABETS["small"].labels) == ()
    assert look_alikes("a", CHARACTERS.labels) == ()
    assert look_alikes("", CHARACTERS.labels) == ()
    assert look_alikes("α", CHARACTERS.labels) == ()
