"""What papers state: each number of a 三定 or 批复 beside what the ledger says of it that day.

Nothing is taken as true here. The person who confirms sees both numbers and both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bianzhi.core.assertions import below
from bianzhi.core.quantity import UNIT
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan.history import Replay, said_in
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.standing import local_kind
from bianzhi.office.intake.plan.written import Number, Written, whole
from bianzhi.office.intake.wording import (
    DIFFERS,
    ENTERED,
    LACKING,
    LEADERS,
    POSTS,
    SAME,
    SECTIONS,
    UNKNOWN,
    figure,
)

RECORD = "台账记录"
_OTHERS = re.compile(r"所属|下属|管理|划|的|整建制|、|和")  # after a unit that is only mentioned


@dataclass(frozen=True)
class Stated:
    """A number of a paper beside the ledger's.

    Attributes:
        key: The same for the same number of the same paper about the same unit.
        written, number: Whose it is; the number's kind as this unit has it.
        unit, unit_name: About whom; "" and the name as written where no unit fits.
        day: The day compared; the first on which the ledger holds such a number, from the paper's
            day on.
        held: The ledger's number, None where it holds none.
        held_origin, held_words: Where that comes from and what is said there.
        scope: The scope in which 核对 can keep it; "" where it cannot.
        accounts: The accounts it was counted from, with what they hold.
        verdict: One of ``wording.VERDICTS``.
    """

    key: str
    written: Written
    number: Number
    unit: str
    unit_name: str
    title: str
    verdict: str
    day: int | None = None
    held: int | None = None
    held_origin: str = RECORD
    held_words: str = ""
    scope: str = "unit"
    accounts: tuple[tuple[Account, int], ...] = ()


class Stating:
    """Compares papers with the record.

    Args:
        current: The units and sections, with the current table opened.
        replay: The history behind them.
    """

    def __init__(self, current: Current, replay: Replay) -> None:
        self.current, self.replay, self.bench = current, replay, current.bench

    def all(self, papers: Iterable[Written]) -> list[Stated]:
        """Every number of every paper, in order."""
        return [each for paper in papers for each in self._paper(paper)]

    def _paper(self, paper: Written) -> Iterator[Stated]:
        seen: set[str] = set()
        for number in whole(paper.numbers):
            stated = self._stated(paper, number)
            told = stated.key.partition("|")[2].split("|", 1)[1]
            if told not in seen:  # 一、核定…8名 and again 二、调整后…8名
                seen.add(told)
                yield stated

    def _stated(self, paper: Written, number: Number) -> Stated:
        day = paper.day
        name, unit = self._about(paper, number, day)
        if unit is not None and day is not None:
            number = self._own_kind(unit, number, day)
        title = figure(self.bench.kinds, number.what, number.kind, number.funding)
        stated = Stated(
            _key(paper, number, unit or ""), paper, number, unit or "", name, title, UNKNOWN
        )
        if unit is None or day is None or (number.what != SECTIONS and not number.kind):
            return stated
        clause = replace(paper.document, clause=number.place)
        if self.bench.book.posted_under(clause.key) is not None:
            return replace(stated, verdict=ENTERED)
        if number.what == SECTIONS:
            return self._sections(stated, day)
        return self._compared(stated, day)

    # -- about whom ----------------------------------------------------------------------------

    def _about(self, paper: Written, number: Number, day: int | None) -> tuple[str, str | None]:
        """(name, unit): the paper's unit, unless the clause gives the number to another one."""
        on = self.current.day if day is None else day
        unit, _ = self.current.names.resolve(paper.subject, on)
        if unit is None:
            ever = self.current.names.ever(paper.subject)
            unit = ever[0] if len(ever) == 1 else None
        before = number.words.partition(number.phrase)[0]
        if unit is None or paper.subject not in before:
            unit = self._named(before, on) or unit
        return (self._name(unit, on) if unit else "") or paper.subject, unit

    def _named(self, words: str, day: int) -> str | None:
        """The unit a text names last as the one it speaks of: not 为…所属, not 从…划转."""
        found = [
            (words.rfind(name) + len(name), len(name), name)
            for name in self.current.names.spans
            if len(name) > 3 and name in words
        ]
        for end, _, name in sorted(found, reverse=True):
            if not _OTHERS.match(words[end:]):
                return self.current.names.exact(name, day)
        return None

    def _name(self, unit: str, day: int) -> str:
        born, _ = self.bench.book.life(unit)
        return self.bench.fact(unit, "name", max(day, born or day)) or ""

    # -- which number --------------------------------------------------------------------------

    def _own_kind(self, unit: str, number: Number, day: int) -> Number:
        """The kind the words mean in this unit: 行政编制 of a town; 股级 leaders of a 股级 unit."""
        if number.what == LEADERS:
            base, _, rank = number.kind.partition("@")
            own = self.bench.fact(unit, "rank", self._from(unit, day)) or ""
            if base.startswith("LN") and own[:1] == "7":
                kind = base.replace("LN", "LD") + (f"@{rank}" if rank else "")
                return replace(number, kind=kind)
            return number
        if number.what != POSTS:
            return number
        have = {
            kind
            for kind in self.bench.by_kind([unit], self._from(unit, day))
            if not self.bench.is_leadership(kind)
        }
        if not number.kind:
            return replace(number, kind=have.pop()) if len(have) == 1 else number
        return replace(number, kind=local_kind(number.kind, self._name(unit, day), have))

    def _from(self, unit: str, day: int) -> int:
        born, _ = self.bench.book.life(unit)
        return max(day, born or day)

    # -- the ledger's --------------------------------------------------------------------------

    def _compared(self, stated: Stated, day: int) -> Stated:
        wide = stated.number.kind.partition("@")[0]
        inside = wide.startswith("LN")
        holders = [stated.unit, *(self.current.sections_of(stated.unit).values() if inside else ())]
        accounts = [
            account
            for holder in holders
            for account in sorted(self.bench.book.accounts(holder))
            if self.bench.kinds.covers(wide, account.kind)
            and stated.number.funding in ("", account.funding)
        ]
        on = self._held_from(accounts, self._from(stated.unit, day))
        if on is None:
            return replace(stated, verdict=LACKING, day=self._from(stated.unit, day))
        held = {each: self.bench.book.balance(each).on(on) for each in accounts}
        total = sum(held.values())
        origin, words = self._told(stated.unit, on)
        return replace(
            stated,
            verdict=SAME if total == stated.number.n else DIFFERS,
            day=on,
            held=total,
            held_origin=origin,
            held_words=words,
            scope=self._subtree(stated.unit, wide, on, total) if inside else "unit",
            accounts=tuple((each, n) for each, n in held.items() if n),
        )

    def _held_from(self, accounts: Sequence[Account], day: int) -> int | None:
        """The first day from ``day`` on with anything in the accounts."""
        days = {day} | {at for each in accounts for at in self.bench.book.balance(each).days}
        for on in sorted(at for at in days if at >= day):
            if any(self.bench.book.balance(each).on(on) for each in accounts):
                return on
        return None

    def _subtree(self, unit: str, kind: str, day: int, total: int) -> str:
        """Posts of sections are kept with all below the unit, if nothing else below has any."""
        book = self.bench.book
        found = sum(
            book.balance(account).on(day)
            for holder in below(book, unit, day)
            for account in book.accounts(holder)
            if self.bench.kinds.covers(kind, account.kind)
        )
        return "subtree" if found == total else ""

    def _told(self, unit: str, day: int) -> tuple[str, str]:
        """The row that last told of a unit up to a day, and its words."""
        rows = [row for on, row in self.replay.rows.get(unit, ()) if on <= day]
        if day >= self.current.day and unit in self.current.units:
            row = self.current.units[unit]
            return row.origin, ""
        return (rows[-1].origin, said_in(rows[-1])) if rows else (RECORD, "")

    def _sections(self, stated: Stated, day: int) -> Stated:
        names = set(self.current.sections_of(stated.unit))
        on = max(self._from(stated.unit, day), day)
        if not names:
            return replace(stated, verdict=LACKING, day=on, scope="")
        told = set(stated.number.names)
        same = names == told if told else len(names) * UNIT == stated.number.n
        return replace(
            stated, verdict=SAME if same else DIFFERS, day=on, held=len(names) * UNIT,
            held_words="、".join(sorted(names)), scope="",
        )  # fmt: skip


def _key(paper: Written, number: Number, unit: str) -> str:
    digest = paper.document.file_digest[:16]
    kind = number.kind.partition("@")[0] or number.what
    return f"文件{digest}|{number.place[:60]}|{unit}|{kind}|{number.funding}|{number.n}"
