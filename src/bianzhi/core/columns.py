"""Columns: all rows of the record as frames, laid out so that a state is a few passes over arrays.

The bulk (``base``) is sorted so that the rows of one account, or of one field of one subject, lie
together in order of days; where each group ends is kept. What was posted since (``tail``) is small
and unsorted. A state folds both and puts them together, so a new change never costs a new sort.

Subjects and accounts are numbered from 1 without gap, in the order in which changes first named
them; number n is row n - 1 of its frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.documents import Document
from bianzhi.core.facts import REFERENCES
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.rows import Account, Rows

_ROW = {"no": pl.Int64, "line": pl.Int32, "act": pl.Int32, "verb": pl.String, "source": pl.String}
SCHEMAS: dict[str, dict[str, Any]] = {
    "subjects": {"key": pl.String, "cls": pl.String, "no": pl.Int64},
    "accounts": {
        "holder_id": pl.Int64, "holder": pl.String, "kind": pl.String, "funding": pl.String,
    },
    "changes": {
        "no": pl.Int64, "recorded_at": pl.String, "by": pl.String, "kind": pl.String,
        "note": pl.String, "doc_no": pl.String, "title": pl.String, "issuer": pl.String,
        "doc_date": pl.Int32, "effective_on": pl.Int32, "clause": pl.String,
    },
    "facts": {
        **_ROW, "subject": pl.Int64, "field": pl.String, "value": pl.String, "ref": pl.Int64,
        "day": pl.Int32,
    },
    "postings": {**_ROW, "account": pl.Int64, "delta": pl.Int64, "day": pl.Int32},
    "claims": {
        **_ROW, "subject": pl.Int64, "slot": pl.String, "account": pl.Int64, "figure": pl.String,
        "amount": pl.Int64, "day": pl.Int32,
    },
    "links": {**_ROW, "before": pl.Int64, "after": pl.Int64, "day": pl.Int32},
    "assertions": {
        **_ROW, "scope": pl.String, "holder": pl.Int64, "kind": pl.String, "funding": pl.String,
        "figure": pl.String, "expected": pl.Int64, "tolerance": pl.Int64, "day": pl.Int32,
        "at_change": pl.Boolean,
    },
    "amendments": {**_ROW, "target": pl.Int64, "target_line": pl.Int32},
}  # fmt: skip

# How the bulk is sorted, and which leading columns make a group.
ORDER = {
    "facts": ("field", "subject", "day", "no", "line"),
    "postings": ("account", "day", "no", "line"),
    "claims": ("slot", "subject", "day", "no", "line"),
}
GROUPS = {"facts": ("field", "subject"), "postings": ("account",), "claims": ("slot", "subject")}


class Entry(NamedTuple):
    """A change as the columns take it in.

    ``lines`` numbers the rows of a table where only some of the change's rows are at hand.
    """

    no: int
    recorded_at: str
    by: str
    kind: str
    note: str
    document: Document | None
    rows: Rows
    lines: Mapping[str, Sequence[int]] = MappingProxyType({})


def empty(name: str) -> pl.DataFrame:
    """A frame of a table with no rows."""
    return pl.DataFrame(schema=SCHEMAS[name])


@dataclass(frozen=True)
class Columns:
    """All rows up to change ``head``.

    Attributes:
        head: The last change in it.
        base: Sorted frames of facts, postings and claims; whole frames of the other tables.
        ends: For each group of a sorted frame, the position of its last row, and its columns.
        tail: Rows since, unsorted, same columns.
    """

    head: int
    base: Mapping[str, pl.DataFrame]
    ends: Mapping[str, pl.DataFrame]
    tail: Mapping[str, pl.DataFrame]

    @classmethod
    def start(cls) -> Columns:
        """The columns of a record without changes: only the holders of the counter-accounts."""
        frames = {name: empty(name) for name in SCHEMAS}
        counters = {"key": list(COUNTERS), "cls": "counter", "no": 0}
        frames["subjects"] = pl.DataFrame(counters, schema=SCHEMAS["subjects"])
        return cls.of(0, frames)

    @classmethod
    def of(cls, head: int, frames: Mapping[str, pl.DataFrame]) -> Columns:
        """Columns from whole frames, sorting what is to be sorted."""
        base = {
            name: frame.sort(ORDER[name]) if name in ORDER else frame
            for name, frame in frames.items()
        }
        ends = {name: group_ends(base[name], GROUPS[name]) for name in ORDER}
        return cls(head, base, ends, {name: empty(name) for name in SCHEMAS})

    def frame(self, name: str) -> pl.DataFrame:
        """A whole table, in no particular order."""
        if self.tail[name].is_empty():
            return self.base[name]
        return pl.concat([self.base[name], self.tail[name]])

    @property
    def tail_rows(self) -> int:
        """How many rows stand in the tail."""
        return sum(frame.height for frame in self.tail.values())

    def compacted(self) -> Columns:
        """The same rows, all in the sorted bulk."""
        return Columns.of(self.head, {name: self.frame(name) for name in SCHEMAS})

    def until(self, no: int) -> Columns:
        """The columns as of change ``no``: rows of later changes taken out."""
        if no == self.head:
            return self
        frames = {
            name: self.frame(name).head(self.accounts_by(no))
            if name == "accounts"
            else self.frame(name).filter(pl.col("no") <= no)
            for name in SCHEMAS
        }
        return Columns.of(no, frames)

    def accounts_by(self, no: int) -> int:
        """How many accounts had been used by change ``no``: they are numbered by first use."""
        if no >= self.head:
            return self.frame("accounts").height
        used = [
            frames[table].select(pl.col("account").filter(pl.col("no") <= no).max())
            for frames in (self.base, self.tail)
            for table in ("postings", "claims")
        ]
        return int(pl.concat(used)["account"].max() or 0)  # type: ignore[arg-type]

    def extended(self, entries: Sequence[Entry]) -> Columns:
        """The columns with more changes in the tail."""
        if not entries:
            return self
        new = _Numbering(self, entries).tables()
        tail = {name: pl.concat([self.tail[name], new[name]]) for name in SCHEMAS}
        return replace(self, head=entries[-1].no, tail=tail)


def group_ends(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The keys and last position of each run of a sorted frame."""
    changed = pl.any_horizontal([pl.col(key).ne_missing(pl.col(key).shift(-1)) for key in keys])
    last = pl.col("end") == frame.height - 1
    return (
        frame.select(*keys, pl.int_range(pl.len(), dtype=pl.Int64).alias("end"))
        .filter(changed | last)
        .with_columns(pl.col("end"))
    )


