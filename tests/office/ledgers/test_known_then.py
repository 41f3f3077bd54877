"""当时所知: what was known at a change about a day, and what later changes corrected."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.state import State
from bianzhi.office.ledgers.reading.knowing import knowing
from tests.core.test_unit_and_state import folded_fields, holders, written
from tests.support.cast import browser
from tests.support.histories import DAYS, HISTORIES
from tests.support.pages import get, links, row, rows, text


@given(HISTORIES, st.sampled_from(DAYS), st.data())
@settings(max_examples=30)
def test_every_cell_is_the_state_of_that_day_as_known_at_that_change(history, day, data):
    record = written(history)
    known, on = data.draw(st.integers(0, record.head)), parse_day(day)
    state = State(record.columns(), on, known)
    for key in holders(record.known(record.head)):
        told = knowing(record.columns(), key)
        kinds = {moved.kind for moved in told.moved}
        for kind in kinds:
            rows = state.figures("holder", "kind").rows_by_key(["holder", "kind"], named=True)
            line = rows.get((key, kind))
            expected = int(line[0]["approved"] * 10_000) if line else 0
            assert (told.posts(on, known, {kind}) or 0) == expected
        fields = {said.field for said in told.said}
        values = {name: told.value(name, on, known) for name in fields}
        assert {k: v for k, v in values.items() if v is not None} == folded_fields(state, key)


@given(HISTORIES)
@settings(max_examples=30)
def test_a_correction_says_what_was_known_before_it_and_what_is_known_at_it(history):
    record = written(history)
    for key in holders(record.known(record.head)):
        told = knowing(record.columns(), key)
        for each in told.corrections():
            assert each.before != each.after
            for known, shown in ((each.no - 1, each.before), (each.no, each.after)):
                if each.is_posts:
                    assert shown == told.posts(each.day, known, {each.about})
                else:
                    assert shown == told.value(each.about, each.day, known)


@pytest.mark.django_db
@pytest.mark.usefixtures("district")
class TestPage:
    """The page over the small district, whose fourth change was a mistake."""

    def test_grid_of_day_and_known(self):
        page = get("/known", code="S1", on="2019-06-01")
        assert row(page, "日期", "第 1 号")[1:] == [f"第 {no} 号" for no in range(1, 8)]
        assert row(page, "2019-06-01", "20")[1:] == ["20", "19", "28", "31", "28", "30", "30"]
        assert row(page, "2015-07-01", "20")[1:] == ["20"] + ["19"] * 6
        assert row(page, "2030-01-01", "20")[-1] == "24"

    def test_day_as_known_then_beside_as_known_now(self):
        page = get("/known", code="S1", on="2019-06-01", then="4")
        assert row(page, "核定 一般事业编制")[1:] == ["31", "30"]
        assert row(get("/known", code="S1", on="2019-06-01", then="2"), "机构名称")[1:] == [
            "一小", "中心小学",
        ]  # fmt: skip

    def test_corrections_with_both_values_and_both_papers(self):
        page = get("/known", code="S1", on="2019-06-01")
        assert row(page, "2019-03-01", "核定 一般事业编制")[2:] == [
            "31", "28", "30", "测编办〔2019〕2号", "测编发〔2019〕1号 已作废", "5",
        ]  # fmt: skip

    def test_back_dated_change_is_a_correction_of_what_was_told_of_later_days(self, district):
        district.write(
            "2020-05-01 测编发〔2020〕5号\n  核减 org=S1 kind=SY funding=full n=2 on=2017-01-01"
        )
        page = get("/known", code="S1", on="2019-06-01")
        assert row(page, "2017-01-01", "核定")[2:6] == ["19", "17", "17", "测编发〔2020〕5号"]

    def test_unit_not_yet_known_of_is_a_dot_and_not_a_zero(self):
        page = get("/known", code="S3", on="2031-01-01", then="3")
        assert row(page, "核定 一般事业编制")[1:] == ["尚无记录", "6"]

    def test_day_of_recording_finds_the_last_change_of_that_day(self, district):
        page = get("/known", code="S1", on="2019-06-01", recorded="1999-01-01")
        assert row(page, "核定 一般事业编制")[1:] == ["尚无记录", "30"]

    def test_of_the_past_no_later_change_is_told(self):
        page = get("/known", code="S1", on="2019-06-01", known="4")
        assert "后来对过去的更正：0 处" in text(page)
        assert row(page, "日期", "第 1 号")[-1] == "第 4 号"

    def test_without_a_unit_the_changes_put_right_lead_to_the_units_they_touched(self):
        page = get("/known")
        assert row(page, "测编办〔2019〕2号")[1:] == [
            "测编发〔2019〕1号 已作废",
            "编制池 、 中心小学",
        ]
        assert "/known?code=S1" in links(page)

    def test_who_may_see_it(self):
        assert browser("department_clerk", "A").get("/known?code=S1").status_code == 200
        assert browser("department_clerk", "B").get("/known?code=S1").status_code == 403
        assert browser("administrator").get("/known?code=S1").status_code == 403
        page = browser("department_clerk", "B").get("/known").content.decode()
        assert not any(cells[0].startswith("测编办") for cells in rows(page) if cells)

    def test_bad_addresses_in_words(self):
        for query, status in (
            ({"code": "zz"}, 404), ({"code": "S1", "then": "x"}, 400),
            ({"code": "S1", "recorded": "昨天"}, 400),
        ):  # fmt: skip
            assert browser().get("/known", query).status_code == status
