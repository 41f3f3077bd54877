"""Shifted blocks: numbers that stand one column off, told by the 空缺 that no longer adds up.

A known fault of real systems: eight numbers written under nine headings of 核定, so that all of
实有 and 领导预留 stand one column too far left until 待上编 sets the columns right again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bianzhi.files.headings import Understanding
from bianzhi.files.intake.crossfoot import BASES, Basis, Figures, Floats, best_basis, over_filled
from bianzhi.files.intake.table import Table
from bianzhi.files.workbook import column_letters

_SAMPLE = 2000
_FEWEST, _WRONG, _RIGHT = 5, 0.5, 0.9  # rows; share that must fail before, and fit after
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
    """

    fields: tuple[str, ...]
    first: int
    last: int
    by: int
    fits: float
    fitted: float
    lost: str

    def __str__(self) -> str:
        way = "左" if self.by < 0 else "右"
        block = f"{column_letters(self.first)}—{column_letters(self.last)} 列"
        return (
            f"{block}的数似乎整体错{way}一列：照表头读只有 {self.fitted:.0%} 的行对得上空缺，"
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
    share = float(wrong.sum() / max(1, figures.said.sum()))
    if share < _WRONG:
        return None
    found = list(_fitting(table, figures, 1 - share))
    return max(found, key=_likely, default=None)


def _likely(shift: Shift) -> tuple[float, bool, int, int]:
    """Most rows fit; then the block of the known fault; then the shorter loss."""
    ends_well = shift.fields[-1] in ("reserved_leader",) or shift.fields[-1].startswith("actual_")
    return round(shift.fits, 2), ends_well, len(shift.fields), -shift.by


def _fitting(table: Table, figures: Figures, fitted: float) -> Iterator[Shift]:
    for start, end, by in _candidates(figures.fields):
        moved = shifted_values(figures.values, start, end, by)
        for basis in BASES:
            fits = _share(figures, basis, moved)
            if fits >= _RIGHT:
                yield _shift(table, figures.fields, (start, end, by), fits, fitted)
                break


def _share(figures: Figures, basis: Basis, values: Floats) -> float:
    near = np.abs(figures.misfit(basis, values)) <= _CLOSE
    return float((near & figures.said).sum() / figures.said.sum())


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


def _shift(
    table: Table, fields: list[str], block: tuple[int, int, int], fits: float, fitted: float
) -> Shift:
    start, end, by = block
    named = tuple(fields[start : end + 1])
    first, last = (table.columns[fields[at]].column for at in (start, end))
    return Shift(named, first, last, by, fits, fitted, named[0] if by < 0 else named[-1])


def unshifted(understanding: Understanding, shift: Shift) -> Understanding:
    """The understanding that reads the block where its values stand."""
    columns = understanding.columns
    places = [columns[name] for name in shift.fields]
    changes = {}
    if shift.by < 0:
        changes = dict(zip(places, (*shift.fields[1:], ""), strict=True))
    else:
        changes = dict(zip(places, ("", *shift.fields[:-1]), strict=True))
    return understanding.corrected(changes, why="错位移回")


def shifted_rows(table: Table, figures: Figures, rows: list[int], basis: Basis) -> list[int]:
    """Of rows that do not add up, those whose own numbers stand one column off.

    A row counts only when the shift makes it add up and ends that some kind has people and no
    posts: a chance agreement of small numbers is not enough.
    """
    found = []
    for row in rows[:_SAMPLE]:
        values = figures.values[row : row + 1]
        if not over_filled(dict(zip(figures.fields, values[0], strict=True))):
            continue
        if any(_cures(figures, row, values, block, basis) for block in _candidates(figures.fields)):
            found.append(row)
    return found


def _cures(
    figures: Figures, row: int, values: Floats, block: tuple[int, int, int], basis: Basis
) -> bool:
    moved = shifted_values(values, *block)
    if over_filled(dict(zip(figures.fields, moved[0], strict=True))):
        return False
    return bool(abs(figures.vacant[row] - (moved @ figures.signs(basis))[0]) <= _CLOSE)
