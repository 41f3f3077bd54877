"""History: each paper of the 沿革表 becomes one dated change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.changes import REGULAR, UNVERIFIED, Draft
from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.ledger import FOREVER
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan import words
from bianzhi.office.intake.plan.bench import Bench, act, changed
from bianzhi.office.intake.plan.keys import Keys
from bianzhi.office.intake.plan.names import Names
from bianzhi.office.intake.plan.papers import Paper
from bianzhi.office.intake.plan.refusals import Refused, tell
from bianzhi.office.intake.plan.rows import Row, Said
from bianzhi.office.intake.plan.standing import Standing, is_town

ENDING = re.compile(r"撤销|不再保留|注销|并入")
MAKING = re.compile(r"组建|设立|成立|新设|整合")
GIVING = re.compile(r"划出|划入|划转")
SUMS = ("total", "sum")
FIELDS = ("rank", "funding_form", "welfare_class", "civil_service_managed", "category", "nature")


def said_in(row: Row) -> str:
    """All the words of a row that tell what happened."""
    return "；".join(filter(None, map(row.text, ("event", "summary", "note"))))


def posts_in(row: Row, main: str) -> dict[str, int] | None:
    """The posts a row says the unit has from then on; None where it says nothing."""
    columns = {kind: n for kind, n in row.starting("approved_") if kind not in SUMS}
    if columns:
        return columns
    text = row.text("quota_text") or row.text("approved_total")
    return words.posts_of(text, main) if text else None


def posts_at(row: Row) -> str:
    """The cell the posts of a row come from."""
    named = next((name for name in row.values if name.startswith("approved_")), "quota_text")
    return row.at(named)


class Replay:
    """Makes the papers on the bench, one after another.

    Args:
        bench: Where drafts are made.
        names: Who bore which name when; grows with the history.
        keys: Gives keys to new units.
        said: Takes the findings.
    """

    def __init__(self, bench: Bench, names: Names, keys: Keys, said: Said) -> None:
        self.bench, self.names, self.keys, self.said = bench, names, keys, said
        self.told: dict[str, Row] = {}  # unit -> the last row about it
        self.rows: dict[str, list[tuple[int, Row]]] = defaultdict(list)  # unit -> (day, row)
        self.origins: dict[tuple[str, str], str] = {}  # (unit, figure) -> the cell it comes from
        self.first = FOREVER
        self.refused: list[Refused] = []
        self.waiting: dict[str, set[str]] = defaultdict(set)  # supervising body -> units under it

    def run(self, papers: list[Paper]) -> None:
        """All papers, in order of days."""
        self.first = min((paper.day for paper in papers), default=FOREVER)
        for paper in papers:
            key = paper.document.key if paper.document else None
            if key is not None and self.bench.book.posted_under(key) is not None:
                self._learn(paper)
                continue
            self._make(paper)
        tell(self.refused, self.said)

    def _make(self, paper: Paper) -> None:
        """One paper; a row of which no act can be built is told and left out, the rest goes on."""
        while paper.rows:
            attempt, before = _Paper(self, paper), len(self.said.findings)
            try:
                attempt.make()
            except Refusal as refusal:
                row = attempt.at
                del self.said.findings[before:]
                for problem in refusal.problems:
                    self.said.error(
                        "refused", f"{row.text('name') or '这一行'}没有入账：{problem.what}",
                        problem.do or "请核对这一行", row.origin,
                    )  # fmt: skip
                paper = replace(paper, rows=[each for each in paper.rows if each is not row])
            else:
                return

    def _learn(self, paper: Paper) -> None:
        """A paper that is in the record already."""
        for row in paper.rows:
            if (unit := self.names.exact(row.text("name"), paper.day)) is not None:
                self.told[unit] = row
                self.rows[unit].append((paper.day, row))

    def note(self, unit: str, row: Row, day: int) -> None:
        """Remember where a unit's figures come from."""
        self.told[unit] = row
        self.rows[unit].append((day, row))
        if posts_in(row, "SY") is not None:
            self.origins[unit, "posts"] = posts_at(row)
        if row.text("leadership_text"):
            self.origins[unit, "leaders"] = row.at("leadership_text")


