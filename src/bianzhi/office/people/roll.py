"""The roll (名册): the people of a state with their personal files, filtered and searched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.core.ledger import ACTUAL, UNCOUNTED
from bianzhi.core.state import State
from bianzhi.office.identity.keeping import initials
from bianzhi.office.people.files import personal_files

BANDS = ((0, 29), (30, 34), (35, 39), (40, 44), (45, 49), (50, 54), (55, 59), (60, 200))
STANDING = {
    "in": "在编",
    "uncounted": "不占编",
    "left": "已下编",
    "elsewhere": "混岗（在别处工作）",
    "funding": "经费形式不一致（CK-35）",
}
NONE = "（未填）"


@dataclass(frozen=True)
class Wanted:
    """What a roll is asked for; "" does not filter.

    Attributes:
        q: Part of a name, a name's pinyin initials, or a person's key.
        kind: Kind of post, those under it included.
        standing: One of ``STANDING``; "" is everybody in a post.
        band: An age band, as ``band_name`` writes it.
        position_type: 岗位类别.
    """

    q: str = ""
    kind: str = ""
    standing: str = ""
    band: str = ""
    position_type: str = ""


def roll(state: State) -> pl.DataFrame:
    """Everybody of a state: the columns of ``State.people``, of the personal file, and ``age``.

    A confined state has only the people placed inside it.
    """
    born = pl.col("birth_date")
    today = pl.lit(day_date(state.on))
    had = (born.dt.month() > today.dt.month()) | (
        (born.dt.month() == today.dt.month()) & (born.dt.day() > today.dt.day())
    )
    age = today.dt.year() - born.dt.year() - had.cast(pl.Int32)
    people = state.people.join(personal_files(), on="key", how="left")
    return people.with_columns(age=age).with_columns(band=_band()).sort("holder", "key")


def chosen(people: pl.DataFrame, wanted: Wanted, state: State) -> pl.DataFrame:
    """The rows that are asked for."""
    found = people.filter(_stands(wanted.standing))
    if wanted.kind:
        found = found.filter(pl.col("kind").is_in(state.kinds_under(wanted.kind)))
    if wanted.band:
        found = found.filter(pl.col("band") == wanted.band)
    if wanted.position_type:
        blank = pl.col("position_type").is_null() | (pl.col("position_type") == "")
        is_it = pl.col("position_type") == wanted.position_type
        found = found.filter(blank if wanted.position_type == NONE else is_it)
    return found.filter(_named(found, wanted.q)) if wanted.q else found


def inside(people: pl.DataFrame, state: State) -> pl.DataFrame:
    """The people placed in a scoped state's units."""
    return people if state.inside is None else people.filter(
        pl.col("holder").is_in(state.inside.implode())
    )  # fmt: skip


def band_name(low: int, high: int) -> str:
    """An age band in words."""
    if not low:
        return f"{high} 岁及以下"
    return f"{low} 岁及以上" if high >= 200 else f"{low}—{high} 岁"


def _band() -> pl.Expr:
    found = pl.lit(NONE)
    for low, high in BANDS:
        inside_it = pl.col("age").is_between(low, high)
        found = pl.when(inside_it).then(pl.lit(band_name(low, high))).otherwise(found)
    return found


def funding_differs() -> pl.Expr:
    """CK-35: the roster pays a person by another funding form than that of the post filled."""
    both = (pl.col("funding") != "") & (pl.col("funding_form") != "")
    return (both & (pl.col("funding") != pl.col("funding_form"))).fill_null(False)


def _stands(standing: str) -> pl.Expr:
    placed = pl.col("holder").is_not_null()
    elsewhere = placed & pl.col("works_at").is_not_null() & (
        pl.col("works_at") != pl.col("holder")
    )  # fmt: skip
    return {
        "in": placed & (pl.col("figure") == ACTUAL),
        "uncounted": placed & (pl.col("figure") == UNCOUNTED),
        "left": ~placed & pl.col("leads").is_null(),
        "elsewhere": elsewhere,
        "funding": funding_differs(),
    }.get(standing, placed | pl.col("leads").is_not_null())


def _named(people: pl.DataFrame, q: str) -> pl.Series:
    names = people["name"].fill_null("")
    found = names.str.contains(q, literal=True) | (people["key"] == q)
    if q.isascii() and q.isalpha():
        short = [_initials(name).startswith(q.lower()) for name in names]
        found = found | pl.Series(short, dtype=pl.Boolean)
    return found


@lru_cache(maxsize=1 << 17)
def _initials(name: str) -> str:
    return initials(name)
