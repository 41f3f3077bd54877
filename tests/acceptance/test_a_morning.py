"""A clerk's morning in a real browser, on an instance set up that day.

She logs in, hands over the messy workbooks of her district, puts right two columns that nobody
could have recognised and a block of numbers that slipped one column, answers what the tables
disagree on, posts, finds a unit by the initials of its name, goes back to 2015, asks a number
for its grounds down to the document, and takes the 56-column sheet away.

All the while nothing may go wrong that she would not see: an error in the browser's console, in
a script, or a request that leaves the office.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.support.browser import PASSWORD, PATIENCE, SIZES, cast, listen, served
from tests.support.databases import new_sqlite
from tests.support.intake import handed_over

pytestmark = pytest.mark.browser
LEDGER, SHIFTED = "机构编制职数一览表.xlsx", "机构编制职数一览表（旧系统导出）.xlsx"
OWN_WORDS = {"机构级别": "层次", "经费形式": "钱从哪来"}  # as this office writes them, nobody else
COLUMNS = 56
THEN = "2015-06-30"


class Unit(NamedTuple):
    """A unit that had other posts then than now, and the document that had given them."""

    name: str
    initials: str
    then: int
    now: int
    document: str


def a_unit_with_a_past(truth: dict[str, Any]) -> Unit:
    """The first middle school: its posts were raised and cut over the years."""
    district = truth["districts"][0]
    name = f"{district['name']}第一中学"
    own = next(org for org in district["orgs"] if org["name"] == name)
    told = [event for event in district["events"] if event[2] == own["key"] and event[0] <= THEN]
    posts = [event[5]["SY"] for event in told]
    given = max(at for at in range(1, len(posts)) if posts[at] != posts[at - 1])
    unit = Unit(name, "dyzx", posts[-1], own["approved"]["SY"], told[given][1])
    assert unit.then != unit.now
    return unit


@pytest.fixture(scope="module")
def district(tmp_path_factory) -> tuple[dict[str, Any], bytes]:
    """(truth, zip) of a small district as handed over, two headings in the office's own words."""
    folder = tmp_path_factory.mktemp("morning") / "材料"
    truth = handed_over(folder, units=20, seed=1)
    _reworded(folder / LEDGER)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*.*")):
            if not re.fullmatch(r"20(?!25)\d\d年\.xlsx", path.name):  # of rosters, the latest
                out.write(path, path.relative_to(folder))
    return truth, packed.getvalue()


