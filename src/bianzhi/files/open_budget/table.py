"""Tables: rows of a CSV file that remember where each of their figures stands."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn, TypeVar

from bianzhi.core.errors import Refusal

_AMOUNT = re.compile(r"-?\d+(\.\d{1,4})?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        file: Name of the file, without its folder.
        number: The row as a spreadsheet counts it: the heading is row 1.
        values: Text by column heading, in the order of the file.
    """

    file: str
    number: int
    values: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Where a figure stands, as the record cites it: ``changes_2012.csv!L3``."""
        return f"{self.file}!{_letter(list(self.values).index(column))}{self.number}"

    def text(self, column: str) -> str:
        """The text of a cell that must not be empty."""
        return self.values[column].strip() or self.refuse(column, "empty-cell", "是空的", "请补上")

    def amount(self, column: str, *, signed: bool = False) -> Decimal:
        """The exact number in a cell."""
        found = self.values[column].strip()
        if not _AMOUNT.fullmatch(found):
            self.refuse(column, "bad-quantity", f"“{found}”不是数字", "请填写至多四位小数的数")
        if found.startswith("-") and not signed:
            self.refuse(column, "negative", f"是负数 {found}", "编制数不能为负，请核对原表")
        return Decimal(found)

    def read(self, column: str, reader: Callable[[str], T], do: str) -> T:
        """What a reader makes of a cell; its ValueError becomes a refusal that names the cell."""
        try:
            return reader(self.values[column])
        except ValueError:
            self.refuse(column, "bad-cell", f"“{self.values[column]}”读不懂", do)

    def refuse(self, column: str, code: str, what: str, do: str) -> NoReturn:
        """Refuse the file for this cell."""
        place = f"{self.file} 第 {self.number} 行"
        raise Refusal.of(code, f"单元格 {self.cell(column)} {what}", do, field=column, place=place)


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file (UTF-8, headings in row 1) that has at least these columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            heading = next(reader, [])
            _check_heading(path.name, heading, columns)
            yield from _rows(path.name, heading, reader)
    except OSError as error:
        what = f"打不开文件 {path.name}"
        raise Refusal.of("no-file", what, "请核对文件夹", place=path.name) from error
    except (UnicodeDecodeError, csv.Error) as error:
        what = f"{path.name} 不是 UTF-8 编码的 CSV 文本"
        do = "请另存为 UTF-8 编码的 CSV"
        raise Refusal.of("bad-encoding", what, do, place=path.name) from error


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(file: str, heading: list[str], body: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(body, start=2):
        if not cells:
            continue  # a blank line, as editors leave at the end
        if len(cells) != len(heading):
            what = f"有 {len(cells)} 格，表头有 {len(heading)} 列"
            do = "请核对这一行的逗号和引号"
            raise Refusal.of("ragged-row", what, do, place=f"{file} 第 {number} 行")
        yield Row(file, number, dict(zip(heading, cells, strict=True)))


def _check_heading(file: str, heading: list[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in heading]
    if missing:
        what = f"缺少列：{'、'.join(missing)}；现有列：{'、'.join(heading) or '无'}"
        raise Refusal.of("missing-column", what, "请核对表头", place=f"{file} 第 1 行")


def _letter(index: int) -> str:
    letters = ""
    while index >= 0:
        index, digit = divmod(index, 26)
        letters = chr(ord("A") + digit) + letters
        index -= 1
    return letters