class _Paper:
    """One paper on its way to a change."""

    def __init__(self, replay: Replay, paper: Paper) -> None:
        self.replay, self.paper, self.day = replay, paper, paper.day
        self.bench, self.names, self.said = replay.bench, replay.names, replay.said
        self.standing = Standing(replay.bench, paper.day)
        self.units: list[tuple[Row, str]] = []
        self.new: dict[str, dict[str, object]] = {}
        self.gone: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.acts: list[Act] = []
        self.at = paper.rows[0]  # the row being read

    def make(self) -> None:
        """Make the change, or say why not."""
        for row in self.paper.rows:
            self.at = row
            self._identify(row)
        self.acts += self._mergers()
        self.acts += self._transfers()
        for row, unit in self._each():
            if unit not in self.gone and not self._is_ending(row):
                self.acts += self._as_told(row, unit)
        self.acts += self._arrived()
        self.acts += self._endings()
        self.acts = self.acts or list(self._restated())
        if not self.acts:
            self._nothing()
            return
        refusal = self.bench.add(self._draft())
        if refusal is not None:
            self.replay.refused += [
                Refused(problem, self._label, problem.place or self.paper.rows[0].origin)
                for problem in refusal.problems
            ]
            return
        self._settled()

    def _each(self) -> Iterator[tuple[Row, str]]:
        """The rows with their units; the one at hand is kept, in case nothing can be built."""
        for row, unit in list(self.units):
            self.at = row
            yield row, unit

    @property
    def _label(self) -> str:
        return self.paper.document.label if self.paper.document else day_text(self.day)

    def _draft(self) -> Draft:
        place = self.paper.rows[0].origin
        if self.paper.document is not None:
            return Draft(self.acts, self.paper.document, REGULAR, self.bench.by, place=place)
        dated = [each if each.on is not None else replace(each, on=self.day) for each in self.acts]
        return Draft(dated, None, UNVERIFIED, self.bench.by, self.paper.note, place)

    def _restated(self) -> Iterator[Act]:
        """A paper that changes no number still states some: they are kept and compared for ever."""
        for row, unit in self._each():
            for account, n in self.standing.of(unit, leadership=False).items():
                if posts_in(row, account.kind) is not None:
                    yield act(
                        "核定", posts_at(row), org=unit, kind=account.kind, n=n,
                        funding=account.funding or None,
                    )  # fmt: skip

    def _nothing(self) -> None:
        if self.units:
            self.said.note(
                "no-change", f"{self._label}没有改变台账上的任何一项，未单独入账",
                self.paper.rows[0].origin,
            )  # fmt: skip

    def _settled(self) -> None:
        for unit in self.gone:
            self.names.end(unit, self.day)
        for unit, name in self.renamed.items():
            self.names.add(unit, name, self.day)
        for unit, fields in self.new.items():
            self.names.add(unit, str(fields["name"]), self.day)
        for row, unit in self.units:
            self.replay.note(unit, row, self.day)

    # -- who ---------------------------------------------------------------------------------

    def _identify(self, row: Row) -> None:
        name = row.text("name")
        unit = self.find(name)
        if unit is None and (old := self._old_name(row)):
            unit = self.find(old)
            if unit is not None:
                full = self.names.full(name)
                self.renamed[unit] = full
                self.acts.append(act("更名", row.at("name"), org=unit, name=full))
        if unit is None and name and not MAKING.search(said_in(row)):
            unit = self._near(name, row)
        if unit is None and name and (MAKING.search(said_in(row)) or not self._is_ending(row)):
            unit = self._establish(row)
        if unit is None:
            self.said.error(
                "unknown-unit", f"当时没有名为“{name}”的机构",
                "请核对名称，或在沿革表中补上它设立、更名的文件", row.at("name"),
            )  # fmt: skip
            return
        self.units.append((row, unit))

    def find(self, name: str) -> str | None:
        """The unit of a name on the day, those of this paper included."""
        wanted = self.names.full(name)
        for unit, fields in self.new.items():
            if wanted in (fields["name"], str(fields["name"]).removeprefix(self.names.area)):
                return unit
        for unit, new in self.renamed.items():
            if wanted == new:
                return unit
        return self.names.exact(name, self.day)

    def _old_name(self, row: Row) -> str:
        event = said_in(row)
        if "更名" not in event and not row.text("former_name"):
            return ""
        if MAKING.search(event) and "更名" not in event:
            return ""
        return row.text("former_name") or words.renamed_from(event)

    def _establish(self, row: Row) -> str:
        name = self.names.full(row.text("name"))
        unit = self.replay.keys.new()
        above = self.find(row.text("supervisor")) if row.text("supervisor") else None
        fields: dict[str, object] = {"name": name}
        if above and above != unit:
            fields["supervisor"] = above
        for field in FIELDS:
            if field in row.values and row.values[field].value not in (None, ""):
                fields[field] = row.values[field].value
        if not MAKING.search(said_in(row)):
            self.said.note(
                "first-seen", f"{name}的沿革从 {day_text(self.day)} 这份文件开始，此前情况不明",
                row.origin,
            )  # fmt: skip
        self.new[unit] = fields
        self.acts.append(act("设立", row.at("name"), org=unit, **fields))
        return unit

    # -- coming and going --------------------------------------------------------------------

    def _is_ending(self, row: Row) -> bool:
        event = row.text("event") or row.text("summary")
        return bool(ENDING.search(event)) and not MAKING.search(event)

    def _mergers(self) -> Iterator[Act]:
        for row, unit in self._each():
            event = said_in(row)
            if not MAKING.search(event) or self._is_ending(row):
                continue
            listed = self._listed(row) or words.came_from(event)
            yield from self._merge(self._found(listed, row), unit, row)
        for row, unit in self._each():
            if self._is_ending(row) and unit not in self.gone:
                into = self._found(self._listed(row) or words.went_to(said_in(row)), row)
                if len(into) == 1:
                    yield from self._merge([unit], into[0], row)

    @staticmethod
    def _listed(row: Row) -> list[str]:
        return words.names_in(row.text("into") or row.text("former_name"))

    def _found(self, listed: list[str], row: Row) -> list[str]:
        found = []
        for name in self._split(listed):
            if (unit := self._near(name, row)) is not None:
                if unit in found:
                    self.said.warning(
                        "partner-twice", f"“{name}”在这一行里写了两次，只算一次",
                        "请核对是否漏了另一家",
                        row.at("into") if row.text("into") else row.at("event"),
                    )  # fmt: skip
                    continue
                found.append(unit)
            elif len(name) > 2 and name not in ("有关单位", "相关单位"):
                self.said.warning(
                    "unknown-partner", f"“{name}”当时不在台账上，没有随这份文件并入",
                    "请核对名称，或补上它的沿革", row.at("event"),
                )  # fmt: skip
        return found

    def _split(self, listed: list[str]) -> Iterator[str]:
        for name in listed:
            pair = words.pairs_in(name) if self.find(name) is None else []
            yield from pair if pair and all(map(self.find, pair)) else [name]

    def _near(self, name: str, row: Row) -> str | None:
        """The unit of a name, or the only one its short form can mean."""
        unit = self.find(name)
        if unit is None:
            unit, _ = self.names.resolve(name, self.day)
            if unit is not None:
                full = self.bench.fact(unit, "name", self.day) or name
                self.said.guess(name, full, unit, row.at("name"))
        return unit

    def _merge(self, sources: list[str], into: str, row: Row) -> Iterator[Act]:
        going = [unit for unit in sources if unit not in self.gone and unit != into]
        going = [unit for unit in going if unit not in self.new]
        if not going or into in self.gone:
            return
        for unit in going:
            self.standing.carry(unit, into)
        self.gone |= set(going)
        yield act("合并", row.at("event"), sources=going, into=into)

    def _endings(self) -> Iterator[Act]:
        for row, unit in self._each():
            if self._is_ending(row) and unit not in self.gone:
                self.gone.add(unit)
                yield from self.standing.settle(unit, {}, "", row.origin, leadership=False)
                yield from self.standing.settle(unit, {}, "", row.origin, leadership=True)
                yield act("撤销", row.origin, org=unit)

    def _transfers(self) -> Iterator[Act]:
        """划入 and 划出 told in two rows of one paper: what the giver ends with says how many."""
        for row, unit in self._each():
            event = said_in(row)
            if not GIVING.search(event) or self._is_ending(row) or MAKING.search(event):
                continue
            others = [self.find(name) for name in words.went_to(event)]
            wanted = posts_in(row, self._main(unit))
            if "划出" not in event or wanted is None or len(others) != 1 or others[0] is None:
                continue
            wanted = self.standing.localised(unit, self._name(unit), wanted)
            for account, n in self.standing.of(unit, leadership=False).items():
                give = n - wanted.get(account.kind, 0)
                if give > 0:
                    yield from self.standing.transfer(
                        unit, others[0], account.kind, give, posts_at(row)
                    )

    # -- how it stands afterwards ------------------------------------------------------------

    def _as_told(self, row: Row, unit: str) -> Iterator[Act]:
        self._check_words(row)
        if unit not in self.new:
            yield from self._fields(row, unit)
        event = said_in(row)
        if (plate := words.nameplate_in(event)) and f'"{plate}"' not in (
            self.bench.fact(unit, "nameplates", self.day) or ""
        ):
            yield act("加挂", row.at("event"), org=unit, nameplate=plate)
        funding = self._funding(row, unit)
        wanted = posts_in(row, self._main(unit))
        if wanted is not None:
            wanted = self.standing.localised(unit, self._name(unit), wanted)
        else:
            wanted = _totals(self.standing.of(unit, leadership=False))
        yield from self.standing.settle(unit, wanted, funding, posts_at(row), False)
        leaders = words.leaders_of(row.text("leadership_text"))
        if leaders is not None:
            origin = row.at("leadership_text")
            yield from self.standing.settle(unit, leaders, "", origin, leadership=True)

    def _check_words(self, row: Row) -> None:
        """The row's columns against its own words: 调整后核定事业编制21名 beside 12."""
        _, stated, text = row.text("summary").rpartition("核定")
        told = words.posts_of(text) if stated else None
        columns = {kind: n for kind, n in row.starting("approved_") if kind not in SUMS}
        for kind, n in (told or {}).items():
            if kind in columns and columns[kind] != n:
                self.said.warning(
                    "words-differ",
                    f"{row.text('name')}：摘要写 {quantity_text(n)} 名，这一栏是 "
                    f"{quantity_text(columns[kind])} 名",
                    "已按这一栏入账，请核对原件",
                    row.at(f"approved_{kind}"),
                )

    def _fields(self, row: Row, unit: str) -> Iterator[Act]:
        told = {name: row.values[name].value for name in FIELDS if name in row.values}
        for field, value in changed(self.bench, unit, self.day, told).items():
            verb = {"rank": "定级", "funding_form": "转类", "welfare_class": "转类"}.get(field)
            if verb:
                yield act(verb, row.at(field), org=unit, **{field: value})
            else:
                yield act("变更", row.at(field), subject=unit, field=field, value=value)
        above = self._above(row, unit)
        if above and above not in (unit, self.bench.fact(unit, "supervisor", self.day)):
            yield act("改隶", row.at("supervisor"), org=unit, supervisor=above)

    def _above(self, row: Row, unit: str) -> str | None:
        """The supervising body a row names; one that is not there yet is waited for."""
        name = words.folded(row.text("supervisor"))
        found = self.find(name) if name else None
        if found is None and name and name != words.folded(row.text("name")):
            self.replay.waiting[name].add(unit)
        return found

    def _arrived(self) -> Iterator[Act]:
        """Units that were told to be under a body this paper sets up."""
        for unit, fields in list(self.new.items()):
            for below in sorted(self.replay.waiting.pop(str(fields["name"]), ())):
                told = self.bench.fact(below, "supervisor", self.day)
                if self.bench.exists(below, self.day) and below not in self.gone and told is None:
                    yield act("改隶", self.paper.rows[0].origin, org=below, supervisor=unit)

    def _funding(self, row: Row, unit: str) -> str:
        value = row.values.get("funding_form")
        if value is not None and value.value:
            return str(value.value)
        told = self.new.get(unit, {}).get("funding_form")
        return str(told or self.bench.fact(unit, "funding_form", self.day) or "full")

    def _name(self, unit: str) -> str:
        if unit in self.new:
            return str(self.new[unit]["name"])
        return self.renamed.get(unit) or self.bench.fact(unit, "name", self.day) or ""

    def _main(self, unit: str) -> str:
        """The kind meant by a bare number: the one the unit has most of."""
        have = _totals(self.standing.of(unit, leadership=False))
        if have:
            return max(have, key=lambda kind: have[kind])
        return "XXZ" if is_town(self._name(unit)) else "SY"


def _totals(accounts: dict[Account, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for account, n in accounts.items():
        found[account.kind] = found.get(account.kind, 0) + n
    return found
