"""承接关系: who became whom, and the way of every post through a merger or split."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.office.ledgers.reading.flows import Flow, Leg, follow, through
from bianzhi.office.ledgers.reading.lineage import layers, lineage, links
from tests.core.test_unit_and_state import written
from tests.support.cast import browser
from tests.support.histories import DAYS, HISTORIES
from tests.support.ledger import ledger
from tests.support.pages import get, row, rows, text
from tests.support.pages import links as addresses


def drawn(page, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found, name
    return json.loads(found[1])


def chain():
    """甲 and 乙 become 丙, 丙 is split into 丁 and 戊; 己 stands aside."""
    record = MemoryRecord()
    record.post(*ledger("""
        2020-01-01 opening
          设立 org=A name=甲
          设立 org=B name=乙
          设立 org=F name=己
          下达 to=A kind=XZ n=5
          下达 to=B kind=XZ n=3
          下达 to=B kind=SY n=2
        2021-01-01
          设立 org=C name=丙
          核减 org=B kind=XZ n=1
          合并 sources=A,B into=C
        2022-01-01
          设立 org=D name=丁
          设立 org=E name=戊
          划转 from=C to=D kind=XZ n=4
          划转 from=C to=E kind=XZ n=3
          划转 from=C to=E kind=SY n=2
          拆分 org=C into=D,E
    """))  # fmt: skip
    return record.columns()


def pairs(found):
    return set(found.select("before", "after").iter_rows())


def test_lineage_holds_all_ancestors_and_descendants_and_nobody_else():
    every = links(chain(), 3)
    assert pairs(lineage(every, "D")) == {("A", "C"), ("B", "C"), ("C", "D")}
    assert pairs(lineage(every, "A")) == {("A", "C"), ("C", "D"), ("C", "E")}
    assert pairs(lineage(every, "F")) == set()


def test_each_unit_stands_after_all_it_came_from():
    found = layers(links(chain(), 3))
    assert found == {"A": 0, "B": 0, "C": 1, "D": 2, "E": 2}


def test_posts_are_followed_from_the_old_units_to_the_new_and_to_what_was_cut():
    first, last = parse_day("2020-12-31"), parse_day("2021-01-01")
    flows, changes = through(chain(), 3, {"A", "B", "C"}, first, last)
    assert changes == [2]
    assert {(f.kind, f.origin, f.target, f.amount // 10_000) for f in flows} == {
        ("XZ", "A", "C", 5), ("XZ", "B", "C", 2), ("XZ", "B", "核销", 1), ("SY", "B", "C", 2),
    }  # fmt: skip


def test_through_two_reforms_in_one_period_posts_go_from_the_first_to_the_last():
    first, last = parse_day("2020-12-31"), parse_day("2022-12-31")
    flows, _ = through(chain(), 3, set("ABCDE"), first, last)
    sums: dict[str, int] = defaultdict(int)
    for flow in flows:
        assert flow.origin in ("A", "B"), "丙只是中途"
        sums[flow.target] += flow.amount // 10_000
    assert sums == {"D": 4, "E": 5, "核销": 1}


def test_act_that_needs_what_another_of_the_day_brings_waits_for_it():
    day = [[Leg("B", "XZ", -3), Leg("C", "XZ", 3)], [Leg("A", "XZ", -3), Leg("B", "XZ", 3)]]
    assert follow({("A", "XZ"): 3}, [day], {"A", "B", "C"}) == [Flow("XZ", "A", "C", 3)]


def test_posts_that_leave_a_unit_and_enter_it_in_one_act_have_not_moved():
    """Posts change their funding only: 置换 within a kind, in a unit that has them since today."""
    swap = [Leg("B", "SY", -2), Leg("置换", "SY", 2), Leg("置换", "SY", -2), Leg("B", "SY", 2)]
    assert follow({}, [[swap]], {"B"}) == []
    assert follow({("B", "SY"): 2}, [[swap]], {"B"}) == [Flow("SY", "B", "B", 2)]


def test_acts_of_a_day_that_need_each_other_are_taken_together():
    """甲 gives 乙 three and 乙 gives 甲 three, and neither had any: the day leaves nothing."""
    there, back = passed("A", "B"), passed("B", "A")
    assert follow({}, [[there, back]], {"A", "B"}) == []
    granted, onward = passed("上级", "C"), passed("C", "B")
    found = follow({}, [[onward, back, there, granted]], {"A", "B", "C"})
    assert found == [Flow("XZ", "上级", "B", 3)]


def test_of_acts_that_wait_only_those_are_taken_together_that_need_each_other():
    """甲's and 乙's lean on each other; what 丙 then gives 丁 is 丙's."""
    waits = [passed("C", "D", 5), passed("A", "B"), passed("B", "A", 5), passed("A", "C", 2)]
    found = follow({("C", "XZ"): 3, ("B", "XZ"): 2}, [waits], set("ABCD"))
    assert found == [Flow("XZ", "B", "D", 2), Flow("XZ", "C", "D", 3)]


