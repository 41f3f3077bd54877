"""Kinds of parts a questionnaire is made of, with the columns of each.

The columns are code, because the prefilling and the diagnosis know what stands in them; which parts
are asked, their order, words and rows are the questionnaire's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bianzhi.office.survey.rounds.content import YEAR
from bianzhi.rules.diagnosis.told import DONE, OUTSIDE_KINDS

TEXT, LONG, WHOLE, AMOUNT, CHOICE = "text", "long", "whole", "amount", "choice"
TYPES = {TEXT: "短文字", LONG: "文字", WHOLE: "整数", AMOUNT: "数", CHOICE: "选择"}
NUMBERS = (WHOLE, AMOUNT)

SAME = {"yes": "一致", "no": "不一致"}
KEPT = {
    "kept": "按核定设置", "merged": "合并运行", "renamed": "名称或职能不同", "absent": "没有设置",
    "extra": "自行设置",
}  # fmt: skip
VOICES = {"problem": "问题", "proposal": "建议"}


@dataclass(frozen=True)
class Column:
    """A column: what it holds, and when it must be filled.

    Attributes:
        name, title: Its name and what people read above it.
        type: One of TYPES.
        choices: Value -> words, of a choice.
        required: Whether it must be filled in a row that counts.
        unless: (column, values): it must be filled unless that column has one of the values.
        width: Characters, in a workbook.
    """

    name: str
    title: str
    type: str = TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    unless: tuple[str, tuple[str, ...]] | None = None
    width: int = 14

    def shown(self, value: str) -> str:
        """A value as people read it."""
        return self.choices.get(value, value)


@dataclass(frozen=True)
class Kind:
    """A kind of part.

    Attributes:
        code, title: Its name in a questionnaire, and in words.
        columns: Its columns, without those of the years.
        given: Names of columns that the form shows and only rows the unit adds may fill.
        shown: Names of columns that are never filled.
        every: Whether each prefilled row must be answered.
        yearly: Whether a column a year follows.
        own: Title of a row the unit adds.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    given: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    every: bool = False
    yearly: bool = False
    own: str = "补充"


def _kind(code: str, title: str, *columns: Column, **more: object) -> tuple[str, Kind]:
    return code, Kind(code, title, columns, **more)  # type: ignore[arg-type]


KINDS: dict[str, Kind] = dict((
    _kind(
        "duties", "职责履行",
        Column("text", "职责", LONG, required=True, width=60),
        Column("done", "履行情况", CHOICE, DONE, required=True),
        Column("reason", "原因", LONG, unless=("done", ("full", "")), width=40),
        given=("text",), every=True, own="实际承担、台账上没有的职责",
    ),
    _kind(
        "sections", "内设机构",
        Column("name", "内设机构", TEXT, required=True, width=24),
        Column("approved", "核定编制", AMOUNT, width=10),
        Column("kept", "实际设置", CHOICE, KEPT, required=True, width=16),
        Column("people", "实际人数", WHOLE, width=10),
        Column("note", "说明", LONG, unless=("kept", ("kept", "")), width=40),
        given=("name",), shown=("approved",), every=True, own="自行设置的内设机构",
    ),
    _kind(
        "figures", "编制、人员和领导职数",
        Column("what", "项目", TEXT, width=36),
        Column("recorded", "台账数", AMOUNT, width=10),
        Column("same", "是否一致", CHOICE, SAME, required=True, width=10),
        Column("stated", "单位数", AMOUNT, unless=("same", ("yes", "")), width=10),
        Column("reason", "原因", LONG, unless=("same", ("yes", "")), width=40),
        given=("what",), shown=("what", "recorded"), every=True,
    ),
    _kind(
        "outside", "编外用人和借用",
        Column("what", "类别", TEXT, width=24),
        Column("people", "人数", WHOLE, required=True, width=10),
        Column("note", "岗位和经费来源", LONG, unless=("people", ("0", "")), width=40),
        given=("what",), shown=("what",), every=True,
    ),
    _kind(
        "workload", "业务量",
        Column("item", "业务", TEXT, required=True, width=36),
        Column("measure", "计量单位", TEXT, required=True, width=10),
        given=("item", "measure"), yearly=True, own="其他业务",
    ),
    _kind(
        "served", "服务对象",
        Column("measure", "服务对象", TEXT, required=True, width=24),
        given=("measure",), yearly=True, own="其他服务对象",
    ),
    _kind(
        "problems", "问题与建议",
        Column("kind", "类别", CHOICE, VOICES, required=True, width=10),
        Column("text", "内容", LONG, required=True, width=90),
        given=("kind",), own="补充",
    ),
    _kind(
        "questions", "其他问题",
        Column("what", "问题", LONG, width=50),
        Column("answer", "回答", LONG, width=60),
        given=("what",), shown=("what",),
    ),
))  # fmt: skip
OUTSIDE_ROWS = OUTSIDE_KINDS  # the rows of that part are those the diagnosis knows


def year_column(year: int) -> Column:
    """The column of a year."""
    return Column(f"{YEAR}{year}", f"{year} 年", AMOUNT, width=10)
