"""Numbers hidden in sentences: 事业编制12名（其中全额10名、差额2名）；领导职数1正2副; 含周转3名."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bianzhi.files.intake.lists import known_values
from bianzhi.files.intake.numerals import NUMERAL, chinese_number

POSTS, LEADERS, SECTIONS = "posts", "leaders", "sections"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number proposed from a sentence, for a person to confirm.

    Attributes:
        what: ``posts`` (编制), ``leaders`` (领导职数) or ``sections`` (内设机构个数).
        n: The number.
        kind: Code of the quota kind, with ``@rank`` for leaders where the rank is said.
        funding: Code of the funding form, "" if not said.
        figure: approved, actual, reserved, pending, or moved (划转、核增、核减).
        part: Whether it is a part of another number of the same sentence (其中, 含).
        phrase: The words it was read from.
    """

    what: str
    n: int
    kind: str = ""
    funding: str = ""
    figure: str = "approved"
    part: bool = False
    phrase: str = ""


_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"政法专项编制|政法专项|政法编制", "ZF", ""),
    (r"行政执法专项编制|行政执法编制", "XZF", ""),
    (r"乡镇行政编制|街道行政编制|镇行政编制", "XXZ", ""),
    (r"参照公务员法管理事业编制|参公事业编制|参公编制|参公事业|参公", "SC", ""),
    (r"周转事业编制|周转编制|周转池编制|周转", "SZ", ""),
    (r"储备事业编制|储备编制|储备", "SR", ""),
    (r"后勤服务人员编制|后勤服务编制|后勤编制|后勤事业编制", "GH", ""),
    (r"工勤人员控制数|工勤控制数", "GK", ""),
    (r"机关工勤编制|工勤编制|工勤人员编制|工勤", "GJ", ""),
    (r"员额控制数|员额", "KY", ""),
    (r"政府雇员", "KZ", ""),
    (r"(?:财政)?全额(?:拨款)?事业编制|全额(?:拨款)?编制|(?:财政)?全额(?:拨款)?", "SY", "full"),
    (r"(?:财政)?差额(?:补助|拨款)?事业编制|差额编制|(?:财政)?差额(?:补助|拨款)?", "SY", "partial"),
    (r"自收自支事业编制|自收自支编制|自收自支|经费自理", "SY", "self"),
    (r"一般事业编制|事业编制|一般事业|事业", "SY", ""),
    (r"一般行政编制|机关行政编制|行政编制|一般行政|行政", "XZ", ""),
    (r"人员编制|编制总额|编制总数|机关编制|编制", "", ""),
)
_KIND = "|".join(f"(?P<k{at}>{pattern})" for at, (pattern, _, _) in enumerate(_KINDS))
_BETWEEN = r"(?:总额|总数|数额|数)?(?:为|共|共计|核定为|核定|：|:)?\s*"
_AFTER = re.compile(rf"(?:{_KIND}){_BETWEEN}(?P<n>{NUMERAL})\s*(?:名|个|人)")
_BEFORE = re.compile(rf"(?P<n>{NUMERAL})\s*(?:名|个)(?:{_KIND})")
_LEAD = re.compile(
    rf"预留(?P<who>领导|军转|其他)?(?:干部|编制|职数)?\s*(?P<n>{NUMERAL})\s*(?:名|个|人)"
)
_PENDING = re.compile(rf"待(?:上|入)编\s*(?P<n>{NUMERAL})\s*(?:名|个|人)")
_CHIEFS = re.compile(
    rf"(?P<chief>{NUMERAL})\s*(?:名)?正(?:职)?(?:[、,，]?\s*(?P<deputy>{NUMERAL})\s*(?:名)?副)?"
    rf"(?![一-鿿]*级)"
)
_TITLES = (
    "局长|主任|部长|书记|院长|校长|站长|所长|馆长|台长|社长|队长|园长|处长|镇长|乡长|区长|"
    "检察长|主席|会长|理事长|总队长|支队长|大队长|中心主任|秘书长"
)
_HELD = rf"(?:职数)?\s*(?P<n>{NUMERAL})\s*(?:名|人|个)"
_TITLED = re.compile(rf"(?P<deputy>副)?(?P<title>{_TITLES}){_HELD}")
_SECTION_TITLED = re.compile(rf"(?P<deputy>副)?(?P<title>科长|股长|室主任){_HELD}")
_TOTAL = re.compile(
    rf"(?P<scope>[^，。；;,]{{0,12}}?)领导职数{_BETWEEN}(?P<n>{NUMERAL})\s*(?:名|个|人)"
)
_POSTS_OF = re.compile(rf"(?P<post>正职|副职)(?:领导)?(?:职数)?\s*(?P<n>{NUMERAL})\s*(?:名|个|人)")
_SECTIONS = re.compile(
    rf"(?:设|下设|内设)?(?P<n>{NUMERAL})\s*个(?:内设机构|内设科室|职能科室|科室|股室)|"
    rf"(?:内设机构|内设科室|科室|股室)\s*(?P<m>{NUMERAL})\s*个"
)
_RANK = re.compile(r"(正|副)(?:处|县|科|股|乡)级?|(?:处|县|科|股|乡)级")
_INSIDE = re.compile(r"内设|中层|科室|股室|股级|科长|股长")
_PART = re.compile(r"其中|含|包括")


