"""A small report: a sentence, two tables, a picture, an annex."""

from __future__ import annotations

import pytest

from bianzhi.files.drawing.bars import Bar, bars
from bianzhi.files.official.fonts import FontSet
from bianzhi.files.report.document import (
    Annex,
    Blank,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Report,
    Table,
    say,
)

BASE, WHERE = "http://10.1.2.3:8000", "/figure?on=2026-11-01&name="


def figure(name: str, text: str, group: str = "") -> Figure:
    address = f"{WHERE}{name}"
    return Figure(name, float(text.strip("%")), text, f"数{name}", "当日在册", address, group)


def small_report(**changed: object) -> Report:
    units, share = figure("units", "138"), figure("share", "61.5%")
    one, two = (figure(name, n, "classes") for name, n in (("one", "100"), ("two", "38")))
    cells = [("公益一类", one), ("公益二类", two), ("合计", units)]
    table = Table("按类别", ("类别", "家"), tuple(((Quote(name),), (n,)) for name, n in cells),
                  numeric=(1,), widths=(2, 1), summed=True)  # fmt: skip
    picture = Picture("规模", bars([Bar("小", 61.5, "61.5%")]), "大小的分布", (share,))
    given = {
        "title": "测县事业单位\n调研报告", "under": "二〇二六年", "base": BASE, "where": WHERE,
        "day": (2026, 11, 1),
        "body": (
            Heading(1, "基本情况"), Heading(2, "总量"),
            Paragraph(say("共有{n}家，小的占{share}。{rest}", n=units, share=share,
                          rest=Blank("调研时间"))),
            table, Heading(2, "规模"), picture, Heading(1, "主要问题"),
        ),
        "annexes": (Annex("一览表", (Table("", ("单位", "核定"), (
            ((Quote("甲中心", "/unit?code=A"),), (figure("approved:A", "5", "approved"),)),
        )),)),),
        **changed,
    }  # fmt: skip
    return Report(**given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet()
