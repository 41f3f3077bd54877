"""``bianzhi sample OUT``: an invented district as the folder of files an office would hand over.

``bianzhi sample --nation``: a nation straight into the record.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from bianzhi.core.errors import Refusal, cause
from bianzhi.sample.folder import write_folder
from bianzhi.sample.make import make_world
from bianzhi.sample.truth import truth, write_truth
from bianzhi.site import console
from bianzhi.site.console import OK, ensure_tables, progress

LEAST_UNITS, LEAST_YEARS, MOST_YEARS = 20, 4, 40
NATION = {"units": 1_100_000, "people": 30_000_000}
BOOKS = 16  # workbooks at most, for the progress bar


class Command(console.Command):
    """Make a sample."""

    help = "造一个虚构的区县（或市）：按编办交来的样子写成 Excel 和 Word，另写一份真值供核对"
    undone = "没有写成"
    needs_record = False  # a folder of files needs none; a nation asks for it itself

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        add = parser.add_argument
        add("folder", nargs="?", type=Path, metavar="文件夹", help="写到哪里；已有文件则拒绝")
        add(
            "--units",
            type=int,
            metavar="个",
            help="事业单位数，默认 138；全国为机构数，默认 110 万",
        )
        add("--years", type=int, default=22, metavar="年", help="沿革多少年，默认 22")
        add("--seed", type=int, default=1, metavar="数", help="随机种子，默认 1；同一种子内容相同")
        add("--mess", type=int, default=2, choices=range(4), metavar="程度",
            help="乱到什么程度：0 干净，1 写法乱，2 内容也有错漏，3 更多；默认 2")  # fmt: skip
        add("--truth", type=Path, metavar="文件", help="真值写到哪里，默认在文件夹旁边")
        add("--nation", action="store_true", help="不写文件，把一个虚构的全国直接记入台账")
        add("--people", type=int, metavar="人", help="全国的人数，默认 3000 万，可为 0")

    def work(self, **options: Any) -> tuple[int, Any]:
        return OK, _nation(options) if options["nation"] else _folder(options)

    def show(self, result: Any) -> None:
        if "folder" in result:
            self.say(
                f"已写 {len(result['files'])} 个文件到 {result['folder']}，真值在 {result['truth']}"
            )
            return
        self.say(
            f"已记入 {result['regions']:,} 个地区、{result['units']:,} 个机构、"
            f"{result['people']:,} 人，{result['seconds']:,} 秒，每秒 {result['per_second']:,} 条"
        )


def _folder(options: dict[str, Any]) -> dict[str, Any]:
    folder, units = options["folder"], options["units"]
    units = 138 if units is None else units
    if folder is None:
        raise Refusal.of("no-folder", "没有写到哪个文件夹", "请写上文件夹，或用 --nation")
    target = options["truth"] or folder.with_name(folder.name + ".truth.json")
    _refuse_bad(units, options["years"], folder, target)
    world = make_world(units, options["years"], options["seed"], options["mess"])
    try:
        with progress("写文件", BOOKS, options["quiet"]) as advance:
            handed = write_folder(world, folder, lambda: advance(1))
        write_truth(truth(world, handed), target)
    except OSError as error:
        raise Refusal.of(
            "cannot-write", f"写不了 {folder}：{cause(error)}", "请换一个文件夹"
        ) from None
    return {
        "folder": str(folder),
        "truth": str(target),
        "files": handed.files,
        "mess": len(handed.mess),
        "planted": len(world.planted),
    }


def _refuse_bad(units: int, years: int, folder: Path, target: Path) -> None:
    if units < LEAST_UNITS or not LEAST_YEARS <= years <= MOST_YEARS:
        raise Refusal.of(
            "bad-size",
            f"事业单位至少 {LEAST_UNITS} 个，沿革 {LEAST_YEARS} 到 {MOST_YEARS} 年",
            "请改 --units 或 --years",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal.of("not-empty", f"{folder} 里已有文件", "请换一个空文件夹")
    if target.resolve().is_relative_to(folder.resolve()):
        raise Refusal.of("truth-inside", "真值不能放在要导入的文件夹里", "请改 --truth")


def _nation(options: dict[str, Any]) -> dict[str, Any]:
    from bianzhi.sample.nation import post_nation

    units = NATION["units"] if options["units"] is None else options["units"]
    people = NATION["people"] if options["people"] is None else options["people"]
    if options["folder"] is not None or units < 1 or people < 0:
        raise Refusal.of("bad-nation", "全国不写文件，机构至少 1 个，人数不能为负", "请改参数")
    ensure_tables()
    started = time.perf_counter()
    with progress("入账", units, options["quiet"]) as advance:
        made = post_nation(units, people, options["seed"], advance)
    seconds = time.perf_counter() - started
    return {
        **made._asdict(),
        "seconds": round(seconds, 1),
        "per_second": round(made.rows / seconds),
    }
