"""二、主要问题: kind by kind, in whatever kinds the diagnosis has; signs dismissed are left out."""

from __future__ import annotations

import polars as pl

from bianzhi.core.days import day_text
from bianzhi.files.report.document import (
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Piece,
    Quote,
    Table,
    Text,
    say,
)
from bianzhi.office.survey.diagnosed import STANDINGS, key_of
from bianzhi.office.survey.models import CONFIRM
from bianzhi.office.survey.report.common import common
from bianzhi.office.survey.report.counts import POSTS, all_units
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.inequality import classes
from bianzhi.office.survey.report.network import network_of
from bianzhi.office.survey.report.rules import checked
from bianzhi.rules.diagnosis import PARTS
from bianzhi.rules.diagnosis.thresholds import Sign

MOST_LED = 3  # departments told to have most of a kind
EXAMPLES = 8  # of a kind told by name; all are in the annex
SEEN = "诊断的线索，判断为“不算问题”的不计"
KINDS = ("问题", "单位", "占比", "线索", "已确认")


def troubles(facts: Facts, figures: Figures) -> list[Block]:
    """The section."""
    signs = facts.found.given.signs
    seen = facts.kept["kind"].unique().to_list()
    blocks: list[Block] = [Heading(1, "主要问题"), *_overview(facts, figures)]
    for key, sign in signs.items():
        if key in seen and key not in PARTS:
            blocks += _of_kind(facts, figures, sign)
    unseen = [sign.title for key, sign in signs.items() if key not in seen]
    if unseen:
        blocks.append(Paragraph(say("没有发现{titles}的线索。", titles="、".join(unseen))))
    return [*blocks, *checked(facts, figures), *common(facts, figures)]


def counted(facts: Facts, figures: Figures, key: str, title: str) -> tuple[Figure, Figure]:
    """How many units show a kind, and in how many signs."""
    mine = facts.kept.filter(pl.col("kind") == key)
    return (
        figures.units(f"sign:{key}.units", f"有{title}线索的单位数", mine, SEEN, "problem"),
        figures.rows(f"sign:{key}.signs", f"{title}的线索条数", mine, SEEN, "problem"),
    )


def _overview(facts: Facts, figures: Figures) -> list[Block]:
    whole = all_units(facts, figures)
    troubled = figures.units("troubled", "有问题线索的事业单位数", facts.troubles, SEEN)
    signs = figures.rows("signs", "问题线索条数", facts.troubles, SEEN)
    sure = facts.troubles.filter(pl.col("standing") == CONFIRM)
    pieces = say(
        "对{n}家事业单位逐家诊断，{m}家有问题线索，占{share}；线索{signs}条，已经核实确认的{sure}条。",
        n=whole, m=troubled, signs=signs,
        share=figures.share("troubled.share", "有问题线索的占比", troubled, whole),
        sure=figures.rows("sure", "已确认的线索条数", sure, "编办判断为“确认”的线索"),
    )  # fmt: skip
    if facts.dismissed.height:
        gone = figures.rows("gone", "不算问题的线索条数", facts.dismissed, "编办判断为“不算问题”")
        pieces += say("经核实不算问题的{n}条没有列入。", n=gone)
    pieces += (Text("没有确认的是线索，不是结论。"),)
    return [Paragraph(pieces), *_kinds(facts, figures, whole)]


def _kinds(facts: Facts, figures: Figures, whole: Figure) -> list[Block]:
    rows: list[tuple[Cell, ...]] = []
    for key, sign in facts.found.given.signs.items():
        mine = facts.kept.filter(pl.col("kind") == key)
        if mine.is_empty():
            continue
        units, signs = counted(facts, figures, key, sign.title)
        sure = mine.filter(pl.col("standing") == CONFIRM)
        part = "（单项）" if key in PARTS else ""
        rows.append((
            (Quote(sign.title + part),), (units,),
            (figures.share(f"sign:{key}.share", f"{sign.title}的占比", units, whole, "problem"),),
            (signs,),
            (figures.rows(f"sign:{key}.sure", f"{sign.title}已确认的条数", sure, SEEN, "problem"),),
        ))  # fmt: skip
    if not rows:
        return []
    return [Table("问题线索", KINDS, tuple(rows), (1, 2, 3, 4), (6, 2, 2, 2, 2))]


def _of_kind(facts: Facts, figures: Figures, sign: Sign) -> list[Block]:
    units, signs = counted(facts, figures, sign.key, sign.title)
    mine = facts.kept.filter(pl.col("kind") == sign.key)
    share, _ = figures[f"sign:{sign.key}.share"]
    sure, _ = figures[f"sign:{sign.key}.sure"]
    pieces = say(
        "有{title}线索的单位{n}家，占{share}；线索{m}条，{sure}。",
        title=sign.title, n=units, share=share, m=signs,
        sure=say("已确认{n}条", n=sure) if sure.value else (Text("尚未核实确认"),),
    ) + _where(facts, figures, sign, mine)  # fmt: skip
    more = {"overlap": network_of, "uneven": classes}.get(sign.key)
    examples = _pairs if mine["other"].str.len_chars().sum() else _singles
    return [
        Heading(2, sign.title), Paragraph(pieces), examples(facts, figures, sign, mine),
        *(more(facts, figures) if more else ()),
    ]  # fmt: skip


