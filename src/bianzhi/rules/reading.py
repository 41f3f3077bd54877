"""Reading a pack (TOML): everything wrong with it is told at once, each problem with its place."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from bianzhi.core.errors import Problem, Refusal
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.finding import SEVERITIES, WARN
from bianzhi.rules.pack import (
    GRADES,
    LEVELS,
    RELIABLE,
    Confirmation,
    Entry,
    Exemption,
    Origin,
    Pack,
    Scope,
    Served,
)
from bianzhi.rules.parameters import (
    OptionalDay,
    OptionalWhole,
    Text,
    Trees,
    flag,
    read_into,
    rows,
)
from bianzhi.rules.syntax import unreadable


def _as_is(value: object, trees: Trees) -> Any:
    """Read later, by the rule's own dataclass."""
    return value


def _several(value: object, trees: Trees) -> list[Any]:
    """Rules, one after the other."""
    if not isinstance(value, list):
        raise Refusal.of(
            "bad-rules", "规则没有逐条写", "每条规则的第一行写 [[rules]]，下面逐行写参数"
        )
    return value


def _named(value: object, trees: Trees) -> dict[str, Any]:
    """Documents by name."""
    if not isinstance(value, dict):
        raise Refusal.of(
            "bad-sources",
            "出处没有逐份写",
            "每份文件的第一行写 [sources.名字]，下面写 title、grade",
        )
    return value


@dataclass(frozen=True, kw_only=True)
class _Head:
    """A pack as it is written."""

    title: Annotated[Text, "名称"]
    level: Annotated[Text, "层级"]
    place: Annotated[Text, "地区"]
    sources: Annotated[dict[str, Any], _named, "出处"] = field(default_factory=dict)
    rules: Annotated[list[Any], _several, "规则"] = field(default_factory=list)
    confirm: Annotated[tuple[Confirmation, ...], rows(Confirmation), "核实启用"] = ()
    served: Annotated[tuple[Served, ...], rows(Served), "业务量"] = ()


@dataclass(frozen=True, kw_only=True)
class _Given:
    """A rule of a pack as it is written."""

    rule: Annotated[Text, "规则编号"]
    source: Annotated[Text, "出处"]
    name: Annotated[Text, "参数组"] = ""
    title: Annotated[Text, "名称"] = ""
    clause: Annotated[Text, "条款"] = ""
    severity: Annotated[Text, "轻重"] = WARN
    enabled: Annotated[bool | None, flag, "启用"] = None
    confirmed: Annotated[Text, "核实所据的文件"] = ""
    days: Annotated[OptionalWhole, "整改期限（天）"] = None
    valid_from: Annotated[OptionalDay, "生效日期"] = None
    valid_until: Annotated[OptionalDay, "失效日期"] = None
    parameters: Annotated[Any, _as_is, "参数"] = field(default_factory=dict)
    scope: Annotated[Any, _as_is, "适用范围"] = field(default_factory=dict)
    exemptions: Annotated[tuple[Exemption, ...], rows(Exemption), "例外"] = ()


