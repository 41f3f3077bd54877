"""入编通知 and 核销回执: what the record says of people who came and left, told once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.access.models import LogEntry
from bianzhi.office.cases.issuing import from_json, made_again
from bianzhi.office.cases.models import Issued, Letterhead
from bianzhi.office.cases.use import notices
from bianzhi.office.cases.use.notices import moved
from bianzhi.office.desk.held import held
from bianzhi.office.identity.models import PersonFile
from bianzhi.record.post import Poster
from tests.office.cases.conftest import NOW, USE
from tests.office.cases.test_issuing import issued
from tests.office.cases.test_use_request import agreed
from tests.support.cast import browser
from tests.support.ledger import ledger
from tests.support.pages import text

pytestmark = pytest.mark.usefixtures("planned")
SIGNED = date(2026, 5, 8)
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


def post(told: str) -> int:
    return Poster().post(ledger(told))[-1].no


@pytest.fixture
def came(opened) -> None:
    """王小五 came on a ticket, 赵六 without one; 李四 left; openings are nobody's news."""
    issued(agreed(opened("use_request", {**USE, "n": "1"})))
    post("""
        2026-05-01 澜编办〔2026〕7号
          上编 person=wang name=王小五 org=NJ kind=SY funding=full ticket=N202600001
          上编 person=zhao name=赵六 org=ZZ kind=SY funding=full
          上编 person=sun name=孙七 org=ZZ kind=SY funding=full counts=false
        2026-05-02 澜农〔2026〕9号
          下编 person=li reason=退休
    """)
    PersonFile.objects.create(person="wang", masked_id="330***********001X", changed_at=NOW,
                              changed_by="周")  # fmt: skip


def people(what: str, since: str = "2026-01-01", until: str = "2026-12-31") -> list:
    return moved(held().columns, what, parse_day(since), parse_day(until))


def tell(what: str, chosen: list) -> Issued:
    return notices.issue(what, chosen, "区人社局、区财政局", signed_on=SIGNED, by="周", now=NOW)


def test_who_came_and_left_is_read_from_the_record(came) -> None:
    wang, zhao = people("entry")
    assert (wang.name, wang.unit, wang.ticket, wang.how) == (
        "王小五", "NJ", "N202600001", "公开招聘",
    )  # fmt: skip
    assert (zhao.name, zhao.ticket, zhao.how) == ("赵六", "", "")
    (li,) = people("exit")
    assert (li.name, li.unit, li.kind, li.how) == ("李四", "ZZ", "SY", "退休")
    assert people("exit", "2026-05-03") == people("exit", until="2026-05-01") == []


def test_the_paper_lists_them_and_changes_nothing(came) -> None:
    before = held().columns.head
    paper = tell("entry", people("entry"))
    kept = from_json(paper.paper)
    assert (kept.kind, kept.title) == ("入编通知", "关于王小五等2名同志入编的通知")
    assert (kept.doc_no, kept.addressee) == ("澜编办发〔2026〕1号", "区人社局、区财政局")
    assert kept.tables[0].rows[0] == (
        "王小五", "330***********001X", "区农业技术推广站", "一般事业编制", "财政全额",
        "N202600001", "公开招聘", "2026-05-01",
    )  # fmt: skip
    assert held().columns.head == before
    paper.refresh_from_db()
    assert made_again(paper) == (bytes(paper.pdf), bytes(paper.word))
    left = from_json(tell("exit", people("exit")).paper)
    assert (left.title, left.doc_no) == ("关于李四同志编制核销的回执", "澜编办发〔2026〕2号")
    assert left.tables[0].rows[0][2:] == (
        "区种子站", "一般事业编制", "财政全额", "退休", "2026-05-02",
    )  # fmt: skip


def test_each_is_told_once_and_a_refusal_takes_no_number(came) -> None:
    first, second = people("entry")
    tell("entry", [first])
    with pytest.raises(Refusal, match="王小五已由澜编办发〔2026〕1号告知"):
        tell("entry", [first, second])
    assert str(tell("entry", [second]).number) == "澜编办发〔2026〕2号"
    for chosen, words in (([], "选了 0 人"), ([second] * 201, "选了 201 人")):
        with pytest.raises(Refusal, match=words):
            tell("entry", chosen)


def test_a_void_entry_is_nobody_s_news(came) -> None:
    no = people("entry")[0].no
    post(f"2026-05-03 澜编办〔2026〕8号\n  作废 no={no}")
    assert people("entry") == []


def test_the_page_issues_and_hands_out(came) -> None:
    Letterhead.objects.create(level="use", issuer="区委编办", word="澜编控")
    clerk = browser("office_clerk")
    page = clerk.get("/cases/notices", YEAR).content.decode()
    assert "2 人，2 人未告知" in text(page)
    chosen = [each.key for each in people("entry")][:1]
    sent = {**YEAR, "what": "entry", "moved": chosen, "addressee": "区人社局"}
    assert clerk.post("/cases/notices/issue", sent).status_code == 302
    assert clerk.post("/cases/notices/issue", sent).status_code == 400
    page = clerk.get("/cases/notices", YEAR).content.decode()
    assert "2 人，1 人未告知" in text(page)
    paper = Issued.objects.get(case=None)
    assert str(paper.number).startswith("澜编控〔")
    assert clerk.get(f"/cases/notices/{paper.pk}.pdf").content.startswith(b"%PDF")
    assert clerk.get(f"/cases/notices/{paper.pk}.docx").content.startswith(b"PK")
    book = load_workbook(BytesIO(clerk.get("/cases/notices", {**YEAR, "as": "xlsx"}).content))
    rows = list(book.worksheets[0].values)
    assert rows[3][:3] == ("王小五", "330***********001X", "区农业技术推广站")
    assert rows[3][-2:] == ("澜编办〔2026〕7号", str(paper.number))
    assert LogEntry.objects.filter(act="export").count() == 4


@pytest.mark.parametrize("role", ["department_clerk", "institution_clerk", "auditor",
                                  "board_secretary"])  # fmt: skip
def test_notices_are_the_office_s(came, role: str) -> None:
    paper = tell("exit", people("exit"))
    client = browser(role, "NY" if "clerk" in role else "")
    assert client.get("/cases/notices").status_code == 403
    assert client.get(f"/cases/notices/{paper.pk}.pdf").status_code == 403
    assert client.post("/cases/notices/issue", {"what": "entry"}).status_code == 403


def test_no_such_notice(came) -> None:
    clerk = browser("office_clerk")
    assert clerk.get("/cases/notices", {"what": "其他"}).status_code == 404
    assert clerk.get("/cases/notices/99.pdf").status_code == 404