def _where(facts: Facts, figures: Figures, sign: Sign, mine: pl.DataFrame) -> tuple[Piece, ...]:
    """The departments with most of it, where it lies in more than one."""
    led = mine.with_columns(
        under=pl.col("unit").replace_strict(facts.leaders, default="", return_dtype=pl.String)
    ).filter(pl.col("under") != "")
    counts = led.group_by("under").agg(pl.col("unit").n_unique().alias("n"))
    if counts.height < 2 or counts["n"].max() == 1:
        return ()
    several = counts.filter(pl.col("n") > 1).sort("n", "under", descending=[True, False])
    first = several.head(MOST_LED)["under"].to_list()
    pieces: tuple[Piece, ...] = (Text("较多的部门是"),)
    for place, key in enumerate(first):
        here = led.filter(pl.col("under") == key)
        title = f"{facts.words.name(key)}所属有{sign.title}线索的单位数"
        n = figures.units(f"sign:{sign.key}.led:{key}", title, here, SEEN)
        pieces += say("{join}{name}（{n}家）", join=Text("、") if place else (),
                      name=facts.words.name(key), n=n)  # fmt: skip
    return (*pieces, Text("。"))


def first_told(mine: pl.DataFrame) -> pl.DataFrame:
    """The signs told by name: those confirmed first, then by score."""
    sure = (pl.col("standing") == CONFIRM).alias("sure")
    return mine.with_columns(sure).sort(
        "sure", "score", "unit", "about", descending=[True, True, False, False]
    ).head(EXAMPLES)  # fmt: skip


def _singles(facts: Facts, figures: Figures, sign: Sign, mine: pl.DataFrame) -> Table:
    rows = tuple(
        (unit_cell(facts, row["unit"]), (Quote(facts.words.name(facts.leaders[row["unit"]])),),
         (posts(facts, figures, row["unit"], "approved"),),
         (posts(facts, figures, row["unit"], "actual"),), said(facts, row), stands(row))
        for row in first_told(mine).iter_rows(named=True)
    )  # fmt: skip
    title = f"{sign.title}线索" + ("（部分，全部见附件）" if mine.height > EXAMPLES else "")
    return Table(title, ("单位", "主管部门", "核定", "实有", "线索", "判断"), rows, (2, 3),
                 (6, 5, 2, 2, 9, 3))  # fmt: skip


def _pairs(facts: Facts, _: Figures, sign: Sign, mine: pl.DataFrame) -> Table:
    """Both sides of a sign that has two, each pair once."""
    once = pairs_once(mine)
    rows = tuple(
        (unit_cell(facts, row["unit"]), (Quote(row["text"]),),
         (Quote(facts.full_name(row["other"])),), (Quote(row["other_text"]),), stands(row))
        for row in first_told(once).iter_rows(named=True)
    )  # fmt: skip
    title = f"{sign.title}线索" + ("（部分，全部见附件）" if once.height > EXAMPLES else "")
    return Table(title, ("单位", "职责", "对方", "对方的职责", "判断"), rows, (), (5, 8, 5, 8, 3))


def pairs_once(mine: pl.DataFrame) -> pl.DataFrame:
    """Signs seen from either side, each once."""
    keys = ["|".join(key_of(*row)) for row in mine.select("unit", "kind", "about").iter_rows()]
    once = mine.with_columns(pl.Series("pair", keys, dtype=pl.String)).sort("pair", "unit")
    return once.unique("pair", keep="first", maintain_order=True)


def unit_cell(facts: Facts, unit: str) -> Cell:
    """The name of a unit, leading to its diagnosis."""
    return (Quote(facts.words.name(unit), diagnosis_of(facts, unit)),)


def diagnosis_of(facts: Facts, unit: str) -> str:
    """Where the diagnosis of a unit is read, as it was seen for this report."""
    state = facts.words.state
    return f"/survey/diagnosis/unit?code={unit}&on={day_text(state.on)}&known={state.known}"


def posts(facts: Facts, figures: Figures, unit: str, figure: str) -> Figure:
    """A figure of one unit."""
    titles = {"approved": "核定编制", "actual": "实有人数", "vacant": "空编"}
    title = f"{facts.words.name(unit)}的{titles[figure]}"
    return figures.of_unit(figure, title, unit, facts.by_unit[unit][figure], POSTS)


def said(facts: Facts, row: dict[str, object]) -> Cell:
    """The words of a sign with the duty they are about, leading to the evidence."""
    text = f"“{row['text']}”：" if row["text"] else ""
    return (Quote(f"{text}{row['words']}", diagnosis_of(facts, str(row["unit"]))),)


def stands(row: dict[str, object]) -> Cell:
    """What was said to a sign."""
    return (Text(STANDINGS[str(row["standing"])]),)
