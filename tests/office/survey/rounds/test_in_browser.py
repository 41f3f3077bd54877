"""The survey in a real browser: a clerk mends a sheet and hands it in, the office sees progress."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import serious

pytestmark = pytest.mark.browser


def choose(page: Any, part: str, column: str, words: str) -> None:
    """The same choice in every row of a part that the record shows."""
    for each in page.locator(f"select[name^='{part}/'][name$='/{column}']").all():
        if "/+" not in str(each.get_attribute("name")):
            each.select_option(label=words)


def looks_right(site: Any, page: Any, name: str) -> None:
    """Nothing serious, nothing beyond the screen; a picture is kept."""
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    site.picture(page, name)


def test_a_clerk_mends_what_was_wrong_and_the_office_sees_who_has_answered(office):
    head = office.page("office_head")
    head.goto("/survey/rounds/new")
    head.get_by_role("button", name="发起调研").click()
    head.wait_for_url("**/survey/rounds/*")
    page = office.page("institution_clerk")
    page.goto("/")
    page.get_by_text("请填报").click()
    choose(page, "duties", "done", "正常履行")
    choose(page, "sections", "kept", "按核定设置")
    choose(page, "figures", "same", "一致")
    for each in page.locator("input[name^='outside/'][name$='/people']").all():
        each.fill("没有")
    looks_right(office, page, "fill")
    page.get_by_role("button", name="提交").click()
    wrong = page.get_by_role("alert").filter(has_text="没有提交；填的内容已存为草稿")
    wrong.wait_for()
    assert wrong.get_by_text("“没有”不是数字").count() == 4
    assert page.locator("input[name='outside/hired/people']").input_value() == "没有"
    looks_right(office, page, "refused")
    for each in page.locator("input[name^='outside/'][name$='/people']").all():
        each.fill("0")
    year = page.locator("input[name^='workload/+1/y']").last
    page.fill("[name='workload/+1/item']", "教学班")
    page.fill("[name='workload/+1/measure']", "个")
    year.fill("24")
    measure = page.locator("input[name$='/measure'][name^='served/+1']")
    measure.fill("学生")
    page.locator("input[name^='served/+1/y']").last.fill("1,080")
    page.fill("[name='problems/first/text']", "年轻教师补充慢")
    page.locator("[name='others/site/answer']").select_option(label="一致")
    page.fill("[name='others/filler/answer']", "吴桐")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已提交。要改的，请编办退回").wait_for()
    assert page.get_by_text("1080").count() == 1
    head.reload()
    looks_right(office, head, "progress")
    assert head.locator("tr", has_text="已提交").count() == 1
