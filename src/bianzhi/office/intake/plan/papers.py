"""The documents of a 沿革表: its rows grouped by the paper they stand on, in order of days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bianzhi.core.days import day_text
from bianzhi.core.documents import Document, normal_doc_no, parse_doc_no
from bianzhi.office.intake.plan.rows import Row, Said


@dataclass
class Paper:
    """A paper, the rows that tell what it did, and the day it did it.

    ``document`` is None where the rows name none, or one that another paper already bears.
    """

    day: int
    document: Document | None
    rows: list[Row] = field(default_factory=list)
    note: str = ""


def papers(history: Sequence[Row], catalogue: Iterable[Row], said: Said) -> list[Paper]:
    """The papers in order of days; rows without a day are told and left out."""
    known = {normal_doc_no(row.text("doc_no")): row for row in catalogue if row.text("doc_no")}
    whole = {
        bare(number): number for number in (*known, *map(_number, history)) if is_whole(number)
    }
    found: dict[tuple[str, int], Paper] = {}
    seen: dict[tuple[object, ...], Row] = {}
    for row in history:
        number = whole.get(bare(_number(row)), _number(row))
        day = _effective(row, known.get(number), said)
        if day is None:
            said.error(
                "no-day", f"{row.text('name') or '这一行'}没有下发时间，不知从哪天起算",
                "请补上文件的下发时间", row.at("doc_date"),
            )  # fmt: skip
            continue
        told = (number, day, *(row.text(name) for name in ("name", "event", "summary")))
        if number and (before := seen.setdefault(told, row)) is not row:
            said.warning(
                "history-row-twice", f"这一行与 {before.origin} 完全相同，没有再算一次",
                "请删去重复的一行", row.at("seq"),
            )  # fmt: skip
            continue
        key = (number or f"无文号 {row.text('doc_title')}", day)
        if key not in found:
            found[key] = _paper(row, day, number, known.get(number), said)
        found[key].rows.append(row)
    ordered = sorted(found.values(), key=lambda paper: paper.day)
    return list(_unique(ordered, said))


def _number(row: Row) -> str:
    return normal_doc_no(row.text("doc_no"))


def bare(number: str) -> str:
    """A 文号 without its brackets, so that a damaged one finds the whole one.

    >>> bare("澜编发〔201023号") == bare("澜编发〔2010〕23号")
    True
    """
    return re.sub(r"[〔〕\[\]()（）【】]", "", number)


def is_whole(number: str) -> bool:
    """Whether a 文号 has both its brackets."""
    parsed = parse_doc_no(number)
    return parsed is not None and not parsed.needs_review


def _effective(row: Row, entry: Row | None, said: Said) -> int | None:
    """The day a row tells; where it tells none, that of its paper in the 文件目录."""
    day = row.day("effective_on") or row.day("doc_date")
    if day is None and entry is not None and (day := entry.day("doc_date")) is not None:
        said.warning(
            "day-from-catalogue",
            f"{row.text('name')}没有写明年月日，按文件目录中 {row.text('doc_no')} 的日期 "
            f"{day_text(day)}",
            "请核对原件", row.at("doc_date"),
        )  # fmt: skip
    if day is None and (day := row.day("doc_date_vague")) is not None:
        said.warning(
            "vague-day", f"{row.text('name')}没有写到日，按 {day_text(day)} 入账", "请核对原件",
            row.at("doc_date_vague"),
        )  # fmt: skip
    return day


def _paper(row: Row, day: int, number: str, entry: Row | None, said: Said) -> Paper:
    if not number:
        said.warning(
            "no-doc-no", f"{row.text('name')} {day_text(day)} 的变动没有文号",
            "先按待核实入账，找到文件后补依据", row.at("doc_no"),
        )  # fmt: skip
        return Paper(day, None, note=row.text("doc_title") or row.text("event"))
    parsed = parse_doc_no(number)
    if parsed is None or parsed.needs_review:
        said.warning("doc-no-form", f"文号“{number}”的写法不合规范", "请核对原件", row.at("doc_no"))
    title = row.text("doc_title") or (entry.text("doc_title") if entry else "")
    issuer = entry.text("issuer") if entry else ""
    issued = row.day("doc_date") or day
    if entry is not None and (listed := entry.day("doc_date")) not in (None, issued):
        said.warning(
            "doc-date", f"{number} 沿革表写 {_day(issued)}，文件目录写 {_day(listed)}",
            "已按沿革表入账，请核对原件", row.at("doc_date"),
        )  # fmt: skip
    return Paper(day, Document(title or f"（{number}）", number, issuer, issued, day))


def _day(day: int | None) -> str:
    return "空" if day is None else day_text(day)


def _unique(ordered: list[Paper], said: Said) -> Iterable[Paper]:
    """One paper a 文号: a second one of another day goes in as unverified."""
    seen: dict[str, int] = {}
    for paper in ordered:
        if paper.document is not None:
            first = seen.setdefault(paper.document.key, paper.day)
            if first != paper.day:
                number = paper.document.doc_no
                said.warning(
                    "doc-no-twice",
                    f"{number} 既在 {day_text(first)} 又在 {day_text(paper.day)} 出现",
                    "后一处先按待核实入账，请核对原件", paper.rows[0].at("doc_no"),
                )  # fmt: skip
                paper = replace(paper, document=None, note=f"原写文号 {number}（重号）")
        yield paper
