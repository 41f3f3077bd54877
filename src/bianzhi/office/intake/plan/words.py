"""Numbers and names written in words: 核定事业编制12名, 1正2副, 将甲、乙整合组建丙."""

from __future__ import annotations

import re
import unicodedata

from bianzhi.core.quantity import UNIT

# longest first: 参公事业编制 must not be read as 事业编制
KIND_WORDS = {
    "乡镇行政编制": "XXZ", "街道行政编制": "XXZ", "行政执法专项编制": "XZF", "政法专项编制": "ZF",
    "一般行政编制": "XZ", "行政编制": "XZ", "参公事业编制": "SC", "参公编制": "SC",
    "周转事业编制": "SZ", "周转编制": "SZ", "储备事业编制": "SR", "一般事业编制": "SY",
    "事业编制": "SY", "机关工勤编制": "GJ", "工勤编制": "GJ", "工勤控制数": "GK",
    "员额控制数": "KY", "控制数": "KY", "政府雇员": "KZ", "编制": "",
}  # fmt: skip
_KINDS = "|".join(sorted(KIND_WORDS, key=len, reverse=True))
_POSTS = re.compile(rf"({_KINDS})(?:数|额|总额)?(?:为|[:：])?(\d+)(?:名|个)?")
_PLAIN = re.compile(r"(\d+)(?:名|个|人)?")
_CHIEF = re.compile(r"正职[^\d,，;；、]{0,3}(\d+)|(\d+)名?正")
_DEPUTY = re.compile(r"副职[^\d,，;；、]{0,3}(\d+)|(\d+)名?副")
RANKS = {
    "正处": "5", "正县": "5", "副处": "5F", "副县": "5F", "正科": "6", "正乡": "6", "副科": "6F",
    "副乡": "6F", "正股": "7", "副股": "7F",
}  # fmt: skip
_RANK = re.compile(rf"({'|'.join(RANKS)})级?(?:单位)?(?:领导)?(?:干部)?(?:职数|职务)?[:：]?$")
_LIST = re.compile(r"[、，,;；]")
_AND = re.compile(r"[和及与]")


def folded(text: str) -> str:
    """Full-width forms and blanks folded, as names and numbers are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def posts_of(text: str, main: str = "SY") -> dict[str, int] | None:
    """Posts by kind in a text; None where it states none.

    Args:
        text: 核定事业编制12名、机关工勤编制1名; or a bare number.
        main: The kind meant where the text does not say.

    >>> posts_of("参公事业编制8名、工勤编制1名") == {"SC": 80000, "GJ": 10000}
    True
    """
    plain = folded(text)
    if match := _PLAIN.fullmatch(plain):
        return {main: int(match[1]) * UNIT}
    found: dict[str, int] = {}
    for match in _POSTS.finditer(plain):
        kind = KIND_WORDS[match[1]] or main
        found[kind] = found.get(kind, 0) + int(match[2]) * UNIT
    if not found:
        return {} if "不核定编制" in plain or "无编制" in plain else None
    return found


def leaders_of(text: str) -> dict[str, int] | None:
    """Leadership posts of a unit by kind, in ten-thousandths; None where the text states none.

    A rank said before a post is that post's: 正科级1正、副科级2副. Said before the pair it is the
    chief's (正科级领导职数1正2副), and the deputies' is open.

    >>> leaders_of("1正2副")
    {'LD1': 10000, 'LD2': 20000}
    >>> leaders_of("正科级领导职数1正")
    {'LD1@6': 10000}
    """
    plain = folded(text)
    found: dict[str, int] = {}
    start = 0
    matches = [
        (kind, match)
        for kind, form in (("LD1", _CHIEF), ("LD2", _DEPUTY))
        if (match := form.search(plain))
    ]
    for kind, match in sorted(matches, key=lambda each: each[1].start()):
        rank = _rank(plain[start : match.start()])
        start = match.end()
        if n := int(match[1] or match[2]) * UNIT:
            found[f"{kind}@{rank}" if rank else kind] = n
    return found if matches else None


def _rank(text: str) -> str:
    """The rank a text ends in, but for 领导 and the like; "" where it names none."""
    match = _RANK.search(text)
    return RANKS[match[1]] if match else ""


def names_in(text: str) -> list[str]:
    """Names in a list written with 、 or the like."""
    return [name for part in _LIST.split(folded(text)) if (name := part.strip('“”"《》（）()'))]


def pairs_in(name: str) -> list[str]:
    """甲和乙 as two names, where the whole is none itself; [] where there is no 和.

    >>> pairs_in("农技站和农机站")
    ['农技站', '农机站']
    """
    parts = _AND.split(name)
    return parts if len(parts) > 1 and all(len(part) > 2 for part in parts) else []


_FORMER = (
    re.compile(r"(?:将|由|把)(.+?)(?:整合|合并|撤并|的职责)"),
    re.compile(r"整合(.+?)(?:的职责|的职能|，|,|组建|设立)"),
    re.compile(r"(?:从|由)(.+?)(?:划入|所属调整|整建制)"),
)
_NEXT = (
    re.compile(r"(?:划入|并入|划归|移交)(?:给)?(.+?)(?:$|[，,。;；])"),
    re.compile(r"向(.+?)(?:划出|划转)"),
)
_RENAMED = re.compile(
    r"(?:由|将|^|[，,。;；“])([^，,。;；“”]+?)[”]?更名为[“]?(.+?)[”]?(?:$|[，,。;；])"
)
_PLATE = re.compile(r"(?:加挂|挂)[“]?(.+?)[”]?(?:的)?牌子")


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> list[str]:
    for pattern in patterns:
        if match := pattern.search(folded(text)):
            return names_in(match[1])
    return []


def came_from(text: str) -> list[str]:
    """Names of those a unit was made of, or got something from."""
    return _first(_FORMER, text)


def went_to(text: str) -> list[str]:
    """Names of those that took over."""
    return _first(_NEXT, text)


def renamed_from(text: str) -> str:
    """The old name in 甲更名为乙, "" if the text says none."""
    match = _RENAMED.search(folded(text))
    return match[1] if match else ""


def nameplate_in(text: str) -> str:
    """The name on the plate in 加挂某某牌子."""
    match = _PLATE.search(folded(text))
    return match[1] if match else ""
