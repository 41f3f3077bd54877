"""Comparing the record, history replayed, with the current tables: what becomes the 差异清单."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from bianzhi.core.days import day_text
from bianzhi.core.exchange import act_entry
from bianzhi.core.quantity import UNIT, quantity_text
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan.bench import act
from bianzhi.office.intake.plan.differences import (
    CORRECT,
    HISTORY,
    LATER,
    LEDGER,
    OPENING,
    UNVERIFIED,
    Difference,
)
from bianzhi.office.intake.plan.history import SUMS, Replay
from bianzhi.office.intake.plan.opening import LEADERS, Current
from bianzhi.office.intake.plan.people import Roster
from bianzhi.office.intake.plan.rows import SECTIONS, Row
from bianzhi.office.intake.plan.standing import funding_of, local_kind

CODES = {"rank": "机构规格", "funding_form": "经费形式", "welfare_class": "公益类别"}
RECORD = "台账记录"


class Comparing:
    """Compares one delivery.

    Args:
        current: The current table, its new units opened.
        replay: The history behind the record.
        roster: The people sheet, counted.
    """

    def __init__(self, current: Current, replay: Replay, roster: Roster) -> None:
        self.current, self.replay, self.roster = current, replay, roster
        self.bench, self.day = current.bench, current.day

    def all(self) -> list[Difference]:
        """Every disagreement."""
        found: list[Difference] = []
        for unit, row in self.current.units.items():
            found += self._posts(unit, row)
            found += self._leaders(unit, row)
            found += self._middle(unit, row)
            found += self._fields(unit, row)
            found += self._people(unit, row)
        return [*found, *self._unlisted()]

    def _name(self, unit: str) -> str:
        return self.bench.fact(unit, "name", self.day) or unit

    # -- posts ---------------------------------------------------------------------------------

    def _posts(self, unit: str, row: Row) -> Iterator[Difference]:
        have = {
            kind: n for kind, n in self._have(unit).items() if not self.bench.is_leadership(kind)
        }
        told: dict[str, tuple[int, str]] = {}
        for code, n in row.starting("approved_"):
            if code not in SUMS:
                kind = local_kind(code, self._name(unit), set(have))
                told[kind] = n + told.get(kind, (0, ""))[0], row.at(f"approved_{code}")
        if not told:
            return
        for kind in sorted(have.keys() | told.keys()):
            ours = have.get(kind, 0)
            theirs, origin = told.get(kind, (0, row.origin))
            if ours != theirs:
                yield self._post_line(
                    unit, kind, ours, theirs, origin, self._adds_up(row, theirs - ours)
                )

    @staticmethod
    def _adds_up(row: Row, over: int) -> bool:
        """Whether the row's own 空缺 comes out only with the number of the history."""
        vacant = row.number("vacant")
        if vacant is None:
            return False
        sums = {
            group: sum(n for kind, n in row.starting(f"{group}_") if kind not in SUMS)
            for group in ("approved", "actual", "pending", "reserved")
        }
        told = sums["approved"] - sums["actual"] - sums["pending"] - sums["reserved"]
        return told != vacant and told - over == vacant

    def _post_line(
        self, unit: str, kind: str, ours: int, theirs: int, origin: str, slip: bool
    ) -> Difference:
        known = (unit, "posts") in self.replay.origins
        title = self.bench.kinds.get(kind).name
        last = self.replay.told.get(unit)
        cause = (
            f"沿革止于{last.text('doc_no') or '无文号的一份'}，其后可能漏登，或表中数字有误"
            if last is not None and known
            else "沿革没有写明这一项的来历"
        )
        return Difference(
            f"{unit}|编制|{kind}", "编制", unit, self._name(unit), f"核定{title}",
            quantity_text(ours), self.replay.origins.get((unit, "posts"), RECORD),
            quantity_text(theirs), origin,
            "表中空缺编制按沿革的数才算得拢，这一格多半填错" if slip else cause,
            HISTORY if slip else UNVERIFIED if known else OPENING,
            self._move(unit, kind, ours, theirs, origin),
        )  # fmt: skip

    def _move(
        self, unit: str, kind: str, ours: int, theirs: int, origin: str
    ) -> tuple[dict[str, object], ...]:
        on = day_text(self.day)
        if theirs > ours:
            funding = self.bench.fact(unit, "funding_form", self.day) or "full"
            if self.bench.is_leadership(kind):  # where the post carries its rank, so does one more
                kind = next((each.kind for each, _ in self._accounts(unit, kind)), kind)
            made = act(
                "核增", origin, org=unit, kind=kind, n=theirs - ours, on=on,
                funding=funding_of(kind, funding) or None,
            )  # fmt: skip
            return (act_entry(made),)
        found, left = [], ours - theirs
        for account, n in self._accounts(unit, kind):
            if left <= 0:
                break
            take = min(left, n)
            left -= take
            made = act(
                "收回", origin, org=account.holder, kind=account.kind, n=take, on=on,
                funding=account.funding or None,
            )  # fmt: skip
            found.append(act_entry(made))
        return tuple(found)

    def _accounts(self, unit: str, kind: str) -> Iterator[tuple[Account, int]]:
        for holder in self.current.holders(unit):
            for account, n in self.bench.accounts(holder, self.day).items():
                if account.kind.partition("@")[0] == kind:
                    yield account, n

    def _have(self, unit: str) -> dict[str, int]:
        """A table's row tells of the unit with its sections: so is it compared."""
        return self.bench.by_kind(self.current.holders(unit), self.day)

    # -- leadership ----------------------------------------------------------------------------

    def _leaders(self, unit: str, row: Row) -> Iterator[Difference]:
        have = self._have(unit)
        sheet = self.current.leaders.get(unit)
        if sheet is not None:
            for word, kind in LEADERS.items():
                theirs = sheet.number(f"{word}_approved")
                ours = have.get(kind, 0)
                if (theirs is not None or word in ("chief", "deputy")) and ours != (theirs or 0):
                    yield self._leader_line(
                        unit, kind, ours, theirs or 0, sheet.at(f"{word}_approved")
                    )
        total = row.number("leaders_approved")
        ours = sum(n for kind, n in have.items() if kind.startswith("LD"))
        split = sheet.number("total_approved") if sheet is not None else None
        if total is not None and total != (ours if split is None else split):
            yield Difference(
                f"{unit}|领导职数|合计", "领导职数", unit, self._name(unit), "核定领导职数合计",
                quantity_text(ours if split is None else split),
                sheet.at("total_approved") if sheet is not None else RECORD,
                quantity_text(total), row.at("leaders_approved"),
                "领导职数情况表与一览表不一致" if sheet is not None else "沿革与一览表不一致",
                CORRECT if sheet is not None else LATER,
            )  # fmt: skip

    def _leader_line(self, unit: str, kind: str, ours: int, theirs: int, origin: str) -> Difference:
        known = (unit, "leaders") in self.replay.origins
        return Difference(
            f"{unit}|领导职数|{kind}", "领导职数", unit, self._name(unit),
            f"核定{self.bench.kinds.get(kind).name}", quantity_text(ours),
            self.replay.origins.get((unit, "leaders"), RECORD), quantity_text(theirs), origin,
            "沿革最后写明的职数与现表不同" if known else "沿革没有写明领导职数",
            UNVERIFIED if known else OPENING, self._move(unit, kind, ours, theirs, origin),
        )  # fmt: skip

    def _middle(self, unit: str, row: Row) -> Iterator[Difference]:
        """中层职数 of the main table against the sections of the unit, added up."""
        for word, title in (("chief", "正职"), ("deputy", "副职")):
            told = row.number(f"middle_{word}_approved")
            inside = self._sections.get(unit, [])
            total = sum(each.number(f"{word}_approved") or 0 for each in inside)
            if told is None or not inside or told == total:
                continue
            first, last = (each.at(f"{word}_approved") for each in (inside[0], inside[-1]))
            yield Difference(
                f"{unit}|中层职数|{word}", "中层职数", unit, self._name(unit), f"中层{title}核定",
                quantity_text(total), f"{first}—{last.rpartition('!')[2]}", quantity_text(told),
                row.at(f"middle_{word}_approved"), "内设机构表各行之和与一览表不一致，有一处填错",
                CORRECT,
            )  # fmt: skip

    @cached_property
    def _sections(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.current.given.of(SECTIONS):
            unit, _ = self.current.names.resolve(row.text("name"), self.day)
            if unit is not None:
                found.setdefault(unit, []).append(row)
        return found

    # -- fields --------------------------------------------------------------------------------

    def _fields(self, unit: str, row: Row) -> Iterator[Difference]:
        for name, title in CODES.items():
            value = row.text(name)
            ours = self.bench.fact(unit, name, self.day)
            if value and ours is not None and value != ours:
                tree = self.bench.book.tree({"rank": "org_rank"}.get(name, name))
                shown = [found.name if (found := tree.find(v)) else v for v in (ours, value)]
                verb = "定级" if name == "rank" else "转类"
                made = act(verb, row.at(name), org=unit, on=day_text(self.day), **{name: value})
                yield self._field_line(
                    unit, title, shown[0], shown[1], row.at(name), act_entry(made)
                )
        above = self.current.above(unit, row)
        ours = self.bench.fact(unit, "supervisor", self.day)
        if above and ours and above != ours:
            made = act(
                "改隶", row.at("supervisor"), org=unit, supervisor=above, on=day_text(self.day)
            )
            yield self._field_line(
                unit, "主管部门", self._name(ours), self._name(above), row.at("supervisor"),
                act_entry(made),
            )  # fmt: skip

    def _field_line(
        self, unit: str, title: str, ours: str, theirs: str, origin: str, entry: dict[str, object]
    ) -> Difference:
        last = self.replay.told.get(unit)
        return Difference(
            f"{unit}|{title}", title, unit, self._name(unit), title, ours,
            last.origin if last is not None else RECORD, theirs, origin,
            "有一次变动没有登记在沿革中，或表中填错", LEDGER, (entry,),
        )  # fmt: skip

    # -- people and the rest -------------------------------------------------------------------

    def _people(self, unit: str, row: Row) -> Iterator[Difference]:
        if not self.roster.counts:
            return
        told: Counter[str] = Counter()
        where: dict[str, str] = {}
        for code, n in row.starting("actual_"):
            if code not in SUMS:
                kind = local_kind(code, self._name(unit), set(self.roster.counts.get(unit, ())))
                told[kind] += n
                where[kind] = row.at(f"actual_{code}")
        if not told:
            return
        counted = self.roster.counts.get(unit, Counter())
        for kind in sorted(told.keys() | counted.keys()):
            if counted[kind] * UNIT != told[kind]:
                yield Difference(
                    f"{unit}|实有|{kind}", "实有", unit, self._name(unit),
                    f"实有{self.bench.kinds.get(kind).name}", str(counted[kind]),
                    self.roster.origins.get(unit, "人员名册"), quantity_text(told[kind]),
                    where.get(kind, row.origin), "名册与一览表的实有数不一致，多半有人未及时上下编",
                    CORRECT,
                )  # fmt: skip

    def _unlisted(self) -> Iterator[Difference]:
        """Units in being that the current table does not list."""
        if not self.current.units:
            return
        for unit in sorted(self.current.names.current):
            if unit in self.current.units or not self.bench.exists(unit, self.day):
                continue
            last = self.replay.told.get(unit)
            yield Difference(
                f"{unit}|存废", "存废", unit, self._name(unit), "是否在册", "在册",
                last.origin if last is not None else RECORD, "一览表中没有", "",
                "已经撤销而沿革漏登，或一览表漏列", HISTORY if last is None else LATER,
            )  # fmt: skip
