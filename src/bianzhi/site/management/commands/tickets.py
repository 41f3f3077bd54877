"""``bianzhi tickets``: tickets of the use of posts, and giving back those that ran out."""

from __future__ import annotations

import argparse
import getpass
from typing import Any

from django.utils import timezone

from bianzhi.core.days import day_number, day_text
from bianzhi.office.cases.use import ending
from bianzhi.office.cases.use.tickets import STATES, Seen, tickets
from bianzhi.office.desk.held import held
from bianzhi.site import console
from bianzhi.site.console import OK, aligned

DEEDS = {"list": "列出等着上编的号码", "expire": "到期没有上编的全部失效，编制退回，入账一笔"}


class Command(console.Command):
    """Look at tickets, and let those that ran out expire: once a day by a timer, or by hand."""

    help = "用编号码：" + "；".join(f"{word} {told}" for word, told in DEEDS.items())

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deed", choices=list(DEEDS), metavar="办什么", help="/".join(DEEDS))

    def work(self, **options: Any) -> tuple[int, Any]:
        if options["deed"] == "expire":
            by = f"命令行:{getpass.getuser()}"
            change, keys = ending.expire(by=by, now=timezone.now())
            return OK, {"change": change, "expired": list(keys)}
        today = day_number(timezone.localdate())
        waiting = [each for each in tickets(held().columns) if each.state == "created"]
        return OK, {"waiting": [_told(each, today) for each in waiting]}

    def show(self, result: Any) -> None:
        if "waiting" in result:
            heads = ["号码", "单位", "种类", "有效期至", ""]
            rows = [[each["ticket"], each["unit"], each["kind"], each["until"],
                     "已到期" if each["over"] else ""] for each in result["waiting"]]  # fmt: skip
            self.say(*aligned([heads, *rows]))
        elif result["change"]:
            numbers = "、".join(result["expired"])
            self.say(f"第 {result['change']} 号变更：{numbers} {STATES['expired']}，编制退回")
        else:
            self.say("没有到期未上编的号码")


def _told(each: Seen, today: int) -> dict[str, Any]:
    until = day_text(each.until) if each.until is not None else ""
    return {"ticket": each.key, "unit": each.unit, "kind": each.kind, "until": until,
            "over": each.overdue(today)}  # fmt: skip
