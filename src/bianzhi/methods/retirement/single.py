"""The answer for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from bianzhi.methods.retirement.months import age_text, month_number, month_text
from bianzhi.methods.retirement.policy import Policy, national
from bianzhi.methods.retirement.table import of_category


@dataclass(frozen=True, slots=True)
class Retirement:
    """When one person retires; months as month numbers, ages in months.

    Attributes:
        contribution: Least months of contributions when retiring at the statutory month.
    """

    category: str
    birth: int
    statutory: int
    earliest: int
    latest: int
    delay: int
    contribution: int

    @property
    def age(self) -> int:
        """Statutory age, months."""
        return self.statutory - self.birth

    def to_frame(self) -> pl.DataFrame:
        """One row, months as ``YYYY-MM``."""
        texts = {
            name: month_text(getattr(self, name))
            for name in ("birth", "statutory", "earliest", "latest")
        }
        numbers = {name: getattr(self, name) for name in ("age", "delay", "contribution")}
        return pl.DataFrame({"category": self.category, **texts, **numbers})

    def summary(self) -> str:
        """One sentence."""
        later = f"比原规定晚 {self.delay} 个月" if self.delay else "与原规定相同"
        band = ""
        if self.latest > self.earliest:
            band = f"；可选 {month_text(self.earliest)} 至 {month_text(self.latest)}"
        return (
            f"{self.category}，{month_text(self.birth)} 出生：法定退休年龄 {age_text(self.age)}，"
            f"{month_text(self.statutory)} 退休（{later}）{band}；"
            f"最低缴费 {age_text(self.contribution).replace('岁', '年')}"
        )


def statutory(birth: str | date, category: str, policy: Policy | None = None) -> Retirement:
    """When a person retires.

    Args:
        birth: Month of birth (:func:`month_number` reads the usual forms).
        category: Code in the pack: ``man``, ``woman-55``, ``woman-50`` …
        policy: Default: the national pack.

    Raises:
        RetirementError: Not a month; unknown or unconfirmed category.

    Source: 全国人大常委会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) and the
    办法 it approves, articles 1—3.

    >>> month_text(statutory("1964-12", "man").statutory)  # the earlier law
    '2024-12'
    """
    policy = policy or national()
    found = policy.category(category)
    made = of_category(np.array([month_number(birth)], dtype=np.int64), found, policy.in_force)
    values = {
        name: int(getattr(made, name)[0]) for name in ("statutory", "earliest", "latest", "delay")
    }
    least = policy.contribution.months(values["statutory"] // 12)
    return Retirement(found.name, month_number(birth), **values, contribution=least)
