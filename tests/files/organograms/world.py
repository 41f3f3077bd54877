"""Invented returns, written as the publisher's files, and the register that takes them in."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from bianzhi.core.days import parse_day
from bianzhi.core.exchange import read_drafts
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.quantity import quantity
from bianzhi.files.organograms import Snapshot, convert, replay_snapshot

SENIOR = {
    "ref": "Post Unique Reference",
    "holder": "holder",
    "grade": "Grade (or equivalent)",
    "title": "Job Title",
    "function": "Job/Team Function",
    "department": "Parent Department",
    "organisation": "Organisation",
    "unit": "Unit",
    "reports_to": "Reports to Senior Post",
    "salary": "Salary Cost of Reports (£)",
    "fte": "FTE",
    "group": "Professional/Occupational Group",
    "notes": "Notes",
}
JUNIOR = {
    "department": "Parent Department",
    "organisation": "Organisation",
    "unit": "Unit",
    "senior": "Reporting Senior Post",
    "grade": "Grade",
    "title": "Generic Job Title",
    "fte": "Number of Posts in FTE",
    "group": "Professional/Occupational Group",
}
FIRST, SECOND, THIRD, FOURTH = "2011-03-31", "2011-09-30", "2012-03-31", "2012-09-30"
Row = dict[str, str]


def senior(on: str, ref: str, reports_to: str = "XX", **more: str) -> Row:
    """A senior post of the Canal Office."""
    plain = {"grade": "SCS1", "title": f"Head {ref}", "unit": "Locks", "fte": "1"}
    return {**_office(on), **plain, "ref": ref, "reports_to": reports_to, **more}


def junior(on: str, under: str, **more: str) -> Row:
    """A group of junior posts of the Canal Office."""
    plain = {"grade": "Band 1", "title": "Keeper", "unit": "Locks", "fte": "2.5"}
    return {**_office(on), **plain, "senior": under, **more}


def _office(on: str) -> Row:
    return {
        "on": on,
        "body": "canal_office",
        "organisation": "Canal Office",
        "department": "Department of Water",
    }


def write(
    folder: Path,
    seniors: Sequence[Row],
    juniors: Sequence[Row] = (),
    counts: Sequence[tuple[str, str, int, int]] = (),
) -> Path:
    """The three files of a folder."""
    _write(folder / "senior_posts.csv", SENIOR, seniors)
    _write(folder / "junior_posts.csv", JUNIOR, juniors)
    with (folder / "published_counts.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerows([("body", "snapshot_date", "senior_posts", "junior_rows"), *counts])
    return folder


def _write(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["snapshot_date", "body", *columns.values()])
        for row in rows:
            writer.writerow([row["on"], row["body"], *(row.get(each, "") for each in columns)])


class Register:
    """What the core makes of the converted returns; every promise of the core is on."""

    def __init__(self, folder: Path) -> None:
        self.drafts = read_drafts(convert(folder), "organograms.jsonl")
        self.made = MemoryRecord().post(*self.drafts)

    def facts(self, on: str) -> dict[tuple[str, str], str | None]:
        """(subject, field) -> value on a day."""
        day = parse_day(on)
        rows = (fact for made in self.made for fact in made.rows.facts if fact.day <= day)
        return {(fact.subject, fact.field): fact.value for fact in rows}

    def balances(self, on: str) -> dict[tuple[str, str], Decimal]:
        """(holder, kind) -> posts on a day, empty accounts left out."""
        day, sums = parse_day(on), defaultdict[tuple[str, str], int](int)
        for posting in (posting for made in self.made for posting in made.rows.postings):
            if posting.day <= day:
                sums[posting.account.holder, posting.account.kind] += posting.delta
        return {account: quantity(units) for account, units in sums.items() if units}

    def replay(self, body: str, on: str) -> Snapshot:
        """The return of a day, from the state of that day."""
        facts = self.facts(on)
        kinds = {
            key.removeprefix("quota_kind:"): value or ""
            for (key, field), value in facts.items()
            if key.startswith("quota_kind:") and field == "name"
        }
        held = [(key, org) for (key, field), org in facts.items() if field == "holder" and org]
        return replay_snapshot(
            body,
            on,
            facts=((key, field, value) for (key, field), value in facts.items()),
            balances=((*account, posts) for account, posts in self.balances(on).items()),
            kinds=kinds,
            duties=((org, facts[key, "text"] or "") for key, org in held),
        )
