"""Dates as the publisher prints them."""

from __future__ import annotations

from datetime import date

import pytest

from bianzhi.files.open_budget.days import read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("B127-Jun-12", date(2012, 6, 27)),
        ("B101-Aug-12", date(2012, 8, 1)),
        ("B111-Oct-12", date(2012, 10, 11)),
        ("27-Jun-12", date(2012, 6, 27)),
        ("04-Sept-12", date(2012, 9, 4)),
        ("04-september-12", date(2012, 9, 4)),
        ("23-אפר-14", date(2014, 4, 23)),
        ("25-מרץ-14", date(2014, 3, 25)),
        ("B125-מרס-14", date(2014, 3, 25)),
        ("01-ינואר-14", date(2014, 1, 1)),
        ("09-יול'-14", date(2014, 7, 9)),
        ("09-יונ׳-14", date(2014, 6, 9)),
        ("\u200f23-אפר-14\u200e", date(2014, 4, 23)),
        ("23/03/2011", date(2011, 3, 23)),
        ("08/10/2011", date(2011, 10, 8)),
        (" 29-Feb-12 ", date(2012, 2, 29)),
    ],
)
def test_published_spellings(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_in_both_alphabets(month: int) -> None:
    english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    hebrew = ["ינו", "פבר", "מרץ", "אפר", "מאי", "יונ", "יול", "אוג", "ספט", "אוק", "נוב", "דצמ"]
    for names in (english, hebrew):
        assert read_day(f"15-{names[month - 1]}-13") == date(2013, month, 15)


@pytest.mark.parametrize("text", ["", "  ", "\u200f"])
def test_no_date_was_published(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "31-Feb-12",
        "29-Feb-13",
        "12-Foo-12",
        "12-Ju-12",  # June or July
        "B227-Jun-12",
        "2012-06-27",
        "13/13/2011",
        "27-Jun-2012x",
        "27 Jun 12",
    ],
)
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_day(text)
