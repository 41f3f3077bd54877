"""The result: two scores, grades, ranks inside peer classes, and the reason of every point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.system import SIDES, System

ITEMS = {
    "unit": pl.String, "side": pl.String, "dimension": pl.String, "indicator": pl.String,
    "title": pl.String, "role": pl.String, "value": pl.Float64, "points": pl.Float64,
    "score": pl.Float64, "how": pl.String, "evidence": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation.

    Attributes:
        items: One row a unit and indicator: points (full marks), score, how (the rule in words).
        classes: Unit -> peer class.
    """

    system: System
    items: pl.DataFrame
    classes: Mapping[str, str]

    def to_frame(self) -> pl.DataFrame:
        """One row a unit and side: class, score (of 100), grade, vetoed, rank, peers.

        Equal scores share the better rank (1, 2, 2, 4). Rank is null in classes too small to rank.
        A bonus counts in points of the 100; scores stay within 0—100.
        """
        whole = self.items.group_by("unit", "side", maintain_order=True).agg(
            full=pl.col("points").sum(),
            base=pl.col("score").filter(pl.col("role") == "score").sum(),
            bonus=pl.col("score").filter(pl.col("role") == "bonus").sum(),
            vetoed=((pl.col("role") == "veto") & (pl.col("value") > 0)).any(),
        )
        scored = whole.filter(pl.col("full") > 0).with_columns(
            score=(pl.col("base") / pl.col("full") * 100 + pl.col("bonus")).clip(0, 100).round(9),
        )
        last = self.system.grades[-1][1]
        grades = [last if vetoed else grade_of(score, self.system)
                  for score, vetoed in scored.select("score", "vetoed").iter_rows()]  # fmt: skip
        named = scored.with_columns(
            pl.Series("grade", grades, dtype=pl.String),
            pl.Series("class", [self.classes[each] for each in scored["unit"]], dtype=pl.String),
        )
        peers = pl.len().over("class", "side")
        rank = pl.col("score").rank("min", descending=True).over("class", "side")
        return named.with_columns(peers=peers, rank=rank).select(
            "unit", "class", "side", "score", "grade", "vetoed", "peers",
            rank=pl.when(pl.col("peers") >= self.system.least_class).then("rank"),
        )  # fmt: skip

    def explain(self, unit: str) -> str:
        """Item by item, the points lost and why.

        Raises:
            IndicatorError: No such unit.
        """
        own = self.items.filter(pl.col("unit") == unit)
        if not own.height:
            raise IndicatorError(f"没有评估“{unit}”")
        lines = [self._headline(unit, side) for side in SIDES if (own["side"] == side).any()]
        for row in own.iter_rows(named=True):
            lost = row["points"] - row["score"]
            mark = f"扣 {lost:g}" if row["role"] == "score" else f"{row['score']:+g}"
            lines.append(f"　〔{row['side']}〕{row['title']}：{mark}（{row['how']}）")
        return "\n".join(lines)

    def _headline(self, unit: str, side: str) -> str:
        found = self.to_frame().filter((pl.col("unit") == unit) & (pl.col("side") == side))
        if not found.height:
            return f"{unit}　{side}：各项均缺失，不评"
        row = found.row(0, named=True)
        rank = f"，同类 {row['peers']} 个单位中第 {row['rank']}" if row["rank"] else (
            f"，同类只有 {row['peers']} 个单位，不排名"
        )  # fmt: skip
        veto = "（一票否决）" if row["vetoed"] else ""
        return f"{unit}　{side} {row['score']:.2f} 分，{row['grade']}{veto}{rank}"

    def summary(self) -> str:
        """How many in each grade, the two sides apart."""
        frame = self.to_frame()
        lines = [f"{self.system.title}：{len(self.classes)} 个单位"]
        for side in SIDES:
            own = frame.filter(pl.col("side") == side)
            if own.height:
                counts = [
                    f"{name} {(own['grade'] == name).sum()}" for _, name in self.system.grades
                ]
                lines.append(
                    f"{side}：平均 {own['score'].to_numpy().mean():.2f} 分；{'，'.join(counts)}"
                )
        return "\n".join(lines)


def grade_of(score: float, system: System) -> str:
    """The grade of a score."""
    return next(name for least, name in system.grades if score >= least)
