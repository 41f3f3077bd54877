"""Days: what a clerk may write for a date, and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.days import day_date, day_number, day_text, parse_day
from bianzhi.core.errors import Refusal


@pytest.mark.parametrize(
    "text",
    ["2023-05-01", "2023-5-1", "2023/5/1", "2023.5.1", "20230501", "2023年5月1日", " 2023-05-01 "],
)
def test_every_usual_way_to_write_a_date_means_the_same_day(text):
    assert day_date(parse_day(text)) == date(2023, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",  # no such day
        "2023-13-01",
        "2023年5月",  # no day: not guessed
        "2023",
        "23-05-01",
        "1899-12-31",  # outside what the record covers
        "2201-01-01",
        "5/1/2023",
        "2023-05-01T00:00",
        "2023-05/01",
        "明天",
        "",
    ],
)
def test_what_is_no_date_is_refused_with_its_text_and_the_right_form(text):
    with pytest.raises(Refusal) as refused:
        parse_day(text)
    problem = refused.value.problems[0]
    assert problem.code == "bad-day"
    assert f"“{text}”" in problem.what
    assert "2023-05-01" in problem.do


def test_a_leap_day_is_a_day():
    assert day_text(parse_day("2024-02-29")) == "2024-02-29"


def test_the_first_and_the_last_day_of_the_record_are_days():
    assert day_text(parse_day("1900-01-01")) == "1900-01-01"
    assert day_text(parse_day("2200-12-31")) == "2200-12-31"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_written_out_reads_back_as_itself(day):
    number = day_number(day)
    assert day_date(number) == day
    assert parse_day(day_text(number)) == number


@given(st.text(max_size=12))
def test_any_text_is_either_a_day_or_refused(text):
    try:
        number = parse_day(text)
    except Refusal:
        return
    assert day_number(date(1900, 1, 1)) <= number <= day_number(date(2200, 12, 31))
