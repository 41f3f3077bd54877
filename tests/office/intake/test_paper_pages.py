"""The page of a paper: numbers beside the ledger's, ticked by a person, posted with the rest."""

from __future__ import annotations

import io

import pytest
from docx import Document

from bianzhi.office.identity.locking import open_file
from bianzhi.office.intake import work
from bianzhi.office.intake.models import POSTED, Delivery
from bianzhi.record.load import load
from tests.support.cast import browser
from tests.support.pages import text
from tests.support.workbooks import xlsx

pytestmark = pytest.mark.django_db
HISTORY = (
    ("单位名称", "时间", "文号", "文件名称", "变动事项", "核定编制", "领导职数", "变动摘要"),
    ("甲区农技站", "2019-04-05", "甲编发〔2019〕2号", "关于设立甲区农技站的批复", "设立",
     "事业编制8名", "1正1副", "设立甲区农技站"),
)  # fmt: skip
WORDS = """甲编发〔2019〕2号
关于设立甲区农技站的批复
甲区农业局：
经研究，同意：
一、设立甲区农技站，为甲区农业局所属事业单位。
二、核定事业编制9名，领导职数1正1副。
特此批复。
2019年4月5日"""


def docx(words: str) -> bytes:
    paper = Document()
    for line in words.splitlines():
        paper.add_paragraph(line)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


@pytest.fixture
def delivery() -> Delivery:
    files = [("沿革表.xlsx", xlsx(HISTORY, sheet="机构沿革")), ("批复.docx", docx(WORDS))]
    made = work.receive(files, "甲").delivery
    work.prepare(made)
    return made


def address(delivery: Delivery) -> str:
    return f"/intake/{delivery.pk}/papers/{delivery.files.get(name='批复.docx').pk}"


def page(where: str, role: str = "office_clerk") -> str:
    return text(browser(role).get(where).content.decode())


def test_a_paper_shows_its_numbers_beside_the_ledger_s_and_its_text(delivery):
    shown = page(address(delivery))
    assert "核定一般事业编制 9 8 沿革表.xlsx!机构沿革!2“设立；设立甲区农技站”" in shown
    assert "与台账不一致" in shown
    assert "二、核定事业编制9名，领导职数1正1副。" in shown
    assert "读出 3 个数，已确认 0 个， 与台账不一致 1 个" in page(f"/intake/{delivery.pk}/")


def test_what_differs_stands_in_the_list_of_differences(delivery):
    shown = page(f"/intake/{delivery.pk}/differences?kind=文件")
    assert "批复.docx!二“事业编制9名”" in shown
    assert "以文件为准" in shown


def test_ticked_numbers_are_posted_as_evidence_the_others_are_not(delivery):
    chosen = delivery.stated.get(title="核定单位正职")
    client = browser("office_clerk")
    assert client.post(f"{address(delivery)}/confirm", {"confirm": chosen.key}).status_code == 302
    chosen.refresh_from_db()
    assert chosen.confirmed == "经办小周"
    work.prepare(delivery)
    assert delivery.stated.exclude(confirmed="").count() == 1, "reading again forgets nothing"
    browser("office_head").post(f"/intake/{delivery.pk}/post")
    delivery.refresh_from_db()
    assert delivery.state == POSTED
    kept = load().frame("assertions").select("kind", "expected").rows()
    assert kept == [("LD1", 10000)]
    assert client.post(f"{address(delivery)}/confirm", {"all": "yes"}).status_code == 400


def test_all_numbers_are_confirmed_by_one_button_and_unticked_again(delivery):
    client = browser("office_clerk")
    client.post(f"{address(delivery)}/confirm", {"all": "yes"})
    assert delivery.stated.exclude(confirmed="").count() == 3
    client.post(f"{address(delivery)}/confirm", {})
    assert delivery.stated.exclude(confirmed="").count() == 0


def test_whose_paper_it_is_can_be_said_by_hand(delivery):
    other = docx(WORDS.replace("关于设立甲区农技站的批复", "关于机构编制的批复"))
    lone = work.receive([("函.docx", other)], "甲").delivery
    work.prepare(lone)
    assert set(lone.stated.values_list("verdict", flat=True)) == {"unknown"}
    work.decide(delivery, "proposal")
    work.post(delivery, "甲")
    where = f"/intake/{lone.pk}/papers/{lone.files.get().pk}/correct"
    browser("office_clerk").post(where, {"unit": "甲区农技站", "day": "", "doc_no": ""})
    assert set(lone.stated.values_list("verdict", flat=True)) == {"same", "differs"}
    bad = browser("office_clerk").post(where, {"unit": "甲", "day": "何时", "doc_no": ""})
    assert bad.status_code == 400


def test_a_paper_that_cannot_be_read_is_told_and_the_rest_goes_on():
    files = [("沿革表.xlsx", xlsx(HISTORY, sheet="机构沿革")), ("坏.docx", b"PK\x03\x04xx")]
    made = work.receive(files, "甲").delivery
    work.prepare(made)
    assert made.files.get(name="坏.docx").said
    assert made.summary["changes"] == 1
    assert open_file(made.files.get(name="坏.docx").kept) == b"PK\x03\x04xx"


@pytest.mark.parametrize(
    "role", ["board_secretary", "department_clerk", "institution_clerk", "auditor", "administrator"]
)
def test_who_may_not_import_sees_no_paper(delivery, role):
    client = browser(role)
    assert client.get(address(delivery)).status_code == 403
    for act in ("confirm", "correct"):
        assert client.post(f"{address(delivery)}/{act}", {"all": "yes"}).status_code == 403
    assert delivery.stated.exclude(confirmed="").count() == 0
