"""The sample district as frames, for the examples of the method pages.

What the office would read from its ledger and roster; samples/ holds the same district as files.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from bianzhi.sample.figures import Figures, figures
from bianzhi.sample.make import make_world
from bianzhi.sample.problems import LEARN, Problems
from bianzhi.sample.problems import problems as invented
from bianzhi.sample.world import District, Org, Person

KIND = "SY"  # 事业编制
CLASSES = {"综合": "技术服务", "开发区": "技术服务", "乡镇事业": "监管服务"}
SERVICE = "基本民生服务"  # schools and clinics
BODIES = {
    "unit": pl.String, "sector": pl.String, "department": pl.String, "class": pl.String,
    "duties": pl.Int64, "approved": pl.Int64, "actual": pl.Int64, "vacant": pl.Int64,
    "experts": pl.Int64,
}  # fmt: skip


@cache
def district() -> District:
    """The district of samples/, on its last day."""
    return make_world().districts[0]


@cache
def bodies() -> pl.DataFrame:
    """Institutions with 事业编制, one row each: unit, sector, department, class, duties (how many),
    approved, actual, vacant (nothing pending or reserved) and experts (on professional posts)."""
    found = district()
    held, experts = figures(found), _experts(found)
    rows = [
        (org.stem, org.sector, found.orgs[org.supervisor].name, CLASSES.get(org.sector, SERVICE),
         len(org.duties), *_posts(org, held.get(org.key, Figures())), experts.get(org.key, 0))
        for org in found.living if org.kind == "institution" and KIND in org.posts
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=BODIES, orient="row")


def _posts(org: Org, held: Figures) -> tuple[int, int, int]:
    approved, actual = org.posts[KIND], held.actual.get(KIND, 0)
    spoken_for = org.pending + org.leader_reserve + org.other_reserve
    return approved, actual, approved - actual - spoken_for


def _experts(found: District) -> dict[str, int]:
    counted: dict[str, int] = {}
    for placed in found.rosters[found.last]:
        if placed.kind == KIND and placed.person.post == "专业技术":
            counted[placed.org] = counted.get(placed.org, 0) + 1
    return counted


@cache
def people() -> pl.DataFrame:
    """Everybody on a post, one row each: unit, kind, category (of retirement) and birth."""
    found = district()
    rows = [(found.orgs[placed.org].stem, placed.kind, category(placed.person),
             f"{placed.person.born:%Y-%m}") for placed in found.rosters[found.last]]  # fmt: skip
    return pl.DataFrame(rows, schema=("unit", "kind", "category", "birth"), orient="row")


def category(person: Person) -> str:
    """Of women those on workers' posts had 50, others 55; the office looks at post and identity."""
    if person.man:
        return "man"
    worker = person.post == "工勤技能" or person.kind == "GJ"
    return "woman-50" if worker else "woman-55"


@cache
def requests() -> pl.DataFrame:
    """Requests for the vacant posts, as :func:`allocation.allocate` reads them.

    The need of a body is the median of posts a duty in its sector times its duties: crude, but
    from the ledger alone. Who has fewer posts asks for what is missing, ten at most; schools and
    clinics weigh double.
    """
    need = (pl.col("approved") / pl.col("duties")).median().over("sector") * pl.col("duties")
    whole = bodies().with_columns(need=need.round().cast(pl.Int64))
    short = whole.filter(pl.col("need") > pl.col("approved"))
    return short.select(
        pl.col("unit").alias("id"), pl.lit("事业").alias("kind"), "department", "need",
        pl.col("approved").alias("have"),
        pl.min_horizontal(pl.col("need") - pl.col("approved"), 10).alias("want"),
        pl.when(pl.col("class") == SERVICE).then(2.0).otherwise(1.0).alias("priority"),
    )  # fmt: skip


def vacant() -> int:
    """Posts that stand empty with nobody promised them, in bodies above their need."""
    short = requests()["id"].to_list()
    rich = bodies().filter(~pl.col("unit").is_in(short))
    return int(rich["vacant"].clip(0).sum())


@cache
def answers() -> Problems:
    """What the institutions write under 问题与建议, with the truth about it."""
    return invented(district(), 1, LEARN)


def problems() -> pl.DataFrame:
    """The same as :func:`themes.themes` reads it: unit, kind, text, answer."""
    stems = {org.key: org.stem for org in answers().units}
    rows = [(stems[each.unit], each.kind, each.text, each.answer) for each in answers().said]
    return pl.DataFrame(rows, schema=("unit", "kind", "text", "answer"), orient="row")


def problem_classes() -> pl.DataFrame:
    """unit, by, name: every institution by its sector and its department."""
    found = district()
    rows = [
        (org.stem, by, name) for org in answers().units
        for by, name in (("行业", org.sector), ("主管部门", found.orgs[org.supervisor].name))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=("unit", "by", "name"), orient="row")
