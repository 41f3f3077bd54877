"""Reading a delivery: its workbooks taken in as understood and corrected, as rows for planning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bianzhi.core.days import day_number, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.files.headings import Understanding, understand
from bianzhi.files.intake.rows import Row as FileRow
from bianzhi.files.intake.taking import Taken, check_together, take_sheet
from bianzhi.files.workbook import Sheet, column_letters, open_workbook
from bianzhi.office.intake.plan.rows import (
    DUTIES,
    ERROR,
    HISTORY,
    LEDGER,
    NOTE,
    PEOPLE,
    WARNING,
    Finding,
    Given,
    Row,
    Value,
)

_YEAR = re.compile(r"(?:19|20)\d{2}")
_UNTIL = re.compile(r"截[至止][^\d]{0,6}((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_SEVERITY = {"error": ERROR, "warn": WARNING}
SIGHT = 8  # rows above the data in which the day of a table is looked for


@dataclass
class Read:
    """One sheet read.

    Attributes:
        file, sheet: Where it stands.
        taken: Its rows and findings, None where it is no table known.
        used: Whether its rows go into the plan.
        said: Why not, in words.
    """

    file: str
    sheet: str
    taken: Taken | None
    used: bool = True
    said: str = ""


@dataclass
class Reading:
    """All sheets of a delivery, and files that could not be opened."""

    sheets: list[Read] = field(default_factory=list)
    troubles: list[Finding] = field(default_factory=list)

    @property
    def used(self) -> list[Read]:
        """Those whose rows go into the plan."""
        return [each for each in self.sheets if each.used and each.taken is not None]


@dataclass(frozen=True)
class Wanted:
    """What a person said about a sheet: another kind of table, other columns, whether it is used,
    and whether a block of numbers one column off is moved back."""

    kind: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    used: bool | None = None
    shifted: bool = False


def read(
    files: Iterable[tuple[str, bytes]],
    learned: Mapping[str, str],
    wanted: Mapping[tuple[str, str], Wanted],
) -> Reading:
    """Open the workbooks and take in every table; a file that cannot be read is told."""
    reading = Reading()
    for name, data in files:
        try:
            book = open_workbook(data, name)
        except Refusal as refusal:
            reading.troubles += [
                Finding(ERROR, problem.code, problem.what, problem.do, name)
                for problem in refusal.problems
            ]
            continue
        for sheet in book.sheets:
            said = wanted.get((name, sheet.name), Wanted())
            reading.sheets.append(_sheet(name, sheet, learned, said))
    _latest_rosters(reading, wanted)
    check_together([each.taken for each in reading.used if each.taken is not None])
    return reading


def _sheet(name: str, sheet: Sheet, learned: Mapping[str, str], said: Wanted) -> Read:
    if sheet.hidden and said.used is None:
        return Read(name, sheet.name, None, False, "隐藏的工作表，没有读")
    understanding = understand(sheet, learned, said.kind)
    if understanding is None:
        return Read(name, sheet.name, None, False, "没有认出是哪种表")
    if said.columns:
        understanding = understanding.corrected(said.columns)
    used = said.used is not False
    taken = take_sheet(sheet, understanding, apply_shift=said.shifted)
    return Read(name, sheet.name, taken, used, "" if used else "不采用")


def _latest_rosters(reading: Reading, wanted: Mapping[tuple[str, str], Wanted]) -> None:
    """Of the rosters of several years only the last one says who is there now."""
    rosters = [each for each in reading.used if each.taken and each.taken.kind == PEOPLE]
    years = {id(each): _year(each) for each in rosters}
    last = max((0, *years.values()))
    for each in rosters:
        chosen = wanted.get((each.file, each.sheet), Wanted()).used
        if years[id(each)] < last and chosen is None:
            each.used, each.said = False, f"旧年份的名册；现有人员以 {last} 年的为准"


def _year(each: Read) -> int:
    found = _YEAR.findall(each.sheet) or _YEAR.findall(each.file)
    return int(found[-1]) if found else 0


def table_day(reading: Reading) -> int | None:
    """The day the current tables speak of: 截止时间 above a table, else the year of the roster."""
    for each in sorted(reading.used, key=lambda each: each.taken.kind != LEDGER):  # type: ignore[union-attr]
        taken = each.taken
        if taken is None or taken.kind in (HISTORY, DUTIES):
            continue
        for cells in taken.sheet.rows[:SIGHT]:
            if match := _UNTIL.search("".join(str(cell) for cell in cells).replace(" ", "")):
                return parse_day("-".join(match.groups()))
    years = [_year(each) for each in reading.used if each.taken and each.taken.kind == PEOPLE]
    last = max(years, default=0)
    return day_number(date(last, 12, 31)) if last else None


def given(reading: Reading, day: int) -> Given:
    """The good rows of the sheets in use, for planning."""
    rows: dict[str, list[Row]] = {}
    for each in reading.used:
        if each.taken is not None:
            rows.setdefault(each.taken.kind, []).extend(_rows(each, each.taken))
    return Given(rows, day)


def _rows(each: Read, taken: Taken) -> Iterator[Row]:
    where = f"{each.file}!{each.sheet}!"
    types = {name: taken.understanding.kind.field(name).type for name in taken.table.columns}
    letters = {name: column_letters(each.column) for name, each in taken.table.columns.items()}
    for row in taken.good_rows:
        yield Row(taken.kind, f"{where}{row.no}", _values(row, where, types), letters)


def _values(row: FileRow, where: str, types: Mapping[str, str]) -> dict[str, Value]:
    found = {}
    for name, value in row.values().items():
        vague = types[name] == "date" and not row.exact_day(name)
        told = value in (True, "是") if types[name] == "flag" else value
        found[f"{name}_vague" if vague else name] = Value(told, f"{where}{row.cell(name).ref}")
    return found


def findings(reading: Reading) -> list[Finding]:
    """Everything reading found, sheets in use only."""
    found = list(reading.troubles)
    for each in reading.used:
        if each.taken is not None:
            found += [
                Finding(
                    _SEVERITY.get(one.severity, NOTE), f"{one.code} {one.kind}", one.what, one.do,
                    f"{each.file}!{each.sheet}!{one.cell.ref}",
                )
                for one in each.taken.findings
            ]  # fmt: skip
    return found


def understanding_of(each: Read) -> Understanding | None:
    """How a sheet was understood."""
    return each.taken.understanding if each.taken is not None else None
