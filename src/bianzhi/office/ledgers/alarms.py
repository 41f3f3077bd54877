"""What the record itself can tell is out of order, before any rule is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from bianzhi.core.changes import UNVERIFIED
from bianzhi.core.days import day_date
from bianzhi.core.folding import latest
from bianzhi.core.ledger import PENDING
from bianzhi.core.reconcile import assertions
from bianzhi.core.state import exact
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register.figures import DISORDERS, MEANINGS, OVER, by_kind
from bianzhi.office.ledgers.register.sight import own_changes

LEADS, BARE, TOTALS, LATE = "leads", "bare", "totals", "late"
LATE_DAYS = 365  # 用编 is granted for the year; what waits longer is asked about, not judged
TITLES = {**DISORDERS, LEADS: "超职数", BARE: "待核实的变更", TOTALS: "与公布数不符",
          LATE: "待上编逾一年"}  # fmt: skip
WHY = {
    **MEANINGS,
    LEADS: "领导职数实配 > 核定",
    BARE: "没有文件、也没有补依据",
    TOTALS: "台账与登记的公布数之差超过允差",
    LATE: f"占编 {LATE_DAYS} 天以上，人还没有上编",
}


class Alarm(NamedTuple):
    """A kind of disorder, how often it is there, and what it means."""

    what: str
    title: str
    why: str
    times: int


def alarms(words: Words) -> list[Alarm]:
    """All kinds, in order of weight; those that are not there have 0."""
    return [Alarm(what, title, WHY[what], rows(words, what).height)
            for what, title in TITLES.items()]  # fmt: skip


def rows(words: Words, what: str) -> pl.DataFrame:
    """What is behind an alarm, a row each."""
    return words.kept.get(("alarm", what), lambda: _MAKE[what](words))


def _lines(what: str) -> Callable[[Words], pl.DataFrame]:
    def found(words: Words) -> pl.DataFrame:
        mine = by_kind(words).filter((pl.col("disorder") == what) & ~pl.col("leads"))
        return mine.sort("vacant", "holder")

    return found


def _leads(words: Words) -> pl.DataFrame:
    return by_kind(words).filter((pl.col("disorder") == OVER) & pl.col("leads")).sort("holder")


def _bare(words: Words) -> pl.DataFrame:
    """Changes without a document that nobody gave one since, nor made void."""
    changes = words.state.columns.frame("changes")
    amended = words.state.columns.frame("amendments").filter(pl.col("no") <= words.state.known)
    settled = amended.filter(pl.col("verb").is_in(["作废", "补依据"]))["target"].unique()
    found = changes.filter(
        (pl.col("kind") == UNVERIFIED) & (pl.col("no") <= words.state.known)
        & ~pl.col("no").is_in(settled.implode())
    )  # fmt: skip
    own = own_changes(words)
    return found if own is None else found.filter(pl.col("no").is_in(own.implode()))


def _totals(words: Words) -> pl.DataFrame:
    """Published totals up to the day that the record does not agree with."""
    state = words.state
    every = words.shared.get(
        ("assertions", state.known), lambda: assertions(state.columns, state.known)
    )
    found = every.filter(~pl.col("agrees") & (pl.col("day") <= day_date(state.on)))
    if state.inside is None:
        return found
    return found.filter(
        (pl.col("scope") != "area") & pl.col("holder").is_in(state.inside.implode())
    )


def _late(words: Words) -> pl.DataFrame:
    """Uses granted long ago for which nobody came: key, holder, kind, funding, amount, day, no."""
    state = words.state
    claims = latest(state.columns, "claims", state.on, state.known)
    waits = (pl.col("figure") == PENDING) & (pl.col("day") <= state.on - LATE_DAYS)
    claims = claims.filter(pl.col("account").is_not_null() & waits)
    accounts = state.columns.frame("accounts")
    found = claims.select(
        state.columns.frame("subjects")["key"].gather(claims["subject"] - 1).alias("key"),
        *(accounts[name].gather(claims["account"] - 1).alias(name)
          for name in ("holder", "kind", "funding")),
        exact("amount"), "day", "no",
    )  # fmt: skip
    inside = state.inside
    found = found if inside is None else found.filter(pl.col("holder").is_in(inside.implode()))
    return found.sort("day", "key")


_MAKE = {
    **{what: _lines(what) for what in DISORDERS},
    LEADS: _leads,
    BARE: _bare,
    TOTALS: _totals,
    LATE: _late,
}
