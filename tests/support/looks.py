"""Every page of the site in every state people meet it in: where it is and how one gets there.

Each look goes under the name of its address (``units``, or ``units: nothing found`` for a state of
it), so that a test can tell which address nobody looks at.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import xlsxwriter
from docx import Document

from tests.support.browser import PASSWORD
from tests.support.cast import NAMES
from tests.support.people import id_number

DAY = "on=2026-11-01"
WITH_CODE = "with_code"  # a user who has set up one-time codes

PAGELESS = {
    "case-reports": "leads to the report that is due next",
    "case-report-file": "a Word text or a workbook",
    "below": "a branch of the chart, seen there once it is opened",
    "logout": "leads to the log-in",
    "everywhere": "leads to the log-in",
    "delivery-progress": "a line of the page of the delivery",
    "delivery-again": "leads to the delivery",
    "delivery-void": "leads to the delivery",
    "sheet-correct": "leads to the delivery",
    "delivery-marked": "a workbook",
    "delivery-adopt": "leads to the findings",
    "paper-correct": "leads to the paper",
    "paper-confirm": "leads to the paper",
    "sheet-move-back": "leads to the delivery",
    "delivery-decide": "a line of the 差异清单",
    "delivery-post": "leads to the delivery",
    "people-full": "a workbook",
    "case-batch-next": "a part of the page of the batch",
    "case-number-void": "leads to the register",
    "case-head": "leads to the settings",
    "case-template": "leads to the settings",
    "case-template-file": "a Word file",
    "case-holiday": "leads to the settings",
    "case-limit": "leads to the settings",
    "notices-issue": "leads to the notices",
    "notice-paper": "a file",
    "tickets-end": "leads to the tickets",
    "tickets-expire": "leads to the tickets",
    "meeting-attend": "leads to the meeting",
    "meeting-decide": "leads to the meeting",
    "meeting-schedule": "a workbook",
    "meeting-schedule-pdf": "a PDF",
    "certificate": "a PDF",
    "case-expire": "leads to the list of matters",
    "meeting-minutes": "a Word file",
    "case-step": "leads to the matter",
    "case-comment": "leads to the matter",
    "case-attach": "leads to the matter",
    "case-attachment": "a file",
    "case-draft": "a PDF",
    "case-issue": "leads to the matter",
    "case-again": "leads to the matter",
    "case-paper": "a file",
    "diagnosis-judge": "leads to the diagnosis of the unit",
    "problem-decide": "leads to the problems",
    "round-remind": "leads to the round",
    "round-change": "leads to the round",
    "round-attach": "leads to the round",
    "round-file": "a file",
    "take": "leads to the round",
    "take-own": "leads to the sheet",
    "taken": "a workbook",
    "workbook": "a workbook",
    "workbooks": "a zip of workbooks",
    "answers": "a workbook",
    "sheet-decide": "leads to the sheet",
    "sheet-attach": "leads to the sheet",
    "sheet-file": "a file",
    "questionnaire-text": "a file",
    "survey-report-file": "a Word text or a PDF",
    "finding-answer": "leads to the finding",
    "findings-keep": "leads to the trend",
    "packs-upload": "leads to the packs",
    "packs-choose": "leads to the packs",
    "packs-text": "a file",
}


class Look(NamedTuple):
    """A page in one of its states.

    Attributes:
        role: Who looks; "" for somebody not logged in.
        go: The address, or how to get there from it.
        status: What the answer must be, where an address is given.
    """

    role: str
    go: str | Callable[[Any], None]
    status: int = 200


def press(page: Any, words: str) -> None:
    """Press a button of the page itself and wait for what comes."""
    with page.expect_navigation():
        page.locator("main button", has_text=words).first.click()


def log_in(name: str, password: str) -> Callable[[Any], None]:
    """The page after trying to log in."""

    def go(page: Any) -> None:
        page.goto("/access/login")
        page.fill("[name=username]", name)
        page.fill("[name=password]", password)
        press(page, "登录")

    return go


def locked_out(page: Any) -> None:
    """The page after too many wrong passwords."""
    for _ in range(5):
        log_in("stranger", "wrong")(page)
    assert page.title().startswith("暂时锁定")


def wrong_code(page: Any) -> None:
    """The log-in's second page, after a code that is not right."""
    log_in(WITH_CODE, PASSWORD)(page)
    page.fill("[name=code]", "000000")
    press(page, "继续")


