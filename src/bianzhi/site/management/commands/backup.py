"""``bianzhi backup FILE``: one file that proves itself; the office goes on working meanwhile."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.office.access import log
from bianzhi.site import console, key_words
from bianzhi.site.console import OK, progress
from bianzhi.site.whole_backup import backup


class Command(console.Command):
    """Write a backup."""

    help = "备份到一个文件，不影响正在进行的工作：台账、人员档案、用户、访问记录、导入的资料"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="写到哪里；已有这个文件则拒绝")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("备份", None, options["quiet"]) as advance:
            taken = backup(options["file"], progress=advance)
        told = f"备份 {taken.no} 号变更和其他 {taken.beside} 行到 {taken.path.name}"
        log.write("backup", told, who=console.operator())
        return OK, {**taken._asdict(), "keys": key_words.state()}

    def show(self, result: Any) -> None:
        self.say(
            f"已备份 {result['no']} 号变更、{result['rows']} 行，"
            f"人员档案、用户、访问记录和导入的资料 {result['beside']} 行，到 {result['path']}",
            f"回执 {result['no']}:{result['digest']}",
            *key_words.after_backup(result["keys"]),
        )