def read_pack(key: str, text: str, trees: Trees | None = None) -> Pack:
    """A pack from its text.

    Args:
        key: Its short name.
        text: The TOML.
        trees: The code trees with the local codes; default the national ones.

    Raises:
        Refusal: With every problem found.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(unreadable(text, str(error))) from None
    return _Reading(key, raw, trees or {}, hashlib.sha256(text.encode()).hexdigest()).pack()


class _Reading:
    """One pack being read."""

    def __init__(self, key: str, raw: Mapping[str, Any], trees: Trees, digest: str) -> None:
        self.key, self.raw, self.trees, self.digest = key, raw, trees, digest
        self.problems: list[Problem] = []

    def pack(self) -> Pack:
        head = read_into(_Head, self.raw, self.trees)
        if head.level not in LEVELS:
            known = "、".join(f"{code}（{name}）" for code, name in LEVELS.items())
            what = f"没有“{head.level}”这个层级"
            self._problem("unknown-level", what, f"可选的有：{known}", "level")
        sources = self._sources(head.sources)
        entries = [
            entry
            for place, given in enumerate(head.rules, 1)
            if (entry := self._entry(f"第 {place} 条规则", given, sources)) is not None
        ]
        self.problems += overlapping(entries)
        self.problems += _unconfirmed(head.confirm)
        if self.problems:
            raise Refusal(*self.problems)
        return Pack(
            key=self.key, title=head.title, level=head.level, place=head.place,
            entries=tuple(entries), confirmations=head.confirm, served=head.served,
            digest=self.digest,
        )  # fmt: skip

    def _problem(self, code: str, what: str, do: str, field: str = "", place: str = "") -> None:
        self.problems.append(Problem(code, what, do, field, place))

    def _try(self, place: str, cls: type[Any], given: object) -> Any:
        """What is read into a dataclass; None, its problems kept, where that is refused."""
        try:
            return read_into(cls, given, self.trees)
        except Refusal as refusal:
            self.problems += refusal.at(place).problems
            return None

    def _sources(self, given: Any) -> dict[str, Origin]:
        found = {}
        for name, each in given.items():
            origin: Origin | None = self._try(f"出处“{name}”", Origin, each)
            if origin is None:
                continue
            if not origin.title:
                self._problem("no-title", f"出处“{name}”没有标题", "请写文件的标题和文号")
            if origin.grade not in GRADES:
                known = "、".join(f"{code} {words}" for code, words in GRADES.items())
                self._problem(
                    "unknown-grade", f"没有“{origin.grade}”这个证据等级", f"可选的有：{known}",
                    place=f"出处“{name}”",
                )  # fmt: skip
            found[name] = origin
        return found

    def _entry(self, place: str, raw: Any, sources: Mapping[str, Origin]) -> Entry | None:
        given: _Given | None = self._try(place, _Given, raw)
        if given is None:
            return None
        place = f"{place} {given.rule}"
        before = len(self.problems)
        self.problems += [problem.at(place) for problem in _wrong(given, sources)]
        if given.rule not in RULES:
            return None
        parameters = self._try(place, RULES[given.rule].parameters, given.parameters)
        scope = self._try(place, Scope, given.scope)
        if len(self.problems) > before:
            return None
        origin = sources[given.source]
        return _made(given, parameters, scope, origin, self.key)


def _made(given: _Given, parameters: Any, scope: Scope, origin: Origin, pack: str) -> Entry:
    rule = RULES[given.rule]
    sure = origin.grade in RELIABLE or bool(given.confirmed)
    return Entry(
        rule=rule, name=given.name, title=given.title or rule.title, parameters=parameters,
        origin=Origin(
            title=origin.title, doc_no=origin.doc_no, clause=given.clause or origin.clause,
            grade=origin.grade, note=origin.note,
        ),
        severity=given.severity, enabled=sure if given.enabled is None else given.enabled,
        valid_from=given.valid_from, valid_until=given.valid_until, confirmed=given.confirmed,
        days=given.days, scope=scope, exemptions=given.exemptions, pack=pack,
    )  # fmt: skip


def _wrong(given: _Given, sources: Mapping[str, Origin]) -> Iterator[Problem]:
    if given.rule not in RULES:
        yield Problem(
            "unknown-rule", f"没有编号为“{given.rule}”的规则", f"可用的有：{'、'.join(RULES)}"
        )
    if given.source not in sources:
        known = "、".join(sources) or "（还没有写任何出处）"
        yield Problem(
            "no-source", f"出处“{given.source}”没有写在 [sources] 里",
            f"没有出处的规则不能用；已写的出处有：{known}", "source",
        )  # fmt: skip
    elif given.enabled and sources[given.source].grade not in RELIABLE and not given.confirmed:
        grade = sources[given.source].grade
        yield Problem(
            "not-confirmed", f"出处的证据等级为 {grade}（{GRADES.get(grade, '')}），不能直接启用",
            "请核对原文，并在 confirmed 里写明核对的文件；没有核对就不要启用", "enabled",
        )  # fmt: skip
    if given.severity not in SEVERITIES:
        known = "、".join(f"{code}（{name}）" for code, name in SEVERITIES.items())
        yield Problem(
            "unknown-severity", f"没有“{given.severity}”这种轻重", f"可选的有：{known}", "severity"
        )
    if _backwards(given.valid_from, given.valid_until):
        yield Problem(
            "backwards", "失效日期早于生效日期，这条规则哪一天都不适用", "请核对两个日期",
            "valid_until",
        )  # fmt: skip
    for exemption in given.exemptions:
        if not exemption.document:
            yield Problem(
                "no-exemption-document", f"单位 {exemption.unit} 的例外没有写明批准文件",
                "例外必须有文件依据", "exemptions",
            )  # fmt: skip


def _unconfirmed(given: tuple[Confirmation, ...]) -> Iterator[Problem]:
    for place, each in enumerate(given, 1):
        where = f"第 {place} 条核实启用 {each.pack} {each.rule}"
        if not each.document:
            yield Problem("no-document", "没有写核实所据的文件", "没有核对过原文的不能启用",
                          "document", where)  # fmt: skip
        if each.rule not in RULES:
            what = f"没有编号为“{each.rule}”的规则"
            yield Problem("unknown-rule", what, "请照规则包页面上的编号写", "rule", where)


def _backwards(first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and last < first


def overlapping(entries: list[Entry]) -> Iterator[Problem]:
    """Two parameter sets of one rule and name that hold on the same day."""
    seen: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for other in seen.setdefault(entry.key, []):
            if _meet(entry, other):
                named = f"{entry.rule.code}{f'（{entry.name}）' if entry.name else ''}"
                yield Problem(
                    "two-at-once", f"规则 {named} 有两组参数同时有效",
                    "请给前一组写上失效日期 valid_until；要并用的，各写一个不同的 name",
                )  # fmt: skip
        seen[entry.key].append(entry)


def _meet(one: Entry, other: Entry) -> bool:
    return not _backwards(one.valid_from, other.valid_until) and not _backwards(
        other.valid_from, one.valid_until
    )
