"""The two kinds of lines of the ledger: lines of a budget law and lines of transfer requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from bianzhi.files.open_budget import codes
from bianzhi.files.open_budget.days import read_day
from bianzhi.files.open_budget.table import Row, read_table

POSTS, TEMP = "il-posts", "il-temp"
OPENING_COLUMNS = {POSTS: "posts_original", TEMP: "temp_original"}
CLOSING_COLUMN = "posts_approved"
TREE = {"section": codes.SECTION, "domain": codes.DOMAIN, "programme": codes.PROGRAMME}


class Nature(Enum):
    """What the publisher says a request does, in his words."""

    CUT = "קיצוץ"
    CUT_INTO_RESERVE = "קיצוץ לרזרבה"
    INCREASE = "הגדלה רגילה"
    INTERNAL = "שינוי פנימי"
    RETURN_TO_RESERVE = "לרזרבה כללית"
    DRAW_ON_RESERVE = "מרזרבה כללית"
    BETWEEN_SECTIONS = "בין סעיפים"
    ALLOCATION_FROM_RESERVE = "הקצאות מהרזרבה הכללית"
    CONVERSION = 'המרת עב"צ לשכ"א'


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a budget law.

    Attributes:
        programme: Its programme, which holds the posts in the record.
        key: What tells it from the other lines of its year.
        opening: Figures of the law by quota kind.
        closing: Posts after the year's changes, None where they were not published.
        row: Where it stands.
    """

    programme: str
    key: str
    opening: dict[str, Decimal]
    closing: Decimal | None
    row: Row

    @property
    def has_posts(self) -> bool:
        """Whether any post figure stands on it: such a line is a source of rounding."""
        return bool(self.opening[POSTS] or self.closing)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of a transfer request: so many posts more or fewer for a programme."""

    year: int
    section: str
    request_no: str
    nature: Nature
    programme: str
    delta: Decimal
    approved_on: date | None
    row: Row


def read_budget(path: Path, year: int) -> tuple[BudgetLine, ...]:
    """The lines of the law of a year."""
    needed = ["year", *TREE, *(f"{level}_name" for level in TREE), *OPENING_COLUMNS.values()]
    lines = []
    seen: dict[str, int] = {}
    for row in read_table(path, needed):
        line = _budget_line(row, year)
        if (first := seen.setdefault(line.key, row.number)) != row.number:
            what = f"与第 {first} 行是同一预算行 {line.key}"
            row.refuse("programme", "duplicate-line", what, "请删去重复的一行")
        lines.append(line)
    return tuple(lines)


def _budget_line(row: Row, year: int) -> BudgetLine:
    if row.values["year"] != str(year):
        row.refuse("year", "wrong-year", f"是 {row.values['year']}，应为 {year}", "请核对文件")
    programme = row.values["programme"]
    for level, digits in TREE.items():
        code = row.values[level]
        if len(code) != digits or not programme.startswith(code):
            what = f"“{code}”与项目代码“{programme}”不合"
            row.refuse(level, "bad-code", what, f"应为项目代码的前 {digits} 位")
    detail = row.values.get("line") or row.values.get("economic_class", "")
    closing = row.amount(CLOSING_COLUMN) if CLOSING_COLUMN in row.values else None
    opening = {kind: row.amount(column) for kind, column in OPENING_COLUMNS.items()}
    return BudgetLine(programme, f"{programme}-{detail}", opening, closing, row)


def read_changes(path: Path) -> tuple[ChangeLine, ...]:
    """The lines of all transfer requests in a file."""
    needed = (
        *("year", "leading_section", "request_no", "request_title", "change_name"),
        *("request_type_name", "committee_no", "programme", "programme_name"),
        *("posts_delta", "approval_date_raw"),
    )
    return tuple(_change_line(row) for row in read_table(path, needed))


def _change_line(row: Row) -> ChangeLine:
    do = "日期写成 23-May-12、23-מאי-14 或 23/05/2011"
    return ChangeLine(
        year=row.read("year", int, "年份写成 2012"),
        section=row.text("leading_section"),
        request_no=row.text("request_no"),
        nature=row.read("change_name", Nature, f"应为：{'、'.join(each.value for each in Nature)}"),
        programme=row.read("programme", codes.read_programme, "项目代码 6 位，或 00 加 6 位"),
        delta=row.amount("posts_delta", signed=True),
        approved_on=row.read("approval_date_raw", read_day, do),
        row=row,
    )
