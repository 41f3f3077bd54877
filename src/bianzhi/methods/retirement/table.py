"""The rule over arrays of birth months, and the comparison table as the law prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.retirement.errors import RetirementError
from bianzhi.methods.retirement.months import age_text, month_text
from bianzhi.methods.retirement.policy import Category, Policy, national

Months = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Retirement months of many (shape (n,) each, month numbers).

    Attributes:
        births: Month of birth.
        statutory: Month in which the statutory age is reached.
        earliest: First month of the flexible band.
        latest: Last month of the flexible band.
        delay: Months later than under the earlier law.
    """

    births: Months
    statutory: Months
    earliest: Months
    latest: Months
    delay: Months

    def to_frame(self) -> pl.DataFrame:
        """One row a person, months as ``YYYY-MM``."""
        texts = {
            name: [month_text(int(number)) for number in getattr(self, name)]
            for name in ("births", "statutory", "earliest", "latest")
        }
        return pl.DataFrame({**texts, "delay": self.delay})

    def summary(self) -> str:
        """One line in words."""
        if not len(self.births):
            return "没有人员"
        first, last = month_text(int(self.statutory.min())), month_text(int(self.statutory.max()))
        return (
            f"{len(self.births)} 人，法定退休在 {first} 至 {last} 之间，"
            f"平均比原规定晚 {self.delay.mean():.1f} 个月"
        )


def delays(births: Months, category: Category) -> Months:
    """Months later than under the earlier law; shape as ``births``.

    The first ``step`` birth months are one month later, the next two, until ``most``.
    """
    if category.raise_from is None:
        return np.zeros_like(births)
    steps = (births - category.raise_from) // category.step + 1
    return np.clip(steps, 0, category.most)


def of_category(births: Months, category: Category, in_force: int) -> Timetable:
    """The timetable of people of one category; no flexible delay before the law is in force."""
    delay = delays(births, category)
    original = births + category.original
    statutory = original + delay
    earliest = np.maximum(original, statutory - category.early)
    latest = statutory + np.where(statutory < in_force, 0, category.late)
    return Timetable(births, statutory, earliest, latest, delay)


def timetable(
    births: Sequence[int] | Months, categories: str | Sequence[str], policy: Policy | None = None
) -> Timetable:
    """Retirement months of many people.

    Args:
        births: Month numbers (:func:`month_number`), shape (n,).
        categories: One code for all, or one a person.
        policy: Default: the national pack.

    Raises:
        RetirementError: Lengths differ; unknown or unconfirmed category.

    Source: 全国人大常委会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) and the
    办法 it approves, articles 1, 3.
    """
    policy = policy or national()
    months = np.asarray(births, dtype=np.int64)
    if isinstance(categories, str):
        return of_category(months, policy.category(categories), policy.in_force)
    codes = np.asarray(categories, dtype=object)
    if codes.shape != months.shape:
        raise RetirementError(f"出生年月 {months.size} 个，类别 {codes.size} 个：应当一一对应")
    return _mixed(months, codes, policy)


def _mixed(months: Months, codes: NDArray[np.object_], policy: Policy) -> Timetable:
    parts = {name: np.empty_like(months) for name in ("statutory", "earliest", "latest", "delay")}
    for code in sorted(set(codes.tolist())):
        here = np.flatnonzero(codes == code)
        found = of_category(months[here], policy.category(code), policy.in_force)
        for name, values in parts.items():
            values[here] = getattr(found, name)
    return Timetable(months, **parts)


def comparison_table(category: str, policy: Policy | None = None) -> pl.DataFrame:
    """The comparison table of a category: every birth month until the raise is complete.

    Columns: 出生年月, 改革后法定退休年龄 (months), 改革后退休时间, 延迟月数.

    Raises:
        RetirementError: Unknown or unconfirmed category; one that is not raised.

    Source: the tables annexed to the 办法 (2024-09-13).
    """
    policy = policy or national()
    found = policy.category(category)
    if found.raise_from is None:
        raise RetirementError(f"“{found.name}”不延迟，没有对照表")
    births = np.arange(found.raise_from, found.raise_from + found.step * found.most)
    made = of_category(births, found, policy.in_force)
    return pl.DataFrame(
        {
            "出生年月": [month_text(int(each)) for each in births],
            "改革后法定退休年龄": found.original + made.delay,
            "改革后退休时间": [month_text(int(each)) for each in made.statutory],
            "延迟月数": made.delay,
        }
    )


def contribution_table(policy: Policy | None = None) -> pl.DataFrame:
    """Least contributions by the year of retirement, until the raise is complete.

    Columns: 退休年份, 最低缴费月数, 最低缴费年限 (in words). Source: 办法, article 2.
    """
    policy = policy or national()
    law = policy.contribution
    years = range(policy.in_force // 12, law.raise_from + -(-(law.most - law.base) // law.step))
    months = [law.months(year) for year in years]
    words = [age_text(each).replace("岁", "年") for each in months]
    return pl.DataFrame({"退休年份": list(years), "最低缴费月数": months, "最低缴费年限": words})
