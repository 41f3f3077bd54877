"""Posts lent for a term (周转): given back when due, and no more than retirement gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from bianzhi.core.kinds import CodeTree
from bianzhi.core.ledger import ACTUAL
from bianzhi.rules.beside import frame
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Whole
from bianzhi.rules.rule import USED, rule
from bianzhi.rules.themes.people import due_months

HEADING = ["unit", "top"]


def lent(material: Material) -> pl.DataFrame:
    """The loans begun by the day: loan, unit, kind, n, since, due, ``title``, ``top`` (the heading
    of the kind) and ``held``: what the ledger says the unit still has in turnover posts of that
    heading, its sections included."""
    loans = material.told("loans")
    loans = material.mine(frame("loans", []) if loans is None else loans)
    tree = material.state.tree("quota_kind")
    rows = [(kind, *_named(tree, kind)) for kind in loans["kind"].unique(maintain_order=True)]
    schema = {"kind": pl.String, "title": pl.String, "top": pl.String}
    kinds = pl.DataFrame(rows, schema=schema, orient="row")
    turnover = material.whole.posts.filter("turnover").join(material.home, on="unit", how="left")
    held = turnover.group_by(unit=pl.coalesce("home", "unit"), top="top").agg(
        pl.col("approved").sum().alias("held")
    )
    begun = loans.filter(pl.col("since") <= material.on).join(kinds, on="kind")
    return begun.join(held, on=HEADING).filter(pl.col("held") > 0)


def _named(tree: CodeTree, kind: str) -> tuple[str, str]:
    """What a kind is called, and its widest heading."""
    code = tree.find(kind)
    title, top = code.name if code else kind, kind
    while code is not None:
        top, code = code.code, tree.find(code.parent) if code.parent else None
    return title, top


@dataclass(frozen=True, kw_only=True)
class Due:
    """When a loan that falls due is told of."""

    ahead: Annotated[Whole, "提前几天提示；0 为到期以后"] = 0


@rule("CK-26", "周转逾期", USED, ("仍占周转", "未到期的"), parameters=Due, needs=("loans",))
def overdue(material: Material, given: Due) -> pl.DataFrame:
    """批准的周转到了期，单位账上的周转编制仍多于没有到期的：没有归还。"""
    loans, on = lent(material), material.on
    if given.ahead:  # those overdue are told apart
        loans = loans.filter(pl.col("due") >= on)
    falls = pl.col("due") <= on + given.ahead if given.ahead else pl.col("due") < on
    sums = loans.with_columns(falls=falls).group_by(HEADING).agg(
        pl.col("title").first(), pl.col("held").first(), pl.col("n").sum().alias("all"),
        pl.col("n").filter("falls").sum().alias("fallen"),
        pl.col("due").filter("falls").min(),
        pl.col("loan").filter("falls").sort().str.join("、").alias("loans"),
    )  # fmt: skip
    sums = sums.with_columns(
        held=pl.min_horizontal("held", "all"), rest=(pl.col("all") - pl.col("fallen")).cast(EXACT),
        due=pl.col("due").cast(pl.Int32).cast(pl.Date),
    )  # fmt: skip
    return found(
        sums.filter((pl.col("fallen") > 0) & (pl.col("held") > pl.col("rest"))),
        "{}周转 {} 名{}（事项 {}，最早 {}），账上仍占周转 {} 名，未到期的 {} 名", "title",
        "fallen", pl.lit("将到期" if given.ahead else "已到期"), "loans", "due", "held", "rest",
        about="top", numbers=("held", "rest"),
    )  # fmt: skip


@rule("CK-27", "周转超过预计减员", USED, ("借着", "到期前预计退休"), needs=("loans", "births"))
def beyond_return(material: Material, given: object) -> pl.DataFrame:
    """借着的周转编制多于到期以前法定退休的人数：到期还不出来。"""
    loans = lent(material).filter(pl.col("due") >= material.on).sort("due", "loan")
    all_ = pl.col("n").sum().over(HEADING)
    back = (all_ - pl.min_horizontal("held", all_)).cast(EXACT)  # those due first came back first
    loans = loans.with_columns(out=pl.col("n").cum_sum().over(HEADING).cast(EXACT) - back)
    loans = loans.join(_leavers(material, loans), on="loan", how="left").with_columns(
        pl.col("leaving").fill_null(0).cast(EXACT)
    )
    return found(
        loans.filter(pl.col("out") > pl.col("leaving"))
        .with_columns(pl.col("due").cast(pl.Int32).cast(pl.Date)),
        "{}借着周转 {} 名，{} 前预计退休 {} 名，不够归还（事项 {}）", "title", "out", "due",
        "leaving", "loan", about="loan", numbers=("out", "leaving"),
    )  # fmt: skip


def _leavers(material: Material, loans: pl.DataFrame) -> pl.DataFrame:
    """loan, leaving: how many of the unit, on posts of the loan's kind, reach the statutory month
    by its last day; on those of the whole heading where the loan names no kind but turnover."""
    kinds = material.whole.kinds
    own = material.home.join(loans.select(home="unit"), on="home", how="semi")
    people = material.whole.people.filter(pl.col("figure") == ACTUAL).select(
        "person", "unit", sits="kind"
    )
    people = people.join(own, on="unit").join(kinds.select(sits="kind", heading="top"), on="sits")
    people = people.join(due_months(material.births, people["person"]), on="person")
    turnover = kinds.filter("turnover")["kind"].to_list()
    lent_ = loans.select(
        "loan", "kind", "top", home="unit", wide=pl.col("kind").is_in(turnover),
        by=pl.col("due").cast(pl.Int32).cast(pl.Date),
    ).with_columns(month=pl.col("by").dt.year() * 12 + pl.col("by").dt.month() - 1)  # fmt: skip
    same = pl.when("wide").then(pl.col("heading") == pl.col("top"))
    goes = same.otherwise(pl.col("sits") == pl.col("kind")) & (
        pl.col("statutory") <= pl.col("month")
    )
    return lent_.join(people, on="home").filter(goes).group_by("loan").agg(leaving=pl.len())
