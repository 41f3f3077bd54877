"""Credit codes, enforcement flags, spelling, references, namesakes, 文号."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.rules import creditcode
from bianzhi.rules.material import Material
from bianzhi.rules.running import run
from tests.support.ledger import draft, ledger
from tests.support.rules import entry, findings, told

GOOD = "12110000MB0000000"
BODY = """
    2020-01-01 opening
      设立 org=S name=中心 category=49 uscc={uscc}
      设立 org=A name=一局 category=121
"""


def code(body: str = GOOD) -> str:
    return body + creditcode.check_character(body)


@pytest.mark.parametrize(
    ("uscc", "words"),
    [
        (code(), []),
        (code()[:17], [f"信用代码“{code()[:17]}”不是 18 位规定的字符"]),
        (code()[:17] + "I", [f"信用代码“{code()[:17]}I”不是 18 位规定的字符"]),
        ("13" + code()[2:], [f"信用代码“13{code()[2:]}”校验码不对，有一位录错了"]),
    ],
)
def test_a_credit_code_and_its_last_character(uscc, words):
    assert [each.words for each in findings(BODY.format(uscc=uscc), "CK-18")] == words


def test_one_code_at_two_units_names_the_other():
    text = BODY.format(uscc=code()) + f"      设立 org=T name=站 category=49 uscc={code()}\n"
    found = findings(text, "CK-18")
    assert [(each.unit, each.words) for each in found] == [
        ("S", f"信用代码“{code()}”与 T 相同"), ("T", f"信用代码“{code()}”与 S 相同"),
    ]  # fmt: skip


@given(st.lists(st.text(creditcode.LETTERS, min_size=17, max_size=17), max_size=5),
       st.sampled_from(creditcode.LETTERS))  # fmt: skip
def test_many_codes_are_checked_as_one_is(bodies, last):
    whole = [*map(code, bodies), *(body + last for body in bodies)]
    found = creditcode.checked(pl.Series(whole, dtype=pl.String)).to_list()
    assert found == [creditcode.check_character(each) == each[17] for each in whole]


PREFIXES = {"prefixes": [{"categories": ["4"], "begins": ["12"]}]}


def test_a_code_that_begins_like_another_sort_of_body():
    other = code("11" + GOOD[2:])
    assert told(BODY.format(uscc=other), "BZ-09", PREFIXES) == [("S", "", None, None)]
    assert told(BODY.format(uscc=code()), "BZ-09", PREFIXES) == []


TEAM = """
    2020-01-01 opening
      设立 org=S name=交通{name} category=49 enforcement={marked}
"""
LIKE = {"names": ["执法.*队", "监管中心"]}


@pytest.mark.parametrize(
    ("name", "marked", "about"),
    [
        ("综合执法大队", "false", ["标记"]),
        ("综合执法大队", "true", []),
        ("服务中心", "true", []),
        ("服务中心", "false", []),
    ],
)
def test_a_name_like_an_enforcement_team_and_its_flag(name, marked, about):
    text = TEAM.format(name=name, marked=marked)
    assert [each.about for each in findings(text, "CK-33", LIKE)] == about


@pytest.mark.parametrize(("listed", "about"), [([], []), (["S"], []), (["T"], ["名单"])])
def test_a_team_that_is_not_on_the_list(listed, about):
    text = TEAM.format(name="执法队", marked="true")
    assert [each.about for each in findings(text, "CK-33", {**LIKE, "listed": listed})] == about


SPELLED = {"names": [{"pattern": r"\s", "words": "里有空格"}],
           "required": [{"fields": ["rank"], "categories": ["4"]}]}  # fmt: skip


def test_spelling_and_what_is_missing():
    text = """
    2020-01-01 opening
      设立 org=S name=中 心 category=49
      设立 org=A name=一局 category=121
      下达 to=A kind=XZ n=1
      上编 person=a name=王 一 org=A kind=XZ
    """
    found = findings(text, "CK-40", SPELLED)
    assert [(each.unit, each.about, each.words) for each in found] == [
        ("A", "a", "姓名“王 一”里有空格"),
        ("S", "name", "名称“中 心”里有空格"),
        ("S", "rank", "没有登记机构规格"),
    ]
    clean = text.replace("中 心", "中心").replace("王 一", "王一").replace("49", "49 rank=7")
    assert told(clean, "CK-40", SPELLED) == []


def test_a_unit_that_points_to_one_no_longer_in_being():
    text = """
    2020-01-01 opening
      设立 org=A name=一局
      设立 org=S name=中心 supervisor=A sponsor=A
    2021-01-01 测编发〔2021〕1号
      变更 subject=S field=supervisor value=S
    """
    found = findings(text, "BZ-07")
    assert [(each.unit, each.about, each.words) for each in found] == [
        ("S", "supervisor", "主管部门写的是自己")
    ]
    assert told(text, "BZ-07", day="2020-12-31") == []


def test_two_bodies_of_one_name():
    text = """
    2020-01-01 opening
      设立 org=S name=中心
      设立 org=T name=中心
      设立 org=S1 class=section name=办公室 parent=S
      设立 org=T1 class=section name=办公室 parent=T
    """
    assert told(text, "BZ-08") == [("S", "", 2, 1), ("T", "", 2, 1)]
    assert told(text.replace("org=T name=中心", "org=T name=站"), "BZ-08") == []


PAPERS = """
    2020-01-01 opening
      设立 org=A name=一局
      下达 to=A kind=XZ n=9
    2021-01-01 测编办〔2021〕1号
      核减 org=A kind=XZ n=1
    2021-02-01 测编办〔2021〕{second}号
      核减 org=A kind=XZ n=1
"""


def test_a_number_missing_in_a_row_the_office_keeps_whole():
    kept = {"gaps_of": ["测编办"]}
    (found,) = findings(PAPERS.format(second=4), "CK-39", kept)
    assert (found.words, found.found) == ("测编办〔2021〕缺 2 个号：2、3", 2)
    assert told(PAPERS.format(second=4), "CK-39") == []
    assert told(PAPERS.format(second=2), "CK-39", kept) == []
    assert told(PAPERS.format(second=400), "CK-39", kept) == [], "只有几件，不是完整的登记"


@pytest.mark.parametrize(
    ("number", "odd"),
    [
        ("测编办〔2021〕7号", False),
        ("测委干〔2021〕7号", False),
        ("测编办[2021]7号", False),  # another spelling of the same
        ("测编办字〔20217号", True),
        ("测委干2021第7号", True),
        ("45/2021", False),  # a foreign request number
    ],
)
def test_a_number_that_is_damaged(number, odd):
    record = MemoryRecord()
    record.post(*ledger("2020-01-01 opening\n  设立 org=A name=一局"))
    record.post(draft("变更 subject=A field=location value=东街", number))
    at = State(record.columns(), parse_day("2023-06-01"))
    rows = run(Material(at), [entry("CK-39")], at.on).rows
    assert bool(rows.height) is odd
