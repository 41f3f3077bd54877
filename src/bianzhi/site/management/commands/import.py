"""``bianzhi import FOLDER|FILES``: an office's own files go into the record."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from bianzhi.office.intake.models import STATES, Delivery
from bianzhi.office.intake.plan.differences import ANSWERS
from bianzhi.office.intake.plan.rows import SEVERITIES
from bianzhi.site import console
from bianzhi.site.console import DISAGREES, OK
from bianzhi.site.loading import load

MOST_SHOWN = 20


class Command(console.Command):
    """Import files."""

    help = "导入编办自己的表格和文件（文件夹、.xlsx、.xls、.docx、.zip）"
    undone = "没有入账"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="文件夹或文件", help="可以写几个，作为一批"
        )
        parser.add_argument("--by", metavar="经办人", default="命令行", help="记在变更上的经办人")
        parser.add_argument(
            "--yes", action="store_true",
            help="按建议处理全部差异并入账；不加则只读入，留待网页上确认",
        )  # fmt: skip

    def work(self, **options: Any) -> tuple[int, Any]:
        delivery = load(options["paths"], options["by"], options["yes"], options["quiet"])
        found = report(delivery)
        return (DISAGREES if found["errors"] else OK), found

    def show(self, result: Any) -> None:
        self.say(f"第 {result['delivery']} 批资料：{result['state']}")
        if result["first"]:
            self.say(f"入账为第 {result['first']}—{result['last']} 号变更")
        counted = "，".join(f"{words} {n} 处" for words, n in result["findings"].items())
        self.say(f"检查：{counted or '没有问题'}")
        for kind, answers in result["differences"].items():
            told = "，".join(f"{words} {n}" for words, n in answers.items())
            self.say(f"差异·{kind}：{told}")
        self.say(*(f"  {line}" for line in result["errors"][:MOST_SHOWN]))
        if len(result["errors"]) > MOST_SHOWN:
            self.say(f"  …… 其余 {len(result['errors']) - MOST_SHOWN} 处用 --json 查看")


def report(delivery: Delivery) -> dict[str, Any]:
    """What came of a delivery, as data."""
    severities = Counter(delivery.found.values_list("severity", flat=True))
    lines: dict[str, Counter[str]] = {}
    for kind, answer in delivery.lines.values_list("kind", "answer"):
        lines.setdefault(kind, Counter())[ANSWERS.get(answer, "未处理")] += 1
    errors = delivery.found.filter(severity="error")
    return {
        "delivery": delivery.pk,
        "state": STATES[delivery.state],
        "first": delivery.first_no,
        "last": delivery.last_no,
        "findings": {
            title: severities[code] for code, title in SEVERITIES.items() if severities[code]
        },
        "differences": {kind: dict(counts) for kind, counts in lines.items()},
        "errors": [
            f"{each.file} {each.sheet} {each.cell}　{each.what} → {each.do}" for each in errors
        ],
    }
