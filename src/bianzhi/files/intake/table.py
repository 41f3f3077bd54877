"""A sheet read into typed columns: every value with its raw text and its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any

from bianzhi.files.headings import Understanding
from bianzhi.files.intake.body import Body, fill_down, find_body
from bianzhi.files.intake.findings import DIRTY, ERROR, WARN, Finding, Note, warn
from bianzhi.files.intake.values import READERS, Read
from bianzhi.files.workbook import Cell, Sheet, column_letters

_BLANK = {""}
_PUBLIC_INSTITUTION = "49"  # 其他事业单位


@dataclass
class Column:
    """One field of all data rows: raw values, values, and the kinds of notes by row."""

    field: str
    title: str
    column: int
    raws: list[Any]
    values: list[Any]
    noted: dict[int, tuple[Note, ...]] = dataclass_field(default_factory=dict)

    @cached_property
    def is_empty(self) -> bool:
        """Whether no row has a value."""
        return self.values.count(None) == len(self.values)

    def has_note(self, index: int, *kinds: str) -> bool:
        """Whether the value of a row carries a note of one of these kinds."""
        return any(note.kind in kinds for note in self.noted.get(index, ()))


@dataclass
class Table:
    """The data rows of a sheet by column. ``findings`` grow as checks are made."""

    sheet: Sheet
    understanding: Understanding
    body: Body
    columns: dict[str, Column]
    findings: list[Finding] = dataclass_field(default_factory=list)

    def __len__(self) -> int:
        return len(self.body.rows)

    @property
    def kind(self) -> str:
        """Name of the kind of table."""
        return self.understanding.kind.name

    def values(self, name: str) -> Sequence[Any]:
        """The values of a field, None for all where the table has no such column."""
        column = self.columns.get(name)
        return column.values if column is not None else [None] * len(self)

    def cell(self, index: int, name: str = "") -> Cell:
        """Where a value stands; the first cell of the row for a field without a column."""
        column = self.columns.get(name)
        return self.sheet.cell(self.body.rows[index], column.column if column else 0)

    def find(self, index: int, name: str, note: Note) -> None:
        """Add a finding on a value."""
        self.findings.append(
            Finding(
                note.code,
                note.kind,
                note.severity,
                note.what,
                note.do,
                self.cell(index, name),
                name,
            )
        )


def read_table(sheet: Sheet, understanding: Understanding) -> Table:
    """Read every column by the type of its field. Each distinct raw value is read once."""
    body = find_body(sheet, understanding)
    columns = {}
    # One pass over the rows: reading column by column would go through the memory once a column.
    turned = list(zip(*(sheet.rows[number] for number in body.rows), strict=True))
    for name, at in understanding.columns.items():
        definition = understanding.kind.field(name)
        raws, filled = fill_down(sheet, body, name, at, list(turned[at]) if turned else [])
        values, noted = _read_all(definition.type, raws)
        for index in filled:
            what = f"空白，按上面的“{raws[index]}”读入"
            note = warn("filled-down", what, "请核对；确实没有的请写“无”")
            noted[index] = (*noted.get(index, ()), note)
        columns[name] = Column(name, definition.title, at, raws, values, noted)
    _part_categories(columns)
    table = Table(sheet, understanding, body, columns)
    table.findings += _findings(table)
    table.findings += _without_result(table)
    return table


def _read_all(type_: str, raws: list[Any]) -> tuple[list[Any], dict[int, tuple[Note, ...]]]:
    reader = READERS[type_]
    distinct = set(raws)
    if distinct <= _BLANK:
        return [None] * len(raws), {}
    read: dict[Any, Read] = {raw: reader(raw) if raw != "" else (None, ()) for raw in distinct}
    known = {raw: value for raw, (value, _) in read.items()}
    values = list(map(known.__getitem__, raws))
    doubtful = {raw: notes for raw, (_, notes) in read.items() if notes}
    if not doubtful:
        return values, {}
    return values, {at: doubtful[raw] for at, raw in enumerate(raws) if raw in doubtful}


def _part_categories(columns: dict[str, Column]) -> None:
    """机构类别 is where offices write 公益一类: that goes to the field it belongs to."""
    column = columns.get("category")
    if column is None or "welfare_class" in columns:
        return
    values: list[Any] = [None] * len(column.values)
    for index in list(column.noted):
        value, notes = READERS["welfare_class"](column.raws[index])
        if value is not None and not notes:
            values[index] = value
            column.values[index] = _PUBLIC_INSTITUTION
            del column.noted[index]
    if any(value is not None for value in values):
        columns["welfare_class"] = Column(
            "welfare_class", "公益类别", column.column, column.raws, values
        )


def _findings(table: Table) -> Iterator[Finding]:
    for name, column in table.columns.items():
        for index, notes in column.noted.items():
            cell = table.sheet.cell(table.body.rows[index], column.column)
            for note in notes:
                what = f"{column.title}：{note.what}"
                yield Finding(note.code, note.kind, note.severity, what, note.do, cell, name)


def _without_result(table: Table) -> Iterator[Finding]:
    """Formulas whose result the file does not hold: the cell looks empty and is not."""
    if not table.sheet.without_result:
        return
    fields = {column.column: column for column in table.columns.values()}
    for index, row in enumerate(table.body.rows):
        for at, column in fields.items():
            if f"{column_letters(at)}{row + 1}" in table.sheet.without_result:
                yield Finding(
                    DIRTY,
                    "no-result",
                    ERROR if _counts(table, column.field) else WARN,
                    f"{column.title}：公式没有保存计算结果，看起来是空白",
                    "请用 Excel 或 WPS 打开文件，保存一次后再导入",
                    table.cell(index, column.field),
                    column.field,
                )


def _counts(table: Table, name: str) -> bool:
    """Whether a blank in this column would be taken for a number or leave the row nameless."""
    kind = table.understanding.kind
    return name in kind.must or kind.field(name).type == "quantity"
