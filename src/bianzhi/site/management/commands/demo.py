"""``bianzhi demo``: a sample district in a database of its own, and the site over it.

``bianzhi demo COMMAND …`` runs any command over the same database (see ``bianzhi.site.cli``).
"""

from __future__ import annotations

import argparse
import os
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django.db import connection
from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.access.demo import DemoUser, make_demo_users
from bianzhi.office.cases.demo import make_demo_cases
from bianzhi.office.desk.today import today
from bianzhi.office.survey.rounds.demo import make_demo_round
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.load import load as load_columns
from bianzhi.sample.folder import write_folder
from bianzhi.sample.make import make_world
from bianzhi.sample.said import said
from bianzhi.sample.world import World
from bianzhi.site import serving
from bianzhi.site.cli import DEMO_DATABASE
from bianzhi.site.console import OK, aligned
from bianzhi.site.loading import load
from bianzhi.site.management.commands import serve

SAMPLE = files("bianzhi.site") / "samples" / "first-ledger.jsonl"  # a small ledger, for tests
FOLDER = Path("samples") / "澜溪区"  # in a checkout; elsewhere the district is made afresh
BY = "示例"
DEPARTMENT, INSTITUTION = "教育局", "第一中学"  # the units of the two clerks who see only theirs


class Command(serve.Command):
    """Prepare the sample and serve it."""

    help = "示例：虚构的澜溪区，另存数据库，装好后启动网页"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        super().arguments(parser)
        parser.add_argument("--no-serve", action="store_true", help="只准备数据，不启动网页")
        parser.add_argument(
            "--units", type=int, metavar="个", help="现造一个这么多事业单位的区，而不用自带的材料"
        )

    def work(self, **options: Any) -> tuple[int, Any]:
        need_own_database()
        changes = prepare(options["quiet"], options["units"])
        department, institution = clerks()
        cases = make_demo_cases(department, timezone.now())
        told = make_demo_round(
            lambda: said(made(options["units"])), institution, timezone.localtime()
        )
        result = {
            "database": connection.settings_dict["NAME"],
            "changes": changes,
            "cases": cases,
            "answers": told,
            "users": [user._asdict() for user in make_demo_users(department, institution)],
            "try": [f"{program()} demo {words}" for words in tries(institution)],
        }
        if options["no_serve"]:
            return OK, result
        if not options["json"]:
            self.introduce(result)
        serving.serve(options["host"], options["port"], self.announcer(options["json"]))
        return OK, {"stopped": True}

    def introduce(self, result: dict[str, Any]) -> None:
        """What there is, and what to try."""
        self.say(
            f"示例：澜溪区（虚构的区、虚构的人），{result['changes']} 件变更，1984—2025 年；"
            f"在办和已办事项 {result['cases']} 件，调研答卷 {result['answers']} 份",
            f"数据另存在 {result['database']}，不影响您自己的台账",
            "登录网页（示例密码，请勿用于自己的台账）：",
        )
        users = [DemoUser(**user) for user in result["users"]]
        self.say(*(f"  {line}" for line in aligned([list(user) for user in users])), "可以试试：")
        told = zip(result["try"], tries("").values(), strict=True)
        self.say(*(f"  {line}" for line in aligned(list(told))))

    def show(self, result: Any) -> None:
        if "try" in result:
            self.introduce(result)
        else:
            super().show(result)


def need_own_database() -> None:
    """Refuse to run over anything but the demo's own database: the user's is never touched."""
    if os.environ.get("BIANZHI_DATABASE") != DEMO_DATABASE:
        raise Refusal.of("not-the-demo", "示例只写自己的数据库", "请从命令行运行 bianzhi demo")


def tries(unit: str) -> dict[str, str]:
    """Commands to try over the demo, and what each shows."""
    return {
        f"history {unit}": "一个单位的沿革，每一条有文号",
        f"state --on 2015-06-30 --unit {unit}": "它 2015 年年中的样子",
        "diff 2019-01-01 2019-12-31": "机构改革那年，每一名编制的来去",
        "verify --totals": "逐号核验；与上级下达的控制数比对",
    }


def prepare(quiet: bool, units: int | None = None) -> int:
    """Load the district through the import where it is missing; the number of changes there are."""
    changes = head(Engine())[0]
    if changes:
        return changes
    if units is None and FOLDER.is_dir():
        return _loaded(FOLDER, quiet)
    with TemporaryDirectory() as folder:
        write_folder(made(units), Path(folder))
        return _loaded(Path(folder), quiet)


def made(units: int | None) -> World:
    """The invented district, of so many institutions where a number is given."""
    return make_world(**({"units": units} if units else {}))


def _loaded(folder: Path, quiet: bool) -> int:
    return load([folder], BY, accept=True, quiet=quiet).last_no or 0


def clerks() -> tuple[str, str]:
    """The units of the department clerk and of the institution clerk, found by their names."""
    orgs = State(load_columns(), day_number(today())).orgs.filter(pl.col("cls") == "org")
    named = dict(zip(orgs["key"], orgs["name"], strict=True))
    below = {orgs["key"][i]: orgs["supervisor"][i] for i in range(orgs.height)}
    department = next((key for key, name in named.items() if name.endswith(DEPARTMENT)), "")
    own = [key for key, above in below.items() if above == department]
    chosen = [key for key in own if named[key].endswith(INSTITUTION)] or own or list(named)
    return department or chosen[0], chosen[0]


def program() -> str:
    """How the user starts a command: from a checkout by its script, else by name."""
    return "./run" if os.access(Path("run"), os.X_OK) else "bianzhi"
