"""A nation's units straight as columns, and a city's as documents: for the benchmark of pages.

The lists, the search and the first page read nothing but columns (and the number of the last
change), so a nation of columns is as good as one posted, and is there in seconds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import polars as pl

from benchmarks.data import Office
from bianzhi.core.acts import Act
from bianzhi.core.acts.orgs import Establish
from bianzhi.core.changes import Draft
from bianzhi.core.columns import SCHEMAS, Columns, empty
from bianzhi.core.days import parse_day

START = parse_day("2015-01-01")
A_DEPARTMENT = 20  # units; the first of them is the department
PLACES = (
    "澜溪", "青峰", "云岭", "安和", "长宁", "乐水", "东湖", "南山", "西坪", "北川", "石桥", "金沙",
    "白云", "临江", "永兴", "新丰",
)  # fmt: skip
TASKS = (
    "教育", "卫生健康", "农业农村", "文化旅游", "水利", "林业", "交通运输", "市场监管", "应急管理",
    "数据", "民政", "审计",
)  # fmt: skip
BODIES = (
    "服务中心", "管理站", "第一中学", "实验小学", "人民医院", "幼儿园", "检测所", "图书馆",
    "监测站", "推广中心",
)  # fmt: skip
RANKS, CLASSES, FORMS = ("6", "6F", "7", "7F"), ("1", "2", "U"), ("full", "partial", "self")


def named(number: int) -> str:
    """The name of a unit."""
    place = PLACES[number // 7 % len(PLACES)] + "区"
    if number % A_DEPARTMENT == 0:
        return f"{place}{TASKS[number // A_DEPARTMENT % len(TASKS)]}局"
    return f"{place}{TASKS[number // 3 % len(TASKS)]}{BODIES[number % len(BODIES)]}{number}"


class City(Office):
    """Documents of a city whose units have names, ranks and classes."""

    def _unit(self, number: int) -> Act:
        first = number - number % A_DEPARTMENT
        fields = {
            "rank": RANKS[number % 4], "category": "121" if number == first else "49",
            "funding_form": FORMS[number % 3],
        }  # fmt: skip
        if number != first:
            above = self.units[first]
            fields |= {"parent": above, "supervisor": above, "welfare_class": CLASSES[number % 3]}
        return Establish(org=self.units[number], name=named(number), fields=fields)

    def drafts(self) -> Iterator[Draft]:
        """Everything, in order."""
        yield from self.setting_up()
        for _ in range(self.documents):
            yield self.moving(20)


def nation(units: int) -> Columns:
    """The columns of as many units, each with its facts and its posts, granted from above."""
    numbers = pl.int_range(units, eager=True)
    chance = random.Random(20260101)
    sizes = pl.Series([chance.choice((3, 5, 8, 12, 20, 60)) for _ in range(1000)])
    posts = sizes.gather(numbers % 1000) * 10_000
    first = START - 1
    frames = {name: empty(name) for name in SCHEMAS}
    keys = pl.Series([f"U{number:07}" for number in range(units)])
    counters = Columns.start().frame("subjects")
    below = counters.height
    frames["subjects"] = pl.concat(
        [counters, pl.DataFrame({"key": keys}).select("key", cls=pl.lit("org"), no=pl.lit(1))],
        how="vertical_relaxed",
    )
    only = {"no": 1, "recorded_at": "2026-01-01T00:00:00+00:00", "kind": "opening", "note": "期初"}
    frames["changes"] = pl.DataFrame([only], schema=SCHEMAS["changes"])
    frames["facts"] = _facts(numbers, below, first)
    granted = counters["key"].index_of("上级")
    assert granted is not None
    frames["accounts"] = pl.DataFrame(
        {"holder_id": pl.concat([pl.Series([granted + 1]), numbers + below + 1]),
         "holder": pl.concat([pl.Series(["上级"]), keys]), "kind": "SY", "funding": ""},
        schema=SCHEMAS["accounts"],
    )  # fmt: skip
    moved = pl.concat([pl.Series([-int(posts.sum())]), posts])
    frames["postings"] = pl.DataFrame(
        {"no": 1, "line": pl.int_range(1, units + 2, eager=True), "act": 1, "verb": "下达",
         "source": "", "account": pl.int_range(1, units + 2, eager=True), "delta": moved,
         "day": first},
        schema=SCHEMAS["postings"],
    )  # fmt: skip
    return Columns.of(1, frames)


def _facts(numbers: pl.Series, below: int, day: int) -> pl.DataFrame:
    count = len(numbers)
    department = numbers - numbers % A_DEPARTMENT
    own = numbers == department
    text = {
        "name": pl.Series([named(number) for number in range(count)]),
        "status": pl.Series(["active"]).new_from_index(0, count),
        "rank": pl.Series(RANKS).gather(numbers % 4),
        "category": own.replace_strict({True: "121", False: "49"}, return_dtype=pl.String),
        "welfare_class": pl.Series(CLASSES).gather(numbers % 3),
        "funding_form": pl.Series(FORMS).gather(numbers % 3),
    }
    parts = [
        pl.DataFrame({"subject": numbers + below + 1, "value": values}).select(
            "subject", "value", field=pl.lit(field), ref=pl.lit(None, pl.Int64)
        )
        for field, values in text.items()
    ]
    parts += [
        pl.DataFrame({"subject": numbers + below + 1, "ref": department + below + 1})
        .filter(~own)
        .select("subject", value=pl.lit(None, pl.String), field=pl.lit(field), ref="ref")
        for field in ("parent", "supervisor")
    ]
    found = pl.concat(parts, how="diagonal_relaxed").with_row_index("line", offset=1)
    facts = found.select(
        no=pl.lit(1), line="line", act="line", verb=pl.lit("设立"), source=pl.lit(""),
        subject="subject", field="field", value="value", ref="ref", day=pl.lit(day),
    )  # fmt: skip
    return facts.cast(pl.Schema(SCHEMAS["facts"]))
