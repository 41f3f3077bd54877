"""``bianzhi verify``: every change against its digest; published totals against the record."""

from __future__ import annotations

import argparse
from typing import Any

import polars as pl

from bianzhi.core.reconcile import assertions
from bianzhi.office.access import log
from bianzhi.record.engine import Engine
from bianzhi.record.load import head, load
from bianzhi.record.verify import verify
from bianzhi.site import console
from bianzhi.site.console import DISAGREES, OK, progress


def receipt(text: str) -> tuple[int, str]:
    """A receipt as it was printed: ``12:digest``."""
    no, _, digest = text.partition(":")
    if not no.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("回执应写成 号:摘要")
    return int(no), digest


class Command(console.Command):
    """Verify the record."""

    help = "逐号核验台账和访问记录：任何改动、缺失、调换都会查出，并指出第一处"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--receipt", type=receipt, action="append", default=[], metavar="号:摘要",
            help="入账或备份时得到的回执，可给多个",
        )  # fmt: skip
        parser.add_argument("--totals", action="store_true", help="同时列出与公布数不符的")

    def work(self, **options: Any) -> tuple[int, Any]:
        last, _ = head(Engine())
        with progress("核验", last, options["quiet"]) as advance:
            report = verify(receipts=tuple(options["receipt"]), progress=advance)
        result: dict[str, Any] = {
            "changes": report.changes,
            "digest": report.digest,
            "faults": [fault._asdict() for fault in report.faults],
            "log_faults": [{"no": no, "what": what} for no, what in log.faults()],
        }
        if options["totals"] and report.sound:
            compared = assertions(load())
            result["compared"] = compared.height
            result["broken"] = compared.filter(~pl.col("agrees"))
        sound = report.sound and not result["log_faults"]
        return (OK if sound else DISAGREES), result

    def show(self, result: Any) -> None:
        for fault in result["faults"]:
            self.say(f"第 {fault['no']} 号变更：{fault['what']}")
        for fault in result["log_faults"]:
            self.say(f"访问记录第 {fault['no']} 条：{fault['what']}")
        if not result["faults"]:
            self.say(
                f"{result['changes']} 号变更逐一核验无误，"
                f"回执 {result['changes']}:{result['digest']}"
            )
        if "compared" in result:
            broken = result["broken"]
            self.say(f"公布数 {result['compared']} 个，其中 {broken.height} 个与台账不符")
            titles = {"holder": "单位", "kind": "种类", "day": "日期", "expected": "公布"}
            more = {"found": "台账", "difference": "相差", "tolerance": "允差", "title": "文件"}
            self.table(broken, {**titles, **more})
