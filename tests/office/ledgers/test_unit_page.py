"""The unit's page: what it is, its figures and people, what became of it, on any day."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.cast import browser
from tests.support.pages import get, links, row, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]


def unit(code="S1", on="2020-01-01", **more):
    return get("/unit", code=code, on=on, **more)


def drawn(page, name="unit-picture-data"):
    """The data of a picture."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found, name
    return json.loads(found[1])


def test_head_says_what_the_unit_is_and_its_newest_document():
    words = text(unit())
    assert "中心小学 S1" in words
    assert "状态 在册 机构规格 正股级" in words
    assert "上级机构 教育局 A" in words
    assert "统一社会信用代码 —" in words, "什么没有登记，也看得见"
    assert "最新编制文件 测编发〔2019〕3号 2019-03-01" in words


def test_paper_that_fixes_posts_as_they_were_is_the_newest_all_the_same(district):
    district.write("2019-09-01 测编发〔2019〕6号\n  核定 org=S1 kind=SY funding=full n=30")
    assert "最新编制文件 测编发〔2019〕6号" in text(unit())


def test_chief_stands_before_the_deputies_and_they_before_the_others(district):
    district.write("""
        2019-09-01 测编发〔2019〕6号
          下达 to=A kind=LD2@6F n=1
          上编 person=R0 name=周零 org=A kind=XZ
          任职 person=R0 org=A kind=LD2@6F title=副局长
          上编 person=Q0 name=吴科员 org=A kind=XZ
    """)
    page = unit("A")
    people = page[page.index('id="people"') :]
    assert [cells[0] for cells in rows(people)[1:4]] == ["赵三", "周零", "吴科员"]


def test_both_vacancies_stand_side_by_side_and_open_their_grounds():
    page = unit()
    line = row(page, "一般事业编制 SY", "财政全额")
    assert line[2:] == ["30", "2", "0", "2", "26", "28"]
    assert "/entries?on=2020-01-01&holder=S1&kind=SY&funding=full" in links(page)


def test_leadership_by_scope_and_rank_with_those_in_office():
    page = unit("A")
    assert row(page, "单位", "单位正职")[2:] == ["正科（乡）级", "1", "1", "0", "赵三 （局长）"]
    assert row(page, "办公室 A1")[5:7] == ["1", "0"], "内设机构的职数在内设机构一行"


def test_subordinate_units_stand_with_their_figures_and_in_what_they_depend():
    page = unit("A")
    assert row(page, "中心小学 S1")[1:] == ["下属、主管", "30", "2", "0", "2", "26", "28"]
    assert not any(cells[0].startswith("二小") for cells in rows(page) if cells)


def test_duties_and_people_with_since_when_and_by_which_paper():
    page = unit()
    assert row(page, "小学教育")[1] == "2010-01-01"
    assert row(page, "王一")[2:] == ["一般事业编制", "2010-01-01", "期初 期初"]
    assert row(page, "李二")[2:] == ["一般事业编制", "2018-09-01", "测编发〔2018〕9号"]
    assert row(page, "招聘")[1:3] == ["预留", "2"]


def test_the_person_is_named_and_nothing_else_of_a_file_is_shown():
    page = unit()
    assert {len(cells) for cells in rows(page) if cells[0] in ("王一", "李二")} == {5}
    assert "R1" not in text(page), "连人员代码也不给"


def test_told_newest_first_with_what_is_yet_to_come_above_the_day():
    told = [cells for cells in rows(unit()) if re.match(r"\d{4}-\d\d-\d\d$", cells[0])]
    told = told[: [cells[1] for cells in told].index("设立") + 1]
    assert [cells[1] for cells in told] == [
        "划转 未到", "所看的这一天：以上尚未生效", "出池", "更名", "合并", "核减", "赋职", "下达",
        "设立",
    ]  # fmt: skip
    assert told[0][3] == "一般事业编制 财政全额 30 → 24"
    assert told[4][3:5] == ["一般事业编制 财政全额 19 → 28", "测编发〔2018〕9号"]


def test_picture_says_what_the_table_says():
    page = unit()
    picture = drawn(page)
    assert [event["verbs"] for event in picture["events"]][-1] == ["划转"]
    assert picture["events"][-1]["ahead"]
    assert picture["steps"][0] == ["2010-01-01", 20.0, 1.0]
    assert ["2018-09-01", 28.0, 2.0] in picture["steps"]
    years = next(cells for cells in rows(page) if cells[0] == "核定" and len(cells) > 5)
    assert years[1:] == ["20"] * 5 + ["19"] * 3 + ["28", "30", "30"]


def test_every_paper_that_touched_the_unit_is_listed_once():
    page = unit()
    papers = page[page.index('id="papers"') :].partition("</table>")[0]
    listed = [cells[0] for cells in rows(papers)[1:]]
    assert listed == ["7", "6", "3", "2", "1"]


def test_unit_that_is_no_more_says_so_and_offers_its_last_day():
    page = unit("S2")
    assert "已撤销，自 2018-09-01 起" in text(page)
    assert "/unit?code=S2&on=2018-08-31" in links(page)
    assert "去向 中心小学 S1 （2018-09-01 合并）" in text(page)
    assert row(unit("S2", "2018-08-31"), "一般事业编制 SY")[2] == "12"


def test_unit_that_is_not_yet_says_so_and_offers_its_first_day():
    page = unit("S3")
    assert "当日尚未设立，2030-01-01 设立" in text(page)
    assert "/unit?code=S3&on=2030-01-01" in links(page)
    assert row(unit("S3", "2030-01-01"), "一般事业编制 SY")[2] == "6"


@pytest.mark.parametrize(("code", "name"), [("A1", "办公室"), ("P", "编制池")])
def test_sections_and_pools_have_the_same_page(code, name):
    assert name in text(unit(code))


def test_page_as_known_before_a_mistake_was_put_right():
    assert row(unit(known="4"), "一般事业编制 SY")[2] == "31"
    assert row(unit(known="5"), "一般事业编制 SY")[2] == "28"


def test_unit_nobody_had_heard_of_at_that_change_is_no_page():
    response = browser().get("/unit", {"code": "S3", "known": "3"})
    assert response.status_code == 404
    assert "没有代码为“S3”的机构" in text(response.content.decode())


@pytest.mark.parametrize(
    ("role", "own", "code", "status"),
    [
        ("department_clerk", "A", "S1", 200),
        ("department_clerk", "A", "A1", 200),
        ("department_clerk", "B", "S1", 403),
        ("institution_clerk", "S1", "S1", 200),
        ("institution_clerk", "S1", "A", 403),
        ("auditor", "", "S1", 200),
        ("administrator", "", "S1", 403),
    ],
)
def test_who_may_see_the_page(role, own, code, status):
    response = browser(role, own).get("/unit", {"code": code, "on": "2020-01-01"})
    assert response.status_code == status
    if status == 403:
        assert "不在您的" in text(response.content.decode()) or "不能查看" in text(
            response.content.decode()
        )


def test_predecessor_out_of_reach_is_named_but_not_opened(district):
    district.write("""
        2021-01-01 测编发〔2021〕1号
          设立 org=H2 name=校医院 parent=B
          合并 sources=H2 into=S1
    """)
    answer = browser("institution_clerk", "S1").get("/unit", {"code": "S1", "on": "2022-01-01"})
    page = answer.content.decode()
    assert "二小 S2 （2018-09-01 合并）" in text(page)
    assert "校医院 H2 （2021-01-01 合并）" in text(page)
    assert not any("code=H2" in found for found in links(page))
    assert not any("code=A&" in found or found.endswith("code=A") for found in links(page))
