"""A year of the ledger: its law, its requests and, where published, its closing figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget import codes
from bianzhi.files.open_budget.requests import Request, classify_requests
from bianzhi.files.open_budget.rows import POSTS, TREE, BudgetLine, ChangeLine, read_budget
from bianzhi.files.open_budget.table import digest

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Year:
    """Everything published about one budget year."""

    year: int
    path: Path
    lines: tuple[BudgetLine, ...]
    requests: tuple[Request, ...]

    @cached_property
    def change_lines(self) -> tuple[ChangeLine, ...]:
        """The lines of all its requests."""
        return tuple(line for request in self.requests for line in request.lines)

    @cached_property
    def names(self) -> dict[str, tuple[str, str]]:
        """(name, where it stands) of each section, domain and programme the year mentions.

        A programme may get its first posts by a request, without a line in the law.
        """
        found: dict[str, tuple[str, str]] = {}
        for line in self.lines:
            for level in TREE:
                name = line.row.text(f"{level}_name"), line.row.cell(f"{level}_name")
                found.setdefault(line.row.values[level], name)
        for change in self.change_lines:
            name = change.row.text("programme_name"), change.row.cell("programme_name")
            found.setdefault(change.programme, name)
        return found

    @property
    def has_closing(self) -> bool:
        """Whether posts after the year's changes were published."""
        return any(line.closing is not None for line in self.lines)

    @cached_property
    def allowance(self) -> dict[str, Decimal]:
        """How far rounding may carry each programme with posts: half a post for each of its lines.

        Openings have halves; change lines and closings are printed in whole posts.
        """
        lines = Counter(line.programme for line in self.lines if line.has_posts)
        lines.update(line.programme for line in self.change_lines)
        return {programme: HALF * lines[programme] for programme in sorted(lines)}

    def closing(self, programme: str) -> tuple[Decimal, str]:
        """(posts, where they stand) of a programme at the end of the year as published."""
        lines = [line for line in self.lines if line.programme == programme and line.has_posts]
        if not lines:
            return Decimal(0), f"{self.path.name}：未列，作 0"
        more = f" 等 {len(lines)} 行" if len(lines) > 1 else ""
        total = sum((line.closing or Decimal(0) for line in lines), Decimal(0))
        return total, lines[0].row.cell("posts_approved") + more

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of its files, hexadecimal, by file name."""
        files = {self.path.name, *(line.row.file for line in self.change_lines)}
        return {name: digest(self.path.with_name(name)) for name in sorted(files)}

    @property
    def total(self) -> Decimal:
        """All posts of the law."""
        return sum((line.opening[POSTS] for line in self.lines), Decimal(0))


def read_years(folder: Path, wanted: Sequence[int] | None = None) -> tuple[Year, ...]:
    """The years of a folder in order: all for which there is a law, or those wanted."""
    found = {int(path.stem[-4:]): path for path in _laws(folder)}
    years = sorted(wanted if wanted is not None else found)
    if missing := [year for year in years if year not in found]:
        what = f"没有 {missing[0]} 年的预算行文件 positions_{missing[0]}.csv"
        raise Refusal.of("no-file", what, "请核对文件夹和年份", place=folder.name)
    if not years or years != list(range(years[0], years[-1] + 1)):
        what = f"年份不连续：{'、'.join(map(str, years)) or '一个也没有'}"
        raise Refusal.of("broken-years", what, "年份须逐年相接，才能结转", place=folder.name)
    requests = classify_requests(folder)
    read = tuple(_year(found[year], year, requests) for year in years)
    for each in read:
        _check(each)
    return read


def _laws(folder: Path) -> list[Path]:
    return [path for path in folder.glob("positions_*.csv") if re.search(r"_\d{4}$", path.stem)]


def _year(path: Path, year: int, requests: Iterable[Request]) -> Year:
    own = tuple(request for request in requests if request.year == year)
    return Year(year, path, read_budget(path, year), own)


def _check(year: Year) -> None:
    if year.has_closing and not year.requests:
        what = f"公布了 {year.year} 年末编制，却没有该年的申请 changes_{year.year}.csv"
        raise Refusal.of("no-file", what, "请补上该年的申请文件", place=year.path.name)
    for request in year.requests:
        row = request.lines[0].row
        if request.approved_on.year != year.year:
            what = f"批准日期 {request.approved_on} 不在 {year.year} 年内"
            row.refuse("approval_date_raw", "wrong-year", what, "请核对日期")
    for line in year.change_lines:
        if codes.parent(line.programme) not in year.names:
            what = f"项目 {line.programme} 的上级 {codes.parent(line.programme)} 不在该年预算行中"
            line.row.refuse("programme", "unknown-unit", what, "请核对项目代码")
