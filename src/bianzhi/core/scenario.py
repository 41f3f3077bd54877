"""Scenarios: a baseline with draft changes on top — the what-if that is later adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, Made, make, merged
from bianzhi.core.columns import Columns, Entry
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal
from bianzhi.core.source import Source
from bianzhi.core.state import State

PLAN = Document("（方案）")


@dataclass(frozen=True)
class Conflict:
    """A draft that no longer applies on a newer baseline, and why."""

    draft: Draft
    refusal: Refusal


@dataclass(frozen=True)
class Scenario:
    """Drafts, in order, on the record as known at change ``baseline``, effective from ``on``.

    A draft's own effective day comes first, ``on`` serves those that have none.
    """

    baseline: int
    on: int
    drafts: tuple[Draft, ...] = ()

    def draft(self, *drafts: Draft) -> Scenario:
        """The scenario with more drafts."""
        return replace(self, drafts=(*self.drafts, *drafts))

    def as_change(self, document: Document = PLAN, by: str = "") -> Draft:
        """All drafts as the one change they will be under the approving document."""
        on = self.on if document.effective_on is None else document.effective_on
        paper = replace(document, effective_on=on)
        return merged(self._dated(), paper, by)

    def _dated(self) -> Sequence[Draft]:
        base = replace(PLAN, effective_on=self.on)
        return [
            replace(draft, document=base) if draft.day is None else draft for draft in self.drafts
        ]

    def make(self, source: Source, document: Document = PLAN) -> Made:
        """The change as it would be posted on the baseline; nothing is written.

        Raises:
            Refusal: The drafts do not apply.
        """
        self._need_baseline(source)
        return make(Book(source), self.as_change(document))

    def preview(self, source: Source, columns: Columns, on: int | None = None) -> State:
        """The state as it would be on a day (default the scenario's) if this were adopted.

        Args:
            source: The record as known at the baseline.
            columns: The same record's columns; rows after the baseline are not seen.
            on: Day number.
        """
        made = self.make(source)
        entry = Entry(made.no, "", "", made.draft.kind, "", made.draft.document, made.rows)
        return State(columns.until(self.baseline).extended([entry]), self.on if on is None else on)

    def rebase(self, source: Source) -> tuple[Scenario, list[Conflict]]:
        """The scenario on a newer baseline, without the drafts that no longer apply there.

        Each of those is named with its reason; the rest stand on their own.
        """
        newer = replace(self, baseline=source.head, drafts=())
        conflicts = []
        for draft in self.drafts:
            longer = newer.draft(draft)
            try:
                longer.make(source)
            except Refusal as refusal:
                conflicts.append(Conflict(draft, refusal))
            else:
                newer = longer
        return newer, conflicts

    def _need_baseline(self, source: Source) -> None:
        if source.head != self.baseline:
            raise stale(self.baseline, source.head)


def stale(baseline: int, head: int) -> Refusal:
    """The refusal for drafts that were made on a record that has moved on."""
    return Refusal.of(
        "stale-baseline",
        f"方案以第 {baseline} 号变更为基础，台账已到第 {head} 号",
        "请先重算（rebase），看哪些草案受影响",
    )
