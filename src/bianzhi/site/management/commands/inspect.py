"""``bianzhi inspect FORM FOLDER``: what is odd in a foreign ledger, before it is converted."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from bianzhi.core.values import show_value
from bianzhi.files import open_budget, organograms
from bianzhi.files.open_budget import Standing
from bianzhi.site import console
from bianzhi.site.console import DISAGREES, OK, aligned
from bianzhi.site.management.commands.convert import FORMS


class Command(console.Command):
    """Inspect a foreign ledger."""

    help = "检查外部台账：不平衡的、重复的、可疑的，逐条列出"
    needs_record = False

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "form",
            choices=FORMS,
            metavar="格式",
            help="；".join(f"{name}：{title}" for name, title in FORMS.items()),
        )
        parser.add_argument("folder", type=Path, metavar="文件夹", help="外部台账在哪里")

    def work(self, **options: Any) -> tuple[int, Any]:
        if options["form"] == "open-budget":
            return _requests(options["folder"])
        return _snapshots(options["folder"])

    def show(self, result: Any) -> None:
        self.say(result["summary"])
        if result["rows"]:
            self.say(*aligned([[str(value) for value in row.values()] for row in result["rows"]]))


def _requests(folder: Path) -> tuple[int, dict[str, Any]]:
    requests = open_budget.classify_requests(folder)
    tally = Counter(request.standing for request in requests)
    counts = "，".join(f"{each.value} {tally[each]} 件" for each in Standing if tally[each])
    odd = [request for request in requests if request.standing is not Standing.BALANCED]
    rows = [
        {
            "request": request.doc_no,
            "standing": request.standing.value,
            "total": show_value(request.total),
            "lines": len(request.lines),
            "title": request.title,
        }
        for request in sorted(odd, key=lambda each: (each.standing.value, each.doc_no))
    ]
    unexplained = tally[Standing.UNEXPLAINED]
    summary = f"涉及编制的请求 {len(requests)} 件：{counts}"
    return (DISAGREES if unexplained else OK), {"summary": summary, "rows": rows}


def _snapshots(folder: Path) -> tuple[int, dict[str, Any]]:
    inspection = organograms.inspect(folder)
    agree = sum(snapshot.agrees for snapshot in inspection.snapshots)
    rows = [
        {
            "code": finding.code,
            "body": finding.body,
            "on": finding.on,
            "subject": finding.subject,
            "message": finding.message,
        }
        for finding in inspection.findings
    ]
    count = len(inspection.snapshots)
    summary = f"快照 {count} 份，岗位数与公布数相符 {agree} 份；发现 {len(rows)} 处可疑"
    whole = agree == count
    return (OK if whole else DISAGREES), {"summary": summary, "rows": rows}
