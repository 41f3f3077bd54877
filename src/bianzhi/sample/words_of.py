"""Codes in words, as an office writes them."""

from __future__ import annotations

from bianzhi.sample.world import Org, Posts

RANKS = {
    "5": "正处级", "5F": "副处级", "6": "正科级", "6F": "副科级", "7": "正股级", "8": "不定规格",
}  # fmt: skip
FUNDING = {"full": "财政全额", "partial": "财政差额", "self": "经费自理"}
WELFARE = {
    "1": "公益一类",
    "2": "公益二类",
    "A": "行政类",
    "U": "暂未分类",
    "P": "生产经营类",
    "": "",
}
CATEGORIES = {
    "10": "党委机关", "11": "纪检监察机关", "121": "政府工作部门", "123": "政府直属机构",
    "13": "人大机关", "14": "政协机关", "16": "群众团体机关", "12X": "乡镇（街道）",
    "12K": "开发区管理机构",
}  # fmt: skip
KINDS = {
    "XZ": "行政编制", "XXZ": "乡镇行政编制", "ZFSX": "政法专项编制", "GJ": "机关工勤编制",
    "SC": "参公事业编制", "SY": "事业编制", "SZ": "周转事业编制", "KY": "员额控制数",
}  # fmt: skip
# the nine columns of the ledger, and the kinds that stand in each
COLUMNS: dict[str, tuple[str, ...]] = {
    "一般行政": ("XZ", "XXZ"), "政法专项": ("ZFSX",), "参公事业": ("SC",), "一般事业": ("SY",),
    "周转事业": ("SZ",), "储备事业": ("SR",), "工勤": ("GJ",), "政府雇员": ("KZ",),
    "员额控制数": ("KY",),
}  # fmt: skip
LADDER = ("5", "5F", "6", "6F", "7")


def by_column(posts: Posts) -> list[int]:
    """Posts in the order of the ledger's nine columns."""
    return [sum(posts.get(kind, 0) for kind in kinds) for kinds in COLUMNS.values()]


def lower(rank: str) -> str:
    """The rank of the deputies of a body of ``rank``."""
    return LADDER[min(LADDER.index(rank) + 1, len(LADDER) - 1)] if rank in LADDER else "7"


def class_of(org: Org) -> str:
    """机构类别 as the ledger shows it."""
    return WELFARE[org.welfare] if org.kind == "institution" else CATEGORIES[org.category]


def posts_in_words(posts: Posts) -> str:
    """事业编制12名、周转事业编制3名."""
    return "、".join(f"{KINDS[kind]}{n}名" for kind, n in posts.items() if n)


def leaders_in_words(chiefs: int, deputies: int) -> str:
    """1正2副; 1正."""
    return f"{chiefs}正" + (f"{deputies}副" if deputies else "")