def facts_in(text: str) -> tuple[Fact, ...]:
    """Every number of posts, leaders and sections a sentence proposes, in its order.

    >>> [(f.funding, f.n, f.part) for f in facts_in("事业编制12名（其中全额10名、差额2名）")]
    [('', 12, False), ('full', 10, True), ('partial', 2, True)]
    """
    text = re.sub(r"\s+", "", text)[:20_000]
    found: list[tuple[int, Fact]] = []
    taken: list[tuple[int, int]] = []
    for finder in (_reserved, _leaders, _sections, _posts):
        for start, end, facts in finder(text):
            if any(start < low and end > high for high, low in taken):
                continue
            taken.append((start, end))
            found += [(start, fact) for fact in facts]
    found.sort(key=lambda each: each[0])
    return tuple(fact for _, fact in found)


Found = tuple[int, int, list[Fact]]


def _number(text: str | None) -> int:
    return chinese_number(text or "") or 0


def _posts(text: str) -> Iterator[Found]:
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            at = next(at for at in range(len(_KINDS)) if match[f"k{at}"])
            _, kind, funding = _KINDS[at]
            part = _is_part(text, match.start())
            figure = _figure(text[: match.start()])
            fact = Fact(POSTS, _number(match["n"]), kind, funding, figure, part, match[0])
            yield match.start(), match.end(), [fact]


def _figure(before: str) -> str:
    """What the number counts, by the word right before it."""
    if re.search(r"(?:实有|现有|在编)$", before):
        return "actual"
    moved = r"(?:划转|划入|划出|调剂|核减|减少|收回|增加|核增|增核)(?:机关|全部)?$"
    return "moved" if re.search(moved, before) else "approved"


def _is_part(text: str, at: int) -> bool:
    """Inside an open bracket, or after 其中 or 含 in the same clause."""
    before = text[:at]
    clause = re.split(r"[；;。]", before)[-1]
    opened = clause.count("（") + clause.count("(") > clause.count("）") + clause.count(")")
    return opened or bool(_PART.search(re.split(r"[）)]", clause)[-1]))


def _reserved(text: str) -> Iterator[Found]:
    for match in _LEAD.finditer(text):
        who = {"领导": "leader"}.get(match["who"] or "", "other")
        fact = Fact(POSTS, _number(match["n"]), who, "", "reserved", True, match[0])
        yield match.start(), match.end(), [fact]
    for match in _PENDING.finditer(text):
        fact = Fact(POSTS, _number(match["n"]), "", "", "pending", True, match[0])
        yield match.start(), match.end(), [fact]


def _leaders(text: str) -> Iterator[Found]:
    for finder in (_pairs, _titled, _posts_of, _totals):
        yield from finder(text)


def _pairs(text: str) -> Iterator[Found]:
    """1正2副, 4正."""
    for match in _CHIEFS.finditer(text):
        scope = _scope(text, match.start())
        rank = _rank(text, match.start())
        phrase = re.split(r"[；;。，,（(]", text[: match.start()])[-1] + match[0]
        facts = [Fact(LEADERS, _number(match["chief"]), _kind(scope, "1", rank), phrase=phrase)]
        if match["deputy"]:
            facts.append(Fact(LEADERS, _number(match["deputy"]), f"{scope}2", phrase=phrase))
        yield match.start(), match.end(), facts


def _titled(text: str) -> Iterator[Found]:
    """局长1名，副局长3名."""
    for pattern, scope in ((_SECTION_TITLED, "LN"), (_TITLED, "LD")):
        for match in pattern.finditer(text):
            kind = f"{scope}{'2' if match['deputy'] else '1'}"
            yield match.start(), match.end(), [_leader(text, match, kind)]


def _posts_of(text: str) -> Iterator[Found]:
    """副职1名."""
    for match in _POSTS_OF.finditer(text):
        post = "1" if match["post"] == "正职" else "2"
        kind = f"{_scope(text, match.start())}{post}"
        yield match.start(), match.end(), [_leader(text, match, kind)]


def _totals(text: str) -> Iterator[Found]:
    """领导职数3名."""
    for match in _TOTAL.finditer(text):
        scope = "LN" if _INSIDE.search(match["scope"]) else "LD"
        yield match.start(), match.end(), [_leader(text, match, scope)]


def _leader(text: str, match: re.Match[str], kind: str) -> Fact:
    figure = _figure(text[: match.start()])
    part = _is_part(text, match.start())
    return Fact(LEADERS, _number(match["n"]), kind, "", figure, part, match[0])


def _scope(text: str, at: int) -> str:
    clause = re.split(r"[；;。，,]", text[:at])[-1]
    return "LN" if _INSIDE.search(clause) and "单位领导" not in clause else "LD"


def _kind(scope: str, post: str, rank: str) -> str:
    return f"{scope}{post}" + (f"@{rank}" if rank else "")


def _rank(text: str, at: int) -> str:
    """The rank said right before: 正科级领导职数1正2副; plain 科级 is the chief's."""
    clause = re.split(r"[；;。，,]", text[:at])[-1]
    match = _RANK.search(clause)
    return known_values("org_rank").get(match[0].replace("级", ""), "") if match else ""


def _sections(text: str) -> Iterator[Found]:
    for match in _SECTIONS.finditer(text):
        n = _number(match["n"] or match["m"])
        yield match.start(), match.end(), [Fact(SECTIONS, n, phrase=match[0])]