class _Numbering:
    """Numbers the keys of new changes and lays their rows out as frames."""

    def __init__(self, columns: Columns, entries: Sequence[Entry]) -> None:
        self.entries = entries
        subjects, accounts = columns.frame("subjects"), columns.frame("accounts")
        self.subject_count, self.account_count = subjects.height, accounts.height
        self.subjects = _known_subjects(subjects, entries)
        self.accounts = _known_accounts(accounts, entries)
        self.out: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}

    def tables(self) -> dict[str, pl.DataFrame]:
        for entry in self.entries:
            self._change(entry)
            self._subjects(entry)
            self._rows(entry)
        return {
            name: pl.DataFrame(rows, schema=SCHEMAS[name], orient="row")
            for name, rows in self.out.items()
        }

    def _change(self, entry: Entry) -> None:
        paper = entry.document
        words = (
            (paper.doc_no, paper.title, paper.issuer, paper.doc_date, paper.effective_on,
             paper.clause)
            if paper is not None
            else (None, None, None, None, None, None)
        )  # fmt: skip
        self.out["changes"].append((*entry[:5], *words))

    def _subjects(self, entry: Entry) -> None:
        for subject in entry.rows.subjects:
            self.subject_count += 1
            self.subjects[subject.key] = self.subject_count
            self.out["subjects"].append((*subject, entry.no))

    def _account(self, account: Account | None) -> int | None:
        if account is None:
            return None
        if account not in self.accounts:
            self.account_count += 1
            self.accounts[account] = self.account_count
            self.out["accounts"].append((self.subjects[account.holder], *account))
        return self.accounts[account]

    def _rows(self, entry: Entry) -> None:
        no, key, out = entry.no, self.subjects, self.out
        for n, f in _lines(entry, "facts"):
            is_ref = f.field in REFERENCES and f.value is not None
            value = (None, key[f.value or ""]) if is_ref else (f.value, None)
            out["facts"].append((no, n, f.act, f.verb, f.source, key[f.subject], f.field, *value,
                                 f.day))  # fmt: skip
        for n, p in _lines(entry, "postings"):
            out["postings"].append((no, n, p.act, p.verb, p.source, self._account(p.account),
                                    p.delta, p.day))  # fmt: skip
        for n, c in _lines(entry, "claims"):
            out["claims"].append((no, n, c.act, c.verb, c.source, key[c.subject], c.slot,
                                  self._account(c.account), c.figure, c.amount, c.day))  # fmt: skip
        for n, k in _lines(entry, "links"):
            out["links"].append((no, n, k.act, k.verb, k.source, key[k.before], key[k.after],
                                 k.day))  # fmt: skip
        for n, a in _lines(entry, "assertions"):
            out["assertions"].append((no, n, a.act, a.verb, a.source, a.scope,
                                      key[a.holder] if a.holder else None, *a[4:11]))  # fmt: skip
        for n, m in _lines(entry, "amendments"):
            out["amendments"].append((no, n, m.act, m.verb, m.source, m.target, m.line))


def _lines(entry: Entry, table: str) -> Iterator[tuple[int, Any]]:
    rows = getattr(entry.rows, table)
    return zip(entry.lines.get(table) or range(1, len(rows) + 1), rows, strict=True)


def _known_subjects(subjects: pl.DataFrame, entries: Sequence[Entry]) -> dict[str, int]:
    named: set[str] = set(COUNTERS)
    for entry in entries:
        rows = entry.rows
        named.update(fact.subject for fact in rows.facts)
        named.update(f.value for f in rows.facts if f.value and f.field in REFERENCES)
        named.update(posting.account.holder for posting in rows.postings)
        named.update(claim.subject for claim in rows.claims)
        named.update(claim.account.holder for claim in rows.claims if claim.account)
        named.update(key for link in rows.links for key in (link.before, link.after))
        named.update(assertion.holder for assertion in rows.assertions)
    found = subjects.with_row_index("id", offset=1).filter(pl.col("key").is_in(list(named)))
    return dict(zip(found["key"], found["id"], strict=True))


def _known_accounts(accounts: pl.DataFrame, entries: Iterable[Entry]) -> dict[Account, int]:
    holders: set[str] = set()
    for entry in entries:
        holders.update(posting.account.holder for posting in entry.rows.postings)
        holders.update(claim.account.holder for claim in entry.rows.claims if claim.account)
    found = accounts.with_row_index("id", offset=1).filter(pl.col("holder").is_in(list(holders)))
    rows = found.select("holder", "kind", "funding", "id").iter_rows()
    return {Account(holder, kind, funding): number for holder, kind, funding, number in rows}
