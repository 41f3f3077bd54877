"""``bianzhi diff``: two states compared, every post explained by a document."""

from __future__ import annotations

import argparse
from typing import Any

from bianzhi.core.diff import diff, unexplained
from bianzhi.core.state import State
from bianzhi.record.load import load
from bianzhi.site import console
from bianzhi.site.console import OK, day_argument, progress


class Command(console.Command):
    """Compare two states."""

    help = "两个日期（或两个已知变更）之间的差异，每一名编制都由文件说明"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("before", type=day_argument, metavar="前一日期", help="从哪一天")
        parser.add_argument("after", type=day_argument, metavar="后一日期", help="到哪一天")
        parser.add_argument("--known-before", metavar="号", type=int, help="前者截至第几号变更")
        parser.add_argument("--known-after", metavar="号", type=int, help="后者截至第几号变更")
        parser.add_argument("--under", metavar="单位代码", help="只看一个单位及其下属")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("读取", None, options["quiet"]) as advance:
            columns = load(progress=advance)
        under = options["under"]
        before = State(columns, options["before"], options["known_before"], under)
        after = State(columns, options["after"], options["known_after"], under)
        found = diff(before, after)
        return OK, {
            "before": before.basis,
            "after": after.basis,
            "figures": found.figures,
            "postings": found.postings,
            "facts": found.facts,
            "succession": found.succession,
            "unexplained": unexplained(found).height,
        }

    def show(self, result: Any) -> None:
        self.say(f"由 {result['before']} 到 {result['after']}", "")
        figures = {"holder": "单位", "kind": "种类", "figure": "口径"}
        self.table(result["figures"], {**figures, "before": "前", "after": "后", "change": "增减"})
        self.say("", "编制增减的依据：")
        postings = {"holder": "单位", "kind": "种类", "day": "日期", "verb": "事项"}
        self.table(
            result["postings"], {**postings, "delta": "增减", "doc_no": "文号", "title": "文件"}
        )
        self.say("", "其他变化：")
        facts = {"key": "代码", "field": "字段", "before": "前", "after": "后", "doc_no": "文号"}
        self.table(result["facts"], facts)
        self.say("", f"没有文件说明的增减：{result['unexplained']}")
