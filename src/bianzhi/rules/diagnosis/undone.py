"""职责未履行, as the unit itself told; 从未组建: posts approved that were never filled at all."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.course import months_before
from bianzhi.rules.diagnosis.ground import MONTH, Ground
from bianzhi.rules.diagnosis.signs import banded, signs
from bianzhi.rules.diagnosis.told import DONE


def execution(ground: Ground) -> pl.DataFrame:
    """A row an institution and duty it told of, the last answer: unit, about (the duty's key, else
    its words), text, done, reason, answers, score (0 done, 1 not done)."""
    sign = ground.given.signs["undone"]
    told = ground.told.execution.filter(pl.col("done").is_in(list(DONE)))
    told = told.join(ground.institutions.select("unit"), on="unit", how="semi")
    texts = ground.duties.select("duty", kept="text").unique("duty", keep="first")
    told = told.join(texts, on="duty", how="left", maintain_order="left").with_columns(
        pl.col("text", "kept").replace("", None)
    )
    told = told.with_columns(text=pl.coalesce("text", "kept", "duty")).with_columns(
        about=pl.coalesce(pl.col("duty").replace("", None), "text"),
        score=pl.col("done").replace_strict(
            {"full": 0.0, "part": sign["part"], "none": 1.0}, return_dtype=pl.Float64
        ),
    )
    rows = told.unique(["unit", "about"], keep="last", maintain_order=True)
    return rows.select("unit", "about", "text", "done", "reason", "score", answers="answer")


def undone(ground: Ground) -> pl.DataFrame:
    """The sign 职责未履行, duty by duty."""
    rows = ground.kept(execution).filter(pl.col("score") > 0).with_columns(
        pl.col("done").replace_strict(DONE, return_dtype=pl.String).alias("said"),
        why=pl.col("reason").replace("", None).fill_null("没有写原因"),
    )  # fmt: skip
    return signs(rows, "undone", "单位自报{}：{}", "said", "why")


def unfilled(ground: Ground) -> pl.DataFrame:
    """A row an institution or section whose posts were never filled for the months of the pack:
    unit, about (the section, "" for the whole), approved, since, months, duties, words, score."""
    orgs = ground.institutions.select("unit", where=pl.lit("单位"))
    whole = _never(ground.days, ground).join(orgs, on="unit").with_columns(about=pl.lit(""))
    sections = _sections(ground, whole)
    return pl.concat([whole, sections], how="diagonal_relaxed").sort("unit", "about")


def unset(ground: Ground) -> pl.DataFrame:
    """The sign 从未组建."""
    return signs(
        ground.kept(unfilled), "unset",
        "{}自 {} 核定 {} 名以来从未有人，已 {} 个月，写着 {} 项职责",
        "where", "since", "approved", "months", "duties", numbers=("months", "least"),
    )  # fmt: skip


def _never(days: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    sign, on = ground.given.signs["unset"], ground.material.on
    sums = days.sort("day").group_by("unit").agg(
        pl.col("day").filter(pl.col("approved") > 0).min().cast(pl.Int64),
        pl.col("actual").max().alias("most"), pl.col("approved").last(),
    )  # fmt: skip
    found = sums.filter(
        pl.col("most") <= 0, pl.col("approved") > 0,
        pl.col("day") <= months_before(on, int(sign["months"])),
    )  # fmt: skip
    held = ground.duties.group_by("unit").agg(pl.len().alias("duties"))
    months = ((on - pl.col("day")) / MONTH).floor()
    return found.join(held, on="unit", how="left").select(
        "unit", "approved", pl.col("duties").fill_null(0), months=months,
        since=pl.col("day").cast(pl.Int32).cast(pl.Date), least=pl.lit(sign["months"]),
        score=banded(months, sign["low"], sign["high"]),
    )  # fmt: skip


def _sections(ground: Ground, whole: pl.DataFrame) -> pl.DataFrame:
    """Sections with posts of their own beside sections that have people: where people are only
    booked on the unit as a whole, no section says anything."""
    own = ground.kept(_section_days)
    peopled = own.filter(pl.col("actual") > 0).select("home").unique()
    homes = own.select("unit", "home", "name").unique("unit")
    found = _never(own.drop("home", "name"), ground).join(homes, on="unit")
    found = found.join(peopled, on="home", how="semi").join(
        whole.select(home="unit"), on="home", how="anti"
    )
    return found.with_columns(
        about="unit", unit="home", where=pl.format("内设机构“{}”", "name")
    ).drop("home", "name")  # fmt: skip


def _section_days(ground: Ground) -> pl.DataFrame:
    """unit, home, name, day, approved, actual: sections of institutions, as :attr:`Ground.days`."""
    units = ground.material.units.filter(pl.col("cls") == "section").select("unit", "home", "name")
    units = units.join(ground.institutions.select(home="unit"), on="home", how="semi")
    kinds = ground.material.kinds.filter("counts").select("kind")
    moves = ground.material.course.moves.join(kinds, on="kind", how="semi").join(units, on="unit")
    sums = moves.group_by("unit", "home", "name", "day").agg(
        pl.col("approved", "actual").sum().cast(pl.Float64)
    )
    return sums.sort("unit", "day").with_columns(
        pl.col("approved", "actual").cum_sum().over("unit")
    )
