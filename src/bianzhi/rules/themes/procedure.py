"""Papers and deadlines: changes without grounds, late entries, old tickets, frozen units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.core.changes import KINDS
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import STATUSES
from bianzhi.core.ledger import ACTUAL, COUNTERS, FOREVER, PENDING
from bianzhi.core.state import FIGURES
from bianzhi.rules.beside import frame
from bianzhi.rules.course import months_before
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Days, Flag, Texts, Trees, Whole, named, texts
from bianzhi.rules.rule import RECORD, USED, rule


@named(KINDS)
def change_kinds(value: object, trees: Trees) -> tuple[str, ...]:
    """Kinds of change that have no document: opening, unverified."""
    for each in texts(value, trees):
        if each not in KINDS:
            known = "、".join(f"{code}（{title}）" for code, title in KINDS.items())
            raise Refusal.of(
                "unknown-kind-of-change", f"没有“{each}”这种变更", f"可选的有：{known}"
            )
    return texts(value, trees)


@dataclass(frozen=True, kw_only=True)
class Bare:
    """Which changes need grounds."""

    kinds: Annotated[tuple[str, ...], change_kinds, "哪几种没有文件的变更"]


@rule("CK-10", "无依据", RECORD, ("涉及条数", "应为"), parameters=Bare)
def without_grounds(material: Material, given: Bare) -> pl.DataFrame:
    """变更没有文件，也没有补依据；每个涉及的单位一条，什么单位也不涉及的记在全区。"""
    course, state = material.course, material.state
    changes = state.columns.frame("changes").filter(
        pl.col("kind").is_in(list(given.kinds)) & (pl.col("no") <= state.known)
    )
    amended = state.columns.frame("amendments").filter(pl.col("no") <= state.known)
    settled = amended.filter(pl.col("verb").is_in(["作废", "补依据"]))["target"].unique()
    bare = changes.filter(~pl.col("no").is_in(settled.implode())).select("no", "kind", "note")
    posted, used = (
        course.placed(course.rows(table).join(bare, on="no", how="semi"), "account").select(
            "no", "unit"
        )
        for table in ("postings", "claims")
    )
    facts = course.rows("facts").join(bare, on="no", how="semi")
    about = facts.select("no", course.keys.gather(facts["subject"] - 1).alias("unit"))
    about = about.join(material.whole.units.select("unit"), on="unit", how="semi")
    touched = pl.concat([posted, used, about]).filter(
        pl.col("unit").is_not_null() & ~pl.col("unit").is_in(list(COUNTERS))
    )
    every = touched.group_by("unit", "no").agg(pl.len().alias("lines"))
    lines = material.mine(every)
    if material.of_area:
        lone = bare.join(every, on="no", how="anti")
        lines = pl.concat([lines, lone.select(
            unit=pl.lit(""), no="no", lines=pl.lit(0, lines.schema["lines"])
        )])  # fmt: skip
    lines = lines.join(bare, on="no").with_columns(none=pl.lit(Decimal(0), EXACT))
    kind = pl.col("kind").replace_strict(KINDS, default="")
    return found(
        lines, "第 {} 号变更（{}{}）没有文件依据，涉及 {} 条", "no", kind,
        pl.when(pl.col("note") == "").then(pl.lit("")).otherwise(pl.lit("：") + pl.col("note")),
        "lines", about=pl.col("no").cast(pl.String), numbers=("lines", "none"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """By when something must be entered."""

    days: Annotated[Whole, "期限（天），期满当天还不算超"]
    working: Annotated[Flag, "按工作日算"] = False
    holidays: Annotated[Days, "不上班的日子（周末以外），在本办工作日历以外再加"] = ()
    months: Annotated[Whole, "只查最近几个月的文件"] = 12


def _late(material: Material, given: Deadline, verb: str, unit: str) -> pl.DataFrame:
    """Entries of a verb whose paper is dated after the deadline: unit, person, day, paper, took."""
    course = material.course
    steps = course.steps.filter(pl.col("verb") == verb)
    steps = course.placed(steps, "account", "account_before")
    papers = material.state.columns.frame("changes").select("no", "doc_no", "doc_date")
    since = months_before(material.on, given.months)
    late = steps.join(papers, on="no").filter(
        (pl.col("doc_date") > pl.col("day")) & (pl.col("doc_date") > since)
    )
    late = material.mine(late, unit)
    took = (late["doc_date"] - late["day"]).to_numpy().astype(np.int64)
    if given.working:
        first, last = (
            late[name].to_numpy().astype("datetime64[D]") for name in ("day", "doc_date")
        )
        # the day after the event is the first that counts
        took = _worked(material, given, first + 1, last + 1)
    told = late.select(
        pl.col(unit).alias("unit"),
        pl.col("day").cast(pl.Date),
        course.keys.gather(late["subject"] - 1).alias("person"),
        pl.col("doc_date").cast(pl.Date).alias("paper"),
        "doc_no",
        pl.Series("took", took, dtype=pl.Int64),
        pl.lit(given.days, pl.Int64).alias("most"),
    )
    return told.filter(pl.col("took") > given.days)


def _worked(
    material: Material, given: Deadline, first: NDArray[Any], end: NDArray[Any]
) -> NDArray[Any]:
    """How many working days there are from each first day to the day before each end, by the
    calendar of the office."""
    known = material.told("calendar")
    special = frame("calendar", []) if known is None else known
    off, on = (
        special.filter(pl.col("works") == works)["day"].to_numpy().astype("datetime64[D]")
        for works in (False, True)
    )
    holidays = np.concatenate([off, np.array(given.holidays, dtype="datetime64[D]")])
    weekends = np.sort(on[~np.is_busday(on)])  # worked in place of a day off
    more = np.searchsorted(weekends, end) - np.searchsorted(weekends, first)
    return np.busday_count(first, end, holidays=holidays) + more


def _told(late: pl.DataFrame, what: str, given: Deadline) -> pl.DataFrame:
    days = "个工作日" if given.working else "天"
    return found(
        late, f"{{}} {what}，{{}} 才办（{{}}），隔 {{}} {days}，期限 {{}} {days}", "day", "paper",
        "doc_no", "took", "most", about="person", numbers=("took", "most"),
    )  # fmt: skip


@rule("CK-20", "核销超期", RECORD, ("隔几天", "期限"), parameters=Deadline)
def left_late(material: Material, given: Deadline) -> pl.DataFrame:
    """人员离编的日子与办理下编的文件日期相隔超过期限。"""
    return _told(_late(material, given, "下编", "unit_before"), "离编", given)


@rule("CK-21", "入编超期", RECORD, ("隔几天", "期限"), parameters=Deadline)
def entered_late(material: Material, given: Deadline) -> pl.DataFrame:
    """人员入编的日子与办理上编的文件日期相隔超过期限。"""
    return _told(_late(material, given, "上编", "unit"), "入编", given)


@dataclass(frozen=True, kw_only=True)
class Expiry:
    """How long a ticket holds."""

    days: Annotated[Whole, "有效期（天），期满当天还有效；通知单上写明有效期的，以通知单为准"]


@rule("CK-22", "用编号码过期", USED, ("已占几天", "有效期"), parameters=Expiry)
def expired(material: Material, given: Expiry) -> pl.DataFrame:
    """占了编的号码过了有效期，人还没有上编。"""
    course = material.course
    last = course.steps.unique(["slot", "subject"], keep="last", maintain_order=True)
    waits = last.filter((pl.col("figure") == PENDING) & pl.col("account").is_not_null())
    waits = course.placed(waits, "account")
    waits = waits.join(material.posts.select("unit", "kind", "title"), on=["unit", "kind"])
    waits = waits.with_columns(
        course.keys.gather(waits["subject"] - 1).alias("ticket"), since=pl.col("day").cast(pl.Date),
        age=material.on - pl.col("day"),
    )  # fmt: skip
    noticed = material.told("tickets")
    own = frame("tickets", []) if noticed is None else noticed
    waits = waits.join(own, on="ticket", how="left").with_columns(
        most=pl.coalesce(pl.col("until") - pl.col("day"), pl.lit(given.days, pl.Int64))
    )
    return found(
        waits.filter(pl.col("age") > pl.col("most")),
        "号码 {} 自 {} 占{}，已 {} 天，有效期 {} 天", "ticket", "since", "title", "age",
        "most", about="ticket", numbers=("age", "most"),
    )  # fmt: skip


@named(STATUSES)
def statuses(value: object, trees: Trees) -> tuple[str, ...]:
    """States of a unit: frozen, merging …"""
    for each in texts(value, trees):
        if each not in STATUSES:
            known = "、".join(f"{code}（{title}）" for code, title in STATUSES.items())
            raise Refusal.of("unknown-status", f"没有“{each}”这种状态", f"可选的有：{known}")
    return texts(value, trees)


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """Which units take nothing in."""

    statuses: Annotated[tuple[str, ...], statuses, "只出不进的状态"]
    without: Annotated[Texts, "仍可办的事项"] = ()
    months: Annotated[Whole, "只查最近几个月"] = 12


@rule("CK-28", "冻结单位进编、进人", USED, ("进了几次", "应为"), parameters=Frozen)
def moved_while_frozen(material: Material, given: Frozen) -> pl.DataFrame:
    """冻结、整合中的单位增加了编制，或进了人、占了编。"""
    course = material.course
    spans = _spans(material, given)
    into = pl.concat([
        course.placed(course.rows("postings").filter(pl.col("delta") > 0), "account")
        .select("unit", "verb", "day"),
        course.placed(course.steps.filter(pl.col("account").is_not_null()), "account")
        .select("unit", "verb", "day"),
    ])  # fmt: skip
    since = months_before(material.on, given.months)
    hits = into.filter((pl.col("day") > since) & ~pl.col("verb").is_in(list(given.without))).join(
        spans, on="unit"
    ).filter((pl.col("day") > pl.col("start")) & (pl.col("day") < pl.col("end")))  # fmt: skip
    hits = (
        material.mine(hits).group_by("unit", "verb", "day", "status").agg(pl.len().alias("times"))
    )
    dated = hits.with_columns(pl.col("day").cast(pl.Date), none=pl.lit(Decimal(0), EXACT))
    return found(
        dated, "{} 单位{}，仍办了“{}”{} 次", "day",
        pl.col("status").replace_strict(STATUSES, default="status"), "verb", "times",
        about=pl.format("{} {}", "verb", "day"), numbers=("times", "none"),
    )  # fmt: skip


def _spans(material: Material, given: Frozen) -> pl.DataFrame:
    """unit, start, end, status: the times in one of the statuses."""
    course = material.course
    rows = course.rows("facts").filter(pl.col("field") == "status")
    rows = rows.sort("subject", "day", "no", "line")
    rows = rows.unique(["subject", "day"], keep="last", maintain_order=True).with_columns(
        end=pl.col("day").cast(pl.Int64).shift(-1).over("subject").fill_null(FOREVER)
    )
    held = rows.filter(pl.col("value").is_in(list(given.statuses)))
    units = course.keys.gather(held["subject"] - 1).alias("unit")
    return held.select(units, start="day", end="end", status="value")


@rule("CK-29", "撤销仍占编", RECORD, ("还有", "应为"))
def left_behind(material: Material, given: object) -> pl.DataFrame:
    """已撤销、不在册的单位名下还有编制或人。"""
    lines = material.lines.join(material.units.select("unit"), on="unit", how="anti")
    held = [name for name in FIGURES if name not in ("vacant", "gross_vacant")]
    lines = lines.filter(pl.any_horizontal([pl.col(name) != 0 for name in held]))
    lines = lines.with_columns(
        most=pl.max_horizontal("approved", ACTUAL), none=pl.lit(Decimal(0), EXACT)
    )
    return found(
        lines, "单位当日不在册，名下还有{}：核定 {}，实有 {}，待上编 {}，预留 {}", "title",
        "approved", "actual", "pending", "reserved", about="kind", numbers=("most", "none"),
    )  # fmt: skip
