"""Every unit in being as a row: what it is, its figures, where it stands in the tree."""

from __future__ import annotations

import polars as pl

from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register.figures import SHOWN, by_kind

ABOUT = (
    "name", "short_name", "rank", "category", "nature", "welfare_class", "funding_form",
    "supervisor", "status", "parent", "order_no", "uscc",
)  # fmt: skip
LEVELS = 12  # a tree deeper than this has a mistake in it; what lies below is still listed
ZERO = pl.lit(0).cast(pl.Decimal(38, 4))


def table(words: Words) -> pl.DataFrame:
    """The units of a state in the order of the tree, pools last.

    Returns:
        key, cls, the fields of ``ABOUT``, ``depth``; ``number``: that of the key among all things;
        the figures summed over the kinds that count; ``leads_approved``, ``leads_actual``.
    """
    return words.kept.get("units", lambda: _table(words))


def _table(words: Words) -> pl.DataFrame:
    numbers = words.things.frame.select("key", pl.col("number").cast(pl.UInt32))
    orgs = words.state.orgs.select("key", "cls", *ABOUT).join(numbers, on="key", how="left")
    found = orgs.join(_sums(words), on="key", how="left").with_columns(
        pl.col(*SHOWN, "leads_approved", "leads_actual").fill_null(ZERO),
    )
    return _in_order(found)


def _sums(words: Words) -> pl.DataFrame:
    """A row a holder."""
    counts, leads = pl.col("counts"), pl.col("leads")
    return by_kind(words).rename({"holder": "key"}).group_by("key").agg(
        *(pl.col(name).filter(counts).sum() for name in SHOWN),
        pl.col("approved").filter(leads).sum().alias("leads_approved"),
        pl.col("actual").filter(leads).sum().alias("leads_actual"),
    )  # fmt: skip


def _in_order(found: pl.DataFrame) -> pl.DataFrame:
    """Units under those they belong to, by 排序号 and then code; ``depth`` counts the steps."""
    order = pl.col("order_no").fill_null("")
    order = pl.when(order.str.contains(r"^\d+$")).then(order.str.zfill(12)).otherwise(order)
    step = pl.concat_str(order, pl.lit("\1"), "key", pl.lit("\2"))
    own = found.select("key", "parent", step.alias("path"))
    paths = own.select("key", "path", at="parent", depth=pl.lit(0))
    above = own.select(at="key", next="parent", before="path")
    for _ in range(LEVELS):
        paths = paths.join(above, on="at", how="left")
        known = pl.col("before").is_not_null()
        if not paths.select(known.any()).item():
            break
        paths = paths.select(
            "key",
            pl.concat_str(pl.col("before").fill_null(""), "path").alias("path"),
            pl.col("next").alias("at"),
            (pl.col("depth") + known.cast(pl.Int32)).alias("depth"),
        )
    placed = found.join(paths.select("key", "path", "depth"), on="key", maintain_order="left")
    pools = pl.col("cls") == "pool"
    return placed.sort(pools, "path").drop("path")
