"""Papers of a 沿革表 that could not be made: one by one, or in one line where many are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bianzhi.core.errors import Problem
from bianzhi.office.intake.plan.rows import Said

FEW = 3  # papers refused for one reason that are told one by one


class Refused(NamedTuple):
    """Why a paper was not made, which paper, and where it stands."""

    problem: Problem
    label: str
    origin: str


def tell(refused: Iterable[Refused], said: Said) -> None:
    """Tell them; many for one reason, as when an old 沿革 comes again after the units were opened
    from a later table, would bury everything else."""
    alike: dict[str, list[Refused]] = defaultdict(list)
    for each in refused:
        alike[each.problem.code].append(each)
    for group in alike.values():
        if len(group) <= FEW:
            for one in group:
                said.error(
                    "refused", f"{one.label}没有入账：{one.problem.what}",
                    one.problem.do or "请核对这份文件的各行", one.origin,
                )  # fmt: skip
        else:
            _tell_alike(group, said)


def _tell_alike(group: list[Refused], said: Said) -> None:
    first, last = group[0], group[-1]
    papers = len({each.label for each in group})
    said.error(
        "refused-alike",
        f"{papers} 份文件因同样的原因没有入账（{first.label} 至 {last.label}），"
        f"例如：{first.problem.what}",
        f"{first.problem.do or '请核对这些文件'}；"
        "如果是旧沿革在单位期初之后又交来，台账里已有结果，可以不采用这张表",
        first.origin,
    )  # fmt: skip
