"""Between rows as they mean something (keys, codes) and rows as they are stored (numbers)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bianzhi.core.facts import REFERENCES
from bianzhi.core.rows import (
    Account,
    Amendment,
    Assertion,
    Claim,
    Fact,
    Link,
    Posting,
    Rows,
    Subject,
)

_ROW = ("change_no", "line", "act", "verb", "source")
COLUMNS: dict[str, tuple[str, ...]] = {
    "record_change": ("no", "recorded_at", "by", "kind", "note", "digest"),
    "record_document": (
        "change_no", "key", "title", "doc_no", "issuer", "doc_date", "effective_on", "clause",
        "file_digest",
    ),
    "record_subject": ("id", "key", "cls", "change_no", "line"),
    "record_account": ("id", "holder_id", "kind", "funding"),
    "record_fact": (*_ROW, "subject_id", "field", "value", "ref", "day"),
    "record_posting": (*_ROW, "account_id", "delta", "day"),
    "record_claim": (*_ROW, "subject_id", "slot", "account_id", "figure", "amount", "day"),
    "record_link": (*_ROW, "before_id", "after_id", "day"),
    "record_assertion": (
        *_ROW, "scope", "holder_id", "kind", "funding", "figure", "expected", "tolerance", "day",
        "at_change",
    ),
    "record_amendment": (*_ROW, "target", "target_line"),
}  # fmt: skip

Stored = dict[str, list[tuple[Any, ...]]]


def store(
    no: int, rows: Rows, subject_id: Mapping[str, int], account_id: Mapping[Account, int]
) -> Stored:
    """The rows of a change as stored tuples, by table, in the order of ``COLUMNS``."""
    return {
        "record_subject": [
            (subject_id[s.key], s.key, s.cls, no, line) for line, s in enumerate(rows.subjects, 1)
        ],
        "record_fact": [
            (
                no, line, f.act, f.verb, f.source, subject_id[f.subject], f.field,
                *_value_or_ref(f, subject_id), f.day,
            )
            for line, f in enumerate(rows.facts, 1)
        ],
        "record_posting": [
            (no, line, act, verb, source, account_id[account], delta, day)
            for line, (act, verb, account, delta, day, source) in enumerate(rows.postings, 1)
        ],
        "record_claim": [
            (
                no, line, c.act, c.verb, c.source, subject_id[c.subject], c.slot,
                None if c.account is None else account_id[c.account], c.figure, c.amount, c.day,
            )
            for line, c in enumerate(rows.claims, 1)
        ],
        "record_link": [
            (no, line, k.act, k.verb, k.source, subject_id[k.before], subject_id[k.after], k.day)
            for line, k in enumerate(rows.links, 1)
        ],
        "record_assertion": [
            (
                no, line, a.act, a.verb, a.source, a.scope,
                subject_id[a.holder] if a.holder else None, a.kind, a.funding, a.figure,
                a.expected, a.tolerance, a.day, a.at_change,
            )
            for line, a in enumerate(rows.assertions, 1)
        ],
        "record_amendment": [
            (no, line, m.act, m.verb, m.source, m.target, m.line)
            for line, m in enumerate(rows.amendments, 1)
        ],
    }  # fmt: skip


def _value_or_ref(fact: Fact, subject_id: Mapping[str, int]) -> tuple[str | None, int | None]:
    if fact.field in REFERENCES and fact.value is not None:
        return None, subject_id[fact.value]
    return fact.value, None


class Damaged(Exception):
    """A stored row that the writer cannot have written; ``no`` is its change."""

    def __init__(self, no: int, what: str) -> None:
        super().__init__(what)
        self.no = no
        self.what = what


class Reading(NamedTuple):
    """How one kind of row is read back: SQL giving (change_no, line, …), and the row it makes."""

    name: str
    select: str
    make: Any


def _fact(row: tuple[Any, ...]) -> Fact:
    no, _, act, verb, source, subject, field, value, ref, ref_key, day = row
    is_ref = field in REFERENCES
    if (value is not None and is_ref) or (ref is not None and (not is_ref or ref_key is None)):
        raise Damaged(no, "事实的值与引用不一致")
    return Fact(act, verb, subject, field, ref_key if is_ref else value, day, source)


def _claim(row: tuple[Any, ...]) -> Claim:
    no, _, act, verb, source, subject, slot, number, holder, kind, funding, figure, amount, day = (
        row
    )
    if number is not None and holder is None:
        raise Damaged(no, "用编指向不存在的账户")
    account = None if number is None else Account(holder, kind, funding)
    return Claim(act, verb, subject, slot, account, figure, amount, day, source)


def _assertion(row: tuple[Any, ...]) -> Assertion:
    no, _, act, verb, source, scope, number, holder, *rest, at_change = row
    if number is not None and holder is None:
        raise Damaged(no, "核对数指向不存在的机构")
    kind, funding, figure, expected, tolerance, day = rest
    return Assertion(
        act, verb, scope, holder or "", kind, funding, figure, expected, tolerance, day,
        bool(at_change), source,
    )  # fmt: skip


_ENTRY = "x.change_no, x.line, x.act, x.verb, x.source"
READINGS = (
    Reading(
        "subjects",
        "SELECT x.change_no, x.line, x.key, x.cls FROM record_subject x",
        lambda row: Subject(*row[2:]),
    ),
    Reading(
        "facts",
        f"SELECT {_ENTRY}, s.key, x.field, x.value, x.ref, r.key, x.day FROM record_fact x "
        "JOIN record_subject s ON s.id = x.subject_id LEFT JOIN record_subject r ON r.id = x.ref",
        _fact,
    ),
    Reading(
        "postings",
        f"SELECT {_ENTRY}, h.key, a.kind, a.funding, x.delta, x.day FROM record_posting x "
        "JOIN record_account a ON a.id = x.account_id JOIN record_subject h ON h.id = a.holder_id",
        lambda r: Posting(r[2], r[3], Account(r[5], r[6], r[7]), r[8], r[9], r[4]),
    ),
    Reading(
        "claims",
        f"SELECT {_ENTRY}, s.key, x.slot, x.account_id, h.key, a.kind, a.funding, x.figure, "
        "x.amount, x.day FROM record_claim x JOIN record_subject s ON s.id = x.subject_id "
        "LEFT JOIN record_account a ON a.id = x.account_id "
        "LEFT JOIN record_subject h ON h.id = a.holder_id",
        _claim,
    ),
    Reading(
        "links",
        f"SELECT {_ENTRY}, b.key, f.key, x.day FROM record_link x "
        "JOIN record_subject b ON b.id = x.before_id JOIN record_subject f ON f.id = x.after_id",
        lambda r: Link(r[2], r[3], r[5], r[6], r[7], r[4]),
    ),
    Reading(
        "assertions",
        f"SELECT {_ENTRY}, x.scope, x.holder_id, h.key, x.kind, x.funding, x.figure, x.expected, "
        "x.tolerance, x.day, x.at_change FROM record_assertion x "
        "LEFT JOIN record_subject h ON h.id = x.holder_id",
        _assertion,
    ),
    Reading(
        "amendments",
        f"SELECT {_ENTRY}, x.target, x.target_line FROM record_amendment x",
        lambda r: Amendment(r[2], r[3], r[5], r[6], r[4]),
    ),
)


def collect(rows: Iterator[tuple[Any, ...]], reading: Reading) -> Iterator[tuple[int, int, Any]]:
    """(change number, line, row) of a result."""
    for row in rows:
        yield row[0], row[1], reading.make(row)
