"""资源配置不均: posts against like units, against the norm of the trade, and inside a class."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.methods import inequality, norms
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.loads import heads
from bianzhi.rules.diagnosis.served import served
from bianzhi.rules.diagnosis.signs import none_seen, signs
from bianzhi.rules.diagnosis.thresholds import Peers
from bianzhi.rules.themes.norms import STAGES, needed

CLASSES: dict[str, Any] = {
    "peers": pl.String, "per": pl.String, "units": pl.Int64, "median": pl.Float64,
    "least": pl.Float64, "most": pl.Float64, "gini": pl.Float64, "theil": pl.Float64,
    "variation": pl.Float64, "median_heads": pl.Float64, "gini_heads": pl.Float64,
}  # fmt: skip


def compared(ground: Ground) -> pl.DataFrame:
    """A row an institution in a class of enough peers.

    Returns:
        unit, peers, per (what is served with its number, 10000 常住人口, else ""), value (posts, or
        posts per as many served), median, ratio; ``_heads`` of each: the same of the people who
        really work there, those from outside with them; answers.
    """
    posts = ground.classes.join(
        ground.institutions.filter(pl.col("approved") > 0).select("unit", "approved"), on="unit"
    )
    posts = posts.join(heads(ground).select("unit", "heads"), on="unit", maintain_order="left")
    posts = posts.join(
        ground.kept(served), on=["unit", "measure"], how="left", maintain_order="left"
    )
    # a class is compared by what it serves where that is known of most; the rest is left out then
    known = pl.col("amount").is_not_null().sum().over("peers")
    most = (known >= ground.given.signs["uneven"]["peers"]) & (2 * known > pl.len().over("peers"))
    posts = posts.with_columns(most=most).filter(~pl.col("most") | pl.col("amount").is_not_null())
    known = pl.col("most")
    share = pl.when(known).then(pl.col("amount") / pl.col("each")).otherwise(1.0)
    title = pl.when(pl.col("each") == 1).then("measure").otherwise(
        pl.format("{} {}", pl.col("each").cast(pl.Int64), "measure")
    )  # fmt: skip
    posts = posts.with_columns(
        per=pl.when(known).then(title).otherwise(pl.lit("")),
        value=pl.col("approved") / share, value_heads=pl.col("heads") / share,
        answers=pl.when(known).then("answers").otherwise(pl.lit("")),
    )  # fmt: skip
    enough = pl.len().over("peers") >= ground.given.signs["uneven"]["peers"]
    posts = posts.filter(enough).with_columns(
        median=pl.col("value").median().over("peers"),
        median_heads=pl.col("value_heads").median().over("peers"),
    )
    return posts.with_columns(
        ratio=pl.col("value") / pl.col("median"),
        ratio_heads=pl.when(pl.col("median_heads") > 0).then(
            pl.col("value_heads") / pl.col("median_heads")),
    ).sort("peers", "unit")  # fmt: skip


def uneven(ground: Ground) -> pl.DataFrame:
    """The sign 资源配置不均: far from the median of the class, or from the norm of its trade."""
    return pl.concat([_among_peers(ground), _against_norms(ground)])


def _among_peers(ground: Ground) -> pl.DataFrame:
    sign = ground.given.signs["uneven"]
    by_work = pl.col("per") != ""
    few = pl.when(by_work).then(sign["few"]).otherwise(sign["blunt_few"])
    many = pl.when(by_work).then(sign["many"]).otherwise(sign["blunt_many"])
    rows = _outside(ground.kept(compared).with_columns(few=few, many=many)).with_columns(
        unit_of=pl.when(by_work).then(pl.format("编制/{}", "per")).otherwise(pl.lit("编制")),
        real=pl.when(pl.col("heads") != pl.col("approved")).then(
            pl.format("；按实际在岗（连编外）为 {} 倍", _two("ratio_heads"))
        ).otherwise(pl.lit("")).fill_null(""),
    )  # fmt: skip
    return signs(
        rows, "uneven", "{}类中{}：{} {}，中位数 {}，为其 {} 倍{}",
        "peers", "side", "unit_of", "value", "median", "ratio", "real", numbers=("ratio", "limit"),
    )  # fmt: skip


def _outside(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose ratio lies outside ``few`` and ``many``, with score, side, limit."""
    far = (pl.col("ratio") < pl.col("few")) | (pl.col("ratio") > pl.col("many"))
    return rows.filter(far).with_columns(
        pl.col("ratio").log(2).abs().clip(0.0, 1.0).alias("score"),
        limit=pl.when(pl.col("ratio") < pl.col("few")).then("few").otherwise("many"),
        side=pl.when(pl.col("ratio") < 1).then(pl.lit("偏少")).otherwise(pl.lit("偏多")),
        text=pl.lit(""),
    )  # fmt: skip