def _reworded(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cells = [
        cell for row in book.worksheets[0].iter_rows(max_row=5) for cell in row
        if cell.value in OWN_WORDS
    ]  # fmt: skip
    assert len(cells) == len(OWN_WORDS)
    for cell in cells:
        cell.value = OWN_WORDS[str(cell.value)]
    book.save(path)


@pytest.fixture(scope="module")
def wrong() -> list[str]:
    """What went wrong behind the pages so far."""
    return []


@pytest.fixture(scope="module")
def page(chrome, django_db_blocker, tmp_path_factory, wrong) -> Iterator[Any]:
    """A window on a server over an empty record, listened to."""
    folder = tmp_path_factory.mktemp("fresh")
    with django_db_blocker.unblock():
        database = new_sqlite(folder / "office.sqlite3")
        cast(database)
    width, height = SIZES["small"]
    with served(folder, database) as address:
        context = chrome.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale="zh-CN",
            accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        listen(page, address, wrong)
        yield page
        context.close()


def test_a_clerk_s_morning(page, district, wrong, tmp_path):
    truth, packed = district
    log_in(page)
    hand_over(page, packed)
    correct_two_columns(page)
    move_the_slipped_block_back(page)
    answer_the_differences(page)
    post(page)
    unit = a_unit_with_a_past(truth)
    find_by_initials(page, unit)
    back_to_2015(page, unit)
    grounds_down_to_the_document(page, unit)
    take_the_sheet_away(page, unit, tmp_path)
    assert wrong == []


def log_in(page):
    page.goto("/")
    page.fill("[name=username]", "office_clerk")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("text=台账还是空的")


def hand_over(page, packed):
    page.click(".jobs a:text-is('导入')")
    given = {"name": "澜溪区材料.zip", "mimeType": "application/zip", "buffer": packed}
    page.set_input_files("[name=files]", given)
    page.click("button:text-is('读入')")
    wait_until(page, "待确认")


def wait_until(page, state):
    """Until the delivery is there; its page says on its own when the work is done."""
    page.wait_for_selector("main .said[hx-get]", state="detached")
    page.wait_for_selector(f"h1 .tag:text-is('{state}')")
    assert page.locator("main [role=alert]").count() == 0


def open_sheet(page, file):
    page.click(".steps a:text-is('资料')")
    page.locator("main tbody tr", has_text=file).first.locator("a").click()


def correct_two_columns(page):
    open_sheet(page, LEDGER)
    for own, meant in OWN_WORDS.items():
        choice = page.locator("main tbody tr", has_text=meant).locator("select")
        assert choice.input_value() == "", "nobody could have known"
        choice.select_option(label=own)
    page.click("text=按更正重新读入")
    wait_until(page, "待确认")
    open_sheet(page, LEDGER)
    for own, meant in OWN_WORDS.items():
        row = page.locator("main tbody tr", has_text=meant)
        assert row.locator("select option:checked").inner_text() == own
        assert "100%" in row.inner_text(), "she said so: no doubt is left"


def move_the_slipped_block_back(page):
    open_sheet(page, SHIFTED)
    assert "整体错左一列" in page.inner_text("main")
    page.click("button:text-is('移回')")
    wait_until(page, "待确认")
    page.click(".steps a:has-text('检查')")
    assert "整体错左一列" not in page.inner_text("main tbody")


def answer_the_differences(page):
    page.click(".steps a:has-text('差异清单')")
    kinds = page.locator("main a[href^='?kind=']")
    for at in range(kinds.count()):
        kinds.nth(at).click()
        lines = page.locator("main tbody tr")
        assert ".xlsx!" in lines.first.inner_text(), "every line says where its numbers stand"
        page.click("button:has-text('全部照此处理')")
    assert "未处理 0）" in page.inner_text(".steps")


def post(page):
    page.click(".steps a:text-is('入账')")
    page.click("button:text-is('入账')")
    wait_until(page, "已入账")
    page.click(".jobs a:text-is('台账首页')")
    assert "机构" in page.inner_text(".tiles")


def find_by_initials(page, unit):
    page.fill("main [name=q]", unit.initials)
    page.press("main [name=q]", "Enter")
    page.click(f"table.units a:text-is('{unit.name}')")
    assert approved(page).inner_text() == str(unit.now)


def approved(page):
    """The posts of the unit the page is about, a link to their grounds."""
    return page.locator("section:has(> #posts) tbody tr").first.locator("td.r a").first


def back_to_2015(page, unit):
    page.fill(".when [name=on]", THEN)
    page.click(".when button")
    assert f"{THEN}（过去）" in page.inner_text(".basis.unusual")
    assert approved(page).inner_text() == str(unit.then)


def grounds_down_to_the_document(page, unit):
    approved(page).click()
    posting = page.locator("table tbody tr", has_text=unit.document)
    assert posting.locator("td.strong").inner_text() == str(unit.then)
    posting.locator(f"a:text-is('{unit.document}')").click()
    told = page.inner_text("main dl >> nth=0")
    assert unit.document in told
    assert "成文日期" in told


def take_the_sheet_away(page, unit, tmp_path):
    page.click(".jobs a:text-is('机构名册')")
    with page.expect_download() as waiting:
        page.click("text=一览表（56 列）")
    assert THEN in waiting.value.suggested_filename, "the day she picked goes along"
    path = tmp_path / "一览表.xlsx"
    waiting.value.save_as(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.max_column == COLUMNS
    line = next(row for row in sheet.iter_rows(values_only=True) if unit.name in row)
    assert unit.then in line
