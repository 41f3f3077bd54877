"""What the record must say, worked out from its plain rows from scratch: slow, short, independent.

It shares nothing with the book, the checks and the frames but the meaning of a row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from bianzhi.core.rows import Account, Rows

COUNTERS = ("上级", "核销", "置换")
ENDED = ("abolished", "converted")
REFERENCES = ("parent", "supervisor", "sponsor", "holder", "works_at")
Use = tuple[Account, str, int]


class Said(NamedTuple):
    """The establishment on a day."""

    balances: dict[Account, int]
    facts: dict[tuple[str, str], str | None]
    uses: dict[tuple[str, str], Use]

    def used(self, account: Account) -> tuple[int, int]:
        """(实有, 待上编 and 预留)."""
        uses = [use for use in self.uses.values() if use[0] == account]
        actual = sum(use[2] for use in uses if use[1] == "actual")
        promised = sum(use[2] for use in uses if use[1] in ("pending", "reserved"))
        return actual, promised

    def vacant(self, account: Account) -> int:
        """核定 − 实有 − 待上编 − 预留."""
        return self.balances.get(account, 0) - sum(self.used(account))


class Oracle:
    """The rows of every change, in order."""

    def __init__(self, changes: list[Rows]) -> None:
        self.changes = changes

    def live(self, known: int) -> list[tuple[int, Rows]]:
        """The changes that count as known at a change."""
        posted = self.changes[:known]
        void = {a.target for rows in posted for a in rows.amendments if a.verb == "作废"}
        return [(no, rows) for no, rows in enumerate(posted, 1) if no not in void]

    def says(self, on: int, known: int) -> Said:
        """The establishment on a day, as known at a change."""
        balances: dict[Account, int] = defaultdict(int)
        facts: dict[tuple[str, str], tuple[tuple[int, int, int], str | None]] = {}
        uses: dict[tuple[str, str], tuple[tuple[int, int, int], Use | None]] = {}
        for no, rows in self.live(known):
            for posting in rows.postings:
                if posting.day <= on:
                    balances[posting.account] += posting.delta
            for line, fact in enumerate(rows.facts):
                at, where = (fact.day, no, line), (fact.subject, fact.field)
                if fact.day <= on and (where not in facts or facts[where][0] < at):
                    facts[where] = at, fact.value
            for line, claim in enumerate(rows.claims):
                at, where = (claim.day, no, line), (claim.subject, claim.slot)
                if claim.day <= on and (where not in uses or uses[where][0] < at):
                    use = (claim.account, claim.figure, claim.amount) if claim.account else None
                    uses[where] = at, use
        return Said(
            {account: total for account, total in balances.items() if total},
            {where: value for where, (_, value) in facts.items() if value is not None},
            {where: use for where, (_, use) in uses.items() if use is not None},
        )

    def days(self, known: int) -> list[int]:
        """Every day on which something begins or ends, and one before all."""
        found: set[int] = set()
        for _, rows in self.live(known):
            found |= {posting.day for posting in rows.postings}
            found |= {fact.day for fact in rows.facts}
            found |= {claim.day for claim in rows.claims}
        return [min(found, default=1) - 1, *sorted(found)]

    # -- the promises: each gives what breaks it ---------------------------------------------

    def unbalanced(self, no: int) -> dict[str, int]:
        """Kinds whose postings in a change do not sum to zero."""
        sums: dict[str, int] = defaultdict(int)
        for posting in self.changes[no - 1].postings:
            sums[posting.account.kind] += posting.delta
        return {kind: total for kind, total in sums.items() if total}

    def below_zero(self, known: int) -> list[tuple[int, Account]]:
        """Accounts of units and pools below zero on a day; kinds that do not sum to zero."""
        found = []
        for day in self.days(known):
            kinds: dict[str, int] = defaultdict(int)
            for account, total in self.says(day, known).balances.items():
                kinds[account.kind] += total
                if total < 0 and account.holder not in COUNTERS:
                    found.append((day, account))
            found += [(day, Account("", kind)) for kind, total in kinds.items() if total]
        return found

    def placed_twice(self, known: int) -> list[tuple[int, str]]:
        """Persons in more than one counting place on a day."""
        found = []
        for day in self.days(known):
            places = [
                subject
                for (subject, slot), use in self.says(day, known).uses.items()
                if use[1] == "actual" and slot != "leadership"
            ]
            found += [(day, person) for person in set(places) if places.count(person) > 1]
        return found

    def promised_twice(self, no: int) -> list[tuple[int, Account]]:
        """Accounts a change made short by using more, or by cutting into what was promised."""
        found = []
        for day in {*self.days(no), *self.days(no - 1)}:
            before, after = self.says(day, no - 1), self.says(day, no)
            for account in {
                *before.balances,
                *after.balances,
                *(u[0] for u in after.uses.values()),
            }:
                if account.holder in COUNTERS:
                    continue
                more = sum(after.used(account)) > sum(before.used(account))
                worse = after.vacant(account) < min(0, before.vacant(account))
                if worse and (more or after.used(account)[1]):
                    found.append((day, account))
        return found

    def outside_life(self, known: int) -> list[tuple[int, str, object]]:
        """Whatever lies in or points at a unit before it was set up or from its end on."""
        lives = self._lives(known)
        found: list[tuple[int, str, object]] = []
        for day in self.days(known):
            said = self.says(day, known)
            for key, (born, ended) in lives.items():
                if born <= day < ended:
                    continue
                found += [(day, key, at) for at in said.balances if at.holder == key]
                found += [(day, key, use) for use in said.uses.values() if use[0].holder == key]
                found += [
                    (day, key, where)
                    for where, value in said.facts.items()
                    if where[1] in REFERENCES and value == key
                    if where[0] not in lives or lives[where[0]][1] > day
                ]
        for _, rows in self.live(known):
            found += [
                (fact.day, fact.subject, fact.field)
                for fact in rows.facts
                if fact.subject in lives
                if not lives[fact.subject][0] <= fact.day <= lives[fact.subject][1]
            ]
        return found

    def _lives(self, known: int) -> dict[str, tuple[int, int]]:
        """(first day, day of the end) of every unit ever named."""
        units = {
            subject.key
            for rows in self.changes[:known]
            for subject in rows.subjects
            if subject.cls in ("org", "section", "pool")
        }
        lives = {key: [2**40, 2**41] for key in units}
        for day in self.days(known):
            said = self.says(day, known)
            for key in units:
                status = said.facts.get((key, "status"))
                if status is not None:
                    lives[key][0] = min(lives[key][0], day)
                if status in ENDED:
                    lives[key][1] = min(lives[key][1], day)
        return {key: (born, ended) for key, (born, ended) in lives.items()}

    def in_circles(self, known: int) -> list[tuple[int, str]]:
        """Units above themselves on a day."""
        found = []
        for day in self.days(known):
            facts = self.says(day, known).facts
            for key in {subject for subject, field in facts if field == "parent"}:
                above, steps = facts.get((key, "parent")), 0
                while above is not None and above != key and steps < 99:
                    above, steps = facts.get((above, "parent")), steps + 1
                if above == key:
                    found.append((day, key))
        return found
