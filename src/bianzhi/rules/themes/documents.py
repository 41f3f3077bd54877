"""文号 of the documents in the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from bianzhi.core.documents import normal_doc_no, parse_doc_no
from bianzhi.core.folding import voided
from bianzhi.rules.docnumbers import gaps, repeats
from bianzhi.rules.finding import FOUND
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Flag, Texts, Whole
from bianzhi.rules.rule import RECORD, rule

_NUMBER = re.compile(r"[^〔〕\d]+〔(?:19|20)\d{2}〕[1-9]\d*号")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Which of the three faults of numbers to look for."""

    pattern: Annotated[Flag, "查式样"] = True
    gaps_of: Annotated[Texts, "查缺号的发文代字，如 测编办；不写不查"] = ()
    factor: Annotated[Whole, "最大号超过几倍件数就不当成完整的登记"] = 5
    slack: Annotated[Whole, "再宽几个号"] = 20


@rule("CK-39", "文号", RECORD, ("缺几个", "应为"), parameters=Numbers, area=True)
def doc_numbers(material: Material, given: Numbers) -> pl.DataFrame:
    """文号不成样子；同一文号用在两份标题或日期不同的文件上；一年的号有缺。"""
    state = material.state
    void = voided(state.columns, state.known)
    papers = state.columns.frame("changes").filter(
        (pl.col("no") <= state.known) & pl.col("title").is_not_null() & ~pl.col("no").is_in(void)
    ).sort("no")  # fmt: skip
    listed = list(papers.select("doc_no", "title", "doc_date", "no").iter_rows())
    numbers = [normal_doc_no(number) if number else None for number, *_ in listed]
    told: dict[str, tuple[str, int | None]] = {}
    for index, number in enumerate(numbers):
        if given.pattern and number and _odd(number):
            words = f"“{number}”不像文号（第 {listed[index][3]} 号变更）"
            told.setdefault(f"式样 {number}", (words, None))
    named = [(number, row[1], row[2]) for number, row in zip(numbers, listed, strict=True)]
    for each in repeats(named):
        if each.differs:
            what = "标题" if each.differs == "title" else "日期"
            both = f"第 {listed[each.before][3]} 号和第 {listed[each.at][3]} 号变更"
            words = f"文号“{numbers[each.at]}”用在两份{what}不同的文件上（{both}）"
            told.setdefault(f"重号 {numbers[each.at]}", (words, None))
    for gap in gaps(numbers, given.factor, given.slack):
        if f"{gap.issuer}{gap.word}" in given.gaps_of:
            words, key = gap.words, f"缺号 {gap.issuer}{gap.word}〔{gap.year}〕"
            told[key] = words, len(gap.missing)
    rows = [
        ("", about, count, 0 if count else None, words) for about, (words, count) in told.items()
    ]
    return pl.DataFrame(rows, schema=FOUND, orient="row")


def _odd(number: str) -> bool:
    """A damaged number; numbers of other organs (委干〔2014〕6号) and of other systems are not."""
    parsed = parse_doc_no(number)
    if parsed is not None:
        return parsed.needs_review
    return number.endswith("号") and _NUMBER.fullmatch(number) is None
