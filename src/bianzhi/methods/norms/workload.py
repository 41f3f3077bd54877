"""核编 by workload: duty → volume → time → posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bianzhi.methods.norms.errors import NormError, amount, share
from bianzhi.methods.norms.need import Need, made, plain
from bianzhi.methods.norms.rounding import Rounding, exact


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of a duty.

    Attributes:
        volume: Cases a year.
        minutes: Minutes a case and person.
        people: Persons it takes at once (two for an inspection).
        intensity: Factor for strain or complexity, 1 = ordinary.
    """

    name: str
    volume: float
    minutes: float
    people: float = 1
    intensity: float = 1


def workload(
    tasks: Sequence[Task],
    *,
    days: float,
    hours: float,
    effective: float,
    leave: float,
    rounding: Rounding = Rounding.UP,
    approved: float | None = None,
    actual: float | None = None,
    name: str = "",
) -> Need:
    """need = Σ volume·minutes·people·intensity ÷ (days·hours·60·effective) × (1 + leave).

    Args:
        days: Working days a year, leave **not** taken off (it is in ``leave``).
        hours: Hours a day. effective: Share of a day that is work, above 0 to 1.
        leave: Leave, training and sick days as a share on top (0.08 = 8 %).

    Raises:
        NormError: No tasks or no time; negative or missing figures.

    Source: the practice of 淄博 (职责—工作量—工时—编制) and of windows in 上虞, as published.
    """
    if not tasks:
        raise NormError("没有职责事项：请先列出事项、年办件量和每件用时")
    day = exact(amount(days, "年工作日", above=True)) * exact(amount(hours, "每日工时", above=True))
    if amount(effective, "有效工时比例", above=True) > 1:
        raise NormError(f"有效工时比例为 {effective:g}：不应大于 1")
    year = day * 60 * exact(effective)
    minutes = sum(map(_minutes, tasks), Fraction(0))
    need = minutes / year * (1 + exact(share(leave, "休假系数")))
    words = (
        f"{len(tasks)} 项共 {plain(minutes)} 分钟÷每人每年 {plain(year)} 分钟"
        f"×（1＋{plain(leave)}）＝ {plain(need)}"
    )
    return made(need, words, rounding, approved, actual, name)


def _minutes(task: Task) -> Fraction:
    total = exact(amount(task.volume, f"{task.name}办件量"))
    total *= exact(amount(task.minutes, f"{task.name}每件用时"))
    total *= exact(amount(task.people, f"{task.name}同时人数", above=True))
    return total * exact(amount(task.intensity, f"{task.name}强度系数", above=True))
