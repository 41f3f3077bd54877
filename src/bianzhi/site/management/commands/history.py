"""``bianzhi history UNIT``: 沿革, each event with its 文号."""

from __future__ import annotations

import argparse
from itertools import groupby
from typing import Any

from bianzhi.core.days import day_text
from bianzhi.core.history import history
from bianzhi.record.unit import load_unit
from bianzhi.site import console
from bianzhi.site.console import OK, aligned

KINDS = {"opening": "（期初）", "unverified": "（待核实）", "regular": ""}


class Command(console.Command):
    """Show a unit's history."""

    help = "一个单位的沿革，每一条都有文号"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("unit", metavar="单位代码", help="哪个单位")
        parser.add_argument("--known", metavar="号", type=int, help="截至第几号变更，默认最后一号")

    def work(self, **options: Any) -> tuple[int, Any]:
        columns = load_unit(options["unit"], known=options["known"])
        events = history(columns, options["unit"])
        return OK, [{**event._asdict(), "day": day_text(event.day)} for event in events]

    def show(self, result: Any) -> None:
        rows = [["日期", "事项", "内容", "依据", "变更"]]
        alike = groupby(result, key=lambda event: (event["no"], event["verb"], event["text"]))
        for _, group in alike:
            event, *more = group
            times = f" ×{len(more) + 1}" if more else ""
            grounds = (event["doc_no"] or event["title"]) + KINDS.get(event["kind"], "")
            no = f"第 {event['no']} 号"
            rows.append([event["day"], event["verb"], event["text"] + times, grounds, no])
        self.say(*aligned(rows))
