"""``bianzhi diff``: every post of a difference has its document."""

from __future__ import annotations

import pytest

from tests.support.console import run

pytestmark = pytest.mark.usefixtures("posted")


def test_between_two_days():
    result = run("diff", "2020-12-31", "2022-12-31", "--json").json
    approved = [
        (row["holder"], row["before"], row["after"], row["change"])
        for row in result["figures"]
        if row["figure"] == "approved"
    ]
    assert ("A", "10", "7.5", "-2.5") in approved
    assert ("B", "0", "1.5", "1.5") in approved
    assert [
        (row["holder"], row["verb"], row["delta"], row["doc_no"])
        for row in result["postings"]
        if row["holder"] in ("A", "B")
    ] == [
        ("A", "划转", "-2.5", "甲编发〔2021〕3号"),
        ("B", "划转", "2.5", "甲编发〔2021〕3号"),
        ("B", "核减", "-1", "甲编发〔2022〕5号"),
    ]
    assert result["unexplained"] == 0


def test_other_facts_too():
    (row,) = run("diff", "2022-04-30", "2022-05-01", "--json").json["facts"]
    assert (row["key"], row["field"], row["before"], row["after"]) == ("B", "name", "乙局", "乙委")


def test_between_two_knowledges_of_one_day():
    words = ["2022-05-01", "2022-05-01", "--known-before", "2", "--known-after", "3"]
    result = run("diff", *words, "--json").json
    assert (result["before"], result["after"]) == (
        "2022-05-01，截至第 2 号变更",
        "2022-05-01，截至第 3 号变更",
    )
    assert [row["no"] for row in result["facts"]] == [3]


def test_under_a_unit():
    result = run("diff", "2020-12-31", "2022-12-31", "--under", "A", "--json").json
    assert {row["holder"] for row in result["postings"]} == {"A"}


def test_for_people():
    out = run("diff", "2020-12-31", "2022-12-31").out
    assert out.startswith("由 2020-12-31，截至第 3 号变更 到 2022-12-31，截至第 3 号变更\n")
    assert "编制增减的依据：" in out
    assert out.endswith("没有文件说明的增减：0\n")


def test_what_is_not_there_is_refused():
    days = ["2020-12-31", "2022-12-31"]
    assert run("diff", *days, "--known-after", 9, "--json").refused == ["unknown-change"]
    assert run("diff", *days, "--under", "X", "--json").refused == ["unknown-unit"]
