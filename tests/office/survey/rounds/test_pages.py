"""Pages of the survey: who sees what, reminding, sending back, closing, notes, files, export."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from bianzhi.office.access.models import LogEntry
from bianzhi.office.survey.rounds.models import Interview, Reminder, Round, Version
from tests.support import surveys
from tests.support.cast import browser
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh
from tests.support.surveys import PROBLEM, answer, opened, sheet

pytestmark = pytest.mark.django_db
OFFICE = "office_clerk"


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        yield record


def later(days: int = 10) -> date:
    return timezone.localdate() + timedelta(days=days)


def clerk(unit: str):
    return browser("institution_clerk", unit)


def post(address: str, **given: object):
    return browser(OFFICE).post(address, given, follow=True).content.decode()


# -- who sees what -------------------------------------------------------------------------


def test_a_clerk_sees_and_fills_the_own_sheet_alone():
    round = opened(due=later())
    b, c = sheet(round, "B"), sheet(round, "C")
    answer(c)
    assert "填写" in text(clerk("B").get("/survey/mine").content.decode())
    assert "环卫" not in clerk("B").get("/survey/mine").content.decode()
    assert clerk("B").get(f"/survey/sheets/{b.pk}/fill").status_code == 200
    theirs = c.versions.get().pk
    for address in (
        f"sheets/{c.pk}",
        f"sheets/{c.pk}/fill",
        f"sheets/{c.pk}/workbook",
        f"answers/{theirs}:duties:d3",
        f"sheets/{c.pk}/files/1",
    ):
        shown = clerk("B").get(f"/survey/{address}")
        assert shown.status_code == 404, address
        assert "道路清扫" not in shown.content.decode()


def test_a_department_reads_the_sheets_below_it_and_fills_none_of_them():
    one = answer(sheet(opened(due=later()), "B"))
    mine, other = browser("department_clerk", "A"), browser("department_clerk", "N")
    assert PROBLEM in mine.get(f"/survey/sheets/{one.pk}").content.decode()
    assert "测县市容中心" in mine.get("/survey/mine").content.decode()
    assert mine.get(f"/survey/sheets/{one.pk}/fill").status_code == 403
    assert other.get(f"/survey/sheets/{one.pk}").status_code == 404
    assert mine.post(f"/survey/sheets/{one.pk}/decide", {"what": "accept"}).status_code == 403


def test_the_office_does_not_answer_for_a_unit():
    one = sheet(opened(due=later()), "B")
    assert browser(OFFICE).get(f"/survey/sheets/{one.pk}/fill").status_code == 403


# -- saving --------------------------------------------------------------------------------


def test_two_clerks_at_once_lose_nothing():
    one = sheet(opened(due=later()), "B")
    address = f"/survey/sheets/{one.pk}/fill"
    for words in ("甲写的", "乙写的"):  # both opened the page before either saved
        shown = clerk("B").post(address, {"seen": "0", "save": "1", "problems/first/text": words},
                                follow=True)  # fmt: skip
    assert "存过第 1 版；两版都在" in text(shown.content.decode())
    said = [each.content["problems"]["rows"][0]["told"]["text"] for each in one.versions.all()]
    assert said == ["甲写的", "乙写的"]
    assert "甲写的" in get(f"/survey/sheets/{one.pk}", version="1")


def test_saving_the_same_again_adds_no_version():
    one = sheet(opened(due=later()), "B")
    for _ in range(2):
        clerk("B").post(f"/survey/sheets/{one.pk}/fill", {"save": "1", "seen": "0"})
    assert one.versions.count() == 1


def test_the_database_itself_refuses_to_change_an_answer():
    version = answer(sheet(opened(due=later()), "B")).versions.get()
    for change in (lambda: Version.objects.update(by="别人"), version.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# -- what the office does ------------------------------------------------------------------


def test_a_round_is_not_opened_with_anything_missing():
    page = browser(OFFICE).post("/survey/rounds/new", {
        "title": " ", "questionnaire": "usual", "due": "2020-01-01", "kind": "institutions",
    })  # fmt: skip
    said = text(page.content.decode())
    assert page.status_code == 400
    assert all(each in said for each in ("没有写名称", "一个单位也没有选", "已经过去"))
    assert not Round.objects.exists()


@pytest.mark.parametrize(("asked", "units"), [
    ({}, 3), ({"under": "A"}, 2), ({"q": "农技"}, 1), ({"q": "B"}, 1), ({"kind": "departments"}, 2),
    ({"under": "N", "q": "市容"}, 0), ({"welfare": "1"}, 0),
])  # fmt: skip
def test_units_are_chosen_by_filter(asked, units):
    assert f"调研单位：{units} 个" in text(get("/survey/rounds/new", on="2022-01-10", **asked))


def test_progress_by_department_and_who_is_late():
    round = opened("B", "C", "E", due=timezone.localdate() - timedelta(days=1))
    answer(sheet(round, "B"))
    page = get(f"/survey/rounds/{round.pk}")
    assert row(page, "测县城管局")[1:] == ["2", "1", "1", "50%"]
    assert row(page, "测县农业局")[1:] == ["1", "0", "1", "0%"]
    late = text(get(f"/survey/rounds/{round.pk}", status="late"))
    assert "单位：2 个" in late
    assert "单位：1 个" in text(get(f"/survey/rounds/{round.pk}", status="late", under="N"))


def test_who_is_reminded_sees_it_on_the_first_page():
    round = opened(due=later())
    b, c = sheet(round, "B"), answer(sheet(round, "C"))
    said = post(f"/survey/rounds/{round.pk}/remind", sheets=[b.pk, c.pk], words="周五前交")
    assert "已催办 1 个单位" in text(said)  # C has handed in
    kept = Reminder.objects.get()
    assert (kept.sheet_id, kept.words, kept.by) == (b.pk, "周五前交", OFFICE)
    first = text(clerk("B").get("/").content.decode())
    assert "请填报“二〇二二年调研”" in first
    assert "编办催办：周五前交" in first
    assert "请填报" not in text(clerk("C").get("/").content.decode())
    assert "有 1 份答卷已提交，待审阅" in text(get("/"))


def test_sent_back_with_a_reason_the_clerk_sees_and_can_mend():
    one = answer(sheet(opened(due=later()), "B"))
    address = f"/survey/sheets/{one.pk}/decide"
    assert "没有写清退回的原因" in text(post(address, what="return", reason="改"))
    assert "已退回" in text(post(address, what="return", reason="业务量少写了一年"))
    assert "被编办退回：业务量少写了一年" in text(clerk("B").get("/").content.decode())
    form = clerk("B").get(f"/survey/sheets/{one.pk}/fill").content.decode()
    assert "编办退回：业务量少写了一年" in text(form)
    assert PROBLEM in form  # what was answered is still there
    assert "不能接受" in text(post(address, what="accept"))


def test_a_closed_round_takes_no_answers_and_keeps_what_it_has():
    round = opened(due=later())
    answer(sheet(round, "B"))
    address = f"/survey/rounds/{round.pk}/change"
    assert f"填报期限改为 {later(20)}" in text(post(address, what="due", due=later(20).isoformat()))
    assert "已经过去" in text(post(address, what="due", due="2020-01-01"))
    assert "已结束，单位不能再填" in text(post(address, what="close"))
    assert "已经结束" in text(post(address, what="close"))
    c = sheet(round, "C")
    assert clerk("C").get(f"/survey/sheets/{c.pk}/fill").status_code == 302
    refused = clerk("C").post(f"/survey/sheets/{c.pk}/fill", {"save": "1"})
    assert "已经结束，不能再填" in text(refused.content.decode())
    assert not c.versions.exists()
    assert "请填报" not in text(clerk("C").get("/").content.decode())
    assert PROBLEM in get(f"/survey/sheets/{sheet(round, 'B').pk}")


def test_all_answers_in_one_workbook_a_sheet_a_part():
    round = opened(due=later())
    answer(sheet(round, "B"), {"workload/+1/y2019": "400"}.items())
    data = browser(OFFICE).get(f"/survey/rounds/{round.pk}/answers").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    units = list(book["单位"].values)
    assert [each[:4] for each in units[1:]] == [
        ("B", "测县市容中心", "测县城管局", "已提交"), ("C", "测县环卫中心", "测县城管局", "未填"),
    ]  # fmt: skip
    work = list(book["5 业务量"].values)
    assert work[0][5:] == ("业务", "计量单位", "2018 年", "2019 年", "2020 年", "2021 年")
    assert work[1][5:] == ("渣土车检查", "次", None, 400, None, 420)
    assert len(work) == 2


def test_workbooks_of_those_who_have_not_answered_in_one_zip():
    round = opened(due=later())
    answer(sheet(round, "B"))
    data = browser(OFFICE).get(f"/survey/rounds/{round.pk}/workbooks").content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist() == ["C 测县环卫中心.xlsx"]


# -- notes and files -----------------------------------------------------------------------


def test_a_note_of_an_interview_is_corrected_by_another_and_both_stay():
    round = opened()
    address = f"/survey/rounds/{round.pk}/interviews"
    told = {"held_on": "2022-01-12", "interviewed": "李主任", "interviewers": "周敏",
            "units": "B、C", "text": "人手不足"}  # fmt: skip
    post(address, **told)
    first = Interview.objects.get()
    assert first.units == ["B", "C"]
    post(address, **{**told, "text": "人手不足，缺司机", "replaces": str(first.pk)})
    page = get(address)
    assert "访谈记录：1 条" in text(page)
    assert "改正以前的 1 条" in text(page)
    sheet_page = get(f"/survey/sheets/{sheet(round, 'B').pk}")
    assert "人手不足，缺司机" in sheet_page
    assert (
        "人手不足，缺司机"
        not in clerk("B").get(f"/survey/sheets/{sheet(round, 'B').pk}").content.decode()
    )


def test_a_note_with_something_missing_is_refused_and_not_lost():
    round = opened()
    page = browser(OFFICE).post(f"/survey/rounds/{round.pk}/interviews", {
        "held_on": "2199-01-01", "interviewed": "", "units": "ZZ", "text": "谈了很多很多",
    })  # fmt: skip
    said = text(page.content.decode())
    assert page.status_code == 400
    assert all(each in said for each in ("没有写访谈对象", "台账上当日没有：ZZ", "还没有到"))
    assert "谈了很多很多" in said


def test_files_are_kept_locked_and_handed_out_to_who_may_see_them():
    round = opened(due=later())
    b, c = sheet(round, "B"), sheet(round, "C")
    pdf = SimpleUploadedFile("依据.pdf", b"%PDF-1.7 yes")
    assert clerk("B").post(f"/survey/sheets/{b.pk}/attach", {"file": pdf}).status_code == 302
    kept = b.files.get()
    assert "%PDF" not in kept.locked
    assert clerk("B").get(f"/survey/sheets/{b.pk}/files/{kept.pk}").content == b"%PDF-1.7 yes"
    assert clerk("C").get(f"/survey/sheets/{b.pk}/files/{kept.pk}").status_code == 404
    assert clerk("C").get(f"/survey/sheets/{c.pk}/files/{kept.pk}").status_code == 404
    bad = SimpleUploadedFile("依据.pdf", b"MZ program")
    said = clerk("B").post(f"/survey/sheets/{b.pk}/attach", {"file": bad}, follow=True)
    assert "内容与扩展名不符" in text(said.content.decode())
    answer(b)
    again = SimpleUploadedFile("二.pdf", b"%PDF-1.7 no")
    assert clerk("B").post(f"/survey/sheets/{b.pk}/attach", {"file": again}).status_code == 403
    assert LogEntry.objects.filter(what="调研附件 依据.pdf").exists()


def test_files_of_the_round_itself_are_the_office_s():
    round = opened()
    paper = SimpleUploadedFile("通知.pdf", b"%PDF-1.7 go")
    post(f"/survey/rounds/{round.pk}/attach", file=paper)
    kept = round.files.get()
    assert (
        browser(OFFICE).get(f"/survey/rounds/{round.pk}/files/{kept.pk}").content == b"%PDF-1.7 go"
    )
    assert clerk("B").get(f"/survey/rounds/{round.pk}/files/{kept.pk}").status_code == 403


def test_the_unit_s_page_and_its_diagnosis_lead_to_its_sheets():
    one = answer(sheet(opened(), "B"))
    assert "/survey/mine?" in get("/unit", code="B", on="2022-01-10")
    assert "/survey/mine?" in get("/survey/diagnosis/unit", code="B", on="2022-01-10")
    assert f"/survey/sheets/{one.pk}" in get("/survey/mine", unit="B")
