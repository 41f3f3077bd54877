"""Transfer requests: change lines put together, and what each request is.

A transfer moves posts between programmes and sums to zero over its own lines. A request that does
not is one of a few known things, told by its published kind and its sum; a sum nothing accounts
for stays unexplained rather than being called anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.rows import ChangeLine, Nature, read_changes

CUTS = (Nature.CUT, Nature.CUT_INTO_RESERVE)
DRAWS = (Nature.DRAW_ON_RESERVE, Nature.ALLOCATION_FROM_RESERVE)
ONE_POST = Decimal(1)  # line figures are whole posts: two lines that split a half make one too many


class Standing(Enum):
    """How a request stands to the rule that transfers sum to zero."""

    BALANCED = "平衡"
    CUT = "核减"
    CONVERSION = "置换"
    OFF_BY_ONE = "动用机动编制差一个"
    UNEXPLAINED = "来去不符"


@dataclass(frozen=True, slots=True)
class Request:
    """A numbered request with its lines, in the order of the file."""

    lines: tuple[ChangeLine, ...]

    @property
    def doc_no(self) -> str:
        """Year, leading section and number: ``2012/01/010``."""
        first = self.lines[0]
        return f"{first.year}/{first.section}/{first.request_no}"

    @property
    def year(self) -> int:
        """The budget year."""
        return self.lines[0].year

    @property
    def title(self) -> str:
        """Its title as published."""
        return self.lines[0].row.text("request_title")

    @property
    def nature(self) -> Nature:
        """What the publisher says it does."""
        return self.lines[0].nature

    @property
    def approved_on(self) -> date:
        """The day of approval; refused where none was published (before 2011)."""
        first = self.lines[0]
        if first.approved_on is None:
            first.row.refuse("approval_date_raw", "no-day", "没有批准日期", "入账须有日期，请补上")
        return first.approved_on

    @property
    def moves(self) -> dict[str, Decimal]:
        """What it brings each programme, its lines put together."""
        moves: dict[str, Decimal] = {}
        for line in self.lines:
            moves[line.programme] = moves.get(line.programme, Decimal(0)) + line.delta
        return moves

    @property
    def total(self) -> Decimal:
        """What its lines sum to."""
        return sum((line.delta for line in self.lines), Decimal(0))

    @property
    def standing(self) -> Standing:
        """What it is, from its nature and its sum."""
        if not self.total:
            return Standing.BALANCED
        if self.nature in CUTS:
            return Standing.CUT
        if self.nature is Nature.CONVERSION:
            return Standing.CONVERSION
        if self.nature in DRAWS and abs(self.total) == ONE_POST:
            return Standing.OFF_BY_ONE
        return Standing.UNEXPLAINED


def classify_requests(folder: Path | str) -> tuple[Request, ...]:
    """All requests in the change files of a folder, by file name and then as they stand there.

    Each says its ``standing``; those that are not ``Standing.BALANCED`` are the ones to list.

    Raises:
        Refusal: A file cannot be read; the message names file, row and cell.
    """
    paths = sorted(Path(folder).glob("changes_*.csv"))
    if not paths:
        raise Refusal.of("no-file", "文件夹里没有 changes_*.csv", "请核对文件夹", place=str(folder))
    return group_requests(line for path in paths for line in read_changes(path))


def group_requests(lines: Iterable[ChangeLine]) -> tuple[Request, ...]:
    """Requests from their lines."""
    groups: dict[tuple[int, str, str], list[ChangeLine]] = {}
    for line in lines:
        groups.setdefault((line.year, line.section, line.request_no), []).append(line)
    for group in groups.values():
        _check_agreement(group)
    return tuple(Request(tuple(group)) for group in groups.values())


def _check_agreement(lines: list[ChangeLine]) -> None:
    for column in ("request_title", "change_name", "approval_date_raw"):
        first = lines[0].row.values[column]
        for line in lines[1:]:
            if line.row.values[column] != first:
                what = f"“{line.row.values[column]}”与同一申请首行的“{first}”不同"
                line.row.refuse(column, "split-request", what, "同一申请各行应当一致，请核对")
