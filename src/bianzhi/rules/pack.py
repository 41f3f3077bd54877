"""Packs: parameters of rules, dated, with jurisdiction, source and grade. Data, never code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from bianzhi.rules.parameters import (
    Categories,
    OptionalDay,
    OptionalNumber,
    Ranks,
    Text,
    Texts,
    day,
    share,
)
from bianzhi.rules.rule import Rule

LEVELS = {"nation": "全国", "province": "省", "city": "市", "county": "县（区）", "office": "本办"}
SURE, SECONDARY, KNOWN, OWN = "V", "V-", "K", "D"
GRADES = {
    SURE: "有公布的条文",
    SECONDARY: "二手、不完整或地名不明",
    KNOWN: "一般业务知识，没有核到条文",
    OWN: "本系统的推定，不是规定",
}
RELIABLE = (SURE, OWN)  # on without being confirmed


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The document a rule stands on."""

    title: Annotated[Text, "标题"]
    doc_no: Annotated[Text, "文号"] = ""
    clause: Annotated[Text, "条款"] = ""
    grade: Annotated[Text, "证据等级"] = KNOWN
    note: Annotated[Text, "说明"] = ""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which units a rule is for; empty parts do not restrict. A section counts as its org."""

    categories: Annotated[Categories, "机构类别"] = ()
    ranks: Annotated[Ranks, "机构规格"] = ()
    under: Annotated[Text, "某单位及其下属"] = ""
    units: Annotated[Texts, "单位代码"] = ()
    names: Annotated[Texts, "名称含其中一词"] = ()
    without: Annotated[Texts, "名称不含这些词"] = ()


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A unit a rule does not speak of, by a document: up to ``most`` if one is named."""

    unit: Annotated[Text, "单位代码"]
    document: Annotated[Text, "批准例外的文件"]
    about: Annotated[Text, "编制种类、人员或变更"] = ""
    most: Annotated[OptionalNumber, "至多"] = None
    valid_from: Annotated[OptionalDay, "自"] = None
    valid_until: Annotated[OptionalDay, "至"] = None

    def in_force(self, day: int) -> bool:
        """Whether it holds on a day."""
        return _covers(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One rule under one set of parameters for a time.

    Attributes:
        rule: The rule.
        name: Tells parameter sets of one rule apart, which then all apply; "" for the only one.
        title: What people call this one; default the rule's title.
        valid_from, valid_until: First and last day; None: no end.
        origin: The document.
        severity: error, warn or info: the office's policy.
        enabled: Whether it is used.
        confirmed: By what document an unsure one was confirmed.
        days: Within how many days a finding is to be put right; None: no deadline.
    """

    rule: Rule
    name: str
    title: str
    parameters: Any
    origin: Origin
    severity: str
    enabled: bool
    valid_from: int | None = None
    valid_until: int | None = None
    confirmed: str = ""
    days: int | None = None
    scope: Scope = Scope()
    exemptions: tuple[Exemption, ...] = ()
    pack: str = ""

    def in_force(self, day: int) -> bool:
        """Whether its parameters hold on a day."""
        return _covers(self.valid_from, self.valid_until, day)

    @property
    def key(self) -> tuple[str, str]:
        """The rule and the parameter set."""
        return self.rule.code, self.name


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """The office has checked an unsure entry of another pack against its document."""

    pack: Annotated[Text, "规则包"]
    rule: Annotated[Text, "规则编号"]
    document: Annotated[Text, "核实所据的文件"]
    name: Annotated[Text, "参数组"] = ""


@dataclass(frozen=True, kw_only=True)
class Served:
    """How much a unit serves, from a document: pupils by stage, beds, residents."""

    unit: Annotated[Text, "单位代码"]
    measure: Annotated[Text, "计量项目"]
    amount: Annotated[float, share, "数量"]
    day: Annotated[int, day, "截至日期"]
    source: Annotated[Text, "出处"]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A pack.

    Attributes:
        key: Its short name.
        level, place: Jurisdiction.
        entries: In the order of the file.
        digest: SHA-256 of the file, hexadecimal.
    """

    key: str
    title: str
    level: str
    place: str
    entries: tuple[Entry, ...]
    confirmations: tuple[Confirmation, ...] = ()
    served: tuple[Served, ...] = ()
    digest: str = field(default="", compare=False)


def _covers(first: int | None, last: int | None, day: int) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def gathered(packs: Iterable[Pack], day: int) -> list[Entry]:
    """The entries to be used on a day.

    A later pack (the more local one) replaces an earlier one's entry of the same rule and name:
    so the office turns a national rule off, or gives it another severity.
    """
    chosen: dict[tuple[str, str], Entry] = {}
    listed = list(packs)
    confirmed = dict(_confirmed(listed))
    for pack in listed:
        for entry in pack.entries:
            if entry.in_force(day):
                by = confirmed.get((pack.key, *entry.key))
                sure = replace(entry, enabled=True, confirmed=by) if by else entry
                chosen[entry.key] = sure
    return [entry for entry in chosen.values() if entry.enabled]


def _confirmed(packs: Iterable[Pack]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for pack in packs:
        for each in pack.confirmations:
            yield (each.pack, each.rule, each.name), each.document


def served_on(packs: Iterable[Pack], day: int) -> Mapping[tuple[str, str], float]:
    """(unit, measure) -> amount: the last figure of each not after a day."""
    figures = sorted(
        (each for pack in packs for each in pack.served if each.day <= day),
        key=lambda each: each.day,
    )
    return {(each.unit, each.measure): each.amount for each in figures}
