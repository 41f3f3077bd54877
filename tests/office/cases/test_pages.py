"""The pages of matters: a department files, the office returns, studies, the secretary issues."""

from __future__ import annotations

import html
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from bianzhi.core.days import parse_day
from bianzhi.files.word.reading import read_word
from bianzhi.office.access.models import LogEntry
from bianzhi.office.cases import expiring
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.models import Attachment, Case, Holiday, Letterhead, Meeting, Number
from tests.office.cases.conftest import MERGER, NOW, REDUCTION, REQUEST, TO_ISSUE, walk
from tests.support.cast import browser
from tests.support.pages import text

pytestmark = pytest.mark.usefixtures("district")
SENT = {
    **{name: value for name, value in MERGER.items() if isinstance(value, str)},
    **{f"request.{name}": value for name, value in REQUEST.items()},
    "type": "merge", "unit": "NY", "version": "0", "sources": ["NJ", "ZZ"],
    "posts.0": ["SY", ""], "posts.1": ["full", ""], "posts.2": ["15", ""],
    "leaders.0": ["LD1", "LD2"], "leaders.1": ["", ""], "leaders.2": ["1", "2"],
}  # fmt: skip
PDF = b"%PDF-1.7 x"


def pdf_text(data: bytes) -> str:
    """All the words of a PDF."""
    pages = PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def department():
    return browser("department_clerk", "NY")


def clerk():
    return browser("office_clerk")


def secretary():
    return browser("board_secretary")


def step(client: Any, case: Case, code: str, **more: str) -> Any:
    case.refresh_from_db()
    sent = {"step": code, "version": str(case.version), "words": "经研究", **more}
    return client.post(f"/cases/{case.pk}/step", sent)


def filed() -> Case:
    answer = department().post("/cases/new", {**SENT, "submit": "1"})
    assert answer.status_code == 302, text(answer.content.decode())
    return Case.objects.get()


def test_from_the_request_to_the_ledger_by_three_people() -> None:
    case = filed()
    assert (case.state, case.title) == ("submitted", "整合组建区农业综合服务中心")
    assert step(clerk(), case, "return", words="请补充资产清单").status_code == 302
    sent = {**SENT, "version": "2", "assets_to": "由新中心承接，详见清单", "submit": "1"}
    assert department().post(f"/cases/{case.pk}/edit", sent).status_code == 302
    for code in ("accept", "study", "refer"):
        assert step(clerk(), case, code).status_code == 302
    assert step(secretary(), case, "agree", words="区委编委第3次会议研究").status_code == 302
    case.refresh_from_db()
    sent = {"version": str(case.version), "signed_on": "2026-03-05"}
    assert secretary().post(f"/cases/{case.pk}/issue", sent).status_code == 302
    case.refresh_from_db()
    assert case.state == "issued"
    page = text(clerk().get(f"/cases/{case.pk}").content.decode())
    assert "澜编发〔2026〕1号" in page
    unit = text(clerk().get(f"/unit?code={case.key}-1&on=2026-03-05").content.decode())
    assert "区农业综合服务中心" in unit
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert clerk().get(f"/cases/{case.pk}/paper.{form}").content.startswith(start)


