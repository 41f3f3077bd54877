"""What every command shares: refusals in words, exit codes, JSON, tables, progress."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style
from django.db import connection
from django.db.utils import DatabaseError
from tqdm import tqdm

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.values import show_value
from bianzhi.site.arguments import Parser

OK, REFUSED, DISAGREES = 0, 1, 3
EXIT_CODES = "退出码：0 完成；1 被拒绝，什么也没有写；2 用法不对；3 查出不一致"


class Command(BaseCommand):
    """A command of ours: ``work`` does the job and returns (exit code, result).

    With ``--json`` the result is printed as JSON and nothing else on standard output; otherwise
    ``show`` prints it for people.
    """

    requires_system_checks = ()
    needs_record = True
    undone = "没有完成"  # how a refusal begins

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = Parser(
            f"bianzhi {subcommand}",
            description=self.help,
            epilog=EXIT_CODES,
            called_from_command_line=getattr(self, "_called_from_command_line", False),
            **kwargs,
        )
        self.add_arguments(parser)
        return parser

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")
        parser.add_argument("--quiet", action="store_true", help="不显示进度")
        self.arguments(parser)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own arguments."""

    def work(self, **options: Any) -> tuple[int, Any]:
        """Do the job."""
        raise CommandError("nothing to do")

    def show(self, result: Any) -> None:
        """Print the result for people."""

    def handle(self, *args: Any, **options: Any) -> None:
        self.style = no_style()
        try:
            if self.needs_record:
                ensure_tables()
            code, result = self.work(**options)
        except Refusal as refusal:
            self._refused(refusal, options["json"])
            sys.exit(REFUSED)
        except DatabaseError as error:
            self._refused(Refusal(_database_problem(error)), options["json"])
            sys.exit(REFUSED)
        if options["json"]:
            self.stdout.write(as_json(result))
        else:
            self.show(result)
        if code:
            sys.exit(code)

    def _refused(self, refusal: Refusal, as_data: bool) -> None:
        if as_data:
            self.stdout.write(as_json({"refused": [_problem(each) for each in refusal.problems]}))
            return
        self.stderr.write(f"{self.undone}，原因：")
        for problem in refusal.problems:
            self.stderr.write(f"  {problem}")

    def say(self, *lines: str) -> None:
        """Print lines."""
        for line in lines:
            self.stdout.write(line)

    def table(self, frame: pl.DataFrame, titles: dict[str, str]) -> None:
        """Print some columns of a frame, aligned whatever the script."""
        rows = frame.select(list(titles)).iter_rows()
        self.say(*aligned([list(titles.values()), *([show_value(v) for v in r] for r in rows)]))


def ensure_tables() -> None:
    """Make the tables of a new database; say what to do with an outdated one."""
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except (DatabaseError, UnicodeDecodeError) as error:
        # SQLite quotes a damaged schema in what it says, and that may be no text at all
        raise Refusal.of(
            "no-database", f"打不开数据库：{error}", "请核对 BIANZHI_DATABASE"
        ) from None
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if executor.loader.applied_migrations:
        raise Refusal.of(
            "old-database", "数据库的表结构是旧版本", "请先备份，再运行 bianzhi migrate"
        )
    call_command("migrate", verbosity=0)


@contextmanager
def progress(title: str, total: int | None, quiet: bool) -> Iterator[Callable[[int], object]]:
    """A progress bar on standard error where that is a terminal."""
    with tqdm(
        total=total, desc=title, unit="", disable=quiet or not sys.stderr.isatty(), leave=False
    ) as bar:
        yield bar.update


def operator() -> str:
    """Who sits at the machine, as the log names them."""
    try:
        return f"命令行:{getpass.getuser()}"
    except (KeyError, OSError):  # a container whose user has no name
        return "命令行:未知"


def day_argument(text: str) -> int:
    """A day given on the command line."""
    try:
        return parse_day(text)
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(str(refusal.problems[0])) from None


def as_json(value: Any) -> str:
    """JSON with exact decimals as text and days in ISO form."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return show_value(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    return str(value)


def _database_problem(error: DatabaseError) -> Problem:
    return Problem(
        "database", f"数据库出错，什么也没有写：{error}", "请稍后重试，或检查数据库和磁盘"
    )


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "what": problem.what,
        "do": problem.do,
        "field": problem.field,
        "place": problem.place,
    }


def width(text: str) -> int:
    """Columns a text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of texts as lines with aligned columns."""
    listed = [list(row) for row in rows]
    widths = [max(width(row[column]) for row in listed) for column in range(len(listed[0]))]
    return [
        "  ".join(
            text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in listed
    ]
