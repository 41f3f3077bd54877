"""Figures of a unit as its page lists them: posts, leadership posts, sections, units below."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bianzhi.core.unit import Figures, UnitState, figures_of
from bianzhi.office.desk.showing import FIGURES
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.reading.sight import Sight

Line = dict[str, Any]
MOST = 100  # subordinate units listed with figures; the organisation chart has them all


def figures(words: Words, accounts: Iterable[Figures]) -> tuple[list[Line], list[Line]]:
    """The accounts in use: posts, and leadership posts."""
    posts: list[Line] = []
    leads: list[Line] = []
    for row in sorted(accounts, key=lambda row: (words.place(row.kind), row.funding)):
        if any(getattr(row, name) for name in (*FIGURES, "uncounted")):
            side = leads if words.is_leadership(row.kind) else posts
            side.append({"row": row, "kind": words.kind(row.kind),
                         "funding": words.funding(row.funding)})  # fmt: skip
    return posts, leads


def summed(words: Words, accounts: Iterable[Figures]) -> Figures:
    """The sum of the accounts that count towards the total."""
    rows = [row for row in accounts if words.counts(row.kind)]
    sums = (sum((getattr(row, name) for row in rows), Decimal(0)) for name in Figures._fields[2:])
    return Figures("", "", *sums)


def leadership(words: Words, found: UnitState, titles: dict[str, str]) -> list[Line]:
    """Leadership posts by scope (单位、内设机构), post and rank, with those who hold them."""
    lines = []
    for each in figures(words, found.accounts)[1]:
        row = each["row"]
        base, _, rank = row.kind.partition("@")
        lines.append({
            "row": row, "scope": scope(words, base), "post": words.kind(base),
            "rank": words.code("org_rank", rank) if rank else "",
            "by": [{"name": use.name, "title": titles.get(use.claimant, "")}
                   for use in found.uses if use.kind == row.kind],
        })  # fmt: skip
    return lines


def scope(words: Words, kind: str) -> str:
    """Whose leaders a kind of leadership post is for."""
    return "内设机构" if words.state.tree("quota_kind").covers("LN", kind) else "单位"


def sections(view: Sight, found: UnitState) -> list[Line]:
    """内设机构 with their posts and the leadership posts in them."""
    keys = once(found, "section")
    by_key = figures_of(view.book, keys, found.on)
    tree = view.state.tree("quota_kind")
    lines = []
    for key in keys:
        own = by_key[key]
        rank = view.book.fact(key, "rank", found.on)
        lines.append({
            "key": key, "rank": view.words.code("org_rank", rank) if rank else "",
            "sum": summed(view.words, own),
            "leads": [together([row for row in own if tree.covers(kind, row.kind)], kind)
                      for kind in ("LN1", "LN2")],
        })  # fmt: skip
    return lines


def together(rows: list[Figures], kind: str) -> Line | None:
    """核定 and 实有 of the leadership posts of a kind and of those under it; None of none."""
    if not any(row.approved or row.actual for row in rows):
        return None
    return {
        "kind": kind,
        "approved": sum(row.approved for row in rows),
        "actual": sum(row.actual for row in rows),
    }


def below(view: Sight, found: UnitState) -> list[Line]:
    """Subordinate units with the sum of their posts, so many as a page holds; of those that the
    user may not see the name alone."""
    keys = once(found, "org")[:MOST]
    by_key = figures_of(view.book, [key for key in keys if view.may_see(key)], found.on)
    return [
        {"key": key, "how": how(found, key),
         "sum": summed(view.words, by_key[key]) if key in by_key else None}
        for key in keys
    ]  # fmt: skip


def how(found: UnitState, key: str) -> str:
    """In what respects a unit depends on this one."""
    titles = {"parent": "下属", "supervisor": "主管", "sponsor": "举办"}
    fields = [each.field for each in found.dependants if each.key == key]
    return "、".join(titles.get(field, field) for field in fields)


def once(found: UnitState, cls: str) -> list[str]:
    """The dependants of a class, each once."""
    return list(dict.fromkeys(each.key for each in found.dependants if each.cls == cls))
