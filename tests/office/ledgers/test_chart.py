"""机构图: the tree of a day with figures summed upwards, opened branch by branch, searched."""

from __future__ import annotations

import re

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.reading.tree import tree_of
from bianzhi.office.ledgers.views import chart as module
from tests.support.cast import browser
from tests.support.ledger import ledger
from tests.support.pages import get, links, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
ON = {"on": "2020-01-01"}


def lines(page):
    """Each row of the chart in words."""
    tree = page.partition('id="tree"')[2].partition("</main>")[0] or page
    return [text(part.partition("</span></summary>")[0].partition("</div>")[0])
            for part in tree.split("<li>")[1:]]  # fmt: skip


def test_figures_add_up_from_section_and_institution_to_department():
    found = lines(get("/chart", **ON))
    assert found[0].startswith("教育局 A 下设 2 正科（乡）级 38 3 33 35"), "8 + 30，实有 1 + 2"
    assert found[1].startswith("办公室 A1 内设 0 0 0 0"), "内设机构排在下属单位前面"
    assert found[2].startswith("中心小学 S1 正股级 30 2 26 28")
    assert found[-1].startswith("编制池 P 资源库 1 0 1 1"), "资源库在最后"


def test_sum_of_the_chart_is_the_sum_of_everything():
    assert "合计 69 4 63 65" in text(get("/chart", **ON))


def test_chart_follows_the_day():
    assert any(line.startswith("二小 S2") for line in lines(get("/chart", on="2015-01-01")))
    assert any(line.startswith("三小 S3") for line in lines(get("/chart", on="2031-01-01")))
    assert not any(line.startswith(("二小", "三小")) for line in lines(get("/chart", **ON)))


def test_branch_of_a_large_chart_is_fetched_when_opened(monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 3)
    page = get("/chart", **ON)
    assert [line.split()[0] for line in lines(page)] == ["教育局", "卫生局", "编制池"]
    found = re.search(r'hx-get="([^"]+key=A)"', page)
    assert found
    below = get(found[1].replace("&amp;", "&"))
    assert [line.split()[0] for line in lines(below)] == ["办公室", "中心小学"]


def test_search_opens_the_branches_that_lead_there():
    found = lines(get("/chart", q="医", **ON))
    assert [line.split()[0] for line in found] == ["卫生局", "医院"]
    page = get("/chart", q="没有这个", **ON)
    assert lines(page) == []
    assert "没有名称或代码含“没有这个”的在册机构" in text(page)


def test_chart_from_a_unit_shows_the_way_back():
    page = get("/chart", root="S1", **ON)
    assert [line.split()[0] for line in lines(page)] == ["中心小学"]
    assert "全部机构 › 教育局" in text(page)
    page = get("/chart", root="S2", **ON)
    assert "这个单位不在册" in text(page), "撤销了的也不是错误地址"


def test_every_tag_of_the_tree_is_closed(monkeypatch):
    for shown in (1, 3, 150):
        monkeypatch.setattr(module, "SHOWN", shown)
        for query in ({}, {"root": "A"}, {"root": "A1"}, {"q": "小"}, {"all": "1"}):
            page = get("/chart", **ON, **query)
            for tag in ("ul", "li", "details", "summary", "div"):
                opened = len(re.findall(rf"<{tag}\b", page))
                assert opened == page.count(f"</{tag}>"), (shown, query, tag)


def test_picture_has_the_boxes_of_the_list():
    page = get("/chart", picture="1", **ON)
    assert '"name": "\\u6559\\u80b2\\u5c40"' in page
    answer = browser().get("/chart/below", {"key": "A", "form": "json", **ON}).json()
    assert [(box["name"], box["approved"], box["shade"]) for box in answer["children"]] == [
        ("办公室", 0.0, "nil"), ("中心小学", 30.0, "much"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("approved", "vacant", "shade"),
    [(10, -1, "over"), (10, 0, "full"), (10, 1, "some"), (10, 2, "much"), (0, 0, "nil")],
)
def test_colour_says_how_full_a_unit_is(approved, vacant, shade):
    assert module.shade(approved, vacant) == shade


def test_department_sees_its_own_tree_and_no_other():
    page = browser("department_clerk", "A").get("/chart", ON).content.decode()
    assert [line.split()[0] for line in lines(page)] == ["教育局", "办公室", "中心小学"]
    assert not any("code=H" in found for found in links(page))
    for address in ("/chart?root=H", "/chart/below?key=H"):
        assert browser("department_clerk", "A").get(address).status_code == 403
    assert browser("administrator").get("/chart").status_code == 403
    assert browser().get("/chart/below?key=zz").status_code == 404


def test_tree_over_many_levels_keeps_every_unit_under_its_parent():
    record = MemoryRecord()
    acts = ["设立 org=N0 name=根"]
    acts += [f"设立 org=N{n} name=单位{n} parent=N{(n - 1) // 3}" for n in range(1, 200)]
    acts += [f"下达 to=N{n} kind=XZ n=1" for n in range(200)]
    record.post(*ledger("2020-01-01 opening\n" + "\n".join(f"  {act}" for act in acts)))
    tree = tree_of(Words(State(record.columns(), parse_day("2020-01-02"))))
    keys = tree.frame["key"]
    for row, key in enumerate(keys):
        assert {keys[each] for each in tree.below(row)} == {
            f"N{n}" for n in range(1, 200) if f"N{(n - 1) // 3}" == key
        }
        assert int(tree.sums["approved"][row]) == (int(tree.sizes[row]) + 1) * 10_000
