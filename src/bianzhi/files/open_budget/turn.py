"""The first day of a year: organisations change, and last year's posts are handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bianzhi.files.open_budget import exchange
from bianzhi.files.open_budget.balances import Balances
from bianzhi.files.open_budget.exchange import Fields, act, number
from bianzhi.files.open_budget.orgs import ROOT, ROOT_NAME, Orgs, parent
from bianzhi.files.open_budget.rows import POSTS, TEMP
from bianzhi.files.open_budget.successors import Successions
from bianzhi.files.open_budget.years import Year

KINDS = {POSTS: 'שיא כ"א 年度编制', TEMP: 'עב"צ 临时用工'}


def law(year: Year, clause: str) -> Fields:
    """The budget law of a year as a document; it is carried out in several clauses.

    The files do not say when it was passed, only the year it is for.
    """
    return exchange.document(
        title=f"{year.year} 年国家预算法",
        doc_no=f"{year.year}/预算法",
        day=date(year.year, 1, 1),
        clause=clause,
        digest=year.digests[year.path.name],
    )


def first_orgs(year: Year, orgs: Orgs) -> Iterator[str]:
    """Codes and organisations of the first year."""
    yield exchange.change(law(year, "机构"))
    for kind, name in KINDS.items():
        yield act("设码", "预算行的两栏数字", tree="quota_kind", code=kind, name=name)
    yield act("设立", "全部预算项目之上", org=ROOT, name=ROOT_NAME, **{"class": "org"})
    yield from _set_up(year, orgs)


@dataclass(frozen=True)
class Turn:
    """From one year into the next."""

    year: Year
    orgs: Orgs
    names: dict[str, str]  # last name of every code so far
    successions: Successions

    @property
    def merging(self) -> dict[str, list[str]]:
        """Ended programmes by the living one that carries them on."""
        into = defaultdict(list)
        for old in sorted(self.orgs.ended(self.year.year)):
            new = self.successions.into.get(old, "")
            if self.orgs.lives(new, self.year.year):
                into[new].append(old)
        return dict(sorted(into.items()))

    def lines(self, balances: Balances) -> Iterator[str]:
        """Its two changes: organisations, then last year's posts."""
        renewed = exchange.change(law(self.year, "机构"), note=self._note())
        yield from exchange.whole(renewed, self._renewed(balances))
        expired = exchange.change(law(self.year, "结转"), note="年度编制到期，余额交回上级")
        yield from exchange.whole(expired, self._expired(balances))

    def _renewed(self, balances: Balances) -> Iterator[str]:
        yield from _set_up(self.year, self.orgs)
        yield from self._renamed()
        for into, sources in self.merging.items():
            balances.merge(sources, into)
            place = f"{self.successions.file}：{into}"
            yield act("合并", place, sources=sources, into=into)

    def _expired(self, balances: Balances) -> Iterator[str]:
        yield from self._handed_in(balances)
        yield from self._closed()

    def _note(self) -> str:
        damaged, split = self.successions.damaged, self.successions.split
        notes = [f"继任代码表中读不出的旧代码：{'、'.join(damaged)}"] if damaged else []
        notes += [f"{old} 分入 {'、'.join(new)}，去向不明" for old, new in sorted(split.items())]
        return "；".join(notes)

    def _renamed(self) -> Iterator[str]:
        for code, (name, place) in sorted(self.year.names.items()):
            if self.names.get(code, name) != name:
                yield act("更名", place, org=code, name=name)

    def _handed_in(self, balances: Balances) -> Iterator[str]:
        for holder, kind, n in balances.held():
            balances.add(holder, kind, -n)
            place = f"{self.year.year - 1} 年末余额"
            yield act("收回", place, org=holder, kind=kind, n=number(n))

    def _closed(self) -> Iterator[str]:
        carried_on = {old for sources in self.merging.values() for old in sources}
        for code in self.orgs.ended(self.year.year):
            if code not in carried_on:
                place = f"{self.year.path.name} 及以后各年未列"
                if new := self.successions.into.get(code):
                    place += f"；{self.successions.file} 记其继任为 {new}，该年亦未列"
                yield act("撤销", place, org=code)


def _set_up(year: Year, orgs: Orgs) -> Iterator[str]:
    for code in orgs.started(year.year):
        name, place = year.names[code]
        yield act("设立", place, org=code, name=name, **{"class": "org"}, parent=parent(code))
