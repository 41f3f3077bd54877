"""Confirmed numbers of papers as changes: 核对 where the ledger has one, opening where it has not.

A clause is one change under its paper, so what was confirmed once is never entered twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.changes import OPENING, REGULAR, Draft
from bianzhi.core.days import day_text
from bianzhi.core.exchange import act_entry
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan.bench import act
from bianzhi.office.intake.plan.differences import LATER, PAPER, Difference
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.standing import funding_of
from bianzhi.office.intake.plan.stating import Stated
from bianzhi.office.intake.wording import DIFFERS, LACKING, SAME, SECTIONS, quoted

KIND = "文件"


class Adjusting:
    """What becomes of numbers stated by papers.

    Args:
        current: The units and sections as they are.
        confirmed: Keys of the numbers a person confirmed.
        decisions: Answers to differences by their keys.
    """

    def __init__(
        self, current: Current, confirmed: Collection[str], decisions: Mapping[str, str]
    ) -> None:
        self.current, self.confirmed, self.decisions = current, confirmed, decisions
        self.bench = current.bench

    def differences(self, stated: Iterable[Stated]) -> Iterator[Difference]:
        """A line for each number that is not the ledger's, with both texts."""
        for each in stated:
            if each.verdict != DIFFERS or each.held is None:
                continue
            acts = tuple(act_entry(made) for made in self._fix(each))
            yield Difference(
                each.key, KIND, each.unit, each.unit_name, each.title,
                quantity_text(each.held), quoted(each.held_origin, each.held_words),
                quantity_text(each.number.n), quoted(_origin(each), each.number.phrase),
                "文件之后的变动补记在了前面，或沿革登记时写错；请对照原文",
                LATER, acts, (PAPER, LATER) if acts else (LATER,),
            )  # fmt: skip

    def drafts(self, stated: Iterable[Stated]) -> Iterator[Draft]:
        """One change a clause of which something was confirmed."""
        clauses: dict[tuple[str, str], list[Stated]] = {}
        for each in stated:
            if each.key in self.confirmed or self.decisions.get(each.key) == PAPER:
                clauses.setdefault((each.written.file, each.number.place), []).append(each)
        for (_, place), numbers in clauses.items():
            acts = [made for each in numbers for made in self._acts(each)]
            if acts:
                opening = any(each.verdict == LACKING for each in numbers)
                paper = replace(numbers[0].written.document, clause=place)
                yield Draft(
                    acts, paper, OPENING if opening else REGULAR, self.bench.by,
                    "文件中的数，经人核对" if not opening else "期初：按文件补入",
                    _origin(numbers[0]),
                )  # fmt: skip

    def _acts(self, each: Stated) -> list[Act]:
        if each.verdict == LACKING:
            return self._sections(each) if each.number.what == SECTIONS else self._fix(each)
        if each.verdict == DIFFERS and self.decisions.get(each.key) == PAPER:
            return self._fix(each)
        if each.verdict in (SAME, DIFFERS) and each.scope:
            return [self._check(each)]
        return []

    def _check(self, each: Stated) -> Act:
        return act(
            "核对", _origin(each), org=each.unit, kind=each.number.kind.partition("@")[0],
            n=each.number.n, funding=each.number.funding or None, scope=each.scope, on=_on(each),
        )  # fmt: skip

    def _fix(self, each: Stated) -> list[Act]:
        """核定 of the one account that makes the total the paper's; none where none can."""
        if each.number.what == SECTIONS or each.day is None:
            return []
        account, have = self._main(each)
        n = each.number.n - ((each.held or 0) - have)
        if n < 0 or account.holder != each.unit:
            return []
        return [
            act(
                "核定", _origin(each), org=each.unit, kind=account.kind, n=n,
                funding=account.funding or None, on=_on(each),
            )
        ]  # fmt: skip

    def _main(self, each: Stated) -> tuple[Account, int]:
        """The largest account of the number, or a new one."""
        if each.accounts:
            return max(each.accounts, key=lambda one: one[1])
        form = self.bench.fact(each.unit, "funding_form", each.day or 0) or "full"
        kind = each.number.kind
        funding = each.number.funding or funding_of(kind, form)
        if kind in ("LD", "LN"):
            kind = f"{kind}1"
        return Account(each.unit, kind, funding), 0

    def _sections(self, each: Stated) -> list[Act]:
        return [
            act(
                "设立", _origin(each), org=self.current.add_section(each.unit, name),
                class_="section", name=name, parent=each.unit, on=_on(each),
            )
            for name in each.number.names
            if self.current.section(each.unit, name) is None
        ]  # fmt: skip


def _origin(each: Stated) -> str:
    return f"{each.written.file}!{each.number.place}"


def _on(each: Stated) -> str:
    return day_text(each.day or 0)
