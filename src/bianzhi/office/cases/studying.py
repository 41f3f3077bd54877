"""What an office looks at before it decides: before and after, the peers, the unit's own past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from bianzhi.core.changes import Draft
from bianzhi.core.columns import Columns
from bianzhi.core.days import day_number
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.state import State
from bianzhi.files.official import Item
from bianzhi.office.cases.composing import seen
from bianzhi.office.cases.drafting import carried_out, given_of, matter_of
from bianzhi.office.cases.matters.base import Given
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.stepping import held_since
from bianzhi.office.cases.use import numbers, refusing
from bianzhi.office.cases.wording import Wording
from bianzhi.office.checks.judging import judge
from bianzhi.office.desk.previewing import Figure, figures
from bianzhi.office.desk.words import Words
from bianzhi.rules.running import difference

YEARS = 10


@dataclass(frozen=True)
class Study:
    """What a matter would do.

    Attributes:
        problems: Why it cannot be posted as it stands; empty where it can.
        figures: Accounts whose figures change.
        totals: By kind of post: (kind, before, after) over the whole area; a balanced matter
            leaves them as they are.
        clauses: What the paper would say, a line each.
        fresh: What the rules would find after it and do not find before it, a sentence each.
        mended: What they find before it and would no longer find.
    """

    problems: tuple[Problem, ...]
    figures: tuple[Figure, ...] = ()
    totals: tuple[tuple[str, Any, Any], ...] = ()
    clauses: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    before: State | None = None
    after: State | None = None


def study(case: Case, columns: Columns, today: date) -> Study:
    """What a matter would do if it were issued today."""
    on = case.effective_on if case.effective_on is not None else day_number(today)
    paper = Document("（草案）", "", "", on, on)
    given, matter = given_of(case), matter_of(case)
    try:
        if matter.says:  # in words of its own, which need all that the form must say
            matter.need(given)
        given = numbers.foreseen(given, matter.numbers(given), today)
        draft = carried_out(case, given, paper, "", held_since(case))
        before, after = seen(draft, columns)
    except Refusal as refusal:
        return Study(refusal.problems)
    wording = Wording(Words(after), Words(before))
    clauses = tuple(_clauses(case, given, draft, wording))
    refused = tuple(refusing.problems(case, given, columns, day_number(today)))
    changed = difference(judge(before), judge(after))
    return Study(
        refused, tuple(figures(before, after)), tuple(_totals(before, after)), clauses,
        _sentences(changed.new, after), _sentences(changed.gone, before), before, after,
    )  # fmt: skip


def _sentences(findings: pl.DataFrame, state: State) -> tuple[str, ...]:
    words = Words(state)
    rows = findings.select("rule", "title", "unit", "words").iter_rows()
    return tuple(
        f"{words.name(unit)}：{said}（{rule} {title}）" for rule, title, unit, said in rows
    )


def _clauses(case: Case, given: Given, draft: Draft, wording: Wording) -> Iterator[str]:
    says = matter_of(case).says
    for each in says(given, wording) if says else wording.clauses(draft.acts):
        if isinstance(each, Item):
            yield each.text + each.rest


def _totals(before: State, after: State) -> list[tuple[str, Any, Any]]:
    def sums(state: State) -> dict[str, Any]:
        rows = state.figures("kind").select("kind", "approved").iter_rows()
        return dict(rows)

    was, will = sums(before), sums(after)
    kinds = sorted(was.keys() | will.keys())
    return [(kind, was.get(kind, 0), will.get(kind, 0)) for kind in kinds
            if was.get(kind, 0) != will.get(kind, 0)]  # fmt: skip


def units_of(case: Case) -> list[str]:
    """The units a matter is about, as its form names them."""
    given = given_of(case)
    named = [given.text("org"), given.text("to"), given.text("into"), *given.keys("sources")]
    return [key for key in dict.fromkeys(named) if key]


def peers(state: State, unit: str) -> list[tuple[str, str, Any]]:
    """Units of the same rank and class under the same department: key, name, approved posts."""
    orgs = state.orgs
    own = orgs.filter(pl.col("key") == unit)
    if own.is_empty():
        return []
    same = orgs
    for field in ("rank", "supervisor", "welfare_class"):
        value = own[field][0]
        test = pl.col(field).is_null() if value is None else pl.col(field) == value
        same = same.filter(test)
    rows = same.join(posts(state), left_on="key", right_on="holder", how="left")
    rows = rows.select("key", "name", "approved").sort("approved", descending=True, nulls_last=True)
    return [(key, name, n or 0) for key, name, n in rows.head(30).iter_rows()]


def past(columns: Columns, unit: str, today: date) -> list[tuple[int, Any]]:
    """Approved posts of a unit at the end of each of the last years."""
    found = []
    for year in range(today.year - YEARS, today.year):
        rows = posts(State(columns, day_number(date(year, 12, 31)))).filter(holder=unit)
        found.append((year, rows["approved"][0] if rows.height else None))
    return found


def posts(state: State) -> pl.DataFrame:
    """holder, approved: posts proper, leadership and control numbers left out."""
    words = Words(state)
    rows = state.figures("holder", "kind")
    kinds = [kind for kind in rows["kind"].unique() if words.counts(kind)]
    counted = rows.filter(pl.col("kind").is_in(kinds))
    return counted.group_by("holder").agg(pl.col("approved").sum())
