"""The pages of intake: hand over, look, correct, answer, post; and who may not."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from bianzhi.core.errors import Refusal
from bianzhi.office.access.models import LogEntry
from bianzhi.office.identity import keeping as identity
from bianzhi.office.identity.locking import open_file
from bianzhi.office.intake import progress, running, work
from bianzhi.office.intake.models import FAILED, POSTED, READY, VOID, Delivery, Lesson, Sheet
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from tests.support.cast import browser
from tests.support.pages import text

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 1, 5, 8, tzinfo=UTC)
LEDGER = (
    ("序号", "主管单位", "单位名称", "机构级别", "经费形式", "一般行政核定编制", "神秘的一列"),
    (1, "甲区农业局", "甲区农业局", "正科级", "财政全额", 10, "x"),
    (2, "甲区农业局", "甲区农技站", "正股级", "财政全额", "八名半", "x"),
)


def workbook(rows=LEDGER, name: str = "机构编制台账") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": MADE})  # the same table is the same file
        sheet = book.add_worksheet(name)
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    return out.getvalue()


def sent(client, *files: tuple[str, bytes]):
    listed = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/intake/upload", {"files": listed})


@pytest.fixture
def delivery() -> Delivery:
    assert sent(browser("office_clerk"), ("台账.xlsx", workbook())).status_code == 302
    return Delivery.objects.get()


def page(address: str, role: str = "office_clerk", **query: str) -> str:
    response = browser(role).get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    return text(response.content.decode())


def test_a_table_handed_over_is_read_but_not_posted(delivery):
    assert (delivery.state, head(Engine())[0]) == (READY, 0)
    shown = page(f"/intake/{delivery.pk}/")
    assert "机构编制职数一览表" in shown
    assert "待确认" in page("/intake/")


def test_the_page_of_a_sheet_shows_how_columns_were_understood(delivery):
    sheet = Sheet.objects.get()
    shown = page(f"/intake/{delivery.pk}/sheets/{sheet.pk}")
    assert "神秘的一列" in shown
    assert "甲区农技站" in shown
    assert "10" in shown
    assert "10.0" not in shown, "as the office sees it, not as Excel keeps it"


def test_a_correction_is_remembered_for_the_next_table(delivery):
    sheet = Sheet.objects.get()
    at = next(column["at"] for column in sheet.columns if column["heading"] == "神秘的一列")
    address = f"/intake/{delivery.pk}/sheets/{sheet.pk}/correct"
    response = browser("office_clerk").post(address, {f"column-{at}": "note"})
    assert response.status_code == 302
    assert list(Lesson.objects.values_list("field", flat=True)) == ["note"]
    sent(browser("office_clerk"), ("又一份.xlsx", workbook(name="台账二")))
    columns = Sheet.objects.latest("pk").columns
    assert next(column for column in columns if column["at"] == at)["field"] == "note"


def test_what_is_found_stands_with_its_cell_and_comes_back_marked(delivery):
    found = delivery.found.filter(cell="F3").first()
    assert found is not None
    shown = page(f"/intake/{delivery.pk}/findings", severity=found.severity)
    assert "F3" in shown
    file = delivery.files.get()
    back = browser("office_clerk").get(f"/intake/{delivery.pk}/marked/{file.pk}")
    assert back.getvalue().startswith(b"PK")


def test_posting_is_one_button_and_happens_once(delivery):
    assert "将入账" in page(f"/intake/{delivery.pk}/posting")
    client = browser("office_head")
    assert client.post(f"/intake/{delivery.pk}/post").status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, delivery.posted_by) == (POSTED, "主任老秦")
    assert head(Engine())[0] == delivery.last_no
    assert client.post(f"/intake/{delivery.pk}/post").status_code == 400
    logged = LogEntry.objects.values_list("act", "what")
    assert ("import", f"第 {delivery.pk} 批资料") in logged
    assert ("post", f"第 {delivery.pk} 批资料") in logged


def test_a_delivery_that_cannot_be_posted_writes_nothing(delivery, monkeypatch):
    def broken(*args, **more):
        raise Refusal.of("broken", "人员档案写不了")

    monkeypatch.setattr(identity, "keep", broken)
    browser("office_head").post(f"/intake/{delivery.pk}/post")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.trouble) == (READY, "人员档案写不了")
    assert head(Engine())[0] == 0, "the changes went back with it"
    assert "人员档案写不了" in page(f"/intake/{delivery.pk}/")
    assert progress.of(delivery.pk) is None, "it can be started again"


def test_a_stop_inside_the_program_leaves_word_and_no_trace(delivery, monkeypatch):
    def broken(*args, **more):
        raise ZeroDivisionError

    monkeypatch.setattr(work, "plan_of", broken)
    running.post(delivery, "某人")
    delivery.refresh_from_db()
    assert (delivery.state, head(Engine())[0]) == (READY, 0)
    assert delivery.trouble.startswith("程序出错，什么也没有写")


def test_the_same_file_again_is_recognised(delivery):
    # the very bytes: a workbook written a second later says so inside and is another file
    data = open_file(delivery.files.get().kept)
    response = sent(browser("office_clerk"), ("改了名.xlsx", data))
    assert response.url == f"/intake/{delivery.pk}/"
    assert Delivery.objects.count() == 1


def test_reading_that_was_interrupted_can_be_started_again(delivery):
    Delivery.objects.update(state="reading")
    assert "读入被中断" in page(f"/intake/{delivery.pk}/")
    browser("office_clerk").post(f"/intake/{delivery.pk}/again", {"day": "2020-12-31"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.day) == (READY, 18627)


def test_a_delivery_laid_aside_stays_so(delivery):
    browser("office_clerk").post(f"/intake/{delivery.pk}/void")
    delivery.refresh_from_db()
    assert delivery.state == VOID
    assert browser("office_head").post(f"/intake/{delivery.pk}/post").status_code == 400


def test_texts_are_found_by_two_characters():
    document = Document()
    document.add_paragraph("核定事业编制八名，设综合科。")
    out = io.BytesIO()
    document.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("批复/农技站批复.docx", out.getvalue())
        archive.writestr("读我.txt", b"x")
    sent(browser("office_clerk"), ("一批.zip", packed.getvalue()))
    assert "农技站批复.docx" in page("/intake/search", q="综合")
    assert "没有找到" in page("/intake/search", q="水利")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("台账.txt", b"x", "不是可以导入的文件"),
        ("台账.xlsx", b"", "空文件"),
        ("一批.zip", b"PK\x05\x06broken", "打不开"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(name, data, said):
    response = sent(browser("office_clerk"), (name, data))
    assert (response.status_code, said in response.content.decode()) == (400, True)
    assert not Delivery.objects.exists()


def test_a_damaged_workbook_is_told_and_the_rest_goes_on():
    sent(browser("office_clerk"), ("坏.xlsx", b"PK\x03\x04xx"), ("好.xlsx", workbook()))
    delivery = Delivery.objects.get()
    assert delivery.state in (READY, FAILED)
    assert delivery.found.filter(file="坏.xlsx", severity="error").exists()
    assert Sheet.objects.filter(file__name="好.xlsx").exists()


PAGES = ("", "sheets/{sheet}", "findings", "differences", "posting", "progress")


@pytest.mark.parametrize(
    "role", ["board_secretary", "department_clerk", "institution_clerk", "auditor", "administrator"]
)
def test_who_may_not_import_sees_none_of_it(delivery, role):
    client = browser(role, "X" if role.endswith("_clerk") else "")
    sheet = Sheet.objects.get().pk
    for each in PAGES:
        address = f"/intake/{delivery.pk}/{each.format(sheet=sheet)}"
        assert client.get(address).status_code == 403, address
    assert client.get("/intake/").status_code == client.get("/intake/search").status_code == 403
    assert sent(client, ("台账.xlsx", workbook())).status_code == 403
    sheets = (f"sheets/{sheet}/correct", f"sheets/{sheet}/move-back")
    for act in ("again", "void", "adopt", "decide", "post", *sheets):
        assert client.post(f"/intake/{delivery.pk}/{act}").status_code == 403, act
    assert head(Engine())[0] == 0


def test_every_page_opens(delivery):
    for each in PAGES:
        page(f"/intake/{delivery.pk}/{each.format(sheet=Sheet.objects.get().pk)}")
