"""Ages and structure, and who retires when."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from bianzhi.core.days import day_number
from bianzhi.office.identity.retiring import with_retirement
from bianzhi.office.people.roll import BANDS, band_name
from bianzhi.office.people.structure import leavers, pyramid, split
from tests.support.cast import browser
from tests.support.pages import row, rows, text


def frame(*people):
    """(key, sex, birth date, position type) each."""
    rows = [{"key": k, "sex": s, "birth_date": b, "position_type": p, "age": 40, "band": "40—44 岁"}
            for k, s, b, p in people]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"birth_date": pl.Date, "sex": pl.String})


def test_months_of_retirement_follow_the_decision():
    found = with_retirement(frame(
        ("m", "男", date(1976, 9, 5), "管理"),  # 63: the raise is complete
        ("w", "女", date(1981, 9, 5), "管理"),  # 58
        ("k", "女", date(1984, 11, 5), "工勤技能"),  # 55
        ("x", "女", None, "管理"),
        ("y", None, date(1980, 1, 1), "管理"),
    ))  # fmt: skip
    assert dict(found.select("key", "retires").iter_rows()) == {
        "m": date(2039, 9, 1), "w": date(2039, 9, 1), "k": date(2039, 11, 1)}  # fmt: skip


def test_who_leaves_within_years():
    born = {"long": date(1960, 1, 1), "soon": date(1966, 1, 1)}
    people = with_retirement(frame(*((key, "男", day, "管理") for key, day in born.items())))
    on = day_number(date(2025, 12, 15))
    assert leavers(people, on, 1)["key"].to_list() == ["soon"]
    assert leavers(people.head(0), on, 5).is_empty()


def test_bands_cover_every_age_once_and_the_pyramid_adds_up():
    assert [low for low, _ in BANDS[1:]] == [high + 1 for _, high in BANDS[:-1]]
    assert len({band_name(*band) for band in BANDS}) == len(BANDS)
    people = frame(("a", "男", None, ""), ("b", "女", None, ""), ("c", None, None, ""))
    bands = {band.name: band for band in pyramid(people)}
    assert bands["40—44 岁"][1:] == (1, 1, 1)
    assert sum(band.total for band in bands.values()) == 3


def test_a_group_without_a_value_is_named():
    told = split(frame(("a", "男", None, "管理"), ("b", "男", None, "")), "position_type")
    assert dict(told.select("value", "number").iter_rows()) == {"管理": 1, "（未填）": 1}


@pytest.mark.usefixtures("people")
def test_the_page_counts_and_groups():
    page = browser("office_clerk").get("/people/ages", {"on": "2026-06-01", "by": "department"})
    shown = page.content.decode()
    assert row(shown, "教育局")[1] == "2"
    assert row(shown, "60 岁及以上")[4] == "1"
    assert "3 人" in text(shown)
    assert browser("office_clerk").get("/people/ages", {"by": "x"}).status_code == 400


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("what", "heading"), [("structure", "单位"), ("retirement", "姓名")])
def test_both_workbooks(what, heading):
    answer = browser("department_clerk", "JY").get("/people/ages", {"xlsx": what})
    sheet = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert sheet[1][0] == heading
    assert "王五" not in str(sheet)
    assert "农技" not in str(sheet)


@pytest.mark.usefixtures("people")
def test_who_should_have_left_is_whom_the_rule_finds():
    """One rule, one answer: the page of ages lists what the findings say."""
    on = {"on": "2040-06-01"}
    shown = browser("office_clerk").get("/people/ages", on).content.decode()
    found = browser("office_clerk").get("/findings/", {**on, "rule": "CK-19"}).content.decode()
    late = [cells[3] for cells in rows(found) if "法定退休在" in "".join(cells)]
    assert late
    for words in late:
        assert row(shown.partition("CK-19")[2], words.partition("法定退休在")[0])
    early = browser("office_clerk").get("/people/ages", {"on": "2021-06-01"}).content.decode()
    assert "CK-19" not in early
