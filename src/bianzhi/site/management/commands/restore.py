"""``bianzhi restore FILE``: a backup into a new database, verified before it counts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.db import transaction

from bianzhi.office.access import log
from bianzhi.site import console, key_words
from bianzhi.site.console import OK, progress
from bianzhi.site.whole_backup import restore


class Command(console.Command):
    """Read a backup."""

    help = "把备份恢复到新的数据库：全部核验无误才生效"
    undone = "没有恢复"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="bianzhi backup 写的文件")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("恢复", None, options["quiet"]) as advance, transaction.atomic():
            taken = restore(options["file"], progress=advance)
            told = f"从 {taken.path.name} 恢复 {taken.no} 号变更和其他 {taken.beside} 行"
            log.write("backup", told, who=console.operator())
        return OK, {**taken._asdict(), "keys": key_words.state()}

    def show(self, result: Any) -> None:
        self.say(
            f"已恢复 {result['no']} 号变更、{result['rows']} 行，逐一核验无误；"
            f"人员档案、用户、访问记录和导入的资料 {result['beside']} 行",
            f"回执 {result['no']}:{result['digest']}",
            *key_words.after_restore(result["keys"]),
        )
