"""四、意见建议: candidates by kind of trouble, each with where it was done; and what the office
decides it writes itself."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bianzhi.files.report.document import Blank, Block, Heading, Paragraph, Quote, Text, say
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.troubles import counted
from bianzhi.rules.diagnosis import PARTS


class Advice(NamedTuple):
    """What may be done about some kinds of trouble.

    Attributes:
        kinds: Which kinds.
        short: In a few words, for tables.
        words: In a sentence, without numbers.
        source, grade: Where it was done, and how sure that is.
    """

    kinds: tuple[str, ...]
    short: str
    words: str
    source: str
    grade: str


@cache
def advices() -> dict[str, Advice]:
    """The advice for each kind that has one."""
    text = files("bianzhi.office.survey.report").joinpath("advice.toml").read_text("utf-8")
    found = [
        Advice(tuple(each["kinds"]), each["short"], each["words"], each["source"], each["grade"])
        for each in tomllib.loads(text)["advice"]
    ]
    return {kind: each for each in found for kind in each.kinds}


def advice(facts: Facts, figures: Figures) -> list[Block]:
    """The section: a paragraph a kind that is there, in the order of the kinds."""
    blocks: list[Block] = [Heading(1, "意见建议"), Paragraph((Text(
        "以下是对照各地做法列出的候选措施，供研究；采用哪些、怎样分步实施，由编办提出、编委会决定。"
    ),))]  # fmt: skip
    told: set[Advice | str] = set()
    for key, sign in facts.found.given.signs.items():
        alone = key not in PARTS or key in advices()  # 小 or 弱 alone asks for nothing
        if not alone or facts.kept.filter(kind=key).is_empty():
            continue
        each = advices().get(key)
        if (each or key) not in told:
            told.add(each or key)
            blocks.append(_told(facts, figures, key, sign.title, each))
    return [*blocks, Paragraph((Blank("拟采用的措施、步骤、责任部门和时限"),))]


def _told(facts: Facts, figures: Figures, key: str, title: str, each: Advice | None) -> Paragraph:
    units, _ = counted(facts, figures, key, title)
    pieces = say("{title}（{n}家）：", title=title, n=units)
    if each is None:
        return Paragraph((*pieces, Blank("逐家核实后的处理意见")))
    return Paragraph(pieces + say(
        "{words}。（参考：{source}；证据等级{grade}）", words=Quote(each.words), source=each.source,
        grade=each.grade,
    ))  # fmt: skip
