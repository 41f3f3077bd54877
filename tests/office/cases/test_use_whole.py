"""The whole way of a post, by the people who take each step, on the pages they use."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.core.state import State
from bianzhi.office.cases.models import Case, Issued
from bianzhi.office.desk.held import held
from tests.office.cases.conftest import REQUEST
from tests.support.cast import browser
from tests.support.pages import row, text
from tests.support.people import id_number

pytestmark = pytest.mark.usefixtures("district")
POSTS = ("approved", "actual", "pending", "reserved", "vacant")


def figures() -> tuple[int, ...]:
    state = State(held().columns, day_number(timezone.localdate()))
    found = state.figures("holder", "kind").filter(holder="NJ", kind="SY").row(0, named=True)
    return tuple(int(found[name]) for name in POSTS)


def filed(type_: str, **given: object) -> Case:
    """What the department hands in."""
    sent = {"type": type_, "unit": "NY", "version": "0", "org": "NJ", "reason": "人手不足",
            "submit": "1", **given,
            **{f"request.{name}": value for name, value in REQUEST.items()}}  # fmt: skip
    answer = browser("department_clerk", "NY").post("/cases/new", sent)
    assert answer.status_code == 302, text(answer.content.decode())
    return Case.objects.latest("pk")


def decided(case: Case, **more: str) -> Case:
    """What the office and the board do with it, until the paper is out."""
    for role, code in (("office_clerk", "accept"), ("office_clerk", "study"),
                       ("office_clerk", "refer"), ("board_secretary", "agree")):  # fmt: skip
        case.refresh_from_db()
        sent = {"step": code, "version": case.version, "words": "经研究", **more}
        assert browser(role).post(f"/cases/{case.pk}/step", sent).status_code == 302
    case.refresh_from_db()
    answer = browser("board_secretary").post(f"/cases/{case.pk}/issue", {"version": case.version})
    assert answer.status_code == 302
    return case


def test_from_the_plan_to_the_salary() -> None:
    today = timezone.localdate()
    plan = {"year": str(today.year), "how": "招聘", "posts.0": ["SY"], "posts.1": ["full"],
            "posts.2": ["2"]}  # fmt: skip
    decided(filed("use_plan", **plan))
    assert figures() == (12, 1, 0, 0, 11)

    ask = {"kind": "SY", "funding": "full", "n": "2", "entry_form": "公开招聘"}
    decided(filed("use_request", **ask), approved="1")
    assert figures() == (12, 1, 1, 0, 10)

    ticket = f"N{today.year}00001"
    clerk = browser("office_clerk")
    form = {"do": "上编", "id_number": id_number(date(1998, 5, 1), "女", serial=3),
            "name": "赵小六", "org": "NJ", "kind": "SY", "funding": "full", "ticket": ticket,
            "doc_no": "澜人社〔2026〕8号", "title": "关于聘用的通知", "issuer": "区人社局",
            "doc_date": today.isoformat()}  # fmt: skip
    page = clerk.post("/people/move", {**form, "preview": "1"}).content.decode()
    baseline = re.findall(r'name="baseline" value="(\d+)"', page)[0]
    answer = clerk.post("/people/move", {**form, "post": "1", "baseline": baseline})
    assert answer.status_code == 302
    assert figures() == (12, 2, 0, 0, 10)

    used = row(clerk.get("/cases/tickets").content.decode(), "", ticket)
    assert (used[2], used[9]) == ("使用", "赵＊＊")
    other = {"id_number": id_number(date(1999, 1, 2), "男"), "doc_no": "澜人社〔2026〕9号"}
    again = clerk.post("/people/move", {**form, **other, "preview": "1"})
    assert "不是该单位该种类的有效号码" in text(again.content.decode())

    listed = clerk.get("/cases/notices").content.decode()
    key = re.findall(r'name="moved" value="([^"]+)"', listed)
    sent = {"what": "entry", "moved": key, "addressee": "区人社局、区财政局"}
    assert clerk.post("/cases/notices/issue", sent).status_code == 302
    notice = Issued.objects.get(case=None)
    assert notice.number.title == "关于赵小六同志入编的通知"
    assert ticket in str(notice.paper)

    refused = browser("department_clerk", "NY").post("/cases/new", {
        "type": "use_request", "unit": "NY", "version": "0", "org": "NJ", "reason": "再用",
        "submit": "1", **ask, **{f"request.{name}": value for name, value in REQUEST.items()},
    })  # fmt: skip
    assert refused.status_code == 400
    assert "超出计划 1 名（CK-24）" in text(refused.content.decode())
