"""沿革, papers, people and duties of a unit, out of its part of the record."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

import polars as pl

from bianzhi.core.acts import VERBS
from bianzhi.core.book import Book
from bianzhi.core.columns import Columns
from bianzhi.core.folding import latest
from bianzhi.core.history import Event, history
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.quantity import quantity
from bianzhi.core.unit import UnitState, Using
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.reading.sight import Sight

Line = dict[str, Any]
Place = tuple[int, int, int, str]  # day, change, act, verb
FIX = "核定"  # the act that says what posts are, whether they change by it or not
LAST = (2**31, "")  # the place of those who lead nothing
STAFF = ("people", "claims")  # the modules whose acts move people and uses, not the establishment


def is_staff(verb: str) -> bool:
    """Whether an act moves people or uses of posts, and leaves the establishment as it is."""
    act = VERBS.get(verb)
    return act is not None and act.__module__.rpartition(".")[2] in STAFF


def events(view: Sight) -> list[Line]:
    """Everything that happened to the unit, newest first; what one document says many times in the
    same words is said once, with the posts before and after."""
    moved = moves(view.words, view.part, view.code)
    told: list[Line] = []
    for _, group in groupby(
        history(view.part, view.code), key=lambda e: (e.day, e.no, e.verb, e.text)
    ):
        same = list(group)
        told.append({
            "event": same[0], "times": len(same), "ahead": same[0].day > view.on,
            "staff": is_staff(same[0].verb),
            "posts": [each for event in same for each in moved.get(event[:4], [])],
        })  # fmt: skip
    papers = view.words.papers(each["event"].no for each in told)
    return [{**each, "paper": papers.get(each["event"].no)} for each in reversed(told)]


def moves(words: Words, columns: Columns, unit: str) -> dict[Place, list[Line]]:
    """The balances that each act moved: kind, before, after."""
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    mine = accounts.filter(pl.col("holder") == unit).with_columns(pl.col("account").cast(pl.Int64))
    rows = columns.frame("postings").join(mine, on="account").sort("day", "no", "line")
    balance: dict[int, int] = defaultdict(int)
    found: dict[Place, dict[int, Line]] = defaultdict(dict)
    for row in rows.iter_rows(named=True):
        account = row["account"]
        before = balance[account]
        balance[account] += row["delta"]
        place = (row["day"], row["no"], row["act"], row["verb"])
        line = found[place].setdefault(
            account, {"kind": words.kind(row["kind"]), "funding": words.funding(row["funding"]),
                      "before": quantity(before)}
        )  # fmt: skip
        line["after"] = quantity(balance[account])
    return {place: list(lines.values()) for place, lines in found.items()}


def documents(view: Sight, told: list[Line]) -> list[Line]:
    """Every change that ever touched the unit, newest first: its paper and what it did here."""
    verbs: dict[int, list[str]] = defaultdict(list)
    days: dict[int, set[int]] = defaultdict(set)
    for each in told:
        event: Event = each["event"]
        verbs[event.no].append(event.verb)
        days[event.no].add(event.day)
    changes = view.columns.frame("changes").filter(pl.col("no").is_in(list(verbs)))
    dated = dict(changes.select("no", "doc_date").iter_rows())
    papers = view.words.papers(verbs)
    return [
        {"no": no, "paper": papers[no], "verbs": "、".join(dict.fromkeys(reversed(verbs[no]))),
         "day": dated.get(no), "effective": min(days[no]), "ahead": min(days[no]) > view.on}
        for no in sorted(verbs, key=lambda no: (max(days[no]), no), reverse=True)
    ]  # fmt: skip


def newest(told: list[Line]) -> Line | None:
    """The newest paper in force that fixed posts (最新机构编制文号), moved or left as they were."""
    fixed = (each for each in told if each["posts"] or each["event"].verb == FIX)
    return next((each for each in fixed if not each["ahead"]), None)


def people(view: Sight, found: UnitState) -> tuple[list[Line], list[Line]]:
    """People on the unit's posts, and matters and tickets that use them: one line each, since when
    and by which paper. Names only: numbers and the rest of a file are for those who may see them.
    """
    since = claimed_since(view)
    papers = view.words.papers(no for _, no in since.values())
    lines = []
    for claimant, group in groupby(found.uses, key=lambda use: use.claimant):
        uses = list(group)
        day, no = since.get(claimant, (None, 0))
        lines.append({**_user(view.words, view.book, found, uses), "since": day,
                      "paper": papers.get(no)})  # fmt: skip
    persons = [line for line in lines if line["cls"] == "person"]
    others = [line for line in lines if line["cls"] != "person"]
    return sorted(persons, key=lambda line: line["order"]), others


def _user(words: Words, book: Book, found: UnitState, uses: list[Using]) -> Line:
    leads = [use for use in uses if words.is_leadership(use.kind)]
    return {
        "key": uses[0].claimant, "name": uses[0].name, "cls": uses[0].cls,
        "title": book.fact(uses[0].claimant, "title", found.on) or "",
        "leads": [words.kind(use.kind) for use in leads],
        "order": min((words.place(use.kind) for use in leads), default=LAST),
        "posts": [
            {"use": use, "figure": USES[use.figure], "kind": words.kind(use.kind),
             "funding": words.funding(use.funding)}
            for use in uses if use not in leads
        ],
    }  # fmt: skip


def claimed_since(view: Sight) -> dict[str, tuple[int, int]]:
    """(day, change) since when each claimant uses the unit's posts without a break."""
    columns = view.part
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    mine = set(accounts.filter(pl.col("holder") == view.code)["account"])
    claims = columns.frame("claims").filter(pl.col("day") <= view.on)
    keys = columns.frame("subjects")["key"]
    found: dict[str, tuple[int, int]] = {}
    here: dict[tuple[int, str], tuple[int, int] | None] = {}
    for row in claims.sort("day", "no", "line").iter_rows(named=True):
        slot = row["subject"], row["slot"]
        if row["account"] not in mine:
            here[slot] = None
        elif here.get(slot) is None:
            here[slot] = row["day"], row["no"]
    for (subject, _), since in here.items():
        if since is not None:
            key = keys[subject - 1]
            found[key] = min(since, found.get(key, since))
    return found


def duties(view: Sight) -> list[Line]:
    """The duties the unit holds on the day: text, since when, by which paper."""
    keys = view.part.frame("subjects")["key"]
    number = (keys.index_of(view.code) or 0) + 1
    held = latest(view.part, "facts", view.on, view.state.known, pl.col("field") == "holder")
    held = held.filter(pl.col("ref") == number).sort("day", "no", "line")
    papers = view.words.papers(held["no"])
    lines = []
    for row in held.iter_rows(named=True):
        key = keys[row["subject"] - 1]
        text = view.book.fact(key, "text", view.on) or key
        lines.append({"key": key, "text": text, "since": row["day"],
                      "paper": papers.get(row["no"]), "source": row["source"]})  # fmt: skip
    return lines


def succession(view: Sight) -> dict[str, list[Line]]:
    """Who came before and who came after, up to the day and beyond it."""
    links = view.part.frame("links").sort("day", "no", "line")
    keys = view.part.frame("subjects")["key"]
    before: list[Line] = []
    after: list[Line] = []
    for row in links.iter_rows(named=True):
        sides = {"before": keys[row["before"] - 1], "after": keys[row["after"] - 1]}
        line = {**sides, "verb": row["verb"], "day": row["day"], "ahead": row["day"] > view.on}
        if sides["after"] == view.code:
            before.append(line)
        elif sides["before"] == view.code:
            after.append(line)
    return {"before": before, "after": after}
