"""Cross-footing a ledger: 空缺 = 核定 − 实有 − 待上编 − 预留, under the 口径 the office uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bianzhi.core.kinds import national
from bianzhi.files.intake.table import Table

Floats = npt.NDArray[np.float64]
GROUPS = ("approved", "actual", "pending")
_CLOSE = 1e-6


@dataclass(frozen=True)
class Basis:
    """One way to count 空缺, and what people call it."""

    words: str
    with_control: bool
    net: bool


BASES = (
    Basis("核定 − 实有 − 待上编 − 预留", True, True),
    Basis("核定 − 实有 − 待上编 − 预留，不含控制数", False, True),
    Basis("核定 − 实有", True, False),
    Basis("核定 − 实有，不含控制数", False, False),
)


class Figures:
    """The numbers of a ledger as one array: a row a unit, a column a field, in sheet order."""

    def __init__(self, table: Table) -> None:
        chosen = [
            (column.column, name)
            for name, column in table.columns.items()
            if name.startswith(("approved_", "actual_", "pending_", "reserved_"))
            and not name.endswith(("_total", "_sum"))
        ]
        self.fields = [name for _, name in sorted(chosen)]
        self.values = _array(table, self.fields)
        self.has_vacant = "vacant" in table.columns
        self.vacant = _array(table, ["vacant"])[:, 0] if self.has_vacant else np.empty(0)
        said = table.columns["vacant"].values if self.has_vacant else []
        self.said = np.array([value is not None for value in said], bool)

    def __bool__(self) -> bool:
        groups = {name.partition("_")[0] for name in self.fields}
        return self.has_vacant and {"approved", "actual"} <= groups and bool(self.said.any())

    def signs(self, basis: Basis) -> Floats:
        """What each field counts in 空缺: 1, −1 or 0."""
        return np.array([_sign(name, basis) for name in self.fields], float)

    def misfit(self, basis: Basis, values: Floats | None = None) -> Floats:
        """Written 空缺 less the computed one, by row."""
        numbers = self.values if values is None else values
        return self.vacant - numbers @ self.signs(basis)


def _array(table: Table, fields: list[str]) -> Floats:
    made = np.zeros((len(table), len(fields)))
    for at, name in enumerate(fields):
        if table.columns[name].is_empty:
            continue
        made[:, at] = [0.0 if value is None else float(value) for value in table.values(name)]
    return made


def _sign(field: str, basis: Basis) -> float:
    group, _, kind = field.partition("_")
    if group == "reserved":
        return -1.0 if basis.net else 0.0
    counts = national("quota_kind").attribute(kind, "counts") is not False
    if not (counts or basis.with_control) or (group == "pending" and not basis.net):
        return 0.0
    return 1.0 if group == "approved" else -1.0


def best_basis(figures: Figures) -> tuple[Basis, npt.NDArray[np.bool_]]:
    """(the 口径 that fits most rows, which rows do not fit it); the strictest on a tie."""
    said = figures.said
    tried = [(basis, said & (np.abs(figures.misfit(basis)) > _CLOSE)) for basis in BASES]
    return min(tried, key=lambda each: int(each[1].sum()))


def totals_differ(table: Table) -> Iterator[tuple[int, str, float, float]]:
    """(row, field of the total, written, sum by kind) where a total is unlike its kinds."""
    for group in GROUPS:
        kinds = [
            name for name in table.columns
            if name.startswith(f"{group}_") and not name.endswith(("_total", "_sum"))
        ]  # fmt: skip
        written = [name for name in (f"{group}_total", f"{group}_sum") if name in table.columns]
        if not kinds or not written:
            continue
        sums = _array(table, kinds)
        counted = sums @ np.array([_control(name) for name in kinds])
        for index, value in enumerate(table.values(written[0])):
            if value is not None and not _near(float(value), counted[index], sums[index].sum()):
                yield index, written[0], float(value), float(sums[index].sum())


def _control(field: str) -> float:
    kind = field.partition("_")[2]
    return 0.0 if national("quota_kind").attribute(kind, "counts") is False else 1.0


def _near(value: float, *others: float) -> bool:
    return any(abs(value - other) <= _CLOSE for other in others)


def unmatched(values: Mapping[str, float]) -> tuple[int, int]:
    """(kinds with people and no posts, kinds with posts and no people or the reverse).

    Both are signs of numbers under wrong headings; the first is the stronger.
    """
    over = loose = 0
    for name, people in values.items():
        if not name.startswith("actual_"):
            continue
        posts = values.get(name.replace("actual_", "approved_"), 0)
        over += people > 0 and not posts
        loose += (people > 0) != (posts > 0)
    return over, loose
