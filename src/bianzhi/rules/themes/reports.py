"""Reports that are due once a year (机构编制报告制度)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import polars as pl

from bianzhi.core.days import day_date, day_number
from bianzhi.core.errors import Refusal
from bianzhi.rules.beside import frame
from bianzhi.rules.finding import found, none_found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, Text, Texts, Trees, rows, text
from bianzhi.rules.rule import RECORD, rule


def month_day(value: object, trees: Trees) -> tuple[int, int]:
    """A day of every year, written 03-31."""
    try:
        month, day = map(int, text(value, trees).split("-"))
        date(2000, month, day)  # a leap year: 02-29 is a day
    except ValueError:
        raise Refusal.of("bad-month-day", f"“{value}”不是一年里的一天", "写作 03-31") from None
    return month, day


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report on the year before."""

    title: Annotated[Text, "报告的名称"]
    words: Annotated[Texts, "标题里都要有的词"]
    by: Annotated[tuple[int, int], month_day, "次年几月几日以前（含）"]
    categories: Annotated[Categories, "各报各的机构类别；不写为本办报一份"] = ()


@dataclass(frozen=True, kw_only=True)
class Reports:
    """The reports of an area."""

    reports: Annotated[tuple[Report, ...], rows(Report), "每年的报告"]


@rule("CK-38", "报告期限", RECORD, ("过了几天", "应为"), parameters=Reports, needs=("papers",))
def report_missing(material: Material, given: Reports) -> pl.DataFrame:
    """过了期限，公文登记、全文和台账的文件里还没有上一年的报告，或报告的日期晚于期限。"""
    papers = _papers(material)
    return pl.concat([none_found(), *(_judged(material, each, papers) for each in given.reports)])


def _judged(material: Material, report: Report, papers: pl.DataFrame) -> pl.DataFrame:
    due = _last_due(report.by, material.on)
    year = due.year - 1
    those = _about(papers, report.words, year)
    if report.categories:
        who = material.orgs(report.categories).select("unit", "name")
        those = those.join(who, how="cross").filter(
            pl.col("title").str.contains(pl.col("name"), literal=True)
        )
    elif material.of_area:
        who = pl.DataFrame({"unit": [""], "name": [""]})
        those = those.with_columns(unit=pl.lit(""))
    else:
        return none_found()
    # of a paper whose day nobody wrote down it is only known that there is one
    first = those.group_by("unit").agg(
        pl.col("day").fill_null(day_number(due)).min().alias("given")
    )
    late = who.join(first, on="unit", how="left").with_columns(
        over=pl.coalesce("given", pl.lit(material.on, pl.Int64)) - day_number(due),
        none=pl.lit(0, pl.Int64), missing=pl.col("given").is_null(),
    )  # fmt: skip
    said = pl.when("missing").then(pl.lit("还没有登记，已过")).otherwise(pl.lit("报出晚了"))
    return found(
        late.filter(pl.col("over") > 0),
        f"{year} 年度{report.title}应在 {due} 以前报出，{{}} {{}} 天", said, "over",
        about=pl.lit(f"{report.title} {year}"), numbers=("over", "none"),
    )  # fmt: skip


def _last_due(by: tuple[int, int], on: int) -> date:
    """The last deadline that is over on a day."""
    today = day_date(on)
    this = _in_year(by, today.year)
    return this if this < today else _in_year(by, today.year - 1)


def _in_year(by: tuple[int, int], year: int) -> date:
    month, day = by
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, month, 28 if (month, day) == (2, 29) and not leap else day)


def _papers(material: Material) -> pl.DataFrame:
    """title, day of every paper known on the day, those of the record among them."""
    state = material.state
    told = material.told("papers")
    own = state.columns.frame("changes").filter(
        (pl.col("no") <= state.known) & (pl.col("title") != "")
    )
    own = own.select("title", day=pl.col("doc_date").cast(pl.Int64))
    both = pl.concat([frame("papers", []) if told is None else told, own])
    return both.filter(pl.col("day").is_null() | (pl.col("day") <= material.on))


def _about(papers: pl.DataFrame, words: tuple[str, ...], year: int) -> pl.DataFrame:
    """Those about a year: it stands in the title, or the title names none and the paper is of the
    next year."""
    for word in words:
        papers = papers.filter(pl.col("title").str.contains(word, literal=True))
    next_ = (pl.col("day") >= day_number(date(year + 1, 1, 1))) & (
        pl.col("day") <= day_number(date(year + 1, 12, 31))
    )
    unnamed = ~pl.col("title").str.contains(r"(19|20)\d{2}")
    return papers.filter(pl.col("title").str.contains(str(year), literal=True) | (unnamed & next_))
