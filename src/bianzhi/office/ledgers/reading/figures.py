"""Figures of a unit as its page lists them: posts, leadership posts, sections, units below."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bianzhi.core.unit import Figures, UnitState, figures_of
from bianzhi.office.desk.showing import FIGURES
from bianzhi.office.desk.templatetags.pages import address
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
        chiefs = [row for row in own if tree.covers("LN1", row.kind)]
        deputies = [row for row in own if tree.covers("LN2", row.kind)]
        rank = view.book.fact(key, "rank", found.on)
        lines.append({
            "key": key, "rank": view.words.code("org_rank", rank) if rank else "",
            "sum": summed(view.words, own), "kinds": single(view.words, own),
            "leads": [together(chiefs), together(deputies)],
        })  # fmt: skip
    return lines


def together(rows: list[Figures]) -> Line | None:
    """核定 and 实有 of some leadership posts; their kind where it is only one."""
    if not any(row.approved or row.actual for row in rows):
        return None
    return {
        "approved": sum(row.approved for row in rows),
        "actual": sum(row.actual for row in rows),
        "kind": rows[0].kind if len(rows) == 1 else "",
    }


def single(words: Words, accounts: Iterable[Figures]) -> str:
    """The one kind that counts and is in use, so that its sum can open its grounds; else ""."""
    used = (row for row in accounts if row.approved or row.actual or row.reserved)
    kinds = {row.kind for row in used if words.counts(row.kind)}
    return kinds.pop() if len(kinds) == 1 else ""


def below(view: Sight, found: UnitState) -> list[Line]:
    """Subordinate units with the sum of their posts, so many as a page holds."""
    keys = once(found, "org")
    by_key = figures_of(view.book, keys[:MOST], found.on)
    return [
        {"key": key, "how": how(found, key), "sum": summed(view.words, by_key[key]),
         "href": address(view, "unit", code=key) if view.may_see(key) else ""}
        for key in keys[:MOST]
    ]  # fmt: skip


def how(found: UnitState, key: str) -> str:
    """In what respects a unit depends on this one."""
    titles = {"parent": "下属", "supervisor": "主管", "sponsor": "举办"}
    fields = [each.field for each in found.dependants if each.key == key]
    return "、".join(titles.get(field, field) for field in fields)


def once(found: UnitState, cls: str) -> list[str]:
    """The dependants of a class, each once."""
    return list(dict.fromkeys(each.key for each in found.dependants if each.cls == cls))