def filled(address: str, button: str, **fields: str) -> Callable[[Any], None]:
    """The page after a form: its fields by their names, then a button of it."""

    def go(page: Any) -> None:
        page.goto(address)
        for name, value in fields.items():
            field = page.locator(f"main [name={name}]:not([type=hidden])").first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        press(page, button)

    return go


def previewed(page: Any, name: str = "何新", order: int = 2) -> None:
    """The form of 上编, filled in: the five figures before and after."""
    filled(
        f"/people/move?do=上编&{DAY}", "预览", name=name, org="A02", kind="XZ", funding="full",
        id_number=id_number(date(1990, 5, 4), "女", order), doc_no=f"澜溪编办函〔2026〕{order}号",
        title=f"关于{name}上编的函", issuer="澜溪区委编办", doc_date="2026-10-20",
    )(page)  # fmt: skip
    assert page.locator("main [role=alert]").all_inner_texts() == []


def person(page: Any) -> None:
    """The page of the person enrolled by ``prepare``."""
    page.goto(f"/people/?q=林晓&{DAY}")
    with page.expect_navigation():
        page.click("main tbody a:text-is('林晓')")


def secret(page: Any) -> None:
    """The whole number of that person."""
    person(page)
    page.fill("main [name=reason]", "核对")
    press(page, "查看完整身份证号")


def inside(page: Any, part: str) -> None:
    """A part of the delivery handed over by ``prepare``."""
    page.goto("/intake/1/")
    with page.expect_navigation():
        page.locator(part).first.click()


def paper(page: Any) -> None:
    """The Word paper of the delivery handed over second by ``prepare``."""
    page.goto("/intake/2/")
    with page.expect_navigation():
        page.locator("main tbody a[href*='/papers/']").first.click()


LEDGER = (
    ("序号", "主管单位", "单位名称", "机构级别", "经费形式", "一般行政核定编制", "一般行政实有人员",
     "神秘的一列"),
    (1, "甲区农业局", "甲区农业局", "正科级", "财政全额", 10, 9, "x"),
    (2, "甲区农业局", "甲区农技站", "正股级", "财政全额", "八名半", 2, "x"),
)  # fmt: skip
ROSTER = (
    ("姓名", "身份证号", "所在单位", "编制类别", "经费形式"),
    ("赵一", id_number(date(1980, 1, 5), "男"), "甲区农业局", "一般行政编制", "财政全额"),
    ("钱二", "990101198001050000", "甲区农业局", "一般行政编制", "财政全额"),
)


def workbook() -> bytes:
    """A ledger and a roster with something of everything: unknown, wrong, disagreeing."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in (("一览表", LEDGER), ("人员名册", ROSTER)):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return out.getvalue()


def mandate() -> bytes:
    """A 三定 with numbers in it."""
    out = io.BytesIO()
    document = Document()
    for line in ("甲区农业局职能配置、内设机构和人员编制规定", "第一条 甲区农业局行政编制12名。",
                 "第二条 设局长1名，副局长2名。"):  # fmt: skip
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def hand_over(page: Any, name: str, data: bytes) -> None:
    """Hand over a file and wait until it is read."""
    page.goto("/intake/")
    page.set_input_files("[name=files]", {"name": name, "mimeType": "", "buffer": data})
    press(page, "读入")
    if page.locator("h1 .tag").count():
        page.wait_for_selector("main .said[hx-get]", state="detached")


def finding(page: Any) -> None:
    """The page of the first finding."""
    page.goto("/findings/?on=2027-12-31")  # two tickets of the sample are overdue by then
    with page.expect_navigation():
        page.locator("main tbody a[href*='/finding?']").first.click()


def pack(button: str, most: str) -> Callable[[Any], None]:
    """The office's pack as the page begins it, with a number of its own."""

    def go(page: Any) -> None:
        page.goto("/findings/packs")
        text = page.input_value("#own-text").replace("most = 5", most)
        page.fill("#own-text", text)
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()

    return go


