"""Ways of classing the units that answered: what may share a problem."""

from __future__ import annotations

import polars as pl

from bianzhi.office.desk.words import Words
from bianzhi.office.survey.diagnosed import diagnosed
from bianzhi.office.survey.sizes import BANDS
from bianzhi.rules.diagnosis.told import Told

KIND, LED, SIZE, WELFARE = "类型", "主管部门", "规模", "公益类别"
TOWN, APART, ORDINARY = "乡镇（街道）所属", "学校、医院等", "其他"


def answered(told: Told) -> pl.Series:
    """Units that told anything at all."""
    frames = (told.problems, told.workload, told.execution, told.outside, told.served)
    units: pl.Series = pl.concat([frame["unit"] for frame in frames]).unique().sort()
    return units


def classes(words: Words, told: Told) -> pl.DataFrame:
    """unit, by, name: the classes of every institution that answered."""
    units = diagnosed(words).institutions.filter(pl.col("unit").is_in(answered(told).implode()))
    welfare = words.state.orgs.select(pl.col("key").alias("unit"), "welfare_class")
    units = units.join(welfare, on="unit", how="left", maintain_order="left").with_columns(
        pl.Series(KIND, [_kind(town, apart) for town, apart in
                         units.select("town", "apart").iter_rows()], dtype=pl.String),
        pl.Series(SIZE, [_band(posts) for posts in units["approved"]], dtype=pl.String),
        words.names_of(units["supervisor"].fill_null("")).alias(LED),
    )  # fmt: skip
    named = [words.code("welfare_class", code) if code else None
             for code in units["welfare_class"]]  # fmt: skip
    units = units.with_columns(pl.Series(WELFARE, named, dtype=pl.String))
    return (
        units.drop("name").unpivot([KIND, LED, SIZE, WELFARE], index="unit", variable_name="by",
                      value_name="name")
        .filter(pl.col("name").is_not_null() & (pl.col("name") != ""))
    )  # fmt: skip


def _kind(town: bool, apart: bool) -> str:
    return TOWN if town else APART if apart else ORDINARY


def _band(posts: float) -> str:
    low, high = next(band for band in BANDS if posts <= (band[1] or posts))
    return f"{low}–{high} 名" if high else f"{low} 名以上"
