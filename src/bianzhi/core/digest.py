"""The digest chain: each change carries the SHA-256 of its rows and of the change before it.

The text that is hashed is canonical JSON of the rows as they mean something (keys and codes, not
database numbers), so it is the same on every engine and survives a move between them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from bianzhi.core.documents import Document
from bianzhi.core.rows import Rows

START = "0" * 64
CHUNK = 4096  # rows hashed at a time: a change may hold millions


class Head(NamedTuple):
    """What a change says of itself, as digested."""

    no: int
    recorded_at: str
    by: str
    kind: str
    note: str


def digest(before: str, head: Head, document: Document | None, rows: Rows) -> str:
    """The digest of a change, given the digest of the one before it ("0" * 64 for the first)."""
    hasher = hashlib.sha256()
    paper = (
        None
        if document is None
        else (
            document.title,
            document.doc_no,
            document.issuer,
            document.doc_date,
            document.effective_on,
            document.clause,
            document.file_digest,
        )
    )
    hasher.update(_canonical([before, head, paper]))
    for table in rows.tables():
        for start in range(0, len(table), CHUNK):
            hasher.update(_canonical(table[start : start + CHUNK]))
        hasher.update(b";")
    return hasher.hexdigest()


def _canonical(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
