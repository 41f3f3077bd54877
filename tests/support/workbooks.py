"""Small workbooks for tests, written the way offices write them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
import xlwt

from bianzhi.files.headings import understand
from bianzhi.files.intake import Taken, take_sheet, take_workbook
from bianzhi.files.workbook import Sheet, open_workbook

Rows = Sequence[Sequence[Any]]

KINDS = (
    "一般行政", "政法专项", "参公事业", "一般事业", "周转事业", "储备事业", "工勤", "政府雇员",
    "员额控制数",
)  # fmt: skip
LEDGER_HEADINGS = (
    "序号", "主管单位", "单位名称", "机构性质", "机构级别", "经费形式",
    *(f"核定编制/{kind}" for kind in KINDS), *(f"实有人员/{kind}" for kind in KINDS),
    "领导预留", "待上编/行政编制", "待上编/事业编制", "待上编/工勤控制数", "待上编/政府雇员",
    "其他预留", "空缺编制", "备注",
)  # fmt: skip
PERSON_HEADINGS = ("序号", "姓名", "性别", "身份证号", "出生日期", "所在单位", "编制类别", "备注")
# Invented numbers of districts that do not exist (area code 990101), with right check digits.
IDS = ("990101198001010014", "990101198502020026", "99010119900303003X", "990101197512120042")


def xlsx(rows: Rows, merges: Sequence[str] = (), sheet: str = "Sheet1", **more: Rows) -> bytes:
    """An .xlsx of one sheet (and more); a merged range keeps the value of its first cell."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "default_date_format": "y-m-d"})
    for name, each in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(each):
            page.write_row(at, 0, row)
        for area in merges if name == sheet else ():
            page.merge_range(area, "")
            first = area.partition(":")[0]
            at, column = xlsxwriter.utility.xl_cell_to_rowcol(first)
            page.write(at, column, each[at][column])
    book.close()
    return made.getvalue()


def xls(rows: Rows, merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An .xls of one sheet."""
    book = xlwt.Workbook()
    page = book.add_sheet("表一", cell_overwrite_ok=True)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                page.write(at, column, value)
    for top, bottom, left, right in merges:
        page.merge(top, bottom, left, right)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet(rows: Rows, merges: Sequence[str] = (), name: str = "Sheet1") -> Sheet:
    """A sheet as the reader gives it."""
    return open_workbook(xlsx(rows, merges, name), "表.xlsx").sheets[0]


def taken(rows: Rows, merges: Sequence[str] = (), kind: str = "", name: str = "Sheet1") -> Taken:
    """The rows taken in as one sheet."""
    page = sheet(rows, merges, name)
    understanding = understand(page, kind=kind)
    assert understanding is not None
    return take_sheet(page, understanding)


def taken_all(**sheets: Rows) -> list[Taken]:
    """Several sheets of one workbook taken in and checked together."""
    (first, rows), *rest = sheets.items()
    return take_workbook(open_workbook(xlsx(rows, (), first, **dict(rest)), "表.xlsx"))


def ledger(*units: Mapping[str, Any]) -> list[list[Any]]:
    """A ledger in two header rows, groups written once over their columns."""
    tops = [heading.partition("/")[0] for heading in LEDGER_HEADINGS]
    lows = [heading.partition("/")[2] for heading in LEDGER_HEADINGS]
    tops = [top if at == 0 or tops[at - 1] != top else "" for at, top in enumerate(tops)]
    rows: list[list[Any]] = [["某区机构编制职数一览表"], tops, lows]
    rows += [[unit.get(heading, "") for heading in LEDGER_HEADINGS] for unit in units]
    return rows


def unit(name: str, approved: int = 10, actual: int = 8, **more: Any) -> dict[str, Any]:
    """A unit with posts of one kind; 空缺 adds up unless given."""
    values = {
        "主管单位": "甲区教育局", "单位名称": name, "机构性质": "事业单位", "机构级别": "股级",
        "经费形式": "财政全额", "核定编制/一般事业": approved, "实有人员/一般事业": actual,
        "空缺编制": approved - actual,
    }  # fmt: skip
    return {**values, **more}


def people(*persons: Sequence[Any]) -> list[list[Any]]:
    """A roster; each person by the columns after 序号."""
    rows: list[list[Any]] = [["甲区实名制人员名册"], list(PERSON_HEADINGS)]
    return rows + [[number, *person] for number, person in enumerate(persons, start=1)]


def kinds_of(found: Taken) -> list[str]:
    """The kinds of the findings, in the order of the sheet."""
    return [each.kind for each in found.findings]


def mixed_units() -> list[dict[str, Any]]:
    """Organs and institutions, some on civil-service terms, as a district has them."""
    return [
        *(unit(f"第{n}局", 0, 0, **{"核定编制/一般行政": 20 + n, "实有人员/一般行政": 15,
                                   "核定编制/一般事业": "", "实有人员/一般事业": "",
                                   "空缺编制": 5 + n}) for n in range(6)),
        *(unit(f"第{n}小学", 30, 20 + n) for n in range(12)),
    ]  # fmt: skip


def moved_left(rows: list[list[Any]]) -> list[list[Any]]:
    """The fault of a real system: a number missing in 核定, all up to 领导预留 one column left."""
    first, last = 6 + KINDS.index("储备事业"), 6 + 2 * len(KINDS)
    return [row[:first] + row[first + 1 : last + 1] + [""] + row[last + 1 :] for row in rows]
