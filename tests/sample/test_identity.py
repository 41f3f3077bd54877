"""Invented numbers pass the checks that real ones must pass, and can be nobody's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from bianzhi.sample.identity import AREAS, credit_code, person_number


@given(st.sampled_from(AREAS), st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.integers(1, 999))
def test_an_identity_number_is_valid_and_says_day_and_sex(area, born, order):
    number = person_number(area, born, order)
    assert ric.validate(number) == number
    assert ric.get_birth_date(number) == born
    assert int(number[16]) % 2 == order % 2  # odd: a man


def test_no_identity_number_is_a_real_persons():
    """Nobody was registered under a province as a whole."""
    assert all(area.endswith("0000") for area in AREAS)


@given(st.sampled_from(("11", "12", "13")), st.integers(1, 99_999_999))
def test_a_credit_code_is_valid(prefix, number):
    assert uscc.validate(credit_code(prefix, "410000", number)).startswith(prefix)


@pytest.mark.parametrize("place", [0, 6, 16, 17])
def test_another_digit_is_found_out(place):
    number = person_number("410000", date(1980, 1, 1), 3)
    assert number[17] != "X"
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert not ric.is_valid(wrong)
