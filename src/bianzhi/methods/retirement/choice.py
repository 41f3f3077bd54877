"""Whether a person may retire in a month of their choice, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from bianzhi.methods.retirement.errors import RetirementError
from bianzhi.methods.retirement.months import age_text, month_number, month_text
from bianzhi.methods.retirement.policy import Category, Policy, national
from bianzhi.methods.retirement.single import Retirement, statutory

EARLY, ON_TIME, LATE = "弹性提前退休", "到龄退休", "弹性延迟退休"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen month against the law; months as month numbers.

    Attributes:
        law: What the law says of the person. kind: 弹性提前退休, 到龄退休 or 弹性延迟退休.
        required: Least months of contributions. paid: Months paid, None if not given.
        problems: What stands against it. notes: What else has to be done or confirmed.
    """

    law: Retirement
    month: int
    kind: str
    required: int
    paid: int | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.problems

    def to_frame(self) -> pl.DataFrame:
        """One row: month, kind, allowed, required, paid, problems, notes."""
        return pl.DataFrame(
            {"month": [month_text(self.month)], "kind": [self.kind], "allowed": [self.allowed],
             "required": [self.required], "paid": pl.Series([self.paid], dtype=pl.Int64),
             "problems": ["；".join(self.problems)], "notes": ["；".join(self.notes)]}
        )  # fmt: skip

    def summary(self) -> str:
        """The verdict, then the reasons."""
        verdict = "可以" if self.allowed else "不可以"
        head = f"{month_text(self.month)} {self.kind}：{verdict}"
        return "；".join([head, *self.problems, *self.notes])


def choose(
    birth: str | date,
    category: str,
    month: str | date,
    *,
    paid: int | None = None,
    agreed: bool = False,
    manager: bool = False,
    policy: Policy | None = None,
) -> Chosen:
    """Check a month of retirement.

    Args:
        birth, category: As :func:`statutory`.
        month: The month chosen.
        paid: Months of contributions at that time.
        agreed: Whether unit and person agree on a later month.
        manager: Civil servant, leader or manager of a state enterprise or institution.
        policy: Default: the national pack.

    Raises:
        RetirementError: As :func:`statutory`; a negative ``paid``.

    Source: 办法 articles 2—3 (2024-09-13). The least contributions are those of the chosen year
    when leaving earlier, and those of the statutory year when staying on (人社部发〔2024〕94号).

    >>> choose("1976-09", "man", "2037-01", paid=240).allowed
    True
    """
    policy = policy or national()
    law, then = statutory(birth, category, policy), month_number(month)
    if paid is not None and paid < 0:
        raise RetirementError(f"缴费月数为 {paid}：不应为负")
    kind = EARLY if then < law.statutory else LATE if then > law.statutory else ON_TIME
    required = policy.contribution.months(min(then, law.statutory) // 12)
    if kind == EARLY:
        problems = _too_early(law, policy.category(category), then, policy.in_force)
        problems += _underpaid(required, paid)
        notes = []
    else:
        problems = _too_late(law, then, agreed) if kind == LATE else []
        notes = [f"{each}：按规定延长缴费或一次性缴费" for each in _underpaid(required, paid)]
    _arranged(kind, law, then, manager, policy, problems, notes)
    return Chosen(law, then, kind, required, paid, tuple(problems), tuple(notes))


def _too_early(law: Retirement, category: Category, then: int, in_force: int) -> list[str]:
    if law.statutory < in_force:
        return [f"{month_text(in_force)} 以前到龄，没有弹性提前"]
    found = []
    if law.statutory - then > category.early:
        found.append(
            f"提前 {age_text(law.statutory - then).replace('岁', '年')}，"
            f"最长 {age_text(category.early).replace('岁', '年')}"
        )
    if then - law.birth < category.original:
        found.append(f"年龄 {age_text(then - law.birth)}，不得低于原 {age_text(category.original)}")
    return found


def _too_late(law: Retirement, then: int, agreed: bool) -> list[str]:
    found = []
    if then > law.latest:
        longest = age_text(law.latest - law.statutory).replace("岁", "年")
        found.append(
            f"最晚 {month_text(law.latest)}（延迟最长 {longest}）"
            if law.latest > law.statutory
            else "没有弹性延迟"
        )
    if not agreed:
        found.append("延迟须单位与本人协商一致")
    return found


def _underpaid(required: int, paid: int | None) -> list[str]:
    least = age_text(required).replace("岁", "年")
    if paid is None:
        return [f"没有给出缴费年限（最低 {least}）"]
    return [f"缴费 {paid} 个月，不满最低 {least}（{required} 个月）"] if paid < required else []


def _arranged(
    kind: str, law: Retirement, then: int, manager: bool, policy: Policy,
    problems: list[str], notes: list[str],
) -> None:  # fmt: skip
    """Add what the pack says of the arrangement: notice in writing, managers who may not stay."""
    rule = policy.flexible
    if rule is None or kind == ON_TIME:
        return
    doubt = "" if rule.enabled else f"（等级 {rule.grade}，请核实 {rule.source}）"
    if kind == EARLY:
        notes.append(f"最迟 {month_text(then - rule.notice_early)} 书面告知单位{doubt}")
        return
    notes.append(f"最迟 {month_text(law.statutory - rule.notice_late)} 书面约定{doubt}")
    if manager and not rule.managers_late:
        told = f"公务员、领导人员和其他管理人员到龄应当退休，不能弹性延迟{doubt}"
        (problems if rule.enabled else notes).append(told)
