"""``bianzhi restore FILE``: a backup into an empty record, verified before it counts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.record.backup import restore
from bianzhi.site import console
from bianzhi.site.console import OK, progress


class Command(console.Command):
    """Read a backup."""

    help = "把备份恢复到空台账：全部核验无误才生效"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="bianzhi backup 写的文件")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("恢复", None, options["quiet"]) as advance:
            taken = restore(options["file"], progress=advance)
        return OK, taken._asdict()

    def show(self, result: Any) -> None:
        self.say(
            f"已恢复 {result['no']} 号变更、{result['rows']} 行，逐一核验无误",
            f"回执 {result['no']}:{result['digest']}",
        )
