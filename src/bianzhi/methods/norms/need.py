"""The result of every norm: need beside approved and actual, with the formula in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import polars as pl

from bianzhi.methods.norms.errors import NormError, amount
from bianzhi.methods.norms.rounding import Rounding, largest_remainder, rounded


@dataclass(frozen=True, slots=True)
class Need:
    """How many posts a unit should have.

    Attributes:
        exact: Need before rounding, posts.
        posts: Need in whole posts, by ``rounding``.
        approved: Approved posts, None if not given.
        actual: Posts in use, None if not given.
        formula: How the need was come by, in words with its numbers.
        name: The unit.
        rounding: The rule used.
    """

    exact: Fraction
    posts: int
    formula: str
    approved: float | None = None
    actual: float | None = None
    name: str = ""
    rounding: str = Rounding.HALF_UP

    @property
    def gap(self) -> float | None:
        """Approved − need: below 0 is short, above 0 is more than the norm."""
        return None if self.approved is None else self.approved - self.posts

    @property
    def saturation(self) -> float | None:
        """饱和度: exact need by actual; above 1 means overloaded. None without staff."""
        return None if not self.actual else float(self.exact) / self.actual

    def to_frame(self) -> pl.DataFrame:
        """One row."""
        return Needs((self,)).to_frame()

    def summary(self) -> str:
        """One sentence: the figures, then the formula."""
        parts = [f"{self.name}应配 {self.posts}"]
        if self.approved is not None:
            parts.append(f"核定 {self.approved:g}，{_gap(self.approved - self.posts)}")
        if self.saturation is not None:
            parts.append(f"实有 {self.actual:g}，饱和度 {self.saturation:.0%}")
        return f"{'，'.join(parts)}：{self.formula}，{self.rounding}取 {self.posts}"


def _gap(gap: float) -> str:
    return "相符" if gap == 0 else f"{'多' if gap > 0 else '缺'} {abs(gap):g}"


def made(
    exact: Fraction, formula: str, rounding: Rounding, approved: float | None,
    actual: float | None, name: str,
) -> Need:  # fmt: skip
    """A need, its figures checked.

    Raises:
        NormError: Approved or actual negative or not a number.
    """
    for value, what in ((approved, "核定数"), (actual, "实有数")):
        if value is not None:
            amount(value, what)
    return Need(exact, rounded(exact, rounding), formula, approved, actual, name, rounding)


def plain(value: float | Fraction) -> str:
    """A number as people write it, at most four decimals.

    >>> plain(Fraction(25, 2)), plain(Fraction(1, 3)), plain(1234567)
    ('12.5', '0.3333', '1234567')
    """
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Needs:
    """Needs of several units, one row each."""

    rows: tuple[Need, ...]

    def fix_total(self, total: int | None = None) -> Needs:
        """The same needs rounded so that they add up (:func:`largest_remainder`).

        Args:
            total: The county's number; default the exact sum, half up.

        Raises:
            NormError: No units, or a total that cannot be spread.
        """
        if not self.rows:
            raise NormError("没有单位可以分配合计")
        posts = largest_remainder([each.exact for each in self.rows], total)
        return Needs(
            tuple(
                replace(each, posts=n, rounding="最大余数法")
                for each, n in zip(self.rows, posts, strict=True)
            )
        )

    def to_frame(self) -> pl.DataFrame:
        """Columns name, exact, posts, approved, actual, gap, saturation, formula."""
        return pl.DataFrame(
            [(each.name, float(each.exact), each.posts, each.approved, each.actual, each.gap,
              each.saturation, each.formula) for each in self.rows],
            schema={"name": pl.String, "exact": pl.Float64, "posts": pl.Int64,
                    "approved": pl.Float64, "actual": pl.Float64, "gap": pl.Float64,
                    "saturation": pl.Float64, "formula": pl.String},
            orient="row",
        )  # fmt: skip

    def summary(self) -> str:
        """The sum, then a line a unit."""
        total = sum(each.posts for each in self.rows)
        return "\n".join(
            [f"{len(self.rows)} 个单位应配合计 {total}", *(each.summary() for each in self.rows)]
        )