def test_posts_of_the_next_day_do_not_come_early():
    """Each day ends before the next begins: what 丙 is given tomorrow does not come from 甲."""
    today = [[Leg("A", "XZ", -3), Leg("B", "XZ", 3)]]
    tomorrow = [[Leg("上级", "XZ", -3), Leg("C", "XZ", 3)]]
    found = follow({("A", "XZ"): 3}, [today, tomorrow], {"A", "B", "C"})
    assert found == [Flow("XZ", "A", "B", 3), Flow("XZ", "上级", "C", 3)]


def test_posts_that_are_nowhere_are_not_made_up():
    with pytest.raises(ValueError, match="A has no 3 posts of XZ"):
        follow({}, [[passed("A", "B")]], {"A", "B"})


def passed(giver, taker, n=3):
    return [Leg(giver, "XZ", -n), Leg(taker, "XZ", n)]


@given(HISTORIES, st.sampled_from(DAYS), st.sampled_from(DAYS))
@settings(max_examples=40)
def test_what_comes_out_is_what_went_in(history, one, other):
    """For every unit: the flows from it are its posts before, the flows to it its posts after."""
    record = written(history)
    columns = record.columns()
    first, last = sorted((parse_day(one), parse_day(other)))
    units = {"A", "B", "C", "D", "E"} & set(columns.frame("subjects")["key"])
    flows, _ = through(columns, record.head, units, first, last)
    for day, side in ((first, "origin"), (last, "target")):
        state = State(columns, day)
        held = {
            (holder, kind): amount
            for holder, kind, amount in state.figures("holder", "kind")
            .select("holder", "kind", "approved").iter_rows()
            if holder in units and amount
        }  # fmt: skip
        found: dict[tuple[str, str], int] = defaultdict(int)
        for flow in flows:
            if getattr(flow, side) in units:
                found[getattr(flow, side), flow.kind] += flow.amount
        assert {key: amount / 10_000 for key, amount in found.items()} == held


@pytest.mark.django_db
@pytest.mark.usefixtures("district")
class TestPage:
    """The page over the small district."""

    def test_unit_and_its_merger(self):
        page = get("/succession", code="S2", on="2020-01-01")
        assert row(page, "二小 S2", "中心小学 S1")[2:5] == [
            "合并",
            "2018-09-01",
            "测编发〔2018〕9号",
        ]
        assert row(page, "一般事业编制", "中心小学 S1")[2:] == ["未动", "19"]
        assert row(page, "", "二小 S2", "中心小学 S1")[3] == "9"
        assert row(page, "", "二小 S2", "编制池 P")[3] == "3"
        assert row(page, "合计", "31", "31")[3] == "相等"

    def test_pictures_say_what_the_tables_say(self):
        page = get("/succession", code="S2", on="2020-01-01")
        graph, sankey = drawn(page, "graph-data"), drawn(page, "sankey-data")
        assert [(b["key"], b["x"], b["gone"]) for b in graph["boxes"]] == [
            ("S2", 0, True), ("S1", 1, False),
        ]  # fmt: skip
        assert graph["arrows"][0]["words"] == "2018-09-01 合并"
        assert sum(ribbon["value"] for ribbon in sankey["ribbons"]) == 31

    def test_year_of_a_reform(self):
        page = get("/succession", on="2020-01-01")
        assert "承接关系：2018 年" in text(page), "不写年份，就是最近有承接的一年"
        assert row(page, "合计", "31", "31")[3] == "相等"

    def test_unit_that_took_over_nobody(self):
        assert "没有承接过谁" in text(get("/succession", code="H"))

    def test_bad_addresses_in_words(self):
        for query, status in (({"code": "zz"}, 404), ({"code": "S1", "day": "昨天"}, 400)):
            response = browser().get("/succession", query)
            assert response.status_code == status
        assert get("/succession", year="1800")

    def test_department_sees_its_own_reforms(self):
        assert browser("department_clerk", "B").get("/succession?code=S1").status_code == 403
        page = browser("department_clerk", "B").get("/succession").content.decode()
        assert "二小" not in text(page)
        assert browser("administrator").get("/succession").status_code == 403

    def test_other_side_is_named_and_its_posts_are_not_told(self, district):
        district.write("""
            2021-01-01 测编发〔2021〕1号
              合并 sources=H into=S1
        """)
        answer = browser("institution_clerk", "S1").get("/succession?code=S1&day=2021-01-01")
        page = answer.content.decode()
        assert row(page, "医院 H", "中心小学 S1")
        assert not any("code=H" in found for found in addresses(page))
        assert row(page, "一般事业编制", "医院 H", "中心小学 S1")[3] == "30", "到本单位的看得见"
        assert all(
            len(cells) < 3 or cells[1] != "医院 H" or cells[2] != "未动" for cells in rows(page)
        )
