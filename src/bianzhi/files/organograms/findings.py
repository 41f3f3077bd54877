"""Findings: what one return has against it, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bianzhi.files.organograms.reporting import in_loops, missing, reporting_lines
from bianzhi.files.organograms.rows import (
    JUNIOR_FILE,
    SENIOR_FILE,
    JuniorPosts,
    Row,
    SeniorPost,
    Snapshot,
    read_fte,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth knowing about a return.

    Attributes:
        code: Its kind: count-differs, duplicate-reference, word-for-reference, missing-post,
            reporting-loop, repeated-row, unreadable-fte or broken-return.
        body, on: The return.
        subject: The post, group or figure it is about.
        message: The sentence for the clerk.
        places: The rows, as ``file:line``.
    """

    code: str
    body: str
    on: str
    subject: str
    message: str
    places: tuple[str, ...] = ()


def row_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """Everything the rows of one return show."""
    for code, subject, message, rows in _found(snapshot):
        places = tuple(f"{_file(row)}:{row.line}" for row in rows)
        yield Finding(code, snapshot.body, snapshot.on, subject, message, places)


_Found = Iterator[tuple[str, str, str, list[Row]]]


def _found(snapshot: Snapshot) -> _Found:
    yield from _references(snapshot.seniors)
    yield from _lines(snapshot)
    yield from _repeated(snapshot.juniors)
    yield from _unreadable((*snapshot.seniors, *snapshot.juniors))


def _references(seniors: Iterable[SeniorPost]) -> _Found:
    by_ref: dict[str, list[Row]] = defaultdict(list)
    for row in seniors:
        by_ref[row.ref].append(row)
    for ref, rows in by_ref.items():
        if len(rows) > 1:
            yield "duplicate-reference", ref, f"职位编号“{ref}”出现 {len(rows)} 次", rows
        if not any(char.isdigit() for char in ref):
            yield "word-for-reference", ref, f"职位编号处写的是“{ref}”，不是编号", rows


def _lines(snapshot: Snapshot) -> _Found:
    lines = reporting_lines(snapshot.seniors)
    named: dict[str, list[Row]] = defaultdict(list)
    for senior in snapshot.seniors:
        named[senior.reports_to].append(senior)
    for junior in snapshot.juniors:
        named[junior.senior].append(junior)
    for ref in missing(lines, named):
        message = f"{len(named[ref])} 行的上级职位“{ref}”不在本期报表中"
        yield "missing-post", ref, message, named[ref]
    loops = in_loops(lines)
    for row in snapshot.seniors:
        if row.ref in loops:
            message = f"职位“{row.ref}”的上级链绕回自身（上级写为“{row.reports_to}”）"
            yield "reporting-loop", row.ref, message, [row]


def _repeated(juniors: Iterable[JuniorPosts]) -> _Found:
    alike: dict[JuniorPosts, list[Row]] = defaultdict(list)
    for row in juniors:
        alike[row].append(row)
    for row, rows in alike.items():
        if len(rows) > 1:
            group = f"“{row.grade} {row.title}”{row.fte}"
            message = f"{group} 在“{row.senior}”下一字不差地出现 {len(rows)} 次"
            yield "repeated-row", row.senior, message, rows


def _unreadable(rows: Iterable[Row]) -> _Found:
    for row in rows:
        if read_fte(row.fte) is None:
            subject = row.ref if isinstance(row, SeniorPost) else row.senior
            message = f"FTE 写的是“{row.fte}”，不是数字，按 0 记账并原样保留"
            yield "unreadable-fte", subject, message, [row]


def _file(row: Row) -> str:
    return SENIOR_FILE if isinstance(row, SeniorPost) else JUNIOR_FILE
