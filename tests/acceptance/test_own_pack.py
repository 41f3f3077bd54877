"""A lawyer of the office writes its own rules in the browser: told what is wrong until it is right,
looks at what was read, takes it into use, and sees it in the findings."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
PACK = """
title = "澜溪区本办规则"
level = "office"
place = "澜溪区"
[sources.banfa]
title = "澜溪区机构编制管理办法"
doc_no = "澜编发〔2020〕1号"
grade = "V"
[[rules]]
rule = "CK-13"
name = "own"
source = "banfa"
clause = "第九条"
parameters = { most = 500 }
[[rules]]
rule = "CK-08"
name = "own"
source = "banfa"
parameters = { ladder = [{ from = 0, to = 10, most = 2 }, { from = 11, most = 3 }] }
"""


def told(page, text: str, button: str = "核对并采用") -> str:
    page.fill("#own-text", text)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()
    return str(page.locator(".said").first.inner_text())


def test_a_pack_is_written_mended_looked_at_and_used(office):
    page = office.page("office_head")
    page.goto("/findings/packs")
    assert page.input_value("#own-text").startswith("# 本办的规则包")
    # Chinese quotation marks, a gap, an overlap, no document, a code that is none
    assert "用了中文的 “" in told(page, PACK.replace('"CK-13"', "“CK-13”"))
    assert page.input_value("#own-text").count("“CK-13”") == 1, "写的还在"
    assert "之间有空档：11 名不属于任何一档" in told(page, PACK.replace("from = 11", "from = 12"))
    assert "10 名同时属于两档" in told(page, PACK.replace("from = 11", "from = 10"))
    assert "缺少“出处”" in told(page, PACK.replace('source = "banfa"\nclause', "clause"))
    assert "“77”不在机构类别代码表中" in told(
        page, PACK.replace("most = 500", 'most = 500, categories = ["77"]')
    )
    office.picture(page, "own-pack-refused")
    # sound: looked at, then used
    assert "没有错" in told(page, PACK, "只核对")
    assert page.get_by_text("0—10 名至多 2；11 名以上至多 3").count() == 1
    assert "已采用" in told(page, PACK)
    page.goto("/findings/?rule=CK-13")
    assert page.get_by_text("澜编发〔2020〕1号").count() > 0
    assert page.get_by_text("第九条").count() > 0
    # laid aside: what it found goes
    page.goto("/findings/packs")
    own = page.locator("details", has_text="澜溪区本办规则")
    own.get_by_role("button", name="停用").click()
    page.goto("/findings/?rule=CK-13")
    assert page.get_by_text("澜编发〔2020〕1号").count() == 0
