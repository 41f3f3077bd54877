"""``bianzhi convert FORM FOLDER``: a foreign ledger becomes an exchange file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bianzhi.core.errors import Refusal, cause
from bianzhi.files import open_budget, organograms
from bianzhi.site import console
from bianzhi.site.console import OK, progress

FORMS = {
    "open-budget": "以色列财政部公开预算数据（编制底数、变动、沿革）",
    "organograms": "英国政府公开的机构岗位快照",
}


def lines_of(form: str, folder: Path, years: list[int] | None) -> Iterator[str]:
    """The exchange lines of a foreign ledger."""
    if form == "open-budget":
        return open_budget.convert(folder, years=years)
    return organograms.convert(folder)


def _write(lines: Iterator[str], file: Path, advance: Callable[[int], object]) -> dict[str, Any]:
    """Write the lines beside the file wanted; only a whole one takes its name."""
    count = {"lines": 0, "changes": 0}
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(line + "\n")
                count["lines"] += 1
                count["changes"] += line.startswith('{"change"')
                advance(1)
        part.replace(file)
    except OSError as error:
        raise Refusal.of(
            "cannot-write", f"写不了 {file}：{cause(error)}", "请检查文件夹和磁盘"
        ) from None
    finally:
        if part.exists():
            part.unlink()
    return {**count, "file": file}


class Command(console.Command):
    """Convert a foreign ledger."""

    help = "把外部台账转换成交换文件，再用 bianzhi post 入账"
    needs_record = False

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "form",
            choices=FORMS,
            metavar="格式",
            help="；".join(f"{name}：{title}" for name, title in FORMS.items()),
        )
        parser.add_argument("folder", type=Path, metavar="文件夹", help="外部台账在哪里")
        parser.add_argument("file", type=Path, metavar="交换文件", help="写到哪里")
        parser.add_argument(
            "--years", metavar="年度", type=int, nargs="+", help="只转换这些年度（连续）"
        )

    def work(self, **options: Any) -> tuple[int, Any]:
        lines = lines_of(options["form"], options["folder"], options["years"])
        with progress("转换", None, options["quiet"]) as advance:
            return OK, _write(lines, options["file"], advance)

    def show(self, result: Any) -> None:
        self.say(f"已转换为 {result['file']}：{result['changes']} 件变更，{result['lines']} 行")
