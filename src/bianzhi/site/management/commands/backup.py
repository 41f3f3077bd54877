"""``bianzhi backup FILE``: one file that proves itself; posting goes on meanwhile."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.record.backup import backup
from bianzhi.site import console
from bianzhi.site.console import OK, progress


class Command(console.Command):
    """Write a backup."""

    help = "备份台账到一个文件，不影响正在进行的入账"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="写到哪里；已有这个文件则拒绝")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("备份", None, options["quiet"]) as advance:
            taken = backup(options["file"], progress=advance)
        return OK, taken._asdict()

    def show(self, result: Any) -> None:
        self.say(
            f"已备份 {result['no']} 号变更、{result['rows']} 行到 {result['path']}",
            f"回执 {result['no']}:{result['digest']}",
        )
