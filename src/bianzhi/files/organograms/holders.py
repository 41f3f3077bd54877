"""Holders: what the register should hold on the day of a return.

The body is an org. Its units, its senior posts and its groups of junior posts are sections: a
post or group lies in its unit (``parent``), reports to a senior post (``supervisor``), is named
after its job and holds its FTE as a balance whose kind is its grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bianzhi.files.organograms import keys
from bianzhi.files.organograms.notes import Read, body_note, note_of, read_common
from bianzhi.files.organograms.reporting import depth, in_loops, reporting_lines
from bianzhi.files.organograms.rows import (
    JUNIOR_FILE,
    SENIOR_FILE,
    TOP,
    JuniorPosts,
    Row,
    SeniorPost,
    Snapshot,
    posted_fte,
)

UNNAMED = "（未写名称）"


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder as a return wants it; ``source`` is the row it comes from."""

    key: str
    name: str
    parent: str | None = None
    supervisor: str | None = None
    short_name: str = ""
    note: str = ""
    kind: str = ""
    amount: Decimal = Decimal(0)
    duty: str = ""
    source: str = field(default="", compare=False)


def grade_names(snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """Quota kind -> grade, in the first spelling met, over all returns."""
    names: dict[str, str] = {}
    for snapshot in snapshots:
        for senior in snapshot.seniors:
            names.setdefault(keys.senior_kind(senior.grade), senior.grade.strip() or UNNAMED)
        for junior in snapshot.juniors:
            names.setdefault(keys.junior_kind(junior.grade), junior.grade.strip() or UNNAMED)
    return names


def holders_of(snapshot: Snapshot, grades: Mapping[str, str]) -> list[Holder]:
    """The body, its units, its senior posts from the top down, its junior posts."""
    return _Reading(snapshot, grades).holders()


class _Reading:
    """One return being read; rows of one reference or one group are told apart by number."""

    def __init__(self, snapshot: Snapshot, grades: Mapping[str, str]) -> None:
        self.snapshot, self.grades, self.body = snapshot, grades, snapshot.body
        self.org = keys.body_key(self.body)
        self.numbering = keys.Numbering()
        self.read_body: Read = {
            "organisation": snapshot.rows[0].organisation.strip() or self.body,
            "department": snapshot.rows[0].department.strip(),
        }
        self.units: dict[str, Holder] = {}
        for row in snapshot.rows:
            key = keys.unit_key(self.body, row.unit)
            self.units.setdefault(key, self._unit(key, row))
        self.lines = reporting_lines(snapshot.seniors)
        self.loops = in_loops(self.lines)
        self.posts: dict[str, str] = {}  # reference -> key of its first row

    def holders(self) -> list[Holder]:
        """Everything the return wants, each after what it lies in and reports to."""
        keyed = []
        for row in self.snapshot.seniors:
            key = self.numbering.distinct(keys.post_key(self.body, row.ref))
            self.posts.setdefault(row.ref, key)
            keyed.append((key, row))
        keyed.sort(key=lambda item: self._level(item[1]))
        seniors = [self._senior(key, row) for key, row in keyed]
        juniors = [self._junior(row) for row in self.snapshot.juniors]
        return [self._org(), *self.units.values(), *seniors, *juniors]

    def _level(self, row: SeniorPost) -> int:
        # Top down, so that a line never passes through a post still waiting to be moved.
        if row.ref in self.loops or row.reports_to not in self.lines:
            return 0
        return 1 + depth(row.reports_to, self.lines)

    def _org(self) -> Holder:
        return Holder(
            self.org,
            self.read_body["organisation"],
            note=body_note(self.read_body["department"]),
            source=_place(self.snapshot.rows[0]),
        )

    def _unit(self, key: str, row: Row) -> Holder:
        return Holder(key, row.unit.strip() or UNNAMED, self.org, source=_place(row))

    def _senior(self, key: str, row: SeniorPost) -> Holder:
        # A line that runs in a circle cannot be a line of supervision: the note keeps the word.
        boss = None if row.ref in self.loops else self.posts.get(row.reports_to)
        own: Read = {
            "ref": row.ref.strip(),
            "function": row.function.strip(),
            "reports_to": row.reports_to.strip() if boss else TOP,
        }
        return self._holder(key, row, keys.senior_kind(row.grade), boss, own)

    def _junior(self, row: JuniorPosts) -> Holder:
        key = keys.group_key(self.body, row.senior, row.grade, row.title)
        boss = self.posts.get(row.senior)
        own: Read = {"senior": row.senior.strip() if boss else ""}
        kind = keys.junior_kind(row.grade)
        return self._holder(self.numbering.distinct(key), row, kind, boss, own)

    def _holder(self, key: str, row: Row, kind: str, boss: str | None, own: Read) -> Holder:
        unit = self.units[keys.unit_key(self.body, row.unit)]
        name, amount = row.title.strip() or UNNAMED, posted_fte(row.fte)
        common = read_common(
            title=name, unit=unit.name, grade=self.grades[kind], amount=amount, body=self.read_body
        )
        return Holder(
            key,
            name,
            parent=unit.key,
            supervisor=boss,
            short_name=own.get("ref", ""),
            note=note_of(row, {**common, **own}),
            kind=kind,
            amount=amount,
            duty=own.get("function", ""),
            source=_place(row),
        )


def _place(row: Row) -> str:
    name = SENIOR_FILE if isinstance(row, SeniorPost) else JUNIOR_FILE
    return f"{name}!{row.line}"
