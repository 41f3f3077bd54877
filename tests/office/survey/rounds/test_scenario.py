"""A round from its opening to the diagnosis: one unit on the web, one by Excel with nonsense."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bianzhi.office.access.models import LogEntry
from bianzhi.office.survey.rounds.form import form_of
from bianzhi.office.survey.rounds.models import ACCEPTED, Round, Sheet
from bianzhi.office.survey.told import told
from tests.support import surveys
from tests.support.cast import browser
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
OFFICE = "office_clerk"


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        yield record


def clerk(unit: str):
    return browser("institution_clerk", unit)


def opened() -> Round:
    """The office opens a round over the institutions of the bureau of city management."""
    page = get("/survey/rounds/new", under="A")
    assert "调研单位：2 个" in text(page)
    answer = browser(OFFICE).post("/survey/rounds/new", {
        "title": "市容调研", "questionnaire": "usual", "units": ["B", "C"], "under": "A",
        "kind": "institutions", "due": date(timezone.localdate().year + 1, 1, 31).isoformat(),
    })  # fmt: skip
    made = Round.objects.get()
    assert answer["Location"] == f"/survey/rounds/{made.pk}"
    assert made.chosen == "事业单位，测县城管局所属，全部 2 个单位"
    return made


def fills_on_the_web(sheet: Sheet) -> None:
    """B's clerk saves a draft with nonsense, is told of it, mends it and hands it in."""
    one, address = clerk("B"), f"/survey/sheets/{sheet.pk}/fill"
    assert "承担渣土运输管理" in text(one.get(address).content.decode())
    given = surveys.right(form_of(sheet)) | {
        "figures/SY.actual/same": "no", "figures/SY.actual/stated": "三人", "seen": "0",
    }  # fmt: skip
    refused = one.post(address, {**given, "submit": "1"})
    page = text(refused.content.decode())
    assert refused.status_code == 400
    assert "还有 2 处要改，没有提交；填的内容已存为草稿" in page
    assert "3. 编制、实有人员和领导职数，第 2 行“单位数” “三人”不是数字" in page
    assert "第 2 行“原因” “是否一致”填了“不一致”，这里没有填" in page
    assert 'value="三人"' in one.get(address).content.decode()  # nothing written is lost
    mended = given | {"figures/SY.actual/stated": "2", "figures/SY.actual/reason": "一人在外挂职",
                      "seen": "1", "submit": "1"}  # fmt: skip
    assert one.post(address, mended)["Location"] == f"/survey/sheets/{sheet.pk}"
    assert one.get(address).status_code == 302  # handed in: no longer to be changed


def filled_workbook(data: bytes, wrong: dict[tuple[str, str], str]) -> bytes:
    """C's workbook filled in as people do, some cells wrong."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    duties, figures, outside = (
        book["1 职责履行情况"],
        book["3 编制、实有人员和领导职数"],
        book["4 编外用人和借用"],
    )
    duties["C4"] = "正常履行"
    for each in range(4, figures.max_row + 1):
        figures[f"D{each}"] = "一致"
    for each in range(4, 8):
        outside[f"C{each}"] = 0
    work, served, said = book["5 业务量"], book["6 服务对象"], book["7 问题与建议"]
    work["B4"], work["C4"], work["G4"] = "清扫道路", "公里", 310
    served["B4"], served["F4"] = "常住人口", 81000
    said["C4"] = "清扫车辆老旧"
    book["8 其他"]["C4"], book["8 其他"]["C5"] = "一致", "王强 3321188"
    for (sheet, cell), value in wrong.items():
        book[sheet][cell] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def taken(round: Round, **files: bytes):
    """The office takes workbooks back."""
    sent = [SimpleUploadedFile(f"{name}.xlsx", data) for name, data in files.items()]
    return browser(OFFICE).post(f"/survey/rounds/{round.pk}/take", {"files": sent}, follow=True)


def comes_by_excel(round: Round, sheet: Sheet) -> None:
    """C's workbook comes back with nonsense, is handed back marked, mended, and goes in."""
    empty = browser(OFFICE).get(f"/survey/sheets/{sheet.pk}/workbook").content
    wrong: dict[tuple[str, str], str] = {
        ("5 业务量", "G4"): "很多",
        ("1 职责履行情况", "B4"): "负责全县保洁",
    }
    page = taken(round, 环卫=filled_workbook(empty, wrong)).content.decode()
    assert "1 个没有收下" in text(page)
    assert (
        "没有收 〔1 职责履行情况〕B4 这一格取自台账，不能改；原为“负责道路清扫保洁” 等 2 处"
        in text(page)
    )
    copy = browser(OFFICE).get(f"/survey/taken/{round.taken.latest('pk').pk}").content
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert "“很多”不是数字" in book["5 业务量"]["G4"].comment.text
    assert book["5 业务量"]["G4"].fill.start_color.rgb == "00FFC7CE"
    book["5 业务量"]["G4"] = 320
    book["1 职责履行情况"]["B4"] = "负责道路清扫保洁"
    mended = io.BytesIO()
    book.save(mended)
    page = text(taken(round, 环卫改=mended.getvalue()).content.decode())
    assert "收下 1 个" in page


def test_a_round_from_its_opening_to_the_diagnosis():
    round = opened()
    b, c = (round.sheets.get(unit=unit) for unit in "BC")
    fills_on_the_web(b)
    comes_by_excel(round, c)
    page = get(f"/survey/rounds/{round.pk}")
    assert row(page, "", "测县市容中心 B")[2:4] == ["测县城管局", "已提交"]
    assert "已交 2 100.0%" in text(page)
    for sheet in (b, c):
        browser(OFFICE).post(f"/survey/sheets/{sheet.pk}/decide", {"what": "accept"})
        sheet.refresh_from_db()
        assert sheet.status == ACCEPTED
    shown = get(f"/survey/sheets/{b.pk}")
    assert "与台账不同 1 处" in text(shown)
    assert row(shown, "一般事业编制：实有")[1:] == ["1", "不一致", "2", "一人在外挂职", "1"]
    found = told()
    assert found.workload.filter(unit="C").select("item", "amount").rows() == [("清扫道路", 320.0)]
    assert sorted(found.problems["text"]) == [surveys.PROBLEM, "清扫车辆老旧"]
    assert set(found.execution["done"]) == {"full"}
    logged = list(LogEntry.objects.filter(act="survey").values_list("what", flat=True))
    assert logged[0] == "发起调研：市容调研，事业单位，测县城管局所属，全部 2 个单位"
    assert logged[-1] == "调研答卷已接受"
