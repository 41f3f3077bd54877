"""Renews the tables of the reference from the code.

    python -m docs.reference.generate

A page keeps its prose; what stands between ``<!-- 生成 NAME -->`` and ``<!-- 完 -->`` is made anew.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import MISSING
from pathlib import Path

import django

from bianzhi.core.acts import VERBS, Act
from bianzhi.core.acts.base import (
    Slot,
    read_any,
    read_flag,
    read_key,
    read_keys,
    read_number,
    slots,
)
from bianzhi.core.facts import FIELDS
from bianzhi.core.kinds import TREES, national
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.quantity import parse_quantity, quantity_text
from bianzhi.rules import parameters, shipped
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.pack import LEVELS
from bianzhi.rules.rule import FAMILIES
from docs.reference import meanings

FOLDER = Path(__file__).parent
PAGES = ("exchange.md", "commands.md", "../rules/catalogue.md", "../rules/packs.md")
_MARKED = re.compile(r"(<!-- 生成 (\S+) -->\n).*?(<!-- 完 -->)", re.DOTALL)

WRITTEN: dict[Callable[..., object], str] = {
    read_key: "代码",
    read_keys: "代码的列表",
    read_flag: "true / false",
    read_number: "整数",
    read_any: "见说明",
    parse_quantity: "数量",
}
TYPES = {
    "text": "文字",
    "texts": "文字的列表",
    "flag": "true / false",
    "day": "日期",
    "quantity": "数量",
    "status": "状态",
    "ref": "机构代码",
}
COMMON = ("on", "source")


def refreshed(text: str) -> str:
    """A page with its generated parts made anew."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{made(found[2])}\n\n{found[3]}", text)


def made(name: str) -> str:
    """One generated part: ``KIND`` or ``KIND:ARGUMENT``."""
    kind, _, argument = name.partition(":")
    return "\n".join(MAKERS[kind](argument))


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of the page."""
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        cells = " | ".join(cell.replace("|", r"\|") for cell in row)
        yield f"| {cells} |"


# -- verbs --------------------------------------------------------------------------------------


def verbs(module: str) -> Iterator[str]:
    """The verbs of a module, each with its fields."""
    for name, cls in VERBS.items():
        if cls.__module__.rsplit(".", 1)[-1] == module:
            yield from (f"#### {name}", "", cls.meaning, "")
            rows = (_field(cls, field, slot) for field, slot in slots(cls).items())
            yield from table(("项", "写法", "必填", "说明"), (row for row in rows if row))
            yield ""


def common(_: str) -> Iterator[str]:
    """The fields every verb has."""
    rows = (_field(Act, field, slots(Act)[field]) for field in COMMON)
    yield from table(("项", "写法", "必填", "说明"), rows)


def _field(cls: type[Act], field: str, slot: Slot) -> tuple[str, ...]:
    if field in COMMON and cls is not Act:
        return ()
    return (
        f"`{field}`",
        _written(field, slot),
        _needed(cls, slot),
        meanings.meaning(cls.verb, field),
    )


def _written(field: str, slot: Slot) -> str:
    if field == "on":
        return "日期"
    if slot.marks and slot.marks != ("holder",):
        return "代码"
    return WRITTEN.get(slot.read, "文字")


def _needed(cls: type[Act], slot: Slot) -> str:
    if slot.required:
        return "必填"
    default = cls.__dataclass_fields__[slot.attribute].default
    if default is MISSING or default in ("", None, ()):
        return "可不写"
    if slot.read is parse_quantity:
        return f"默认 {quantity_text(default)}"
    return f"默认 {str(default).lower() if isinstance(default, bool) else default}"


# -- the rest of the form ------------------------------------------------------------------------


def change(_: str) -> Iterator[str]:
    """The fields of a change line."""
    yield from table(("项", "说明"), ((f"`{key}`", said) for key, said in meanings.CHANGE.items()))


def document(_: str) -> Iterator[str]:
    """The fields of a document."""
    yield from table(
        ("项", "说明"), ((f"`{key}`", said) for key, said in meanings.DOCUMENT.items())
    )


def fields(cls: str) -> Iterator[str]:
    """The registered fields of a class of things."""
    rows = (
        (f"`{each.name}`", each.title, TYPES.get(each.type) or f"代码表 `{each.type}`")
        for each in FIELDS[cls].values()
    )
    yield from table(("登记项", "名称", "写法"), rows)


def counters(_: str) -> Iterator[str]:
    """The counter-accounts."""
    yield from (f"- `{name}`：{said.partition('：')[2]}" for name, said in COUNTERS.items())


def codes(_: str) -> Iterator[str]:
    """The national values of every code tree."""
    for name in TREES:
        tree = national(name)
        yield from (f"#### {tree.title} `{name}`", "")
        rows = (
            (f"`{code.code}`", code.name, code.parent and f"`{code.parent}`",
             "分类名，不直接记账" if code.is_group else "")
            for code in tree
        )  # fmt: skip
        yield from table(("代码", "名称", "上级", ""), rows)
        yield ""


# -- commands -------------------------------------------------------------------------------------


def commands(_: str) -> Iterator[str]:
    """Every command of ours: usage, arguments, options."""
    from bianzhi.site.utility import Utility, our_commands

    for name in our_commands():
        command = Utility(["bianzhi"]).fetch_command(name)
        parser = command.create_parser("bianzhi", name)
        usage = " ".join(parser.format_usage().removeprefix("用法：").split())
        yield from (f"### {name}", "", f"{command.help}。", "", "```", usage, "```", "")
        own = [each for each in parser._actions if _is_own(each)]
        yield from table(("参数", "说明"), ((_option(each), each.help or "") for each in own))
        yield ""


def _is_own(action: argparse.Action) -> bool:
    return action.dest not in ("help", "json", "quiet")


def _option(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    return f"`{' '.join([*action.option_strings[-1:], metavar]).strip()}`"


# -- rules ---------------------------------------------------------------------------------------


def rules(_: str) -> Iterator[str]:
    """Every rule with its parameters."""
    for rule in RULES.values():
        yield from (
            f"### {rule.code} {rule.title}",
            "",
            f"{rule.meaning}（{FAMILIES[rule.family]}）",
            "",
        )
        if all(rule.numbers):
            yield from (f"两个数：{rule.numbers[0]}，{rule.numbers[1]}。", "")
        known = parameters.slots(rule.parameters).values()
        if known:
            rows = ((f"`{each.name}`", each.title, "必填" if each.required else "可不写")
                    for each in known)  # fmt: skip
            yield from table(("参数", "说明", "必填"), rows)
            yield ""


def packs(_: str) -> Iterator[str]:
    """The packs that are shipped."""
    rows = (
        (f"`{key}`", pack.title, f"{LEVELS[pack.level]}：{pack.place}", str(len(pack.entries)),
         str(sum(entry.enabled for entry in pack.entries)))
        for key in shipped.names() for pack in [shipped.pack(key)]
    )  # fmt: skip
    yield from table(("代号", "名称", "地区", "规则", "其中启用"), rows)


MAKERS: dict[str, Callable[[str], Iterator[str]]] = {
    maker.__name__: maker
    for maker in (verbs, common, change, document, fields, counters, codes, commands, rules, packs)
}


def main() -> None:
    """Renew every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianzhi.site.settings")
    django.setup()
    for name in PAGES:
        page = FOLDER / name
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
