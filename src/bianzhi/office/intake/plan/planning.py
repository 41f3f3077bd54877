"""A plan: everything a delivery would post, the differences to settle, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from bianzhi.core.acts import Act
from bianzhi.core.changes import OPENING, Draft
from bianzhi.core.columns import Columns
from bianzhi.core.exchange import read_act
from bianzhi.core.source import Source
from bianzhi.office.intake.plan import ceilings, inside, people
from bianzhi.office.intake.plan.adjusting import Adjusting
from bianzhi.office.intake.plan.bench import Bench
from bianzhi.office.intake.plan.comparing import Comparing
from bianzhi.office.intake.plan.differences import ANSWERS, POSTS, Difference, chosen
from bianzhi.office.intake.plan.history import Replay
from bianzhi.office.intake.plan.keys import Keys
from bianzhi.office.intake.plan.names import common_area, known_names
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.papers import papers
from bianzhi.office.intake.plan.people import PersonKey, Roster
from bianzhi.office.intake.plan.questions import denied, questions
from bianzhi.office.intake.plan.remarks import Remarks
from bianzhi.office.intake.plan.rows import DOCUMENTS, HISTORY, LEDGER, Finding, Given, Row, Said
from bianzhi.office.intake.plan.stating import Stated, Stating

Step = Callable[[str], object]
MOST_DROPPED = 40  # acts of one change that may be left out before it is left out whole


@dataclass(frozen=True)
class Plan:
    """What would be posted.

    Attributes:
        drafts: In order; every one was made on a book, so it can be posted as it is.
        differences: What disagrees, with proposals.
        findings: What planning found, each with its cell.
        stated: The numbers of papers beside the ledger's.
        roster: The people, for their personal files.
        columns: The record as it would be afterwards.
    """

    drafts: Sequence[Draft]
    differences: Sequence[Difference]
    findings: Sequence[Finding]
    roster: Roster
    columns: Columns
    stated: Sequence[Stated] = ()


@dataclass(frozen=True)
class Basis:
    """The record a plan stands on, and who plans.

    Attributes:
        source, columns: The record.
        person_key: Gives the permanent key for an ID number, hiding it.
        by: Who posts.
    """

    source: Source
    columns: Columns
    person_key: PersonKey
    by: str = ""


def plan(
    given: Given, decisions: Mapping[str, str], basis: Basis, step: Step = lambda words: None
) -> Plan:
    """Plan a delivery.

    Args:
        given: Its rows.
        decisions: Answers to differences by their keys; those left open post nothing.
        basis: The record it comes into.
        step: Told in words what is being done.
    """
    return _Planning(given, decisions, basis, step).run()


class _Planning:
    def __init__(
        self, given: Given, decisions: Mapping[str, str], basis: Basis, step: Step
    ) -> None:
        self.given, self.decisions, self.basis, self.step = given, decisions, basis, step
        self.said = Said()
        self.bench = Bench(basis.source, basis.columns, basis.by)

    def run(self) -> Plan:
        names = known_names(self.basis.columns, self.basis.columns.head)
        denied(self.decisions, names)
        names.area = common_area([row.text("name") for row in self._named()])
        keys = Keys(self.basis.columns.frame("subjects")["key"])
        replay = Replay(self.bench, names, keys, self.said)
        self.step("按沿革逐份文件重演")
        replay.run(papers(self.given.of(HISTORY), self.given.of(DOCUMENTS), self.said))
        current = Current(self.bench, names, keys, self.given, self.said)
        current.identify()
        remarks = Remarks(current, self.given.adopted, self.said)
        remarks.read()
        self._open("期初：机构和编制", current.establish())
        self._open("期初：备注中写明的编制", remarks.splits())
        self.step("逐单位比对")
        roster = people.count(current, self.basis.person_key, self.said)
        differences = Comparing(current, replay, roster).all()
        self._settle(differences)
        self._rest(current, roster)
        differences += questions(self.said, self.decisions)
        stated = self._papers(current, replay, differences)
        self.step("核对控制数")
        for draft in ceilings.drafts(current, self.said, self.basis.by):
            self._lenient(draft)
        after = self.bench.after()
        return Plan(self.bench.drafts, differences, self.said.findings, roster, after, stated)

    def _papers(
        self, current: Current, replay: Replay, differences: list[Difference]
    ) -> list[Stated]:
        """The numbers of papers, compared with the record as it is by now."""
        if not self.given.papers:
            return []
        self.step("核对文件中的数")
        stated = Stating(current, replay).all(self.given.papers)
        adjusting = Adjusting(current, self.given.confirmed, self.decisions)
        differences += adjusting.differences(stated)
        for draft in list(adjusting.drafts(stated)):
            self._lenient(draft)
        return stated

    def _named(self) -> list[Row]:
        return [*(self.given.of(LEDGER) or self.given.of(HISTORY))]

    def _settle(self, differences: Sequence[Difference]) -> None:
        for kind, lines in chosen(differences, self.decisions).items():
            acts = [read_act(entry, each.right_origin) for each in lines for entry in each.acts]
            title = "、".join(said for code, said in ANSWERS.items() if POSTS.get(code) == kind)
            self._lenient(Draft(acts, None, kind, self.basis.by, f"差异清单：{title}"))

    def _rest(self, current: Current, roster: Roster) -> None:
        self._open("期初：内设机构", inside.sections(current))
        self._open("期初：职责", inside.duties(current))
        self.step("人员上编")
        self._open("期初：人员", people.placements(current, roster))
        self._open("期初：待上编和预留", inside.spoken_for(current, self.said))

    def _open(self, note: str, acts: Iterable[Act]) -> None:
        found = list(acts)
        if found:
            self._lenient(Draft(found, None, OPENING, self.basis.by, note))

    def _lenient(self, draft: Draft) -> None:
        """Add a draft without the acts that cannot be; each of them is told at its cell."""
        for _ in range(MOST_DROPPED):
            refusal = self.bench.add(draft)
            if refusal is None:
                return
            bad = {problem.place for problem in refusal.problems}
            kept = [each for each in draft.acts if each.place not in bad]
            for problem in refusal.problems:
                self.said.error("refused", problem.what, problem.do, problem.place or draft.note)
            if not kept or len(kept) == len(draft.acts):
                return
            draft = replace(draft, acts=kept)
        self.said.error("refused", f"“{draft.note}”问题太多，整份没有入账", "请先改正上列各行", "")


def totals(columns: Columns, day: int) -> dict[str, int]:
    """Posts by kind that units and pools hold on a day, in ten-thousandths."""
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    postings = columns.frame("postings").filter(pl.col("day") <= day)
    joined = (
        postings.group_by("account")
        .agg(pl.col("delta").sum())
        .join(
            accounts.with_columns(pl.col("account").cast(postings.schema["account"])), on="account"
        )
    )
    counters = ["上级", "核销", "置换"]
    kept = joined.filter(~pl.col("holder").is_in(counters)).with_columns(
        pl.col("kind").str.split("@").list.first()
    )
    by_kind = kept.group_by("kind").agg(pl.col("delta").sum())
    return {kind: n for kind, n in by_kind.iter_rows() if n}
