"""``bianzhi post FILE``: documents and their entries go into the record, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.core.assertions import Compared
from bianzhi.core.changes import Draft
from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal, cause
from bianzhi.core.exchange import read_drafts
from bianzhi.core.quantity import quantity_text
from bianzhi.record.post import Poster, Receipt
from bianzhi.site import console
from bianzhi.site.console import OK, progress


def read_file(path: Path) -> list[Draft]:
    """The drafts in an exchange file."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return read_drafts(lines, path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal.of("cannot-read", f"读不了 {path}：{cause(error)}", "请核对文件名") from None


class Command(console.Command):
    """Post a file."""

    help = "把交换文件（JSON Lines）中的文件和分录入账：全部入账，或一笔也不入"
    undone = "没有入账"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="按先后顺序")

    def work(self, **options: Any) -> tuple[int, Any]:
        drafts = [draft for path in options["files"] for draft in read_file(path)]
        with progress("入账", len(drafts), options["quiet"]) as advance:
            receipts = Poster().post(drafts, progress=advance)
        return OK, [receipt_entry(receipt) for receipt in receipts]

    def show(self, result: Any) -> None:
        first, last = result[0], result[-1]
        span = f"第 {first['no']} 号" if len(result) == 1 else f"第 {first['no']}—{last['no']} 号"
        self.say(f"已入账 {len(result)} 件变更（{span}），回执 {last['no']}:{last['digest']}")
        broken = [each for receipt in result for each in receipt["disagreements"]]
        if broken:
            self.say(f"其中 {len(broken)} 个公布数与台账不符，已列入待核：")
            self.say(*(f"  {each['sentence']}" for each in broken[:20]))
            if len(broken) > 20:
                self.say("  …… 其余用 --json 查看，或 bianzhi verify --totals")


def receipt_entry(receipt: Receipt) -> dict[str, Any]:
    """A receipt as data."""
    return {
        "no": receipt.no,
        "digest": receipt.digest,
        "document": receipt.label,
        "disagreements": [_disagreement(each) for each in receipt.disagreements],
    }


def _disagreement(compared: Compared) -> dict[str, Any]:
    published, found = compared.assertion, quantity_text(compared.found)
    expected = quantity_text(published.expected)
    allowed = quantity_text(published.tolerance)
    return {
        "no": compared.known.no,
        "line": compared.known.line,
        "holder": published.holder,
        "kind": published.kind,
        "day": day_text(published.day),
        "expected": expected,
        "found": found,
        "tolerance": allowed,
        "sentence": f"{published.holder or '全区'} {day_text(published.day)} {published.kind} "
        f"公布 {expected}，台账 {found}（允差 {allowed}）",
    }
