"""Taking in a sheet or a whole workbook: understand, read, check; good rows apart from bad."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bianzhi.core.errors import Refusal
from bianzhi.files.headings import Understanding, understand
from bianzhi.files.headings.understanding import Learned
from bianzhi.files.intake.checks import check_files, check_table
from bianzhi.files.intake.findings import ERROR, Finding
from bianzhi.files.intake.phrases import Fact
from bianzhi.files.intake.rows import ROWS, Row
from bianzhi.files.intake.shifts import Shift, find_shift, unshifted
from bianzhi.files.intake.table import Table, read_table
from bianzhi.files.workbook import Sheet, Workbook

R = TypeVar("R", bound=Row)


@dataclass
class Taken:
    """One sheet taken in.

    Attributes:
        table: Its columns.
        shift: A block of columns whose values stand one column off, if one was found.
        moved_back: Whether a person agreed to read it where its values belong; until then no row
            of the sheet goes in.
    """

    table: Table
    shift: Shift | None = None
    moved_back: bool = False

    @property
    def kind(self) -> str:
        """Kind of table."""
        return self.table.kind

    @property
    def sheet(self) -> Sheet:
        """The sheet."""
        return self.table.sheet

    @property
    def understanding(self) -> Understanding:
        """How its columns were understood."""
        return self.table.understanding

    @property
    def findings(self) -> list[Finding]:
        """Everything found, in the order of the sheet."""
        return sorted(self.table.findings, key=lambda each: (each.cell.row, each.cell.column))

    @cached_property
    def rows(self) -> list[Row]:
        """Every data row, typed by the kind of table."""
        made = ROWS[self.kind]
        return [made(self.table, index) for index in range(len(self.table))]

    def rows_as(self, cls: type[R]) -> list[R]:
        """The rows as the type a table of this kind has; a refusal for another kind."""
        found = [row for row in self.rows if isinstance(row, cls)]
        if len(found) != len(self.rows):
            title = self.understanding.kind.title
            raise Refusal.of("other-kind", f"〔{self.sheet.name}〕是{title}", place=self.sheet.file)
        return found

    @property
    def bad_lines(self) -> set[int]:
        """Rows of the sheet (from 0) that carry an error; all of them where the sheet does."""
        if self.shift is not None and not self.moved_back:
            return set(self.table.body.rows)
        return {each.cell.row for each in self.table.findings if each.severity == ERROR}

    @property
    def good_rows(self) -> list[Row]:
        """Rows that can go in."""
        bad = self.bad_lines
        return [row for row in self.rows if row.no - 1 not in bad]

    @property
    def bad_rows(self) -> list[Row]:
        """Rows that cannot."""
        bad = self.bad_lines
        return [row for row in self.rows if row.no - 1 in bad]

    def findings_of(self, row: Row) -> list[Finding]:
        """What was found in one row."""
        return [each for each in self.table.findings if each.cell.row == row.no - 1]

    def proposals(self) -> list[tuple[Row, str, Fact]]:
        """(row, field, fact): numbers hidden in remarks."""
        return [(row, name, fact) for row in self.rows for name, fact in row.proposals()]


def take_sheet(sheet: Sheet, understanding: Understanding, *, apply_shift: bool = False) -> Taken:
    """Read and check one sheet as understood.

    Args:
        sheet: The sheet.
        understanding: How its columns are understood, corrected or not.
        apply_shift: Read the block of a found shift where its values belong (a person agreed).
    """
    table = read_table(sheet, understanding)
    shift = find_shift(table)
    if shift is not None and apply_shift:
        table = read_table(sheet, unshifted(understanding, shift))
    check_table(table, None if apply_shift else shift)
    return Taken(table, shift, apply_shift)


def take_workbook(
    workbook: Workbook, learned: Learned | None = None, *, hidden: bool = False
) -> list[Taken]:
    """Every sheet of a workbook that holds a known table, checked across its sheets too."""
    taken = []
    for sheet in workbook.sheets:
        if sheet.hidden and not hidden:
            continue
        if (understanding := understand(sheet, learned)) is not None:
            taken.append(take_sheet(sheet, understanding))
    check_together(taken)
    return taken


def check_together(taken: Iterable[Taken]) -> None:
    """Checks across sheets and files: the same person twice, funding unlike the unit's."""
    check_files([each.table for each in taken])
