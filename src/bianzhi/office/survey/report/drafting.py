"""A report put together from its parts: the same facts and parts give the same report."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from bianzhi.files.report.document import Annex, Blank, Block, Paragraph, Report, say
from bianzhi.office.survey.report.advice import advice
from bianzhi.office.survey.report.annexes import every_formula, every_trouble, every_unit
from bianzhi.office.survey.report.basics import basics
from bianzhi.office.survey.report.causes import causes
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.troubles import troubles

SECTIONS: dict[str, tuple[str, Callable[[Facts, Figures], list[Block]]]] = {
    "basics": ("基本情况", basics), "troubles": ("主要问题", troubles),
    "causes": ("原因分析", causes), "advice": ("意见建议", advice),
}  # fmt: skip
ANNEXES: dict[str, tuple[str, Callable[[Facts, Figures], Annex]]] = {
    "units": ("事业单位一览表", every_unit), "list": ("问题线索清单", every_trouble),
    "formulas": ("问题线索的算法和出处", every_formula),
}  # fmt: skip
PARTS = {key: title for parts in (SECTIONS, ANNEXES) for key, (title, _) in parts.items()}


class Draft(NamedTuple):
    """A report with the figures in it and what each stands on."""

    report: Report
    figures: Figures


def draft(
    facts: Facts, where: str, base: str = "", parts: Collection[str] = tuple(PARTS),
) -> Draft:  # fmt: skip
    """The report.

    Args:
        facts: What it is drafted from.
        where: The address to which the name of a figure is added to open it.
        base: The site that address lies on.
        parts: Keys of ``PARTS``; every figure is made all the same, for parts quote each other.
    """
    figures = Figures(where)
    sections = {key: make(facts, figures) for key, (_, make) in SECTIONS.items()}
    annexes = {key: make(facts, figures) for key, (_, make) in ANNEXES.items() if key in parts}
    chosen = [block for key in SECTIONS if key in parts for block in sections[key]]
    day = (facts.day.year, facts.day.month, facts.day.day)
    title = f"{facts.area}事业单位机构编制\n调研报告"
    under = f"（数据为{facts.day_words}，依据第{facts.words.state.known}号及以前的变更）"
    return Draft(
        Report(title, under, (_opening(facts), *chosen), tuple(annexes.values()), base, where,
               day), figures,
    )  # fmt: skip


def _opening(facts: Facts) -> Paragraph:
    """What the figures rest on, and what the office alone can say."""
    return Paragraph(say(
        "{blank}本报告的数都是{day}的，取自机构编制台账，依据第{known}号及以前入账的变更。",
        blank=Blank("调研的依据、时间、组织和方法"), known=str(facts.words.state.known),
        day=facts.day_words,
    ))  # fmt: skip
