"""（四）人员年龄, where the files of people tell when they were born."""

from __future__ import annotations

from datetime import date

import polars as pl

from bianzhi.files.drawing.bars import Bar, bars
from bianzhi.files.report.document import (
    Blank,
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    say,
)
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures

BANDS = ((0, 35), (36, 40), (41, 45), (46, 50), (51, 54), (55, 150))
NAMES = ("35岁以下", "36—40岁", "41—45岁", "46—50岁", "51—54岁", "55岁以上")
OLDER = 51
BASIS = "用编人员的周岁，出生年月取自人员档案"


def ages(facts: Facts, figures: Figures) -> list[Block]:
    """The part of the section."""
    head = Heading(2, "人员年龄")
    known = aged(facts)
    if known is None or known.is_empty():
        blank = Blank("人员的年龄结构")
        return [head, Paragraph(say("人员档案没有登记出生年月。{blank}", blank=blank))]
    whole = _people(figures, "ages", "登记了出生年月的人数", known)
    rows: list[tuple[Cell, ...]] = []
    drawn: list[Bar] = []
    shown: list[Figure] = []
    for name, (low, high) in zip(NAMES, BANDS, strict=True):
        mine = known.filter(pl.col("age").is_between(low, high))
        count = _people(figures, f"age:{low}", f"{name}的人数", mine, "age")
        share = figures.share(f"age:{low}.share", f"{name}的占比", count, whole, "age")
        rows.append(((Quote(name),), (count,), (share,)))
        drawn.append(Bar(name, count.value, f"{count.text}人（{share.text}）"))
        shown += [count, share]
    all_ = figures.share("ages.all", "全部", whole, whole)
    rows.append(((Text("合计"),), (whole,), (all_,)))
    older = _people(figures, "older", f"{OLDER}岁以上的人数", known.filter(pl.col("age") >= OLDER))
    pieces = say(
        "登记了出生年月的{n}人中，{age}岁以上的{older}人，占{share}。", n=whole, age=str(OLDER),
        older=older, share=figures.share("older.share", f"{OLDER}岁以上的占比", older, whole),
    )  # fmt: skip
    return [
        head, Paragraph(pieces),
        Table("按年龄分", ("年龄", "人数", "占比"), tuple(rows), (1, 2), (6, 3, 3), summed=True),
        Picture("事业单位人员年龄", bars(drawn), "各年龄段的人数", tuple(shown)),
    ]  # fmt: skip


def aged(facts: Facts) -> pl.DataFrame | None:
    """unit, age: a row a person in a post of an institution whose birth is known."""
    if facts.births is None:
        return None
    people = facts.material.people.drop_nulls("unit").select("person", "unit")
    people = people.unique("person", keep="first", maintain_order=True)
    people = people.join(facts.births.select("person", "born"), on="person")
    homes = pl.DataFrame(
        list(facts.homes.items()), schema={"unit": pl.String, "home": pl.String}, orient="row"
    )
    people = people.join(homes, on="unit").filter(
        pl.col("home").is_in(facts.units["unit"].implode())
    )
    return people.select(unit="home", age=_age(facts.day)).sort("unit", "age")


def _age(day: date) -> pl.Expr:
    """Full years on a day."""
    born = pl.col("born")
    later = (born.dt.month() > day.month) | (
        (born.dt.month() == day.month) & (born.dt.day() > day.day)
    )
    return day.year - born.dt.year() - later.cast(pl.Int32)


def _people(
    figures: Figures, name: str, title: str, people: pl.DataFrame, group: str = ""
) -> Figure:
    """How many people; told by units, for who they are is nobody's business here."""
    by = people.group_by("unit").agg(pl.len().cast(pl.Int64).alias("people")).sort("unit")
    return figures.total(name, title, by, "people", BASIS, group)
