"""``bianzhi state``: a day, a knowledge, a unit, a subtree."""

from __future__ import annotations

import pytest

from bianzhi.office.desk.today import today
from tests.support.console import run

pytestmark = pytest.mark.usefixtures("posted")


def figures(*words: object) -> dict[str, str]:
    """holder/kind -> 核定, of a whole state."""
    rows = run("state", *words, "--json").json["figures"]
    return {f"{row['holder']}/{row['kind']}": row["approved"] for row in rows}


def account(*words: object) -> dict[str, str]:
    """The one account of a unit's state."""
    (found,) = run("state", *words, "--json").json["accounts"]
    return dict(found)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", {}),
        ("2021-02-28", {"A/XZ": "10", "P/SY": "3"}),
        ("2021-03-01", {"A/XZ": "7.5", "B/XZ": "2.5", "P/SY": "3"}),
        ("2022年5月1日", {"A/XZ": "7.5", "B/XZ": "1.5", "P/SY": "3"}),
    ],
)
def test_any_day_can_be_seen(day, expected):
    assert figures("--on", day) == expected


def test_without_a_day_it_is_today():
    basis = run("state", "--json").json["basis"]
    assert basis == f"{today().isoformat()}，截至第 3 号变更"


def test_what_was_known_then_stays_what_was_known(write):
    run("post", write("2023-01-01 甲编发〔2023〕1号\n  核增 org=A kind=XZ n=5 on=2022-06-01"))
    assert figures("--on", "2022-06-01", "--known", 3)["A/XZ"] == "7.5"
    assert figures("--on", "2022-06-01")["A/XZ"] == "12.5"
    assert figures("--on", "2022-06-01", "--known", 0) == {}


def test_totals_balance():
    totals = run("state", "--on", "2022-05-01", "--json").json["totals"]
    assert totals == [
        {"kind": "SY", "granted": "3", "held": "3", "abolished": "0", "converted": "0"},
        {"kind": "XZ", "granted": "10", "held": "9", "abolished": "1", "converted": "0"},
    ]


def test_five_figures_are_shown_apart():
    lines = run("state", "--on", "2021-03-01", "--unit", "A").out.splitlines()
    header, row = lines[lines.index("") + 1 :][:2]
    assert header.split() == ["种类", "经费", "核定", "实有", "待上编", "预留", "空编", "核定−实有"]
    assert row.split() == ["XZ", "7.5", "1", "0", "0", "6.5", "6.5"]


def test_one_unit_with_what_hangs_on_it():
    result = run("state", "--on", "2021-03-01", "--unit", "A", "--json").json
    assert result["basis"] == "2021-03-01，截至第 3 号变更"
    assert result["fields"] == {"status": "active", "name": "甲局"}
    assert [(use["claimant"], use["name"], use["figure"]) for use in result["uses"]] == [
        ("p1", "张三", "actual")
    ]
    assert [(each["key"], each["field"], each["name"]) for each in result["dependants"]] == [
        ("A1", "parent", "一科"),
        ("d1", "holder", "管粮食"),
    ]


def test_one_unit_as_known_at_a_change():
    assert account("--unit", "A", "--on", "2022-05-01", "--known", 1)["approved"] == "10"
    assert account("--unit", "B", "--on", "2022-05-01", "--known", 2)["approved"] == "2.5"


def test_a_unit_for_people():
    out = run("state", "--on", "2022-05-01", "--unit", "B").out
    assert out.startswith("B　乙委　口径：2022-05-01，截至第 3 号变更")


def test_a_unit_and_all_below_it(write):
    run("post", write("2023-01-01 甲编发〔2023〕1号\n  核增 org=A1 kind=XZ n=1"))
    assert figures("--on", "2023-01-01", "--under", "A") == {"A/XZ": "7.5", "A1/XZ": "1"}
    assert "范围 A；在册机构 2 个" in run("state", "--on", "2023-01-01", "--under", "A").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--unit", "X"], "unknown-unit"),
        (["--unit", "p1"], "unknown-unit"),
        (["--unit", "上级"], "unknown-unit"),
        (["--under", "X"], "unknown-unit"),
        (["--known", "4"], "unknown-change"),
        (["--known", "-1"], "unknown-change"),
        (["--unit", "A", "--known", "4"], "unknown-change"),
        (["--unit", "A", "--known", "-1"], "unknown-change"),
    ],
)
def test_what_is_not_there_is_refused(words, code):
    assert run("state", *words, "--json").refused == [code]
    told = run("state", *words)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("没有完成，原因：")
