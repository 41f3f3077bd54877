"""``bianzhi state``: the establishment on a day, as known at a change."""

from __future__ import annotations

import argparse
from typing import Any

from bianzhi.core.book import Book
from bianzhi.core.days import day_number, day_text
from bianzhi.core.state import FIGURES, State
from bianzhi.core.unit import UnitState, unit_state
from bianzhi.core.values import show_value
from bianzhi.office.desk.today import today
from bianzhi.record.engine import Engine
from bianzhi.record.load import known_change, load
from bianzhi.record.source import SqlSource
from bianzhi.site import console
from bianzhi.site.console import OK, aligned, day_argument, progress

TITLES = {
    "approved": "核定",
    "actual": "实有",
    "pending": "待上编",
    "reserved": "预留",
    "vacant": "空编",
    "gross_vacant": "核定−实有",
}


class Command(console.Command):
    """Show a state."""

    help = "某一天、以某一号变更为止所知的机构编制状况"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--on", metavar="日期", type=day_argument, help="哪一天，默认今天")
        parser.add_argument("--known", metavar="号", type=int, help="截至第几号变更，默认最后一号")
        parser.add_argument("--unit", metavar="单位代码", help="只看一个单位")
        parser.add_argument("--under", metavar="单位代码", help="只看一个单位及其下属")

    def work(self, **options: Any) -> tuple[int, Any]:
        on = day_number(today()) if options["on"] is None else options["on"]
        known = options["known"]
        if options["unit"]:
            return OK, _unit(options["unit"], on, known)
        with progress("读取", None, options["quiet"]) as advance:
            state = State(load(progress=advance), on, known, options["under"])
        return OK, {
            "basis": state.basis,
            "orgs": state.orgs.height,
            "totals": state.totals,
            "figures": state.figures("holder", "kind", "funding"),
        }

    def show(self, result: Any) -> None:
        if "unit" in result:
            self._show_unit(result)
            return
        self.say(f"口径：{result['basis']}；在册机构 {result['orgs']} 个")
        totals = {"kind": "种类", "granted": "下达总量", "held": "在册", "abolished": "核销"}
        self.table(result["totals"], totals)
        self.say("")
        titles = {"holder": "单位", "kind": "种类", "funding": "经费", **TITLES}
        self.table(result["figures"], titles)

    def _show_unit(self, result: dict[str, Any]) -> None:
        self.say(f"{result['unit']}　{result['fields'].get('name', '')}　口径：{result['basis']}")
        self.say(*aligned([[name, value] for name, value in result["fields"].items()]))
        rows = [["种类", "经费", *TITLES.values()]]
        for each in result["accounts"]:
            figures = [show_value(each[name]) for name in TITLES]
            rows.append([each["kind"], each["funding"], *figures])
        self.say("", *aligned(rows))
        for title, key in (("用编", "uses"), ("下属、内设与职责", "dependants")):
            if result[key]:
                self.say("", f"{title}：")
                self.say(*aligned([[show_value(v) for v in row.values()] for row in result[key]]))


def _unit(unit: str, on: int, known: int | None) -> dict[str, Any]:
    engine = Engine()
    source = SqlSource(engine, known_change(engine, known))
    return as_data(unit_state(Book(source), unit, on))


def as_data(state: UnitState) -> dict[str, Any]:
    """A unit's state as plain data."""
    return {
        "unit": state.unit,
        "basis": f"{day_text(state.on)}，截至第 {state.known} 号变更",
        "fields": state.fields,
        "accounts": [
            {"kind": each.kind, "funding": each.funding}
            | {name: getattr(each, name) for name in FIGURES}
            for each in state.accounts
        ],
        "uses": [each._asdict() for each in state.uses],
        "dependants": [each._asdict() for each in state.dependants],
    }
