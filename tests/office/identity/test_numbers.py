"""ID numbers: what is one, what it tells, and how little of it is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.office.identity.numbers import birth_date, disagreements, masked, read_id_number, sex
from tests.support.people import id_number


def test_a_number_tells_birth_and_sex():
    number = id_number(date(1985, 3, 9), "女", serial=2)
    assert (birth_date(number), sex(number)) == (date(1985, 3, 9), "女")


def test_a_number_is_read_as_people_write_it():
    number = id_number(date(1985, 3, 9), "男")
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert read_id_number(f" {wide[:6]} {wide[6:]} ") == number
    assert read_id_number(f"'{number}".lower()) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("330102", "应为 18 位"),
        ("330102198503091", "15 位旧号"),
        ("330102198513091230", "不是日期"),
    ],
)
def test_what_is_no_number_is_refused_in_words(text, said):
    with pytest.raises(Refusal, match=said):
        read_id_number(text)


@given(st.integers(0, 17), st.integers(1, 9), st.integers(1, 498))
def test_one_wrong_digit_is_always_found(place, shift, serial):
    number = id_number(date(1971, 7, 1), "男", serial=serial)
    if number[place] == "X":
        return
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(Refusal):
        read_id_number(wrong)


@given(st.text("0123456789X", max_size=24))
def test_at_most_six_characters_stay_readable(text):
    shown = masked(text)
    assert len(shown) == len(text)
    assert sum(c != "*" for c in shown) <= 6


def test_what_the_number_does_not_bear_out_is_told():
    number = id_number(date(1985, 3, 9), "女")
    assert disagreements(number, "女", date(1985, 3, 9)) == []
    said = disagreements(number, "男", date(1985, 3, 10))
    assert [each[:2] for each in said] == ["性别", "出生"]