def test_a_form_that_lacks_something_comes_back_with_all_that_was_written() -> None:
    answer = department().post("/cases/new", {**SENT, "assets_to": "", "submit": "1"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "撤并须写明资产、债权债务" in page
    assert "由新中心承担" in page


def test_a_draft_may_be_incomplete() -> None:
    answer = department().post("/cases/new", {**SENT, "assets_to": "", "save": "1"})
    assert answer.status_code == 302
    assert Case.objects.get().state == "draft"


@pytest.mark.parametrize("type_", sorted(matters()))
def test_every_type_has_a_form_that_draws(type_: str) -> None:
    page = clerk().get(f"/cases/new?type={type_}&unit=NJ")
    assert page.status_code == 200
    assert matters()[type_].title in text(page.content.decode())


def test_the_study_shows_before_and_after_and_what_the_paper_will_say(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept")
    page = text(clerk().get(f"/cases/{case.pk}").content.decode())
    assert "12 → 9" in page
    assert "收回区农业技术推广站一般事业编制（财政全额）3名，交回空余编制资源库。" in page
    assert "全区总量不变" in page
    draft = clerk().get(f"/cases/{case.pk}/draft")
    assert draft.content.startswith(b"%PDF")
    assert not Number.objects.exists()


def test_the_study_runs_the_rules_on_what_would_be(opened) -> None:
    case = walk(opened("reduce", {**REDUCTION, "n": "12", "source": ""}), "submit")
    page = text(clerk().get(f"/cases/{case.pk}").content.decode())
    assert "办理后会有" in page
    assert "CK-01" in page  # one person sits where no post is left


def test_what_cannot_be_posted_is_told_on_the_page(opened) -> None:
    case = walk(opened("reduce", {**REDUCTION, "n": "40"}), "submit")
    page = text(clerk().get(f"/cases/{case.pk}").content.decode())
    assert "现在还不能入账" in page


def test_a_meeting_decides_many_on_one_page(opened) -> None:
    first = walk(opened("reduce", REDUCTION), "submit", "accept", "study", "refer")
    second = walk(opened(), "submit", "accept", "study", "refer")
    sent = {"level": "board", "title": "区委编委2026年第3次会议", "held_on": "2026-03-03"}
    at = secretary().post("/cases/meetings/", sent)["Location"]
    meeting = Meeting.objects.get()
    secretary().post(f"{at}/attend", {"case": [first.pk, second.pk]})
    decided = {
        f"outcome.{first.pk}": "agree", f"version.{first.pk}": first.version,
        f"outcome.{second.pk}": "refuse", f"version.{second.pk}": second.version,
        f"words.{second.pk}": "条件不成熟",
    }  # fmt: skip
    secretary().post(f"{at}/decide", decided)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "rejected")
    assert first.decision == "区委编委2026年第3次会议（2026-03-03）研究"
    assert clerk().get(f"{at}/schedule").content.startswith(b"PK")
    minutes = read_word(clerk().get(f"{at}/minutes").content, "纪要").text
    assert "澜编发〔2026〕1号" in minutes
    assert "会议同意。" in minutes
    printed = pdf_text(clerk().get(f"{at}/schedule.pdf").content)
    assert "区委编委2026年第3次会议审议事项表" in printed
    assert "收回区农业技术推广站一般事业编制" in printed
    assert meeting.cases.count() == 2


def test_a_decision_entered_a_second_time_is_refused_and_told(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept", "study", "refer")
    Case.objects.update(meeting=Meeting.objects.create(
        level="board", title="第3次会议", held_on=parse_day("2026-03-03")))  # fmt: skip
    sent = {f"outcome.{case.pk}": "agree", f"version.{case.pk}": case.version - 1}
    page = secretary().post(f"/cases/meetings/{Meeting.objects.get().pk}/decide", sent, follow=True)
    assert "刚刚办了" in text(page.content.decode())
    case.refresh_from_db()
    assert case.state == "board"


def test_many_are_issued_one_by_one_and_a_bad_one_stops_nothing(opened) -> None:
    good = [walk(opened("nameplate", {"org": "NJ", "do": "加挂", "nameplate": f"牌{n}",
                                      "reason": "规范"}), *TO_ISSUE) for n in range(2)]  # fmt: skip
    bad = walk(opened("reduce", REDUCTION), *TO_ISSUE)
    Case.objects.filter(pk=bad.pk).update(given={**REDUCTION, "n": "40"})
    sent: dict[str, Any] = {"case": [each.pk for each in [bad, *good]], "signed_on": "2026-03-05"}
    for _ in range(3):
        page = text(secretary().post("/cases/batch/next", sent).content.decode())
        if "没有办成" in page:
            sent["failed"] = [bad.pk]
    assert "已印发 2 件，共 3 件 ，1 件没有办成，办完了" in page
    assert sorted(map(str, Number.objects.all())) == ["澜编发〔2026〕1号", "澜编发〔2026〕2号"]


def test_attachments_are_kept_by_digest_and_given_back_to_be_saved(opened) -> None:
    case = opened()
    for _ in range(2):
        sent = {"files": [SimpleUploadedFile("../../请示<1>.pdf", PDF)]}
        assert department().post(f"/cases/{case.pk}/attach", sent).status_code == 302
    kept = Attachment.objects.get()
    assert kept.name == "请示1.pdf"
    assert PDF.decode() not in kept.locked
    answer = clerk().get(f"/cases/{case.pk}/attachments/{kept.pk}")
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/octet-stream")


@pytest.mark.parametrize("name", ["木马.exe", "请示.pdf.html", "请示.docx", "脚本.svg", "无"])
def test_what_is_no_paper_is_not_attached(opened, name: str) -> None:
    case = opened()
    sent = {"files": [SimpleUploadedFile(name, b"<script>1</script>")]}
    assert department().post(f"/cases/{case.pk}/attach", sent).status_code == 400
    assert not Attachment.objects.exists()


def test_how_the_office_signs_and_its_calendar() -> None:
    head = browser("office_head")
    sent = {"level": "party", "issuer": "中共澜溪区委", "word": "澜委发"}
    assert head.post("/cases/signing/head", sent).status_code == 302
    assert Letterhead.objects.get(level="party").word == "澜委发"
    bad = head.post("/cases/signing/head", {**sent, "word": "第〔1〕"})
    assert bad.status_code == 400
    head.post("/cases/signing/holiday", {"day": "2026-10-01", "works": "no", "name": "国庆"})
    assert Holiday.objects.get().name == "国庆"
    page = html.unescape(head.get("/cases/signing").content.decode())
    assert 'value="中共澜溪区委"' in page
    assert "国庆" in page
    assert head.get("/cases/signing/template/file?kind=批复").content.startswith(b"PK")


def test_a_bad_template_is_refused_with_the_reason() -> None:
    sent = {"kind": "批复", "file": SimpleUploadedFile("模板.docx", b"MZ")}
    answer = browser("office_head").post("/cases/signing/template", sent)
    assert answer.status_code == 400
    assert "Word" in text(answer.content.decode())


def test_issued_papers_stand_in_the_register(opened) -> None:
    case = walk(opened("reduce", REDUCTION), *TO_ISSUE)
    secretary().post(f"/cases/{case.pk}/issue", {"version": case.version})
    page = text(secretary().get("/cases/register").content.decode())
    assert "1号 关于核减区农业技术推广站编制的批复" in page.replace("\n", " ")
    assert secretary().get("/cases/register?as=xlsx").status_code == 200


OFFICE = ["/cases/signing", "/cases/meetings/"]
DECIDERS = ["/cases/batch", "/cases/register"]


@pytest.mark.parametrize("path", OFFICE + DECIDERS)
@pytest.mark.parametrize("role", ["department_clerk", "institution_clerk", "auditor"])
def test_the_offices_own_pages_are_for_the_office(role: str, path: str) -> None:
    unit = "NJ" if "clerk" in role else ""
    assert browser(role, unit).get(path).status_code == 403


def test_a_matter_of_another_unit_is_out_of_reach(opened) -> None:
    case = opened()
    stranger = browser("institution_clerk", "ZZ")
    assert stranger.get(f"/cases/{case.pk}").status_code == 403
    assert case.title not in text(stranger.get("/cases/").content.decode())
    assert stranger.post(f"/cases/{case.pk}/edit", SENT).status_code == 403


@pytest.mark.parametrize(
    ("role", "code"), [("department_clerk", "accept"), ("office_clerk", "agree"),
                       ("board_secretary", "accept"), ("auditor", "submit")]
)  # fmt: skip
def test_a_step_is_taken_only_by_those_who_may(opened, role: str, code: str) -> None:
    case = walk(opened(), "submit")
    client = browser(role, "NY" if role == "department_clerk" else "")
    assert step(client, case, code).status_code == 403
    case.refresh_from_db()
    assert case.state == "submitted"


@pytest.mark.parametrize("role", ["administrator", None])
def test_without_the_ledger_there_are_no_matters(role: str | None, client) -> None:
    who = client if role is None else browser(role)
    assert who.get("/cases/").status_code in (302, 403)


def test_every_step_is_in_the_access_log(opened) -> None:
    case = walk(opened(), "submit")
    step(clerk(), case, "accept")
    assert [each.what for each in LogEntry.objects.filter(act="case")] == [f"{case.key} 受理"]


def test_the_certificate_is_a_snapshot_of_a_day() -> None:
    answer = clerk().get("/cases/certificate?code=NJ&on=2026-01-01")
    words = pdf_text(answer.content)
    for each in ("机构编制管理证", "区农业技术推广站", "一般事业编制财政全额12", "农业技术推广",
                 "2026-01-01的情况，截至第1号变更", "年审记录"):  # fmt: skip
        assert each in words
    assert answer.content == clerk().get("/cases/certificate?code=NJ&on=2026-01-01").content
    assert clerk().get("/cases/certificate?code=没有").status_code in (400, 404)


def test_a_lock_that_ran_out_comes_free_and_the_matter_goes_back(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept", "study")
    later = NOW + timedelta(days=180)
    assert expiring.expire(by="周", now=later) == ([], [])
    done, failed = expiring.expire(by="周", now=later + timedelta(days=1))
    case.refresh_from_db()
    assert ([each.pk for each in done], failed) == ([case.pk], [])
    assert (case.state, case.holding) == ("returned", False)
    assert [each.step for each in case.steps.all()][-1] == "lapse"


def test_locks_are_let_go_from_the_list_and_not_from_a_matter(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept")
    assert step(clerk(), case, "lapse").status_code == 404
    assert clerk().post("/cases/expire").status_code == 302
    case.refresh_from_db()
    long_ago = timezone.now() - NOW > timedelta(days=180)
    assert case.holding == (not long_ago)


def test_a_number_for_a_paper_made_elsewhere_is_taken_and_may_be_void() -> None:
    sent = {"level": "board", "title": "关于报送年度计划的函"}
    assert secretary().post("/cases/register/void", sent).status_code == 302
    number = Number.objects.get()
    assert (str(number)[:3], number.seq, number.case) == ("澜编发", 1, None)
    page = text(secretary().get("/cases/register").content.decode())
    assert "关于报送年度计划的函" in page
    void = {"void": str(number.pk), "reason": "未发出"}
    assert secretary().post("/cases/register/void", {**void, "reason": " "}).status_code == 400
    assert secretary().post("/cases/register/void", void).status_code == 302
    number.refresh_from_db()
    assert number.void == "未发出"
    assert secretary().post("/cases/register/void", {"void": "x"}).status_code == 400
