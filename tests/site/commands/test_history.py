"""``bianzhi history``: 沿革, each event with its 文号."""

from __future__ import annotations

import pytest

from tests.support.console import run

pytestmark = pytest.mark.usefixtures("posted")


def test_each_event_has_its_grounds():
    lines = run("history", "B").out.splitlines()
    assert lines[0].split() == ["日期", "事项", "内容", "依据", "变更"]
    assert [line.split()[:2] for line in lines[1:]] == [
        ["2020-01-01", "设立"],
        ["2021-03-01", "划转"],
        ["2022-05-01", "核减"],
        ["2022-05-01", "更名"],
    ]
    assert "（期初）" in lines[1]
    assert "一般行政编制 增加 2.5 名 来自" in lines[2]
    assert "（A）" in lines[2]
    assert "甲编发〔2022〕5号  第 3 号" in lines[4]


def test_json_has_one_entry_an_event():
    events = run("history", "B", "--json").json
    assert [(event["day"], event["no"], event["doc_no"]) for event in events] == [
        ("2020-01-01", 1, ""),
        ("2021-03-01", 2, "甲编发〔2021〕3号"),
        ("2022-05-01", 3, "甲编发〔2022〕5号"),
        ("2022-05-01", 3, "甲编发〔2022〕5号"),
    ]


def test_as_known_at_a_change():
    assert [event["no"] for event in run("history", "B", "--known", 2, "--json").json] == [1, 2]


def test_what_is_in_doubt_says_so(write):
    run("post", write("2023-01-01 unverified\n  核增 org=B kind=XZ n=1"))
    assert (
        run("history", "B").out.splitlines()[-1].split()[-3:] == ["（待核实）", "第", "4", "号"][1:]
    )


@pytest.mark.parametrize("unit", ["X", "p1", "d1", "上级"])
def test_only_units_have_a_history(unit):
    assert run("history", unit, "--json").refused == ["unknown-unit"]


@pytest.mark.parametrize("known", [4, -1])
def test_an_unknown_change_is_refused(known):
    assert run("history", "B", "--known", known, "--json").refused == ["unknown-change"]
