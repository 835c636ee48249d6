"""The difficult forms are of UNIPEN's writers from whom nothing is learnt."""

import json
from pathlib import Path

from training.curation import selection
from training.curation.left_out import drawing_id
from training.curation.people import people
from training.data.unipen import read_unipen
from training.robustness.strangers import FORMS

DIGITS = {"zeros": "0", "ones": "1", "fours": "4", "sevens": "7", "eights": "8"}


def test_every_form_is_of_one_digit_and_of_writers_never_trained_on(data_folder: Path) -> None:
    unipen = people(read_unipen([data_folder / "unipen" / "digits.jsonl.gz"]))
    by_id = {drawing_id(one.label, one.lines): one for one in unipen}
    learnt = selection.digits(unipen, "training")
    trained_on = {drawing_id(one.label, one.lines) for one in learnt}
    forms: dict[str, list[str]] = json.loads(FORMS.read_bytes())
    for name, ids in forms.items():
        assert len(ids) == len(set(ids)) >= 9, name
        assert {by_id[one].label for one in ids} == {DIGITS[name.split(",")[0]]}
        assert not trained_on & set(ids)
