"""CK-39: a 文号 twice, with two dates, or missing in its yearly row."""

from __future__ import annotations

from bianzhi.files.intake.findings import Note, warn
from bianzhi.files.intake.table import Table
from bianzhi.rules.docnumbers import Repeat, gaps, repeats

CODE = "CK-39"


def check_doc_nos(table: Table) -> None:
    """Duplicates in a directory, contradictions in a history, gaps in a directory."""
    numbers = table.values("doc_no")
    titles, dates = table.values("doc_title"), table.values("doc_date")
    for each in repeats(zip(numbers, titles, dates, strict=True)):
        if (note := _twice(table, each)) is not None:
            table.find(each.at, "doc_no", note)
    if table.kind == "documents":
        for gap in gaps(numbers):
            note = warn("doc-no-gap", gap.words, "请查是否漏登、作废或另存", CODE)
            table.find(gap.at, "doc_no", note)


def _twice(table: Table, repeat: Repeat) -> Note | None:
    number, place = table.values("doc_no")[repeat.at], table.cell(repeat.before, "doc_no")
    if repeat.differs == "title":
        what = f"文号“{number}”与 {place} 相同，标题不同"
        return warn("same-doc-no", what, "两份文件不能同号，请核对", CODE)
    if repeat.differs == "date":
        dates = table.values("doc_date")
        told = f"{dates[repeat.before]}、{dates[repeat.at]}"
        what = f"文号“{number}”与 {place} 相同，日期不同（{told}）"
        return warn("same-doc-no", what, "同一文件只有一个成文日期，请核对", CODE)
    if table.kind == "documents":
        what = f"文号“{number}”与 {place} 重复"
        return warn("same-doc-no", what, "同一文件登记了两次，请删去一处", CODE)
    return None  # one document that settles several units: usual in a history
