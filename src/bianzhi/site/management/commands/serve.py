"""``bianzhi serve``: the site over the record."""

from __future__ import annotations

import argparse
from typing import Any

from bianzhi.site import console, serving
from bianzhi.site.console import OK, as_json


class Command(console.Command):
    """Serve the site."""

    help = "启动网页，只对本机；按 Ctrl+C 停止"
    undone = "没有启动"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        serving.arguments(parser)

    def work(self, **options: Any) -> tuple[int, Any]:
        serving.serve(options["host"], options["port"], self.announcer(options["json"]))
        return OK, {"stopped": True}

    def announcer(self, as_data: bool) -> Any:
        """What tells the address, before the command settles down to serve."""

        def announce(address: str) -> None:
            line = as_json({"address": address}) if as_data else f"网页：{address}　按 Ctrl+C 停止"
            self.stdout.write(line)
            self.stdout.flush()

        return announce

    def show(self, result: Any) -> None:
        self.say("已停止")
