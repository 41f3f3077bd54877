"""``bianzhi reconcile``: opening + changes against a published closing."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.days import FIRST_YEAR, LAST_YEAR, day_number, day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.reconcile import assertions, reconcile
from bianzhi.core.values import show_value
from bianzhi.record.load import load
from bianzhi.site import console
from bianzhi.site.console import DISAGREES, OK, day_argument, progress

TITLES = {
    "holder": "单位", "opening": "期初", "lines": "笔数", "changes": "变动",
    "adjustments": "无依据调整", "computed": "应为", "published": "公布", "difference": "相差",
    "allowance": "允差",
}  # fmt: skip


class Command(console.Command):
    """Reconcile a period."""

    help = "期初加变动，与公布的期末数逐单位核对，说明允差，指出不符的"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("year", nargs="?", type=int, metavar="年度", help="核对整个年度")
        parser.add_argument(
            "--from", metavar="日期", dest="opening", type=day_argument, help="期初日"
        )
        parser.add_argument(
            "--to", metavar="日期", dest="closing", type=day_argument, help="期末日"
        )
        parser.add_argument("--kind", metavar="种类", help="编制种类；只有一种时可不写")
        parser.add_argument(
            "--document", metavar="文件", default="", help="公布期末数的文件：文号或标题"
        )
        parser.add_argument("--known", metavar="号", type=int, help="截至第几号变更")
        parser.add_argument("--all", action="store_true", help="列出全部单位，不只是不符的")

    def work(self, **options: Any) -> tuple[int, Any]:
        opening, closing = _period(options)
        with progress("读取", None, options["quiet"]) as advance:
            columns = load(progress=advance)
        kind = options["kind"] or _only_kind(columns, closing, options["known"])
        found = reconcile(columns, opening, closing, kind, options["document"], options["known"])
        if found.is_empty():
            raise Refusal.of(
                "nothing-published", f"{day_text(closing)} 没有“{kind}”的公布数", "请核对日期和种类"
            )
        result = {
            "opening": day_text(opening),
            "closing": day_text(closing),
            "kind": kind,
            "units": found.height,
            "agree": int(found["agrees"].sum()),
            "exactly": int(found["exactly"].sum()),
            "totals": {
                name: found[name].sum()
                for name in ("opening", "changes", "adjustments", "computed", "published")
            },
            "largest_difference": found["difference"].abs().max(),
            "disagree": found.filter(~pl.col("agrees")),
            "all": found if options["all"] else None,
        }
        return (OK if result["agree"] == result["units"] else DISAGREES), result

    def show(self, result: Any) -> None:
        self.say(
            f"{result['kind']}　{result['opening']} 期初 ＋ 有依据的变动，"
            f"与 {result['closing']} 公布数比较",
            "公布数按四舍五入取整，允差是随公布数一起登记的取整误差",
            f"{result['agree']} / {result['units']} 个单位在允差内相符，"
            f"其中 {result['exactly']} 个完全相等",
        )
        totals = {name: show_value(value) for name, value in result["totals"].items()}
        self.say(
            f"合计：期初 {totals['opening']}，变动 {totals['changes']}，应为 {totals['computed']}，"
            f"公布 {totals['published']}；"
            f"单个单位相差最多 {show_value(result['largest_difference'])}"
        )
        if totals["adjustments"] != "0":
            self.say(f"另有待核实（没有文件）的调整 {totals['adjustments']}，不计入变动")
        if result["all"] is not None:
            self.table(result["all"], TITLES)
        elif result["disagree"].height:
            self.say(f"不予认可：{result['disagree'].height} 个单位不符")
            self.table(result["disagree"], TITLES)


def _period(options: dict[str, Any]) -> tuple[int, int]:
    if options["year"] is not None:
        year = options["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal.of(
                "bad-year", f"“{year}”不是年度", f"请写 {FIRST_YEAR}—{LAST_YEAR} 之间的年度"
            )
        return day_number(date(year, 1, 1)), day_number(date(year, 12, 31))
    if options["opening"] is None or options["closing"] is None:
        raise Refusal.of("no-period", "没有写明核对的期间", "请写年度，或 --from 和 --to")
    return options["opening"], options["closing"]


def _only_kind(columns: Columns, closing: int, known: int | None) -> str:
    published = assertions(columns, known).filter(
        (pl.col("day") == pl.lit(closing).cast(pl.Date)) & (pl.col("scope") == "unit")
    )
    kinds = sorted(published["kind"].unique())
    if len(kinds) != 1:
        raise Refusal.of(
            "which-kind",
            f"{day_text(closing)} 公布了 {len(kinds)} 种编制的数：{'、'.join(kinds) or '无'}",
            "请用 --kind 指明一种",
        )
    return str(kinds[0])
