"""Keys: the same thing keeps its key however a return spells it; every key fits the register."""

from __future__ import annotations

import pytest

from bianzhi.core.acts.base import read_key
from bianzhi.files.organograms import keys

LONG = "Senior Assistant to the Deputy Keeper of the Upper and Lower Locks and Basins"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A2(L) (SEO)", "A2L (SEO)"),
        ("Country programmes", "Country Programmes"),
        ("Strategy & Quality", "Strategy and Quality"),
        ("Chief Executive's Office", "Chief Executive’s  Office"),
        ("On-line Officer", "On-Line Officer"),
    ],
)
def test_spellings_of_one_name_share_a_slug(one, other):
    assert keys.slug(one) == keys.slug(other)


def test_a_reference_keeps_its_marks_but_not_its_blanks_and_case():
    assert keys.post_key("b", " a 1") == keys.post_key("b", "A-1")
    assert keys.post_key("b", "A.1") != keys.post_key("b", "A1")


@pytest.mark.parametrize("body", ["b", "an_office_with_" + "a_very_" * 10 + "long_name", "a | b"])
def test_every_key_fits_the_register(body):
    made = [
        keys.body_key(body),
        keys.unit_key(body, LONG),
        keys.group_key(body, "A1", LONG, LONG),
        keys.duty_key(keys.post_key(body, LONG), "2014-03-31"),
        keys.senior_kind(LONG * 2),
        keys.post_key(body, ""),
    ]
    assert [read_key(key) for key in made] == made


def test_long_keys_that_begin_alike_stay_apart():
    assert keys.group_key("b", "A1", LONG, LONG) != keys.group_key("b", "A1", LONG, LONG + " II")


def test_rows_that_share_a_key_are_numbered():
    numbering = keys.Numbering()
    assert [numbering.distinct(key) for key in ("a", "b", "a", "a")] == ["a", "b", "a~2", "a~3"]


def test_a_key_says_what_it_is_and_what_must_leave_first():
    unit, post = keys.unit_key("b", "Locks"), keys.post_key("b", "A1")
    group = keys.group_key("b", "A1", "Band 1", "Keeper")
    assert [keys.is_post(key, "b") for key in (unit, post, group)] == [False, True, False]
    assert [keys.is_group(key, "b") for key in (unit, post, group)] == [False, False, True]
    assert sorted((unit, post, group), key=keys.inner_first) == [group, post, unit]
