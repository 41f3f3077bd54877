"""``bianzhi sample OUT``: an invented district as the folder of files an office would hand over."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.core.errors import Refusal, cause
from bianzhi.sample.folder import write_folder
from bianzhi.sample.make import make_world
from bianzhi.sample.truth import truth, write_truth
from bianzhi.site import console
from bianzhi.site.console import OK


class Command(console.Command):
    """Make a sample."""

    help = "造一个虚构的区县（或市）：按编办交来的样子写成 Excel 和 Word，另写一份真值供核对"
    undone = "没有写成"
    needs_record = False

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="文件夹", help="写到哪里；已有文件则拒绝")
        parser.add_argument(
            "--units", type=int, default=138, metavar="个", help="事业单位数，默认 138"
        )
        parser.add_argument(
            "--years", type=int, default=22, metavar="年", help="沿革多少年，默认 22"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="数", help="随机种子，默认 1")
        parser.add_argument(
            "--mess", type=int, default=2, choices=range(4), metavar="0—3",
            help="乱到什么程度：0 干净，1 写法乱，2 内容也有错漏，3 更多；默认 2",
        )  # fmt: skip
        parser.add_argument(
            "--truth",
            type=Path,
            metavar="文件",
            help="真值写到哪里，默认在文件夹旁边，同名加 .truth.json",
        )

    def work(self, **options: Any) -> tuple[int, Any]:
        folder: Path = options["folder"]
        target = options["truth"] or folder.with_name(folder.name + ".truth.json")
        _refuse_bad(options, folder, target)
        world = make_world(options["units"], options["years"], options["seed"], options["mess"])
        try:
            files, mess = write_folder(world, folder)
            write_truth(truth(world, mess, files), target)
        except OSError as error:
            raise Refusal.of(
                "cannot-write", f"写不了 {folder}：{cause(error)}", "请换一个文件夹"
            ) from None
        return OK, {
            "folder": str(folder), "truth": str(target), "files": files, "mess": len(mess),
            "planted": len(world.planted),
        }  # fmt: skip

    def show(self, result: Any) -> None:
        self.say(
            f"已写 {len(result['files'])} 个文件到 {result['folder']}，真值在 {result['truth']}"
        )


def _refuse_bad(options: dict[str, Any], folder: Path, target: Path) -> None:
    if options["units"] < 20 or not 3 <= options["years"] <= 40:
        raise Refusal.of(
            "bad-size", "事业单位至少 20 个，沿革 3 到 40 年", "请改 --units 或 --years"
        )
    if folder.exists() and any(folder.iterdir()):
        raise Refusal.of("not-empty", f"{folder} 里已有文件", "请换一个空文件夹")
    if target.resolve().is_relative_to(folder.resolve()):
        raise Refusal.of("truth-inside", "真值不能放在要导入的文件夹里", "请改 --truth")
