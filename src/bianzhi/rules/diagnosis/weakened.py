"""职能弱化: the parts of a weakened unit, and what they say together."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from bianzhi.rules.diagnosis import duties, falling, undone
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.hollow import hollow
from bianzhi.rules.diagnosis.signs import signs
from bianzhi.rules.finding import plain

# What each part is called in the sentence, in its order; the weights are the pack's.
TITLES = {"work": "业务", "duty": "职责", "thin": "人均偏低", "unset": "从未组建",
          "vacant": "长期空编"}  # fmt: skip


def weakened(ground: Ground) -> pl.DataFrame:
    """The sign 职能弱化, one a unit."""
    sign = ground.given.signs["weakened"]
    rows = scores(ground).filter(pl.col("together") >= sign["least"])
    told = [
        pl.when(pl.col(part) > 0).then(pl.format(f"{title} {{}}", plain(pl.col(part).round(2))))
        for part, title in TITLES.items()
    ]
    rows = rows.with_columns(
        told=pl.concat_str(told, separator="、", ignore_nulls=True), least=pl.lit(sign["least"])
    )
    return signs(rows, "weakened", "{}，合计 {} 分", "told", "together",
                 score="together", numbers=("together", "least"))  # fmt: skip


def scores(ground: Ground) -> pl.DataFrame:
    """A row an institution: a column a part (0–1), ``together`` (at most 1), ``answers``."""
    weights = ground.given.signs["weakened"].weights
    found = ground.institutions.select("unit")
    for name, part in _PARTS.items():
        scored = part(ground).select("unit", pl.col("score").alias(name))
        found = found.join(scored, on="unit", how="left", maintain_order="left")
    found = found.with_columns(pl.col(list(_PARTS)).fill_null(0.0))
    weighed = {each: pl.col(each) * weights[each] for each in _PARTS}
    # work that is gone and a duty not done are as a rule one and the same matter
    matter = pl.max_horizontal(weighed.pop("work"), weighed.pop("duty"))
    together = pl.sum_horizontal(matter, *weighed.values()).clip(0.0, 1.0).round(6)
    return found.with_columns(together=together).join(
        _answers(ground), on="unit", how="left", maintain_order="left"
    ).with_columns(pl.col("answers").fill_null(""))  # fmt: skip


def _mean(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("unit").agg(pl.col("score").mean())


def _work(ground: Ground) -> pl.DataFrame:
    """The mean over all items told of: how far each fell, 1 where nothing is done any more."""
    columns = ("unit", "item", "measure")
    told = ground.kept(falling.latest).select(*columns, score=pl.lit(0.0))
    fallen = ground.kept(falling.fallen).select(*columns, "score")
    quiet = ground.kept(falling.silence).select(*columns, "score")
    return _mean(pl.concat([told, fallen, quiet]).group_by(columns).agg(pl.col("score").max()))


def _duty(ground: Ground) -> pl.DataFrame:
    """The mean over all duties, held or told of: not done as the unit said, 1 where abolished."""
    held = ground.own_duties.select("unit", "text", score=pl.lit(0.0))
    said = ground.kept(undone.execution).select("unit", "text", "score")
    gone = duties.extinct(ground).select("unit", "text", "score")
    every = pl.concat([held, said, gone]).group_by("unit", "text").agg(pl.col("score").max())
    return _mean(every)


def _unset(ground: Ground) -> pl.DataFrame:
    return ground.kept(undone.unfilled).filter(pl.col("about") == "")


def _vacant(ground: Ground) -> pl.DataFrame:
    return hollow(ground).filter(pl.col("kind") == "vacant")


_PARTS: dict[str, Callable[[Ground], pl.DataFrame]] = {
    "work": _work,
    "duty": _duty,
    "thin": lambda ground: _mean(falling.thinness(ground)),
    "unset": _unset,
    "vacant": _vacant,
}


def _answers(ground: Ground) -> pl.DataFrame:
    """unit, answers: all a unit's answers about its work."""
    both = pl.concat([
        ground.told.workload.select("unit", "answer"),
        ground.told.execution.select("unit", "answer"),
    ])  # fmt: skip
    answers = pl.col("answer").replace("", None).drop_nulls().unique().sort().str.join("、")
    return both.group_by("unit").agg(answers.alias("answers"))
