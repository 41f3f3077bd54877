"""``bianzhi rebuild``: the column cache made anew from the database."""

from __future__ import annotations

from typing import Any

from bianzhi.record.load import rebuild
from bianzhi.site import console
from bianzhi.site.console import OK, progress


class Command(console.Command):
    """Rebuild the cache."""

    help = "重新生成列式缓存（缓存不是依据，随时可删）"

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("读取", None, options["quiet"]) as advance:
            columns = rebuild(progress=advance)
        return OK, {"head": columns.head, "postings": columns.base["postings"].height}

    def show(self, result: Any) -> None:
        self.say(f"缓存已重建：到第 {result['head']} 号变更，{result['postings']} 笔分录")
