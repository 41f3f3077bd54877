"""How a number stated by a paper is called: what it counts, and how it stands to the ledger."""

from __future__ import annotations

from bianzhi.core.kinds import CodeTree, national

POSTS, LEADERS, SECTIONS = "posts", "leaders", "sections"
SAME, DIFFERS, LACKING, ENTERED, UNKNOWN = "same", "differs", "lacking", "entered", "unknown"
VERDICTS = {
    SAME: "与台账一致",
    DIFFERS: "与台账不一致",
    LACKING: "台账没有这个数",
    ENTERED: "这一条已入账",
    UNKNOWN: "无法与台账比",
}
# What confirming a number does.
EFFECTS = {
    SAME: "登记为核对数，从此长期比对",
    DIFFERS: "登记为核对数，不一致照记；改台账请在差异清单选“以文件为准”",
    LACKING: "按这份文件补入期初",
}


def figure(kinds: CodeTree, what: str, kind: str, funding: str) -> str:
    """核定行政编制, 核定事业编制（财政全额）, 核定单位副职, 内设机构 …"""
    if what == SECTIONS:
        return "内设机构"
    if not kind:
        return "核定编制"
    found = kinds.find(kind)
    name = found.name if found else kind
    form = national("funding_form").find(funding) if funding else None
    return f"核定{name}" + (f"（{form.name}）" if form else "")


def quoted(origin: str, words: str, most: int = 60) -> str:
    """Where something stands, and what it says there: ``三定.docx!第六条“行政编制15名”``."""
    short = words if len(words) <= most else words[: most - 1] + "…"
    return f"{origin}“{short}”" if words else origin
