"""Shifted blocks: numbers that stand one column off, told by the 空缺 that no longer adds up.

A known fault of real systems: eight numbers written under nine headings of 核定, so that all of
实有 and 领导预留 stand one column too far left until 待上编 sets the columns right again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bianzhi.files.headings import Understanding
from bianzhi.files.intake.crossfoot import (
    BASES,
    Basis,
    Figures,
    Floats,
    best_basis,
    unmatched,
)
from bianzhi.files.intake.table import Table
from bianzhi.files.workbook import column_letters

_SAMPLE = 2000
_FEWEST, _SHARE = 5, 0.05  # rows that must fail as headed, and their share of all
_CURED, _HARMED = 0.9, 0.02  # of the failing rows those put right; of the others those spoiled
_CLOSE = 1e-6


@dataclass(frozen=True)
class Shift:
    """A block whose values stand off: each of ``fields`` is to be read ``by`` columns away.

    Attributes:
        fields: The fields as headed, in sheet order.
        first, last: Columns of the block as headed.
        by: −1 when the values stand one column too far left, 1 too far right.
        fits, fitted: Share of rows that add up when read so, and as headed.
        lost: The field that has no value of its own then.
        swaps: Pairs of kinds of 核定 that change places besides: people stand on kinds without
            posts otherwise.
    """

    fields: tuple[str, ...]
    first: int
    last: int
    by: int
    fits: float
    fitted: float
    lost: str
    swaps: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        way = "左" if self.by < 0 else "右"
        block = f"{column_letters(self.first)}—{column_letters(self.last)} 列"
        also = "，另有种类互换" if self.swaps else ""
        return (
            f"{block}的数似乎整体错{way}一列{also}：照表头读有 {self.fitted:.0%} 的行对得上空缺，"
            f"移回后有 {self.fits:.0%}"
        )


def find_shift(table: Table) -> Shift | None:
    """The shifted block that makes the rows add up, if the sheet as headed does not."""
    if table.kind != "ledger" or len(table) < _FEWEST:
        return None
    figures = Figures(table)
    if not figures:
        return None
    figures.values, figures.said = figures.values[:_SAMPLE], figures.said[:_SAMPLE]
    figures.vacant = figures.vacant[:_SAMPLE]
    _, wrong = best_basis(figures)
    if wrong.sum() < max(_FEWEST, _SHARE * figures.said.sum()):
        return None
    found = [
        each for block in _candidates(figures.fields) if (each := _tried(figures, block, wrong))
    ]
    best = min(found, key=_doubt, default=None)
    return _shift(table, figures, best, wrong) if best is not None else None


@dataclass(frozen=True)
class _Tried:
    """A block that makes the rows add up: how many do, who is still on a kind without posts."""

    block: tuple[int, int, int]
    fits: int
    swaps: tuple[tuple[int, int], ...]
    over: int
    ends_well: bool


def _doubt(tried: _Tried) -> tuple[int, int, bool, int, int]:
    """The likeliest block first: most rows add up, fewest people without posts, the known end."""
    start, end, by = tried.block
    return -tried.fits, tried.over, not tried.ends_well, len(tried.swaps), start - end + by


def _tried(
    figures: Figures, block: tuple[int, int, int], wrong: npt.NDArray[np.bool_]
) -> _Tried | None:
    moved = shifted_values(figures.values, *block)
    good = figures.said & ~wrong
    for basis in BASES:
        near = np.abs(figures.misfit(basis, moved)) <= _CLOSE
        cured = (near & wrong).sum() / wrong.sum()
        harmed = (good & ~near).sum() / max(1, good.sum())
        if cured >= _CURED and harmed <= _HARMED:
            swaps, over = _swaps(figures.fields, moved)
            fits = int((near & figures.said).sum())
            last = figures.fields[block[1]]
            return _Tried(block, fits, swaps, over, last == "reserved_leader")
    return None


def _swaps(fields: list[str], values: Floats) -> tuple[tuple[tuple[int, int], ...], int]:
    """(pairs of 核定 that change places, rows then still with people on a kind without posts)."""
    places = list(range(len(fields)))
    approved = [at for at, name in enumerate(fields) if name.startswith("approved_")]
    found: list[tuple[int, int]] = []
    over = _over(fields, values)
    while over and len(found) < 3:
        tried = []
        for one, other in combinations(approved, 2):
            order = list(places)
            order[one], order[other] = order[other], order[one]
            tried.append((_over(fields, values[:, order]), one, other, order))
        best, one, other, order = min(tried)
        if best > over / 2:
            break
        found.append((one, other))
        over, places = best, order
    return tuple(found), over


def _over(fields: list[str], values: Floats) -> int:
    """Rows in which some kind has people and no posts."""
    where = {name: at for at, name in enumerate(fields)}
    rows = np.zeros(len(values), bool)
    for name, at in where.items():
        posts = (
            where.get(name.replace("actual_", "approved_")) if name.startswith("actual_") else None
        )
        if posts is not None:
            rows |= (values[:, at] > 0) & (values[:, posts] == 0)
    return int(rows.sum())


def _candidates(fields: list[str]) -> Iterator[tuple[int, int, int]]:
    """(first, last field, by): blocks that begin anywhere in 核定 and end where a group ends."""
    groups = [name.partition("_")[0] for name in fields]
    ends = [
        at for at, group in enumerate(groups)
        if group != "approved" and (at + 1 == len(groups) or groups[at + 1] != group)
    ]  # fmt: skip
    ends += [at for at, name in enumerate(fields) if name == "reserved_leader" and at not in ends]
    for start, group in enumerate(groups):
        if group == "approved":
            for end in ends:
                yield start, end, -1
                yield start, end, 1


def shifted_values(values: Floats, start: int, end: int, by: int) -> Floats:
    """The numbers with the block read ``by`` columns away; the field left without one is 0."""
    moved = values.copy()
    if by < 0:
        moved[:, start + 1 : end + 1] = values[:, start:end]
        moved[:, start] = 0
    else:
        moved[:, start:end] = values[:, start + 1 : end + 1]
        moved[:, end] = 0
    return moved


def _shift(table: Table, figures: Figures, tried: _Tried, wrong: npt.NDArray[np.bool_]) -> Shift:
    start, end, by = tried.block
    fields = figures.fields
    named = tuple(fields[start : end + 1])
    first, last = (table.columns[fields[at]].column for at in (start, end))
    rows = max(1, int(figures.said.sum()))
    swaps = tuple((fields[one], fields[other]) for one, other in tried.swaps)
    lost = named[0] if by < 0 else named[-1]
    fitted = 1 - float(wrong.sum()) / rows
    return Shift(named, first, last, by, tried.fits / rows, fitted, lost, swaps)


def unshifted(understanding: Understanding, shift: Shift) -> Understanding:
    """The understanding that reads the block where its values stand."""
    columns = understanding.columns
    places = [columns[name] for name in shift.fields]
    fields = (*shift.fields[1:], "") if shift.by < 0 else ("", *shift.fields[:-1])
    changes = {column: name for name, column in columns.items()}
    changes.update(zip(places, fields, strict=True))
    for one, other in shift.swaps:
        trade = {one: other, other: one}
        changes = {column: trade.get(name, name) for column, name in changes.items()}
    before = {column: name for name, column in columns.items()}
    moved = {column: name for column, name in changes.items() if before[column] != name}
    return understanding.corrected(moved, why="错位移回")


def shifted_rows(table: Table, figures: Figures, rows: list[int], basis: Basis) -> list[int]:
    """Of rows that do not add up, those whose own numbers stand one column off.

    A row counts only when the shift makes it add up and puts people and posts under the same
    kinds again: a chance agreement of small numbers is not enough.
    """
    return [row for row in rows[:_SAMPLE] if _is_shifted(figures, row, basis)]


def _is_shifted(figures: Figures, row: int, basis: Basis) -> bool:
    values = figures.values[row : row + 1]
    over, loose = unmatched(dict(zip(figures.fields, values[0], strict=True)))
    if not over and loose < 2:
        return False
    for block in _candidates(figures.fields):
        moved = shifted_values(values, *block)
        adds_up = abs(figures.vacant[row] - (moved @ figures.signs(basis))[0]) <= _CLOSE
        now, still = unmatched(dict(zip(figures.fields, moved[0], strict=True)))
        if adds_up and not now and (over or still <= loose - 2):
            return True
    return False