def _two(column: str) -> pl.Expr:
    return pl.col(column).round(2).cast(pl.String)


def _against_norms(ground: Ground) -> pl.DataFrame:
    """Posts against what the norm of the trade takes, where the class has one."""
    sign = ground.given.signs["uneven"]
    titles = {each.title: each for each in ground.given.peers if each.norm}
    rows = ground.classes.filter(pl.col("peers").is_in(list(titles))).join(
        ground.institutions.filter(pl.col("approved") > 0).select("unit", "approved"), on="unit"
    ).join(ground.kept(served), on="unit", suffix="_told")  # fmt: skip
    told = []
    for (unit, peers, approved), part in rows.partition_by(
        "unit", "peers", "approved", as_dict=True
    ).items():
        counts = dict(part.select("measure_told", "amount").iter_rows())
        need = _need(titles[str(peers)], counts)
        if need is not None and need.posts > 0:
            ratio = float(approved) / float(need.posts)
            norm = norms.national().norms[titles[str(peers)].norm]
            grounds = f"《{norm.title}》{norm.source}，等级 {norm.grade}"
            told.append((unit, ratio, approved, float(need.posts), need.formula, grounds,
                         "、".join(sorted(set(part["answers"]) - {""}))))  # fmt: skip
    if not told:
        return none_seen()
    schema = {"unit": pl.String, "ratio": pl.Float64, "approved": pl.Float64, "need": pl.Float64,
              "formula": pl.String, "grounds": pl.String, "answers": pl.String}  # fmt: skip
    found = _outside(pl.DataFrame(told, schema=schema, orient="row").with_columns(
        few=pl.lit(sign["few"]), many=pl.lit(sign["many"]), about=pl.lit("norm"),
    ))  # fmt: skip
    return signs(
        found, "uneven", "按定编标准{}：应配 {}，核定 {}，为其 {} 倍（{}）",
        "side", "need", "approved", "ratio", "formula", numbers=("ratio", "limit"),
    )  # fmt: skip


def _need(peers: Peers, counts: dict[str, float]) -> norms.Need | None:
    """What the norm takes of what is served; None where the figures it asks for are not known."""
    figures = norms.national().norms[peers.norm].figures
    wanted = set(figures) if peers.by == STAGES else {peers.measure}
    given = {name: amount for name, amount in counts.items() if name in wanted}
    return needed(peers.by, peers.measure, figures, given) if given else None


def classes(ground: Ground) -> pl.DataFrame:
    """A row a class of peers: how many, median, least, most, Gini, Theil, variation inside; and
    the median and Gini of the people who really work there."""
    rows = []
    for (title,), part in ground.kept(compared).partition_by("peers", as_dict=True).items():
        values, real = part["value"].to_list(), part["value_heads"].to_list()
        found = inequality.measure(values)
        heads_ = inequality.measure(real).gini if sum(real) > 0 else None
        rows.append((
            title, part["per"][0], len(values), part["median"][0], min(values), max(values),
            found.gini, found.theil, found.variation, part["median_heads"][0], heads_,
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=CLASSES, orient="row").sort("gini", descending=True)
