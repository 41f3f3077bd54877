"""``bianzhi demo``: a sample district in a database of its own, and the site over it.

``bianzhi demo COMMAND …`` runs any command over the same database (see ``bianzhi.site.cli``).
"""

from __future__ import annotations

import argparse
import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from django.db import connection

from bianzhi.core.errors import Refusal
from bianzhi.office.access.demo import DemoUser, make_demo_users
from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.post import Poster
from bianzhi.site import serving
from bianzhi.site.cli import DEMO_DATABASE
from bianzhi.site.console import OK, aligned, progress
from bianzhi.site.management.commands import serve
from bianzhi.site.management.commands.post import read_file

SAMPLE = files("bianzhi.site") / "samples" / "first-ledger.jsonl"
CLERKS = ("A02", "S01")  # the units of the department clerk and of the institution clerk
TRIES = {
    "history S05": "两家合成一家的沿革，每一条有文号",
    "state --on 2015-06-30 --unit S08": "2015 年年中的农业技术推广中心",
    "diff 2019-01-01 2019-12-31": "机构改革那年，每一名编制的来去",
    "state --on 2017-12-31 --known 15 --unit S01": "更正以前所知的第一中学（错录 5 名）",
    "verify --totals": "逐号核验；与公布的总量比对",
}


class Command(serve.Command):
    """Prepare the sample and serve it."""

    help = "示例：虚构的澜溪区，另存数据库，装好后启动网页"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        super().arguments(parser)
        parser.add_argument("--no-serve", action="store_true", help="只准备数据，不启动网页")

    def work(self, **options: Any) -> tuple[int, Any]:
        need_own_database()
        changes = prepare(options["quiet"])
        result = {
            "database": connection.settings_dict["NAME"],
            "changes": changes,
            "users": [user._asdict() for user in make_demo_users(*CLERKS)],
            "try": [f"{program()} demo {words}" for words in TRIES],
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
            f"示例：澜溪区（虚构的区、虚构的人），{result['changes']} 件变更，2008—2027 年",
            f"数据另存在 {result['database']}，不影响您自己的台账",
            "登录网页（示例密码，请勿用于自己的台账）：",
        )
        users = [DemoUser(**user) for user in result["users"]]
        self.say(*(f"  {line}" for line in aligned([list(user) for user in users])), "可以试试：")
        told = zip(result["try"], TRIES.values(), strict=True)
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


def prepare(quiet: bool) -> int:
    """Post the sample where it is missing; the number of changes there are."""
    changes = head(Engine())[0]
    if changes:
        return changes
    with as_file(SAMPLE) as path:
        drafts = read_file(path)
    with progress("载入示例", len(drafts), quiet) as advance:
        return Poster().post(drafts, progress=advance)[-1].no


def program() -> str:
    """How the user starts a command: from a checkout by its script, else by name."""
    return "./run" if os.access(Path("run"), os.X_OK) else "bianzhi"
