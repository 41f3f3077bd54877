"""A sheet as a workbook: what is locked, whose it is, and what is said of one that came back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from bianzhi.core.errors import Refusal
from bianzhi.office.survey.rounds.form import form_of
from bianzhi.office.survey.rounds.models import SUBMITTED, Round, Sheet, TakenBack
from bianzhi.office.survey.rounds.taking import has_copy, marked, take_back
from bianzhi.office.survey.rounds.workbook.layout import IDENTITY
from bianzhi.office.survey.rounds.workbook.writing import write_workbook
from tests.support import surveys
from tests.support.records import SQLITE, fresh
from tests.support.surveys import AT, answer, filled, opened, right, sheet

pytestmark = pytest.mark.django_db
DUTIES, WORK = "1 职责履行情况", "5 业务量"


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        yield record


def written(one: Sheet, blank: bool = False) -> bytes:
    """The workbook of a sheet, filled in rightly or not at all."""
    form = form_of(one)
    cells = {} if blank else right(form)
    return write_workbook(one.round, one.unit, "测县市容中心", form, filled(form, cells))


def changed(data: bytes, change) -> bytes:
    """The workbook after somebody worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def taken(round: Round, data: bytes, only: str | None = None) -> TakenBack:
    """What became of one workbook."""
    return take_back(round, [("答卷.xlsx", data)], "周敏", AT, only)[0]


def said(one: TakenBack) -> list[str]:
    """Place and words of everything that was wrong."""
    return [f"{each['place']} {each['what']}".strip() for each in one.problems]


def test_what_the_record_gives_is_locked_and_what_is_asked_is_not():
    book = openpyxl.load_workbook(io.BytesIO(written(sheet(opened(), "B"))))
    page = book[DUTIES]
    assert page.protection.sheet
    assert [page[cell].protection.locked for cell in ("B4", "C4", "D4")] == [True, False, False]
    assert page["B4"].value == "承担渣土运输管理"
    assert page.column_dimensions["A"].hidden
    assert book[IDENTITY].sheet_state == "veryHidden"
    lists = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert lists["C4"] == '"正常履行,部分履行,没有履行"'


def test_a_workbook_filled_in_rightly_goes_in_whole():
    one = sheet(opened(), "B")
    back = taken(one.round, written(one))
    assert said(back) == []
    one.refresh_from_db()
    assert (one.status, one.versions.get().via) == (SUBMITTED, "excel")
    assert one.versions.get().content == answer(sheet(opened(), "B")).versions.get().content


def test_a_blank_one_is_marked_at_every_cell_that_must_be_filled():
    one = sheet(opened(), "B")
    back = taken(one.round, written(one, blank=True))
    assert f"〔{DUTIES}〕C4 没有填" in said(back)
    book = openpyxl.load_workbook(io.BytesIO(marked(back).data))
    assert "没有填" in book[DUTIES]["C4"].comment.text
    assert book.active is not None
    assert book.active.title == "导入说明"
    one.refresh_from_db()
    assert one.status == "fresh"


SPOILED = {
    "a changed question": (
        lambda book: book[DUTIES].__setitem__("B4", "别的职责"),
        f"〔{DUTIES}〕B4 这一格取自台账，不能改；原为“承担渣土运输管理”",
    ),
    "text for a number": (lambda book: book[WORK].__setitem__("G4", "四百"),
                          f"〔{WORK}〕G4 “四百”不是数字"),
    "a changed head": (lambda book: book[WORK].__setitem__("G3", "去年"),
                       f"〔{WORK}〕G3 表头被改动，应为“2021 年”"),
    "a row of one's own": (lambda book: book[WORK].__setitem__("B40", "另一项"),
                           f"〔{WORK}〕B40 这一行是自己加的，收不进去"),
    "a row deleted": (lambda book: book[DUTIES].delete_rows(4),
                      f"〔{DUTIES}〕B3 缺少一行：承担渣土运输管理"),
    "a sheet deleted": (lambda book: book.remove(book[WORK]),
                        f"〔填表说明〕A1 缺少“{WORK}”表，或改了表名"),
    "a formula": (lambda book: book[WORK].__setitem__("G4", "=1+"), f"〔{WORK}〕G4 "),
    "a choice of one's own": (lambda book: book[DUTIES].__setitem__("C4", "还行"),
                              f"〔{DUTIES}〕C4 “还行”不是可选的"),
    "no identity": (lambda book: book.remove(book[IDENTITY]),
                    "〔填表说明〕A1 这不是系统发出的调研工作簿，或内容被复制到了新工作簿里"),
    "an edited unit": (lambda book: book[IDENTITY].__setitem__("A5", "E"), "本轮没有调研单位 E"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILED)
def test_what_was_spoiled_is_said_and_marked_where_it_stands(how):
    change, words = SPOILED[how]
    one = sheet(opened(), "B")
    back = taken(one.round, changed(written(one), change))
    assert any(words in each for each in said(back)), said(back)
    assert has_copy(back)
    assert openpyxl.load_workbook(io.BytesIO(marked(back).data)).worksheets
    one.refresh_from_db()
    assert one.status == "fresh"
    assert not one.versions.exists()


def test_the_workbook_of_another_round_is_named():
    first, second = opened(title="上半年调研"), opened(title="下半年调研")
    back = taken(second, written(sheet(first, "B")))
    assert said(back) == ["〔填表说明〕A1 这是“上半年调研”的工作簿，不是“下半年调研”的"]


def test_a_clerk_hands_in_no_workbook_of_another_unit():
    round = opened()
    back = taken(round, written(sheet(round, "C")), only="B")
    assert said(back) == ["这是 C 的工作簿，不是本单位的"]


def test_bad_ones_stop_no_others_and_each_says_why():
    round = opened()
    good, bad = written(sheet(round, "B")), written(sheet(round, "C"), blank=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("市容.xlsx", good)
        archive.writestr("环卫.xlsx", bad)
    sent = [("答卷.zip", packed.getvalue()), ("坏的.zip", b"PK\x03\x04"), ("图.png", b"\x89PNG"),
            ("坏的.xlsx", b"nothing"), ("又一份.xlsx", good)]  # fmt: skip
    back = take_back(round, sent, "周敏", AT)
    found = {each.name: [row["code"] for row in each.problems[:1]] for each in back}
    assert found == {
        "市容.xlsx": [], "环卫.xlsx": ["missing"],
        "坏的.zip": ["bad-zip"], "图.png": ["wrong-type"],
        "坏的.xlsx": found["坏的.xlsx"], "又一份.xlsx": ["handed-in"],
    }  # fmt: skip
    assert found["坏的.xlsx"]
    assert [sheet(round, unit).status for unit in "BC"] == ["submitted", "fresh"]
    with pytest.raises(Refusal):
        marked(next(each for each in back if each.name == "图.png"))
