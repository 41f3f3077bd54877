"""What an official paper says, apart from how it looks: the one form both PDF and Word are made of.

Elements and their order: GB/T 9704-2012 《党政机关公文格式》, chapter 7.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bianzhi.core.documents import parse_doc_no
from bianzhi.core.errors import Problem

LEVELS = 4  # 一、 （一） 1. （1）
_CHINESE = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Item:
    """A paragraph of the body.

    Attributes:
        text: Its words, without the number of its level.
        level: 0 for plain text; 1 一、 (黑体), 2 （一） (楷体), 3 1., 4 （1）. Numbers are counted
            when the paper is made, so that a clause taken out leaves no hole.
        rest: What follows the heading in the same paragraph, in the type of the body.
    """

    text: str
    level: int = 0
    rest: str = ""


@dataclass(frozen=True)
class Table:
    """A table in the body or as an attachment.

    Attributes:
        title: Above it; "" for none.
        heads: Headings.
        rows: Cells as they are to be read.
        numeric: Places (from 0) of columns set to the right.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paper:
    """An official paper.

    Attributes:
        kind: 批复, 通知, 函, 通知单 …; for people and for the choice of a template.
        issuer: Who issues it, as the red head and the signature name it.
        doc_no: 文号, written with 〔〕, no leading zero, no 第.
        title: Title; a line break in it is kept (the trapezoid is the writer's choice).
        addressee: 主送机关, without the colon; "" for none.
        body: Paragraphs and tables in order.
        signed_on: 成文日期.
        attachments: Names of attachments (附件说明).
        tables: The attachments themselves, one a page, after the signature.
        copies: 抄送机关, one text; "" for none.
        printed_by: 印发机关; "" leaves the 版记 out.
        printed_on: 印发日期; the day it was signed where None.
        secrecy: 密级和保密期限, such as 秘密★1年; "" for none.
        urgency: 特急 or 加急; "" for none.
        note: 附注, in brackets under the date.
    """

    kind: str
    issuer: str
    doc_no: str
    title: str
    signed_on: date
    addressee: str = ""
    body: tuple[Item | Table, ...] = ()
    attachments: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    secrecy: str = ""
    urgency: str = ""
    note: str = ""

    def problems(self) -> list[Problem]:
        """What an official paper may not lack, for a refusal."""
        found = [
            Problem("missing", f"公文缺少{title}", "请补填", field=name)
            for name, title in (("issuer", "发文机关"), ("title", "标题"), ("doc_no", "文号"))
            if not getattr(self, name).strip()
        ]
        parsed = parse_doc_no(self.doc_no)
        if self.doc_no and (parsed is None or str(parsed) != self.doc_no):
            found.append(
                Problem(
                    "bad-doc-no",
                    f"“{self.doc_no}”不是规范的文号",
                    "写作“某编发〔2026〕5号”：年份用六角括号，序号不加“第”、不编虚位",
                    field="doc_no",
                )
            )
        if any(isinstance(each, Item) and not 0 <= each.level <= LEVELS for each in self.body):
            found.append(Problem("bad-level", "正文层次只有四级", "请核对层次", field="body"))
        return found

    def as_data(self) -> dict[str, Any]:
        """The paper as plain values, for a typesetter or a template: numbers of levels counted,
        days in words."""
        data = asdict(self)
        data["body"] = numbered(self.body)
        data["tables"] = [asdict(each) for each in self.tables]
        day = self.signed_on
        data["day"] = {"year": day.year, "month": day.month, "day": day.day}
        data["signed_on"] = day_words(day)
        data["printed_on"] = day_words(self.printed_on or self.signed_on)
        return data


def day_words(day: date) -> str:
    """A day as a paper writes it: 2026年3月5日, no leading zeros (GB/T 9704 §7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(body: tuple[Item | Table, ...]) -> list[dict[str, Any]]:
    """The body with the number of each level written out; a higher level starts the lower anew."""
    counts = [0] * (LEVELS + 1)
    found: list[dict[str, Any]] = []
    for each in body:
        if isinstance(each, Table):
            found.append({"table": asdict(each)})
            continue
        if each.level:
            counts[each.level] += 1
            counts[each.level + 1 :] = [0] * (LEVELS - each.level)
        found.append({**asdict(each), "number": _number(each.level, counts[each.level])})
    return found


def _number(level: int, n: int) -> str:
    forms: dict[int, str] = {
        0: "", 1: f"{chinese(n)}、", 2: f"（{chinese(n)}）", 3: f"{n}.", 4: f"（{n}）"
    }  # fmt: skip
    return forms[level]


def chinese(n: int) -> str:
    """A number up to 99 as clauses count: 一 … 十, 十一 … 九十九.

    >>> chinese(21)
    '二十一'
    """
    tens, ones = divmod(n, 10)
    if not tens:
        return _CHINESE[ones]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")
