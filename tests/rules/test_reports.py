"""The year's report: missing after its last day, late, there."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.rules.parameters import read_into
from bianzhi.rules.themes.reports import Reports
from tests.support.rules import findings, told

OFFICES = """
    2020-01-01 opening
      设立 org=A name=测县一局 category=121
      设立 org=B name=测县二局 category=121
      设立 org=S name=中心 category=49
"""
OWN = {"reports": [{"title": "机构编制报告", "words": ["机构编制", "报告"], "by": "03-31"}]}
EACH = {
    "reports": [
        {"title": "部门报告", "words": ["机构编制", "报告"], "by": "01-31", "categories": ["121"]}
    ]
}
SENT = ("关于2021年度机构编制执行情况的报告", "2022-03-31")


def papers(*given: tuple[str, str | None]):
    return {"papers": list(given)}


@pytest.mark.parametrize(("day", "days"), [("2022-03-31", None), ("2022-04-01", 1)])
def test_missing_from_the_day_after_the_last(day, days):
    last_year = ("2020年度机构编制报告", "2021-03-01")
    found = told(OFFICES, "CK-38", OWN, day=day, beside=papers(last_year))
    assert found == ([] if days is None else [("", "机构编制报告 2021", days, 0)])


@pytest.mark.parametrize(
    ("paper", "late"),
    [
        (SENT, None),
        ((SENT[0], "2022-04-02"), 2),
        ((SENT[0], None), None),  # only the text is kept
        (("机构编制工作报告", "2022-03-01"), None),  # names no year and is of the next
        (("机构编制工作报告", "2021-03-01"), 31),
        (("2021年度工作报告", "2022-03-01"), 31),
    ],
)
def test_which_paper_counts(paper, late):
    found = told(OFFICES, "CK-38", OWN, day="2022-05-01", beside=papers(paper))
    assert [each[2] for each in found] == ([] if late is None else [late])


def test_the_sentences():
    (missing,) = findings(OFFICES, "CK-38", OWN, day="2022-05-01", beside=papers())
    assert missing.words == "2021 年度机构编制报告应在 2022-03-31 以前报出，还没有登记，已过 31 天"
    after = papers((SENT[0], "2022-04-02"))
    (late,) = findings(OFFICES, "CK-38", OWN, day="2022-05-01", beside=after)
    assert late.words == "2021 年度机构编制报告应在 2022-03-31 以前报出，报出晚了 2 天"


def test_each_department_owes_its_own():
    given = papers(("测县一局关于2021年度机构编制情况的报告", "2022-01-31"))
    assert told(OFFICES, "CK-38", EACH, day="2022-02-10", beside=given) == [
        ("B", "部门报告 2021", 10, 0)
    ]


def test_a_document_of_the_record_counts_too():
    given = {"reports": [{"title": "批复", "words": ["批复"], "by": "03-31"}]}
    text = OFFICES + "    2022-03-01 测编发〔2021〕1号\n      更名 org=S name=站\n"
    assert told(text, "CK-38", given, day="2022-05-01", beside=papers()) == []
    assert told(OFFICES, "CK-38", given, day="2022-05-01", beside=papers()) != []


@pytest.mark.parametrize("day", ["2022-02-29", "13-01", "三月", "04-31"])
def test_what_is_no_day_of_a_year_is_refused(day):
    with pytest.raises(Refusal, match="不是一年里的一天"):
        read_into(Reports, {"reports": [{"title": "报", "words": [], "by": day}]}, {})


@pytest.mark.parametrize(("year", "due"), [(2021, "2021-02-28"), (2024, "2024-02-29")])
def test_the_last_of_february(year, due):
    given = {"reports": [{"title": "报告", "words": ["报告"], "by": "02-29"}]}
    (found,) = findings(OFFICES, "CK-38", given, day=f"{year}-04-01", beside=papers())
    assert due in found.words
