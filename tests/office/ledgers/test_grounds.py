"""Every number opens its grounds: what a click shows adds up to what was clicked on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import pytest

from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.exports import workbook
from tests.support.grounds import COUNTERS, Number, closed, figures, numbers
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
# What the county lacks for a walk: posts and leaders in sections, leaders too many, posts cut and
# converted, a section and a unit below in more than one kind.
MORE = """
    2021-03-01 测编发〔2021〕3号
      下达 to=A1 kind=LN1@7 n=1
      下达 to=A1 kind=LN2@8 n=2
      下达 to=A1 kind=XZ n=2
      下达 to=A1 kind=SY n=1
      核减 org=B kind=XZ n=1
      置换 org=S2 kind=SY n=1 to_kind=XZ
      上编 person=R5 name=孙五 org=A1 kind=XZ
"""
PAGES = {
    "cockpit": ("/", {}),
    "register": ("/units", {}),
    "with sections": ("/units", {"cls": "all"}),
    "by supervisor": ("/units", {"group": "supervisor"}),
    "by rank, of one kind": ("/units", {"group": "rank", "kind": "SY"}),
    "what was sought": ("/units", {"q": "测县", "sort": "-actual"}),
    "out of order": ("/units", {"flag": "CK-01", "kind": "SY"}),
    "one rank": ("/units", {"rank": "6F"}),
    "unregistered": ("/units", {"welfare_class": "-", "group": "rank"}),
    "department": ("/unit", {"code": "A"}),
    "school": ("/unit", {"code": "S2"}),
    "hospital": ("/unit", {"code": "H"}),
    "section": ("/unit", {"code": "A1"}),
    "pool": ("/unit", {"code": "P"}),
}


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        record.write(MORE)
        yield record


def adds_up(address: str, found: list[Number]) -> None:
    """The page that some numbers open comes to each of them."""
    shown = figures(get(address))
    for number in found:
        if number.heading in COUNTERS:
            assert abs(shown["分录"]) == abs(number.value), number
        else:
            assert shown.get(number.figure, 0) == number.value, (number, shown)
            if "holder=" in address:
                assert shown.get("分录", 0) == shown.get("核定", 0), (number, shown)


def one_by_one(address: str) -> None:
    """So do the postings and the uses of a sum over many units, listed one by one."""
    shown = figures(get(f"{address}&by=posting"))
    assert shown["分录"] == shown.get("核定", 0), address
    shown = figures(get(f"{address}&by=use"))
    used = sum(shown.get(name, Decimal(0)) for name in ("实有", "待上编", "预留"))
    assert shown["用编"] == used, address


def by_address(found: Iterable[Number]) -> dict[str, list[Number]]:
    together: dict[str, list[Number]] = defaultdict(list)
    for number in found:
        together[number.address].append(number)
    return together


@pytest.mark.parametrize("name", PAGES)
def test_what_a_number_opens_adds_up_to_it(county, name):
    address, query = PAGES[name]
    page = get(address, **query, **ON)
    found = by_address(numbers(page))
    assert closed(page) == [], "a number that opens nothing"
    assert any(number.value for each in found.values() for number in each)
    for opened, each in found.items():
        adds_up(opened, each)
    for opened in {re.sub(r"&sort=-\w+", "", each) for each in found if "holder=" not in each}:
        one_by_one(opened)


def test_confined_users_open_sums_of_their_own(county):
    client = browser("department_clerk", "B")
    for address in ("/", "/units", f"/unit?code=B&on={ON['on']}"):
        found = by_address(
            numbers(client.get(address, {} if "on=" in address else ON).content.decode())
        )
        assert found
        for opened, each in found.items():
            shown = figures(client.get(opened).content.decode())
            for number in each:
                assert shown.get(number.figure, 0) == number.value, number
    listed = client.get("/entries", {"cls": "all", "by": "posting", **ON}).content.decode()
    assert "第一中学" not in text(listed)
    assert row(listed, "2020-01-01", "下达", "测县卫生健康局 B")


def test_of_units_below_that_one_may_not_see_no_figure_is_told(county):
    county.write(
        "2021-06-01\n  设立 org=X name=外单位 parent=A supervisor=B\n  下达 to=X kind=SY n=7"
    )
    seen = get("/unit", code="B", **ON)
    assert row(seen, "外单位")[2] == "7"
    page = browser("department_clerk", "B").get("/unit", {"code": "B", **ON}).content.decode()
    assert row(page, "外单位")[2:] == ["不在您的范围内"]


def test_sum_says_which_units_it_is_over(county):
    told = text(get("/entries", rank="6F", kind="SY", cls="org", **ON))
    assert "：2 个单位" in told
    assert "范围：机构规格 副科级，机构" in told
    assert "范围" not in text(get("/entries", cls="all", **ON)).partition("按单位")[2]


def test_units_of_a_sum_are_sorted_by_any_figure(county):
    page = get("/entries", cls="all", sort="-vacant", **ON)
    assert row(page, "测县教育局 A")
    vacant = [line.value for line in numbers(page) if line.heading == "空编"]
    assert vacant == sorted(vacant, reverse=True)


def test_postings_and_uses_of_a_sum_go_to_excel(county):
    query = {"cls": "all", "kind": "SY", **ON, "as": "xlsx"}
    sheet = workbook(browser().get("/entries", {**query, "by": "posting"}))
    assert sheet[2][1:4] == ("事项", "单位", "对方")
    assert sheet[-1][7] == sum(line[6] for line in sheet[3:]) == 14
    uses = workbook(browser().get("/entries", {**query, "by": "use"}))
    assert ("王一", "测县第一中学", "一般事业编制", "实有", 1) in [line[:5] for line in uses]
