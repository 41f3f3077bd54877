"""Lines of the exchange form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

BY = "open_budget"
ISSUER = "משרד האוצר"
Fields = dict[str, object]


def header() -> str:
    """The first line of an exchange file."""
    return _line({"bianzhi": "exchange", "version": 1})


def document(title: str, doc_no: str, day: date, clause: str = "", digest: str = "") -> Fields:
    """The grounds of a change; the day stands for both the paper and its effect."""
    return {
        "doc_no": doc_no,
        "title": title,
        "issuer": ISSUER,
        "doc_date": day.isoformat(),
        "effective_on": day.isoformat(),
        "clause": clause,
        "file_digest": digest,
    }


def change(grounds: Fields | None, kind: str = "regular", note: str = "") -> str:
    """The line that opens a change; its acts follow."""
    return _line({"change": {"kind": kind, "by": BY, "note": note, "document": grounds}})


def whole(head: str, acts: Iterable[str]) -> Iterator[str]:
    """A change with its acts; nothing where there are none, as an empty change is refused."""
    lines = list(acts)
    if lines:
        yield head
        yield from lines


def act(verb: str, source: str, **fields: object) -> str:
    """The line of one act."""
    return _line({"do": verb, **fields, "source": source})


def leg(holder: str, n: Decimal, source: str) -> Fields:
    """One leg of a movement."""
    return {"holder": holder, "n": number(n), "source": source}


def number(n: Decimal) -> str:
    """An exact decimal, without trailing zeros or exponent."""
    return format(n.normalize(), "f") if n else "0"


def _line(value: Fields) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
