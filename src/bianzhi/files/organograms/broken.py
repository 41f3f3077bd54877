"""Broken returns: a return that collapses against the one before it and the one after it.

A body that is wound up shrinks and stays small; a return with half of it missing is followed by
one where everything is back. So the first and the last return of a body cannot be judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bianzhi.files.organograms.rows import Snapshot, plain, total_fte

HALF = Decimal("0.5")
_SENIORS, _JUNIOR_FTE = "高级职位（行）", "一般职位（FTE）"


@dataclass(frozen=True, slots=True)
class Collapse:
    """A broken return: for each figure that collapsed, its value before, then and after."""

    body: str
    on: str
    figures: dict[str, tuple[Decimal, Decimal, Decimal]]

    @property
    def message(self) -> str:
        """The finding in words, with all numbers."""
        told = "；".join(
            f"{name} {plain(then)}，前期 {plain(before)}、后期 {plain(after)}"
            for name, (before, then, after) in self.figures.items()
        )
        return f"本期报表疑不完整：{told}"


def broken_returns(snapshots: Iterable[Snapshot], keep: Decimal = HALF) -> Iterator[Collapse]:
    """The returns in which the senior posts or the junior FTE collapsed.

    Args:
        snapshots: Returns in order of days.
        keep: A figure collapsed when it is below this share of the figure in both the previous
            and the following return of the body.
    """
    own: dict[str, list[Snapshot]] = defaultdict(list)
    for snapshot in snapshots:
        own[snapshot.body].append(snapshot)
    for series in own.values():
        for before, then, after in zip(series, series[1:], series[2:], strict=False):
            if figures := _collapsed(before, then, after, keep):
                yield Collapse(then.body, then.on, figures)


def _collapsed(
    before: Snapshot, then: Snapshot, after: Snapshot, keep: Decimal
) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    series = {
        _SENIORS: tuple(Decimal(len(each.seniors)) for each in (before, then, after)),
        _JUNIOR_FTE: tuple(total_fte(each.juniors) for each in (before, then, after)),
    }
    return {
        name: (was, now, later)
        for name, (was, now, later) in series.items()
        if now < keep * min(was, later)
    }
