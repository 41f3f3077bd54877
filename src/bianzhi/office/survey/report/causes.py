"""三、原因分析: only what figures bear out, each sentence there only where its figures are; why it
came about the office knows and writes itself."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from bianzhi.files.report.document import Blank, Block, Heading, Paragraph, Piece, Text, say
from bianzhi.office.survey.report.counts import all_units
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.inequality import GROUP
from bianzhi.rules.course import months_before

YEARS = 5
Pieces = tuple[Piece, ...]


def causes(facts: Facts, figures: Figures) -> list[Block]:
    """The section."""
    blocks: list[Block] = [Heading(1, "原因分析"), Paragraph((
        Text("以下只列数据能够说明的；体制、历史等台账不能说明的原因，请据实补充。"),
    ))]  # fmt: skip
    for title, cause in CAUSES:
        if pieces := cause(facts, figures):
            blocks += [Heading(2, title), Paragraph(pieces)]
    blank = Blank("体制、历史、管理等方面的原因和具体事例")
    return [*blocks, Paragraph((blank,))]


def _many_and_small(facts: Facts, figures: Figures) -> Pieces:
    if not _seen(facts, "micro", "small", "scattered"):
        return ()
    pieces = say(
        "核定编制在小单位之列的{n}家，占{share}", n=figures["small"][0],
        share=figures["small.share"][0],
    )  # fmt: skip
    if "many" in figures and figures["many"][0].value:
        pieces += say("；所属家数超过门槛的部门有{n}个", n=figures["many"][0])
    return pieces + say("，机构设得多、设得小。{blank}", blank=Blank("何时、为何设立"))


def _posts_stay(facts: Facts, figures: Figures) -> Pieces:
    """Posts that never moved while some units have too many and others too few."""
    if "over" not in figures or not figures["free"][0].value:
        return ()
    moved = facts.material.course.moves.filter(
        pl.col("day") > months_before(facts.words.state.on, 12 * YEARS), pl.col("approved") != 0
    )
    homes = [facts.homes.get(key, key) for key in moved["unit"].unique().to_list()]
    still = facts.units.filter(~pl.col("unit").is_in(homes))
    basis = f"{YEARS}年内没有核增、核减、划转等分录的单位"
    frozen = figures.units("still", f"近{YEARS}年编制未变的事业单位数", still, basis)
    whole = all_units(facts, figures)
    return say(
        "近{years}年核定编制没有动过的{n}家，占{share}；同时有空编的{m}家、空编{free}名，"
        "超出核定的{k}家、超出{over}名，有的空着、有的不够。{blank}",
        years=str(YEARS), n=frozen, m=figures["free.units"][0], free=figures["free"][0],
        share=figures.share("still.share", f"近{YEARS}年编制未变的占比", frozen, whole),
        k=figures["over.units"][0], over=figures["over"][0], blank=Blank("调剂难在哪里"),
    )  # fmt: skip


def _grounds_gone(facts: Facts, figures: Figures) -> Pieces:
    if not _seen(facts, "extinct"):
        return ()
    return say(
        "{n}家单位的{m}条职责，所依据的事项已经明令取消而职责仍在，职责没有随依据一起修订。",
        n=figures["sign:extinct.units"][0],
        m=figures["sign:extinct.signs"][0],
    )


def _unclear(facts: Facts, figures: Figures) -> Pieces:
    if "pairs" not in figures:
        return ()
    return say(
        "交叉的职责{n}对，跨部门的{a}对、同一部门之内的{b}对，职责条文之间没有划清界限。{blank}",
        n=figures["pairs"][0], a=figures["pairs.across"][0], b=figures["pairs.inside"][0],
        blank=Blank("分工的历史由来"),
    )  # fmt: skip


def _mixed(facts: Facts, figures: Figures) -> Pieces:
    if not _seen(facts, "mixed"):
        return ()
    return say(
        "{n}家单位的{m}条职责用了行政职能的词，职责条文没有把政事分开。{blank}",
        n=figures["sign:mixed.units"][0], m=figures["sign:mixed.signs"][0],
        blank=Blank("是否有授权、委托的依据"),
    )  # fmt: skip


def _uneven(facts: Facts, figures: Figures) -> Pieces:
    if not _seen(facts, "uneven"):
        return ()
    pieces = say("与同类单位相差悬殊的{n}家", n=figures["sign:uneven.units"][0])
    ginis = [each for each in figures.of_group(GROUP) if each.name.endswith(".gini")]
    if ginis:
        widest = max(ginis, key=lambda each: each.value)
        pieces += say("；差别最大的一类，{what}为{gini}", what=widest.title, gini=widest)
    return pieces + say("，编制与同类单位不成比例。{blank}", blank=Blank("核编时依据的标准"))


def _seen(facts: Facts, *kinds: str) -> bool:
    return facts.kept["kind"].is_in(list(kinds)).any()


CAUSES: tuple[tuple[str, Callable[[Facts, Figures], Pieces]], ...] = (
    ("机构设得多而小", _many_and_small), ("编制调剂不够", _posts_stay),
    ("职责修订不及时", _grounds_gone), ("职责界限不清", _unclear), ("政事没有分开", _mixed),
    ("定编没有统一尺度", _uneven),
)  # fmt: skip
