"""CK-39: a 文号 twice, with two dates, or missing in its yearly row."""

from __future__ import annotations

from collections import defaultdict

from bianzhi.core.documents import parse_doc_no
from bianzhi.files.intake.findings import Note, warn
from bianzhi.files.intake.table import Table

CODE = "CK-39"
_MOST_GAPS = 12  # numbers named in one sentence


def check_doc_nos(table: Table) -> None:
    """Duplicates in a directory, contradictions in a history, gaps in a directory."""
    first: dict[str, int] = {}
    rows: defaultdict[tuple[str, str, int], dict[int, int]] = defaultdict(dict)
    for index, number in enumerate(table.values("doc_no")):
        if number is None:
            continue
        before = first.setdefault(number, index)
        if before != index and (note := _twice(table, number, before, index)) is not None:
            table.find(index, "doc_no", note)
        parsed = parse_doc_no(number)
        if parsed is not None and not parsed.needs_review:
            rows[parsed.issuer, parsed.word, parsed.year].setdefault(parsed.seq, index)
    if table.kind == "documents":
        _check_gaps(table, rows)


def _twice(table: Table, number: str, before: int, index: int) -> Note | None:
    place = table.cell(before, "doc_no")
    dates, names = table.values("doc_date"), table.values("doc_title")
    if names[before] and names[index] and names[before] != names[index]:
        what = f"文号“{number}”与 {place} 相同，标题不同"
        return warn("same-doc-no", what, "两份文件不能同号，请核对", CODE)
    if dates[before] and dates[index] and dates[before] != dates[index]:
        what = f"文号“{number}”与 {place} 相同，日期不同（{dates[before]}、{dates[index]}）"
        return warn("same-doc-no", what, "同一文件只有一个成文日期，请核对", CODE)
    if table.kind == "documents":
        what = f"文号“{number}”与 {place} 重复"
        return warn("same-doc-no", what, "同一文件登记了两次，请删去一处", CODE)
    return None  # one document that settles several units: usual in a history


def _check_gaps(table: Table, rows: dict[tuple[str, str, int], dict[int, int]]) -> None:
    for (issuer, word, year), have in rows.items():
        if max(have) > 5 * len(have) + 20:
            continue  # a selection, not a register
        gaps = [n for n in range(1, max(have)) if n not in have]
        if not gaps:
            continue
        named = "、".join(map(str, gaps[:_MOST_GAPS])) + ("…" if len(gaps) > _MOST_GAPS else "")
        what = f"{issuer}{word}〔{year}〕缺 {len(gaps)} 个号：{named}"
        do = "请查是否漏登、作废或另存"
        table.find(min(have.values()), "doc_no", warn("doc-no-gap", what, do, CODE))
