"""``bianzhi check``: what the rules find on a day, as known at a change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bianzhi.core.days import day_number, day_text
from bianzhi.core.errors import Refusal, cause, refuse_if
from bianzhi.core.facts import HOLDERS
from bianzhi.core.state import State
from bianzhi.office.checks import following, judging, packs
from bianzhi.office.checks.book import book
from bianzhi.office.desk.today import today
from bianzhi.record.load import load
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.finding import ERROR, SEVERITIES
from bianzhi.rules.pack import Pack
from bianzhi.rules.reading import read_pack
from bianzhi.rules.running import Outcome
from bianzhi.site import console
from bianzhi.site.console import DISAGREES, OK, day_argument, progress

SHOWN = 200  # findings a terminal is troubled with; the workbook has all


class Command(console.Command):
    """Run the rules."""

    help = "按规则检查某一天、以某一号变更为止所知的状况；查出“违规”的退出码为 3"
    undone = "没有检查"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--on", metavar="日期", type=day_argument, help="哪一天，默认今天")
        parser.add_argument("--known", metavar="号", type=int, help="截至第几号变更，默认最后一号")
        parser.add_argument(
            "--rules-day", metavar="日期", type=day_argument, help="用哪一天的规则，默认所看的那天"
        )
        parser.add_argument("--under", metavar="单位代码", help="只看一个单位及其下属")
        parser.add_argument(
            "--pack", metavar="代号或文件", action="append",
            help="用哪些规则包（可写几次，后面的更本地），默认采用中的各包",
        )  # fmt: skip
        parser.add_argument("--rule", metavar="编号", action="append", help="只看哪几条规则")
        parser.add_argument("--excel", metavar="文件", type=Path, help="全部发现另存为 Excel")
        parser.add_argument("--keep", action="store_true", help="记下这次检查，跟踪答复过的发现")
        parser.add_argument("--packs", action="store_true", help="只核对规则包，不检查")

    def work(self, **options: Any) -> tuple[int, Any]:
        with progress("读取", None, options["quiet"]) as advance:
            columns = load(progress=advance)
        on = day_number(today()) if options["on"] is None else options["on"]
        state = State(columns, on, options["known"], options["under"])
        chosen = _packs(options["pack"], state)
        if options["packs"]:
            return OK, {"packs": [_told(pack) for pack in chosen]}
        outcome = judging.judge(state, options["rules_day"], chosen)
        if options["keep"]:
            _keep(state, outcome, options)
        frame = outcome.frame
        if options["rule"]:
            frame = frame.filter(frame["rule"].is_in(_known(options["rule"])))
        if options["excel"]:
            _write(options["excel"], book(state, frame))
        wrong = frame.filter(frame["severity"] == ERROR).height
        return (DISAGREES if wrong else OK), {
            "basis": state.basis,
            "rules_day": day_text(outcome.rules_day),
            "packs": [pack.title for pack in chosen],
            "tally": frame.group_by("rule", "title", "severity").len("times").sort("rule"),
            "excused": outcome.excused.height,
            "crashes": [str(each) for each in outcome.crashes],
            "skipped": sorted({f"{entry.title}：缺{why}" for entry, why in outcome.skipped}),
            "findings": frame.drop("entry"),
        }

    def show(self, result: Any) -> None:
        if "tally" not in result:
            for pack in result["packs"]:
                counts = f"{pack['rules']} 条，启用 {pack['on']} 条"
                self.say(f"{pack['title']}（{pack['key']}）：{counts}")
            return
        under = f"按 {result['rules_day']} 的规则：{'、'.join(result['packs'])}"
        self.say(f"口径：{result['basis']}；{under}")
        for line in (*result["crashes"], *(f"没有查：{each}" for each in result["skipped"])):
            self.say(line)
        self.say(f"发现 {result['findings'].height} 条，另有 {result['excused']} 条经文件例外", "")
        if not result["findings"].height:
            return
        named = result["tally"].with_columns(
            severity=result["tally"]["severity"].replace_strict(SEVERITIES)
        )
        self.table(named, {"rule": "规则", "title": "名称", "severity": "轻重", "times": "条"})
        self.say("")
        shown = result["findings"].head(SHOWN)
        self.table(shown, {"rule": "规则", "unit": "单位", "words": "发现", "doc_no": "文号"})
        if result["findings"].height > SHOWN:
            self.say(f"……只列前 {SHOWN} 条，全部请用 --excel 或 --json")


def _packs(given: list[str] | None, state: State) -> list[Pack]:
    """The packs named, by short name or file; else those in use."""
    if not given:
        return packs.in_use(state.trees)
    own = {each.key: each for each in packs.listed(state.trees)}
    return [_pack(each, own, state) for each in given]


def _pack(name: str, own: dict[str, packs.Listed], state: State) -> Pack:
    if name in own:
        if (found := own[name].pack) is None:
            raise Refusal(*own[name].problems)
        return found
    file = Path(name)
    if not file.exists():
        raise Refusal.of(
            "unknown-pack", f"没有代号或文件为“{name}”的规则包",
            f"可选的有：{'、'.join(own)}，或写一个 .toml 文件",
        )  # fmt: skip
    try:
        pack = read_pack(file.stem, file.read_text(encoding="utf-8-sig"), state.trees)
    except (OSError, UnicodeError) as error:
        raise Refusal.of("unreadable", f"读不了 {name}：{cause(error)}", "请核对文件") from None
    subjects = state.columns.frame("subjects")
    units = set(subjects.filter(subjects["cls"].is_in(list(HOLDERS)))["key"])
    refuse_if(packs.foreign(pack, state.trees, units))
    return pack


def _told(pack: Pack) -> dict[str, Any]:
    on = sum(entry.enabled for entry in pack.entries)
    return {"key": pack.key, "title": pack.title, "rules": len(pack.entries), "on": on}


def _known(rules: list[str]) -> list[str]:
    for each in rules:
        if each not in RULES:
            raise Refusal.of(
                "unknown-rule", f"没有编号为“{each}”的规则", f"可用的有：{'、'.join(RULES)}"
            )
    return rules


def _keep(state: State, outcome: Outcome, options: dict[str, Any]) -> None:
    """Only a look at everything, under the packs in use, says that a finding is gone."""
    partly = options["under"] or options["pack"] or options["rules_day"] is not None
    if partly or state.known != state.columns.head:
        raise Refusal.of(
            "partly", "只看一部分、换了规则或不是最新所知的检查不能记下",
            "请去掉 --under、--pack、--rules-day、--known，再用 --keep",
        )  # fmt: skip
    following.keep(outcome, "命令")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refusal.of("unwritable", f"写不了 {path}：{cause(error)}", "请换一个位置") from None
