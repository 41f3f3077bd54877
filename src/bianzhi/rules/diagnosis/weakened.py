"""职能弱化: the parts of a weakened unit, and what they say together."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from bianzhi.rules.diagnosis import duties, falling, undone
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.hollow import hollow
from bianzhi.rules.diagnosis.signs import signs

# What each part is called in the sentence, in its order; the weights are the pack's.
TITLES = {
    "falling": "业务下降", "thin": "人均偏低", "silent": "没有业务量", "undone": "未履行",
    "extinct": "依据已取消", "unset": "从未组建", "vacant": "长期空编",
}  # fmt: skip


def weakened(ground: Ground) -> pl.DataFrame:
    """The sign 职能弱化, one a unit."""
    sign = ground.given.signs["weakened"]
    rows = scores(ground).filter(pl.col("together") >= sign["least"]).with_columns(
        least=pl.lit(sign["least"])
    )  # fmt: skip
    told = [
        pl.when(pl.col(part) > 0).then(pl.format(f"{title} {{}}", pl.col(part).round(2)))
        for part, title in TITLES.items()
    ]
    rows = rows.with_columns(told=pl.concat_str(told, separator="、", ignore_nulls=True))
    return signs(rows, "weakened", "{}，合计 {} 分", "told", "together",
                 score="together", numbers=("together", "least"))  # fmt: skip


def scores(ground: Ground) -> pl.DataFrame:
    """A row an institution: a column a part (0–1), ``together`` (at most 1), ``answers``."""
    weights = ground.given.signs["weakened"].weights
    found = ground.institutions.select("unit")
    for name, part in _PARTS.items():
        found = found.join(part(ground).select("unit", pl.col("score").alias(name)), on="unit",
                           how="left", maintain_order="left")  # fmt: skip
    found = found.with_columns(pl.col(list(_PARTS)).fill_null(0.0))
    weighed = [pl.col(each) * weights.get(each, 0.0) for each in _PARTS]
    found = found.with_columns(together=pl.sum_horizontal(weighed).clip(0.0, 1.0).round(6))
    return found.join(_answers(ground), on="unit", how="left", maintain_order="left").with_columns(
        pl.col("answers").fill_null("")
    )


def _mean(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("unit").agg(pl.col("score").mean())


def _silent(ground: Ground) -> pl.DataFrame:
    """Silent items out of all items."""
    quiet = ground.kept(falling.silence).group_by("unit").agg(pl.col("item"))
    items = ground.kept(falling.latest).group_by("unit").agg(pl.col("item").alias("told"))
    both = quiet.join(items, on="unit", how="left").with_columns(
        every=pl.col("item").list.set_union(pl.col("told").fill_null([]))
    )
    return both.with_columns(score=pl.col("item").list.len() / pl.col("every").list.len())


def _extinct(ground: Ground) -> pl.DataFrame:
    """Duties about abolished matters out of all duties."""
    held = ground.own_duties.group_by("unit").agg(pl.len().alias("held"))
    gone = duties.extinct(ground).group_by("unit").agg(pl.len().alias("gone"))
    return gone.join(held, on="unit").with_columns(score=pl.col("gone") / pl.col("held"))


def _unset(ground: Ground) -> pl.DataFrame:
    return ground.kept(undone.unfilled).filter(pl.col("about") == "")


def _vacant(ground: Ground) -> pl.DataFrame:
    return hollow(ground).filter(pl.col("kind") == "vacant")


_PARTS: dict[str, Callable[[Ground], pl.DataFrame]] = {
    "falling": lambda ground: _mean(ground.kept(falling.fallen)),
    "thin": lambda ground: _mean(falling.thinness(ground)),
    "silent": _silent,
    "undone": lambda ground: _mean(ground.kept(undone.execution)),
    "extinct": _extinct,
    "unset": _unset,
    "vacant": _vacant,
}


def _answers(ground: Ground) -> pl.DataFrame:
    """unit, answers: all a unit's answers about its work."""
    both = pl.concat([
        ground.told.workload.select("unit", "answer"),
        ground.told.execution.select("unit", "answer"),
    ])  # fmt: skip
    return both.group_by("unit").agg(
        pl.col("answer")
        .replace("", None)
        .drop_nulls()
        .unique()
        .sort()
        .str.join("、")
        .alias("answers")
    )
