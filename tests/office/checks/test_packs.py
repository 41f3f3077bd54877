"""The office's packs: uploaded, checked, put to use at once, laid aside, kept for ever."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from bianzhi.office.checks.models import PackVersion
from bianzhi.office.checks.starting import START
from bianzhi.rules.reading import read_pack
from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
OWN = """
title = "测县本办规则"
level = "office"
place = "测县"
[sources.rule]
title = "测县机构编制管理规定"
doc_no = "测编发〔2020〕1号"
grade = "V"
[[rules]]
rule = "CK-13"
name = "own"
source = "rule"
parameters = { most = 3 }
[[rules]]
rule = "CK-01"
source = "rule"
severity = "info"
"""


@pytest.fixture(autouse=True)
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def upload(content: str = OWN, who: str = "office_head", **more: object):
    return browser(who).post("/findings/packs/upload", {"key": "own", "text": content, **more})


def test_an_uploaded_pack_is_used_at_once_and_replaces_what_it_names():
    assert "小散弱" not in get("/findings/", **ON, rule="CK-13").partition("<table>")[2]
    assert upload().status_code == 302
    assert "检查发现：3 条" in text(get("/findings/", **ON, rule="CK-13"))
    assert "检查发现：0 条" in text(get("/findings/", **ON, severity="error"))
    assert "测县本办规则" in get("/findings/packs", **ON)


def test_a_file_is_as_good_as_typing():
    file = SimpleUploadedFile("own.toml", OWN.encode("utf-8-sig"))
    assert upload("", file=file).status_code == 302
    odd = SimpleUploadedFile("own.toml", OWN.encode("gbk"))
    assert "不是 UTF-8 文本" in upload("", file=odd).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OWN.replace('source = "rule"', 'source = "nowhere"'), "没有写在 [sources] 里"),
        (OWN.replace("most = 3", "most = 3, kinds = ['QQ']"), "不在编制种类代码表中"),
        (OWN.replace('grade = "V"', 'grade = "A"'), "没有“A”这个证据等级"),
    ],
)
def test_a_wrong_pack_is_refused_with_the_reason_and_nothing_changes(content, words):
    refused = upload(content)
    assert refused.status_code == 400
    assert words in refused.content.decode()
    assert "most = 3" in refused.content.decode(), "写的还在"
    assert not PackVersion.objects.exists()


def test_a_shipped_name_is_not_the_office_s():
    assert "是自带的规则包" in upload(key="nation").content.decode()


def test_packs_are_laid_aside_and_taken_up_again():
    choose = {"key": "nation", "used": "no"}
    assert browser("office_clerk").post("/findings/packs/choose", choose).status_code == 302
    assert "检查发现：0 条" in text(get("/findings/", **ON))
    browser("office_clerk").post("/findings/packs/choose", {**choose, "used": "yes"})
    assert "检查发现：0 条" not in text(get("/findings/", **ON))
    unknown = browser("office_clerk").post("/findings/packs/choose", {"key": "henan"})
    assert "没有代号为“henan”的规则包" in unknown.content.decode()


def test_who_may_not_touch_packs():
    for role in ("auditor", "board_secretary", "administrator"):
        assert upload(who=role).status_code == 403
        given = {"key": "nation", "used": "no"}
        assert browser(role).post("/findings/packs/choose", given).status_code == 403
        assert browser(role).get("/findings/packs/text", {"key": "nation"}).status_code == 403
    assert browser("auditor").get("/findings/packs").status_code == 200
    assert browser("administrator").get("/findings/packs").status_code == 403
    assert "核对并采用" not in browser("auditor").get("/findings/packs").content.decode()


def test_the_text_of_a_pack_can_be_taken_along():
    answer = browser().get("/findings/packs/text", {"key": "nation"})
    assert "CK-01" in answer.content.decode()
    upload()
    assert browser().get("/findings/packs/text", {"key": "own"}).content.decode() == OWN
    assert browser().get("/findings/packs/text", {"key": "no"}).status_code == 404


def test_every_version_is_kept_and_none_can_be_changed():
    upload()
    upload(OWN.replace("most = 3", "most = 2"))
    assert PackVersion.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        PackVersion.objects.update(used=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        PackVersion.objects.all().delete()


def test_a_pack_broken_since_is_named_and_the_others_go_on():
    PackVersion.objects.create(
        key="own", title="旧包", text=OWN.replace("CK-13", "CK-77"), used=True, by="x",
        at="2022-01-01T00:00:00Z",
    )  # fmt: skip
    page = get("/findings/packs", **ON)
    assert "没有编号为“CK-77”的规则" in page
    page = get("/findings/", **ON)
    assert "规则包“旧包”有错，这次没有用" in page
    assert "一般事业编制实有 3，核定 2" in page


# -- written in the page --------------------------------------------------------------------------


def form(page: str) -> str:
    """What the form for writing a pack begins with."""
    own = page.partition('id="own"')[2].partition('id="own-text"')[2]
    return unescape(own.partition(">")[2].partition("</textarea>")[0])


def test_the_first_pack_is_not_begun_with_an_empty_sheet():
    assert form(get("/findings/packs", **ON)).strip() == START.strip()
    assert upload(START).status_code == 302, "照着写的开头本身就能用"
    assert {entry.rule.code for entry in read_pack("own", START).entries} == {"CK-08", "CK-13"}


def test_what_the_office_wrote_is_there_to_be_changed():
    upload()
    assert form(get("/findings/packs", **ON)).strip() == OWN.strip()
    upload(OWN.replace("测县本办规则", "又一个"), key="more")
    assert "又一个" in form(get("/findings/packs", **ON, edit="more"))
    assert form(get("/findings/packs", **ON, edit="nation")).startswith("#")


def test_looking_at_what_is_read_takes_nothing_into_use():
    looked = upload(only="yes")
    page = text(looked.content.decode())
    assert looked.status_code == 200
    assert "“测县本办规则”没有错，读到的是下面这些；还没有采用" in page
    assert "编制几名以下：3" in page
    assert not PackVersion.objects.exists()
    wrong = upload(OWN.replace("most = 3", 'most = "三"'), only="yes")
    assert (wrong.status_code, "不是数字" in wrong.content.decode()) == (400, True)


def test_the_numbers_of_every_entry_stand_in_the_page_in_words():
    page = text(get("/findings/packs", **ON))
    assert "11—50 名 2—3；51—100 名 3—4" in page
    assert "只出不进的状态：冻结、整合中" in page


UNITS = """
[[rules]]
rule = "CK-02"
source = "rule"
scope = {{ units = ["{unit}"] }}
[[rules.exemptions]]
unit = "{unit}"
document = "测编发〔2021〕9号"
[[served]]
unit = "{unit}"
measure = "小学"
amount = 900
day = "2021-09-01"
source = "统计"
"""


def test_a_unit_that_is_in_no_ledger_is_named_at_each_of_its_places():
    page = text(upload(OWN + UNITS.format(unit="S01x")).content.decode())
    for place in ("第 3 条规则 CK-02 适用范围", "第 3 条规则 CK-02 例外", "第 1 条业务量"):
        assert f"{place} 台账里没有代码为“S01x”的单位" in page
    assert upload(OWN + UNITS.format(unit="S1")).status_code == 302


def test_a_confirmation_of_what_no_pack_has_is_refused_with_what_there_is():
    confirm = '\n[[confirm]]\npack = "gansu"\nrule = "CK-08"\n{name}document = "核对原文"\n'
    page = text(upload(OWN + confirm.format(name="")).content.decode())
    assert "规则包 gansu 里没有 CK-08" in page
    assert "gansu section、gansu unit" in page
    assert upload(OWN + confirm.format(name='name = "unit"\n')).status_code == 302
