"""Reading the three files of a folder, columns by heading."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bianzhi.core.errors import Refusal
from bianzhi.files.organograms.rows import (
    COUNTS_FILE,
    JUNIOR_FILE,
    SENIOR_FILE,
    JuniorPosts,
    Published,
    SeniorPost,
    Snapshot,
)

_DAY, _BODY = "snapshot_date", "body"
_SENIOR = {
    "ref": "Post Unique Reference",
    "title": "Job Title",
    "grade": "Grade (or equivalent)",
    "unit": "Unit",
    "reports_to": "Reports to Senior Post",
    "fte": "FTE",
    "holder": "holder",
    "function": "Job/Team Function",
    "salary": "Salary Cost of Reports (£)",
    "group": "Professional/Occupational Group",
    "notes": "Notes",
    "department": "Parent Department",
    "organisation": "Organisation",
}
_JUNIOR = {
    "senior": "Reporting Senior Post",
    "title": "Generic Job Title",
    "grade": "Grade",
    "unit": "Unit",
    "fte": "Number of Posts in FTE",
    "group": "Professional/Occupational Group",
    "department": "Parent Department",
    "organisation": "Organisation",
}
_COUNTS = {"seniors": "senior_posts", "juniors": "junior_rows"}

Row = Mapping[str, str]


def read_snapshots(folder: Path) -> list[Snapshot]:
    """All returns of a folder, by day and then by body.

    Raises:
        Refusal: a file or column is missing, a row has another width than the heading, or a day
            is none; the place names file and line.
    """
    seniors: dict[tuple[str, str], list[SeniorPost]] = {}
    juniors: dict[tuple[str, str], list[JuniorPosts]] = {}
    for line, key, row in _rows(folder / SENIOR_FILE, _SENIOR):
        seniors.setdefault(key, []).append(SeniorPost(**_picked(row, _SENIOR), line=line))
    for line, key, row in _rows(folder / JUNIOR_FILE, _JUNIOR):
        juniors.setdefault(key, []).append(JuniorPosts(**_picked(row, _JUNIOR), line=line))
    return [
        Snapshot(body, on, tuple(seniors.get((on, body), ())), tuple(juniors.get((on, body), ())))
        for on, body in sorted(seniors.keys() | juniors.keys())
    ]


def read_published(folder: Path) -> list[Published]:
    """The publisher's own counts, in the order of the file."""
    return [
        Published(body, on, *(_count(row, column, line) for column in _COUNTS.values()))
        for line, (on, body), row in _rows(folder / COUNTS_FILE, _COUNTS)
    ]


def _picked(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    return {field: row[column] for field, column in columns.items()}


def _rows(path: Path, columns: Mapping[str, str]) -> Iterator[tuple[int, tuple[str, str], Row]]:
    if not path.is_file():
        raise Refusal.of("no-file", "找不到文件", "请把三个文件放在同一文件夹", place=path.name)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        _need_columns(path.name, reader.fieldnames or (), (_DAY, _BODY, *columns.values()))
        end = reader.line_num  # a row may span lines: it is placed at its first one
        for row in reader:
            line, end = end + 1, reader.line_num
            _need_width(row, f"{path.name}:{line}")
            yield line, _key(row, f"{path.name}:{line}"), row


def _need_columns(name: str, found: object, needed: tuple[str, ...]) -> None:
    missing = [column for column in needed if column not in list(found)]  # type: ignore[call-overload]
    if missing:
        raise Refusal.of(
            "no-column", f"缺少栏目：{'、'.join(missing)}", "请核对表头", place=f"{name}:1"
        )


def _need_width(row: Mapping[str | None, str | None], place: str) -> None:
    if None in row or None in row.values():
        raise Refusal.of(
            "bad-width", "本行的栏数与表头不同", "请检查逗号和引号是否完整", place=place
        )


def _key(row: Row, place: str) -> tuple[str, str]:
    try:
        return date.fromisoformat(row[_DAY]).isoformat(), row[_BODY]
    except ValueError:
        raise Refusal.of(
            "bad-day", f"“{row[_DAY]}”不是日期", "请写成 2014-03-31 的样子", field=_DAY, place=place
        ) from None


def _count(row: Row, column: str, line: int) -> int:
    if not row[column].strip().isdecimal():
        raise Refusal.of(
            "bad-count",
            f"“{row[column]}”不是行数",
            "请填写整数",
            field=column,
            place=f"{COUNTS_FILE}:{line}",
        )
    return int(row[column])