def matter(page: Any) -> None:
    """A draft of a matter, and a meeting."""
    filled("/cases/new?type=rename&unit=A02", "存草稿", org="A02", name="新名称", unit="A02")(page)
    filled("/cases/meetings/", "新建会议", title="第3次会议")(page)


def prepare(page: Any) -> None:
    """A delivery, a person, a matter and a meeting, for the pages that need one."""
    matter(page)
    hand_over(page, "台账.xlsx", workbook())
    hand_over(page, "农业局三定.docx", mandate())
    previewed(page, "林晓", 1)
    press(page, "入账")
    page.goto("/survey/rounds/new")
    press(page, "发起调研")


def my_sheet(page: Any) -> None:
    """The form of the sheet of the clerk's own unit."""
    page.goto("/survey/mine")
    page.click("main a:has-text('填写')")
    page.wait_for_load_state()


def my_sheet_refused(page: Any) -> None:
    """The form after it was handed in with almost nothing filled in."""
    my_sheet(page)
    press(page, "提交")


def my_sheet_read(page: Any) -> None:
    """The sheet with its versions."""
    my_sheet(page)
    press(page, "存草稿")
    page.goto("/survey/mine")
    page.click("main a:has-text('查看')")
    page.wait_for_load_state()


LOOKS = {
    "home": Look("office_head", f"/?{DAY}"),
    "units": Look("office_head", f"/units?{DAY}"),
    "units: grouped": Look("office_head", f"/units?group=rank&{DAY}"),
    "units: nothing found": Look("office_head", f"/units?q=没有这个&{DAY}"),
    "unit": Look("office_head", f"/unit?code=S05&{DAY}"),
    "unit: ended": Look("office_head", f"/unit?code=S09&{DAY}"),
    "plan": Look("office_head", f"/plan?code=A02&{DAY}"),
    "unit: in the past": Look("office_head", "/unit?code=A02&on=2015-06-30"),
    "entries": Look("office_head", f"/entries?holder=S05&kind=SY&{DAY}"),
    "entries: holders of a kind": Look("office_head", f"/entries?kind=SY&{DAY}"),
    "changes": Look("office_head", f"/changes?{DAY}"),
    "changes: nothing found": Look("office_head", "/changes?q=没有这个"),
    "change": Look("office_head", f"/change?no=12&{DAY}"),
    "compare": Look("office_head", "/compare?before=2019-01-01&after=2019-12-31"),
    "compare: nothing changed": Look("office_head", "/compare?before=2026-01-01&after=2026-01-01"),
    "chart": Look("office_head", f"/chart?{DAY}"),
    "chart: drawn": Look("office_head", f"/chart?picture=1&{DAY}"),
    "succession": Look("office_head", f"/succession?code=S08&{DAY}"),
    "succession: of a year": Look("office_head", f"/succession?year=2019&{DAY}"),
    "bitemporal": Look("office_head", "/known?code=S01&on=2017-12-31&then=15"),
    "login": Look("", "/access/login"),
    "login: over": Look("", "/access/login?over=1"),
    "login: wrong password": Look("", log_in("nobody", "wrong")),
    "login: locked out": Look("", locked_out),
    "code": Look("", log_in(WITH_CODE, PASSWORD)),
    "code: wrong": Look("", wrong_code),
    "account": Look("auditor", "/access/account"),
    "password": Look("auditor", "/access/password"),
    "password: refused": Look("auditor", filled(
        "/access/password", "修改", old_password="wrong", new_password1="1", new_password2="2",  # noqa: S106
    )),
    "codes": Look("auditor", "/access/codes"),
    "codes: wrong": Look("auditor", filled("/access/codes", "启用", code="000000")),
    "tokens": Look("auditor", filled("/access/account", "签发", title="统计程序")),
    "users": Look("administrator", "/access/users"),
    "users: refused": Look("administrator", filled(
        "/access/users", "新建", username="auditor", name="某人", role="department_clerk",
    )),
    "user": Look("administrator", "/access/user?name=auditor"),
    "user: refused": Look("administrator", filled(
        "/access/user?name=auditor", "改角色、单位", role="department_clerk",
    )),
    "access-log": Look("auditor", "/access/log"),
    "access-log: nothing found": Look("auditor", "/access/log?q=没有这个"),
    "intake": Look("office_clerk", "/intake/"),
    "intake-upload": Look(
        "office_clerk", lambda page: hand_over(page, "照片.xlsx", b"not a workbook")
    ),
    "intake-search": Look("office_clerk", "/intake/search?q=编制"),
    "delivery": Look("office_clerk", "/intake/1/"),
    "delivery-sheet": Look("office_clerk", lambda page: inside(page, "main tbody a")),
    "delivery-findings": Look("office_clerk", "/intake/1/findings"),
    "delivery-findings: warnings": Look("office_clerk", "/intake/1/findings?severity=warning"),
    "delivery-differences": Look("office_clerk", "/intake/1/differences"),
    "delivery-paper": Look("office_clerk", paper),
    "delivery-posting": Look("office_head", "/intake/1/posting"),
    "cases": Look("office_clerk", "/cases/"),
    "case": Look("office_head", "/cases/1"),
    "case: seen by its department": Look("department_clerk", "/cases/1"),
    "case-new": Look("department_clerk", "/cases/new?type=merge"),
    "case-new: choosing": Look("department_clerk", "/cases/new"),
    "case-new: refused": Look("department_clerk", filled(
        "/cases/new?type=rename", "报送", name="新名称",
    )),
    "case-edit": Look("office_head", "/cases/1/edit"),
    "case-batch": Look("office_head", "/cases/batch"),
    "case-register": Look("office_head", "/cases/register"),
    "case-report": Look("office_head", "/cases/reports/2025"),
    "case-report: of a department": Look("department_clerk", "/cases/reports/2025"),
    "case-signing": Look("office_head", "/cases/signing"),
    "notices": Look("office_clerk", "/cases/notices"),
    "tickets": Look("office_clerk", f"/cases/tickets?{DAY}"),
    "ticket": Look("office_clerk", f"/cases/tickets/YB-2026-009?{DAY}"),
    "meetings": Look("office_head", "/cases/meetings/"),
    "meeting": Look("office_head", "/cases/meetings/1"),
    "findings": Look("office_head", f"/findings/?{DAY}"),
    "finding": Look("office_head", finding),
    "findings-gone": Look("office_head", f"/findings/gone?{DAY}"),
    "findings-trend": Look("office_head", f"/findings/trend?{DAY}"),
    "diagnosis": Look("office_head", f"/survey/diagnosis?{DAY}"),
    "diagnosis: nothing found": Look("office_head", f"/survey/diagnosis?q=没有这个&{DAY}"),
    "diagnosis-unit": Look("office_head", f"/survey/diagnosis/unit?code=S05&{DAY}"),
    "problems": Look("office_head", f"/survey/problems?{DAY}"),
    "problem-quotes": Look("office_head", f"/survey/problems/quotes?{DAY}"),
    "district-picture": Look("office_head", f"/survey/picture?{DAY}"),
    "rounds": Look("office_head", "/survey/rounds"),
    "round-new": Look("office_head", f"/survey/rounds/new?{DAY}"),
    "round-new: nothing found": Look("office_head", f"/survey/rounds/new?q=没有这个&{DAY}"),
    "round": Look("office_head", "/survey/rounds/1"),
    "interviews": Look("office_head", "/survey/rounds/1/interviews"),
    "interviews: refused": Look("office_head", filled(
        "/survey/rounds/1/interviews", "记下", interviewed="李主任", interviewers="周敏", text="谈",
    )),
    "questionnaires": Look("office_head", "/survey/questionnaires"),
    "questionnaires: refused": Look("office_head", filled(
        "/survey/questionnaires", "核对并存下", text="title = 1",
    )),
    "mine": Look("institution_clerk", "/survey/mine"),
    "fill": Look("institution_clerk", my_sheet),
    "fill: refused": Look("institution_clerk", my_sheet_refused),
    "sheet": Look("institution_clerk", my_sheet_read),
    "sheet: none": Look("office_head", "/survey/sheets/999", 404),
    "answer: none": Look("office_head", "/survey/answers/999:duties:d1", 404),
    "survey-report": Look("office_head", f"/survey/report?{DAY}"),
    "survey-report: one part": Look("office_head", f"/survey/report?part=basics&{DAY}"),
    "survey-figure": Look("office_head", f"/survey/report/figure?name=units&{DAY}"),
    "survey-figure: of a table": Look("office_head", f"/survey/report/figure?name=size&{DAY}"),
    "survey-figure: of a unit": Look("office_head", f"/survey/report/figure?name=unit:S05&{DAY}"),
    "packs": Look("office_head", "/findings/packs"),
    "packs: looked at": Look("office_head", pack("只核对", "most = 5")),
    "packs: refused": Look("office_head", pack("核对并采用", "most = “五”")),
    "people": Look("office_clerk", f"/people/?{DAY}"),
    "people: nobody found": Look("office_clerk", f"/people/?q=没有这个&{DAY}"),
    "people-find": Look("office_clerk", filled("/people/", "查人", id_number="1")),
    "person": Look("office_clerk", person),
    "people-secret": Look("office_clerk", secret),
    "people-ages": Look("office_clerk", f"/people/ages?{DAY}"),
    "people-move": Look("office_clerk", f"/people/move?do=上编&{DAY}"),
    "people-move: previewed": Look("office_clerk", previewed),
    "people-move: refused": Look("office_clerk", filled(
        "/people/move?do=上编", "预览", id_number="1", name="某", org="S01", kind="SY",
        doc_no="无", title="无", issuer="无", doc_date="2026-10-20",
    )),
    "refused": Look("office_clerk", "/?on=昨天", 400),
    "forbidden": Look("institution_clerk", "/access/users", 403),
    "missing": Look("office_clerk", "/nothing/here", 404),
    "not read": Look("office_clerk", "/intake/upload", 405),
}  # fmt: skip
STARTS = {f"start of {role}": Look(role, "/") for role in NAMES if role != "administrator"}
STARTS["start of administrator"] = Look("administrator", "/access/users")
# on an instance in which nothing has been done yet
EMPTY = {
    "home": Look("office_clerk", "/"),
    "units": Look("office_clerk", "/units"),
    "chart": Look("office_clerk", "/chart"),
    "changes": Look("office_clerk", "/changes"),
    "succession": Look("office_clerk", "/succession"),
    "compare": Look("office_clerk", "/compare"),
    "people": Look("office_clerk", "/people/"),
    "people-ages": Look("office_clerk", "/people/ages"),
    "people-move": Look("office_clerk", "/people/move?do=上编"),
    "intake": Look("office_clerk", "/intake/"),
    "intake-search": Look("office_clerk", "/intake/search"),
    "access-log": Look("auditor", "/access/log"),
}
