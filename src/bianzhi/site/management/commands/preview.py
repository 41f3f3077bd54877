"""``bianzhi preview FILE``: what a file would change, without posting it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.core.book import Book
from bianzhi.core.changes import make
from bianzhi.core.days import day_number
from bianzhi.core.diff import diff
from bianzhi.core.memory import entry_of
from bianzhi.core.state import State
from bianzhi.office.desk.today import today
from bianzhi.record.engine import Engine
from bianzhi.record.load import load
from bianzhi.record.source import SqlSource
from bianzhi.site import console
from bianzhi.site.console import OK, day_argument
from bianzhi.site.management.commands.post import read_file


class Command(console.Command):
    """Make a file's changes as posting would, and forget them."""

    help = "预演：一个交换文件入账后会怎样，什么也不写"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="交换文件")
        parser.add_argument("--on", metavar="日期", type=day_argument, help="看哪一天，默认今天")

    def work(self, **options: Any) -> tuple[int, Any]:
        on = day_number(today()) if options["on"] is None else options["on"]
        columns = load()
        book = Book(SqlSource(Engine(), columns.head))
        made = [make(book, draft) for draft in read_file(options["file"])]
        after = State(columns.extended([entry_of(each) for each in made]), on)
        found = diff(State(columns, on), after)
        return OK, {"basis": after.basis, "figures": found.figures, "facts": found.facts}

    def show(self, result: Any) -> None:
        self.say(f"预演（未入账）：{result['basis']}")
        figures = {"holder": "单位", "kind": "种类", "figure": "口径"}
        self.table(result["figures"], {**figures, "before": "前", "after": "后", "change": "增减"})
        self.say("")
        facts = {"key": "代码", "field": "字段", "before": "前", "after": "后"}
        self.table(result["facts"], facts)
