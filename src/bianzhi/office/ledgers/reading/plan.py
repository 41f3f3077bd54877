"""三定核对: the numbers of a unit's newest 三定, clause by clause, beside the ledger's of a day.

Nothing is taken as true: both texts and both numbers stand side by side, and a person judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import Q

from bianzhi.core.days import day_date
from bianzhi.core.state import State
from bianzhi.files.intake.phrases import Fact
from bianzhi.files.word import Paper, read_paper
from bianzhi.files.word.paper import PLAN
from bianzhi.files.word.reading import Text
from bianzhi.office.desk.words import Words
from bianzhi.office.papers.models import KeptText

SAME, DIFFERS, CANNOT = "一致", "不一致", "无法比较"
SECTIONS, LEADERS, POSTS = "sections", "leaders", "posts"
LOWEST = "7"  # a unit of this rank (股级) has its leaders where a section has its own
Row = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """A number of a clause beside the ledger's.

    Attributes:
        place, words: The clause and its text.
        title: What is counted, as the ledger names it.
        said: The paper's number.
        held: The ledger's, None where there is nothing to compare with.
        told: What the ledger has, a line an account: label, number, address of its grounds.
        verdict: One of 一致, 不一致, 无法比较.
        why: Why it cannot be compared, or what differs where names do.
    """

    place: str
    words: str
    title: str
    said: Decimal
    verdict: str
    held: Decimal | None = None
    told: tuple[Row, ...] = ()
    why: str = ""


def names_of(state: State, key: str) -> list[str]:
    """All names a unit has borne, as far as the state knows."""
    at = state.columns.frame("subjects")["key"].index_of(key)
    facts = state.columns.frame("facts")
    if at is None:
        return []
    own = (
        (pl.col("subject") == at + 1) & (pl.col("field") == "name") & (pl.col("no") <= state.known)
    )
    return sorted(set(facts.filter(own)["value"].drop_nulls()))


def newest(names: Sequence[str], on: int) -> tuple[KeptText, Paper] | None:
    """The newest 三定 of a unit among the texts kept, of those that held on a day."""
    titled = Q(pk__in=[])
    for name in names:
        titled |= Q(title__contains=name)
    found = []
    for kept in KeptText.objects.filter(titled):
        paper = read_paper(Text(kept.name, tuple(kept.text.splitlines())))
        if paper.kind == PLAN and paper.subject in names and _day(paper) <= day_date(on):
            found.append((_day(paper), kept, paper))
    return max(found, key=lambda each: (each[0], each[1].name))[1:] if found else None


def _day(paper: Paper) -> date:
    return paper.effective_on or paper.doc_date or date.min


class Comparing:
    """Compares a paper with the ledger.

    Args:
        words: The state of the day, with its words.
        key: The unit.
    """

    def __init__(self, words: Words, key: str) -> None:
        self.words, self.state, self.key = words, words.state, key
        units = self.state.orgs.filter(pl.col("key") == key)
        self.rank = str(units["rank"][0] or "") if units.height else ""
        sections = self.state.things("section").filter(pl.col("parent") == key)
        self.sections = dict(sections.select("key", "name").iter_rows())
        held = self.state.accounts.filter(pl.col("approved") != 0)
        self.own = held.filter(pl.col("holder") == key)
        self.all = held.filter(pl.col("holder").is_in([key, *self.sections]))

    def lines(self, paper: Paper) -> Iterator[Compared]:
        """Every number of the paper, in its order."""
        for clause in paper.clauses:
            facts = [each.fact for each in paper.proposals if each.clause == clause]
            place = clause.label or f"第 {clause.line + 1} 段"
            for at, fact in enumerate(facts):
                yield self._line(place, clause.text, facts, at, fact, paper)

    def _line(
        self, place: str, words: str, facts: list[Fact], at: int, fact: Fact, paper: Paper
    ) -> Compared:
        if fact.figure != "approved":
            why = "不是核定数（划转、预留等），台账逐笔记在文件里"
            return Compared(place, words, fact.phrase, Decimal(fact.n), CANNOT, why=why)
        if fact.what == SECTIONS:
            return self._sections(place, words, fact, paper)
        kind = self._kind(fact, facts[:at])
        if not kind:
            why = "文件没有写明是哪一种编制，台账里又不止一种"
            return Compared(place, words, fact.phrase, Decimal(fact.n), CANNOT, why=why)
        said = Decimal(fact.n) - self._parts(kind, fact, facts[at + 1 :])
        accounts = self._accounts(kind, fact.funding)
        held = sum(accounts["approved"].to_list(), Decimal(0))
        form = f"（{self.words.funding(fact.funding)}）" if fact.funding else ""
        return Compared(
            place, words, f"{self.words.kind(kind)}{form}", said,
            SAME if held == said else DIFFERS, held, tuple(map(self._told, accounts.to_dicts())),
        )  # fmt: skip

    # -- which number ------------------------------------------------------------------------

    def _kind(self, fact: Fact, earlier: list[Fact]) -> str:
        """The kind the words mean in this unit; a part without one is of its whole's kind."""
        kind = fact.kind.partition("@")[0]
        if fact.what == LEADERS:
            lowest = kind.startswith("LN") and self.rank.startswith(LOWEST)
            return kind.replace("LN", "LD") if lowest else kind
        if not kind and fact.part:
            wholes = [each.kind for each in earlier if each.what == POSTS and not each.part]
            kind = wholes[-1] if wholes else ""
        have = {each for each in self.own["kind"] if not self.words.is_leadership(each)}
        if not kind:
            return have.pop() if len(have) == 1 else ""
        if kind == "XZ" and "XZ" not in have and "XXZ" in have:
            return "XXZ"  # a town's organs: 行政编制 means those of 乡镇
        return kind

    def _parts(self, kind: str, fact: Fact, later: list[Fact]) -> Decimal:
        """Parts of another kind taken out of the whole: 15名（含周转3名） is 12 and 3."""
        n = 0
        for each in later:
            if not each.part or fact.part or fact.what != POSTS:
                break
            if each.kind and not each.funding and each.kind not in self.state.kinds_under(kind):
                n += each.n
        return Decimal(n)

    # -- the ledger's ------------------------------------------------------------------------

    def _accounts(self, kind: str, funding: str) -> pl.DataFrame:
        """The accounts of a kind and all under it; leaders of sections are the sections' own."""
        within = self.all if kind.startswith("LN") else self.own
        base = pl.col("kind").str.split("@").list.first()
        found = within.filter(base.is_in(self.state.kinds_under(kind)))
        return found.filter(pl.col("funding") == funding) if funding else found

    def _told(self, row: Row) -> Row:
        form = f"（{self.words.funding(row['funding'])}）" if row["funding"] else ""
        whose = "" if row["holder"] == self.key else self.words.name(row["holder"])
        where = {name: row[name] for name in ("holder", "kind", "funding")}
        label = f"{whose}{self.words.kind(row['kind'])}{form}"
        return {"label": label, "n": row["approved"], "where": where}

    def _sections(self, place: str, words: str, fact: Fact, paper: Paper) -> Compared:
        """The number of sections, and their names where the paper lists as many as it says."""
        have, named = set(self.sections.values()), [name for name, _ in paper.sections]
        lines = tuple({"label": name, "n": None, "where": {}} for name in sorted(have))
        known = len(named) == fact.n
        same = set(named) == have if known else len(have) == fact.n
        lacking = [f"台账没有{name}" for name in named if known and name not in have]
        more = [f"文件没有{name}" for name in sorted(have) if known and name not in named]
        return Compared(
            place, words, "内设机构", Decimal(fact.n), SAME if same else DIFFERS,
            Decimal(len(have)), lines, "；".join((*lacking, *more)),
        )  # fmt: skip
