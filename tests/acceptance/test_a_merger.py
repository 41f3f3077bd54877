"""A merger of two institutions, from the 请示 to the ledger, by three people in a real browser.

The department files it with everything the rule asks; the office returns it once, studies it and
puts it to a meeting; the secretary enters the decision and issues. Then the ledger of the
effective day, the 沿革 of all three units, the paper and the register of 文号 must tell one story;
and undoing it takes another document, while the number that was issued stays.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from bianzhi.office.cases.models import Letterhead
from bianzhi.record.post import Poster
from tests.office.cases.conftest import DISTRICT, MERGER, REQUEST, SIGNS
from tests.support.browser import Site, cast, listen, served
from tests.support.databases import new_sqlite, opened
from tests.support.ledger import ledger

pytestmark = pytest.mark.browser
TODAY = date.today()  # noqa: DTZ011  the day the server issues on
EFFECTIVE = TODAY + timedelta(days=10)
MEETING = f"区委编委{TODAY.year}年第3次会议"
NEW, OLD = str(MERGER["name"]), ("区农业技术推广站", "区种子站")
NUMBER = f"澜编发〔{TODAY.year}〕1号"
UNDOING = f"澜编发〔{TODAY.year}〕9号"


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """What went wrong behind the pages so far."""
    return []


@pytest.fixture(scope="module")
def site(chrome: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Site]:
    """A server over a district with a bureau, two stations and a pool."""
    folder = tmp_path_factory.mktemp("merger")
    (folder / "pictures").mkdir()
    with django_db_blocker.unblock():
        database = new_sqlite(folder / "office.sqlite3")
        with opened(database) as alias:
            Poster(alias).post(ledger(DISTRICT))
            Letterhead.objects.using(alias).bulk_create(
                Letterhead(level=level, issuer=issuer, word=word) for level, issuer, word in SIGNS
            )
        cast(database, {"department_clerk": "NY", "institution_clerk": "ZZ"})
    with served(folder, database) as address:
        yield Site(address, database, chrome, folder / "pictures")


@pytest.fixture(scope="module")
def people(site: Site, wrong: list[str]) -> dict[str, Any]:
    """A window each for the three of them, listened to."""
    windows = {role: site.page(role)
               for role in ("department_clerk", "office_clerk", "board_secretary")}  # fmt: skip
    for window in windows.values():
        listen(window, site.address, wrong)
    return windows


def test_a_merger_from_the_request_to_the_ledger(site, people, wrong, django_db_blocker):
    department, clerk, secretary = people.values()
    case = file(site, department)
    send_back(site, clerk, case)
    complete(department, case)
    study(site, clerk, case)
    put_to_a_meeting(site, clerk, case)
    decide(site, secretary, case)
    issue(site, secretary, case)
    the_ledger_has_one_unit_more_and_two_fewer(site, clerk)
    the_lineage_is_told_by_all_three(clerk)
    the_paper_says_the_same(secretary, case)
    the_register_has_its_number(site, secretary)
    with django_db_blocker.unblock():
        undo_by_another_document(site, clerk, secretary)
    assert wrong == []


def file(site, page) -> str:
    """Fill in the form, first without where the assets go: it says so and keeps the rest."""
    page.goto("/cases/")
    page.click("text=提出事项")
    page.click("a:text-is('合并（整合组建）')")
    page.select_option("[name=unit]", label="区农业农村局")
    page.select_option("[name=sources]", label=list(OLD))
    for name in ("name", "reason", "duties_to", "people_to"):
        page.fill(f"[name={name}]", str(MERGER[name]))
    for name in ("supervisor", "rank", "welfare_class", "funding_form"):
        page.select_option(f"[name={name}]", value=str(MERGER[name]))
    for table in ("posts", "leaders"):
        for at, (kind, funding, n) in enumerate(MERGER[table]):
            page.locator(f"[name='{table}.0']").nth(at).select_option(value=kind)
            if funding:
                page.locator(f"[name='{table}.1']").nth(at).select_option(value=funding)
            page.locator(f"[name='{table}.2']").nth(at).fill(n)
    for name, value in REQUEST.items():
        page.fill(f"[name='request.{name}']", value)
    site.picture(page, "1-form")
    page.click("button:text-is('存草稿')")
    page.wait_for_selector("h1 + .tag:text-is('起草')")
    page.click("main a:text-is('修改')")
    page.fill("[name=assets_to]", str(MERGER["assets_to"]))
    page.click("button:text-is('报送')")
    page.wait_for_selector("h1 + .tag:text-is('待受理')")
    return str(page.url).rpartition("/")[2]


def step(page, code: str, words: str = "") -> None:
    """Take a step on the page of a matter."""
    form = page.locator("form.step", has=page.locator(f"[name=step][value={code}]"))
    if words:
        form.locator("[name=words]").fill(words)
    form.locator("button").click()


def stands(page, state: str) -> None:
    page.wait_for_selector(f"h1 + .tag:text-is('{state}')")


def send_back(site, page, case) -> None:
    page.goto("/cases/?todo=1")
    page.click(f"main a:has-text('{NEW}')")
    site.picture(page, "2-submitted")
    step(page, "return", "请说明债务由谁承担")
    stands(page, "退回补正")


def complete(page, case) -> None:
    page.goto(f"/cases/{case}")
    assert "请说明债务由谁承担" in page.inner_text("main")
    page.click("main a:text-is('修改')")
    page.fill("[name=assets_to]", "资产、债权债务由新中心承接")
    page.click("button:text-is('报送')")
    stands(page, "待受理")


def study(site, page, case) -> None:
    """The page shows what it would do before anybody decides."""
    page.goto(f"/cases/{case}")
    step(page, "accept")
    stands(page, "已受理")
    told = page.inner_text("main")
    assert "现在还不能入账" not in told
    assert f"{OLD[0]}、{OLD[1]}并入{NEW}" in told
    site.picture(page, "3-studying")
    step(page, "study", "职能相近，同意整合；事业编制由18名减为15名")
    stands(page, "已论证")


def put_to_a_meeting(site, page, case) -> None:
    step(page, "refer")
    stands(page, "待编委会审议")
    site.picture(page, "4-referred")


def decide(site, page, case) -> None:
    page.goto("/cases/meetings/")
    page.fill("[name=title]", MEETING)
    page.click("button:text-is('新建会议')")
    page.check(f"[name=case][value='{case}']")
    page.click("button:text-is('列入会议')")
    page.select_option(f"[name='outcome.{case}']", label="同意")
    page.fill(f"[name='effective.{case}']", EFFECTIVE.isoformat())
    site.picture(page, "5-meeting")
    page.click("button:text-is('登记决定')")
    page.wait_for_selector("text=已登记 1 件事项的决定")
    page.goto("/cases/meetings/")
    site.picture(page, "6-meetings")


def issue(site, page, case) -> None:
    page.goto("/cases/batch")
    site.picture(page, "7-batch")
    page.goto(f"/cases/{case}")
    site.picture(page, "8-approved")
    page.click("button:text-is('印发')")
    stands(page, "已印发入账")
    assert NUMBER in page.inner_text("main")
    site.picture(page, "9-issued")
    page.goto("/cases/")
    site.picture(page, "10-list")


def the_ledger_has_one_unit_more_and_two_fewer(site, page) -> None:
    """The day before it is as it was; on the day it is different."""
    before, after = units_on(page, EFFECTIVE - timedelta(days=1)), units_on(page, EFFECTIVE)
    assert NEW not in before
    assert NEW in after
    for name in OLD:
        assert name in before
        assert name not in after
    page.click(f"main a:text-is('{NEW}')")
    posts = page.inner_text("section:has(> #posts)")
    for kind, n in (("一般事业编制", "15"), ("正职", "1"), ("副职", "2")):
        assert re.search(rf"{kind}[^\n]*\s{n}\s", posts), posts
    site.picture(page, "11-unit")


def units_on(page, day: date) -> str:
    page.goto(f"/units?on={day}")
    return str(page.inner_text("main"))


def the_lineage_is_told_by_all_three(page) -> None:
    page.goto(f"/unit?code=NJ&on={EFFECTIVE}")
    for name, others in ((OLD[0], [NEW]), (OLD[1], [NEW]), (NEW, OLD)):
        page.goto(f"/units?on={EFFECTIVE - timedelta(days=1) if name in OLD else EFFECTIVE}")
        page.click(f"main a:text-is('{name}')")
        page.goto(re.sub(r"on=[\d-]+", f"on={EFFECTIVE}", page.url))
        told = page.inner_text("main")
        assert NUMBER in told
        for other in others:
            assert other in told


def the_paper_says_the_same(page, case) -> None:
    told = paper_text(page, case)
    for words in (
        NUMBER, f"关于整合组建{NEW}的批复", f"{OLD[0]}、{OLD[1]}并入{NEW}",
        "核定区农业综合服务中心一般事业编制（财政全额）15名", MEETING, "区农业农村局：", "特此批复",
    ):  # fmt: skip
        assert words in told, told


def paper_text(page, case) -> str:
    """What the PDF says, blanks left out."""
    answer = page.request.get(f"/cases/{case}/paper.pdf")
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return "".join("".join(each.extract_text().split()) for each in pages)


def the_register_has_its_number(site, page) -> None:
    page.goto("/cases/register")
    line = page.locator("main tbody tr", has_text=NUMBER)
    assert f"关于整合组建{NEW}的批复" in line.inner_text()
    site.picture(page, "12-register")


def undo_by_another_document(site, clerk, secretary) -> None:
    """No button undoes it: a document that voids the change does; the number stays."""
    text = f"{TODAY} {UNDOING}\n  作废 no=2"
    with opened(site.database) as alias:
        Poster(alias).post(ledger(text))
    after = units_on(clerk, EFFECTIVE)
    assert NEW not in after
    for name in OLD:
        assert name in after
    secretary.goto("/cases/register")
    assert NUMBER in secretary.inner_text("main")
