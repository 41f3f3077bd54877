"""A test's scenario as a small ledger: a line a document, indented lines for what it does.

    2023-01-01 opening
      设立 org=A name=甲局
      下达 to=A kind=XZ n=10
    2023-02-01 甲编发〔2023〕2号 作废一例
      核减 org=A kind=XZ n=1 on=2023-03-01

A head line is the day, then in any order a 文号 (one is made up if missing), ``opening`` or
``unverified`` (then no document unless a 文号 stands there). An act line is the verb and its fields
as the exchange form names them; lists are written ``sources=A,B`` or as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from textwrap import dedent
from typing import Any

import pytest

from bianzhi.core.acts import VERBS, Act
from bianzhi.core.acts.base import read_any, read_flag, read_keys, read_number, slots
from bianzhi.core.book import Book
from bianzhi.core.changes import KINDS, REGULAR, Draft
from bianzhi.core.days import day_text, parse_day
from bianzhi.core.documents import Document, parse_doc_no
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.exchange import read_act
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.quantity import quantity
from bianzhi.core.rows import Account
from bianzhi.core.source import Source

_FIELD = re.compile(r"(\S+?)=(.*?)(?=\s+[A-Za-z_]+=|$)")
_numbers = count(1)

HOLDERS = (*"ABCDEFGP", *COUNTERS)

# Two offices and a pool, in being long before anything happens.
START = """
    2020-01-01 opening
      设立 org=A name=甲局
      设立 org=B name=乙局
      设立 org=P class=pool name=编制池
      下达 to=A kind=XZ n=10
"""


def act(line: str) -> Act:
    """One act from its line."""
    verb, _, rest = line.strip().partition(" ")
    readers = {name: slot.read for name, slot in slots(VERBS[verb]).items()}
    fields = {
        name: _value(readers.get(name, read_any), text) for name, text in _FIELD.findall(rest)
    }
    return read_act({"do": verb, **fields})


def _value(read: object, text: str) -> Any:
    if read is read_keys:
        return text.split(",")
    if read in (read_any, read_flag, read_number):
        try:
            return json.loads(text, parse_float=str)
        except ValueError:
            return text
    return text


def draft(
    acts: str | Iterable[Act],
    doc_no: str = "",
    *,
    day: str = "2023-01-01",
    kind: str = REGULAR,
    document: bool | None = None,
    clause: str = "",
    by: str = "",
    note: str = "",
) -> Draft:
    """One change; its document gets a 文号 of its own unless one is given.

    Args:
        acts: The acts, or their lines.
        doc_no: The 文号 of its document.
        day: The day of the document, and of its acts unless they say another.
        kind: regular, opening or unverified.
        document: Whether there is a document; default: yes for a regular change or with a 文号.
        clause, by, note: As in the exchange form.
    """
    if isinstance(acts, str):
        acts = [act(line) for line in dedent(acts).strip().splitlines()]
    on = parse_day(day)
    if document is None:
        document = kind == REGULAR or bool(doc_no)
    if not document:
        dated = [each if each.on is not None else replace(each, on=on) for each in acts]
        return Draft(dated, None, kind, by, note)
    number = doc_no or f"测编发〔2023〕{next(_numbers)}号"
    paper = Document(f"关于第 {number} 事项的批复", number, "测编委", on, on, clause)
    return Draft(list(acts), paper, kind, by, note)


def ledger(text: str) -> list[Draft]:
    """The changes of a small ledger."""
    found: list[tuple[str, list[str]]] = []
    for line in dedent(text).strip().splitlines():
        if line.startswith(" "):
            found[-1][1].append(line)
        elif line.strip():
            found.append((line, []))
    return [_change(head, lines) for head, lines in found]


def _change(head: str, lines: Sequence[str]) -> Draft:
    day, *words = head.split()
    kind = next((word for word in words if word in KINDS), REGULAR)
    doc_no = next((word for word in words if parse_doc_no(word)), "")
    note = " ".join(word for word in words if word not in (kind, doc_no))
    return draft(map(act, lines), doc_no, day=day, kind=kind, note=note)


def problems(record: Any, text: str | Draft) -> tuple[Problem, ...]:
    """What a record says against a ledger; it must refuse it and stay as it was."""
    before = record.head
    drafts = [text] if isinstance(text, Draft) else ledger(text)
    with pytest.raises(Refusal) as refused:
        record.post(*drafts)
    assert record.head == before
    return refused.value.problems


def codes(record: Any, text: str | Draft) -> list[str]:
    """The codes of the problems a record finds in a ledger it refuses."""
    return [problem.code for problem in problems(record, text)]


def _short(account: Account) -> str:
    if account.funding:
        return "/".join(account)
    return account.holder if account.kind == "XZ" else f"{account.holder}/{account.kind}"


class View:
    """What a record says, in the units people use."""

    def __init__(self, source: Source) -> None:
        self.book = Book(source)

    def approved(self, holder: str, day: str, kind: str = "XZ", funding: str = "") -> Decimal:
        """核定 of an account at the end of a day."""
        units = self.book.balance(Account(holder, kind, funding)).on(parse_day(day))
        return quantity(units)

    def posts(self, day: str = "2200-12-31") -> dict[str, Decimal]:
        """Every account that is not empty at the end of a day: ``A``, ``A/SY``, ``A/XZ/full``."""
        on = parse_day(day)
        found = {}
        for account in sorted(self.book.source.accounts(HOLDERS)):
            if account.holder in COUNTERS:
                amount = self.book.counter_balance(account, on)
            else:
                amount = self.book.balance(account).on(on)
            if amount:
                found[_short(account)] = quantity(amount)
        return found

    def used(
        self, holder: str, day: str, kind: str = "XZ", funding: str = ""
    ) -> tuple[Decimal, Decimal]:
        """(实有, 待上编 and 预留) of an account at the end of a day."""
        on = parse_day(day)
        steps = [s for s in self.book.usage(Account(holder, kind, funding)) if s[0] <= on]
        actual, promised = sum(s[1] for s in steps), sum(s[2] for s in steps)
        return quantity(actual), quantity(promised)

    def counter(self, holder: str, day: str, kind: str = "XZ", funding: str = "") -> Decimal:
        """The balance of a counter-account."""
        units = self.book.counter_balance(Account(holder, kind, funding), parse_day(day))
        return quantity(units)

    def fact(self, key: str, field: str, day: str) -> str | None:
        """The value of a field on a day."""
        return self.book.fact(key, field, parse_day(day))

    def place(self, person: str, day: str, slot: str = "post") -> tuple[str, str, str] | None:
        """(holder, kind, figure) a person fills on a day."""
        use = self.book.claims(person)[slot].at(parse_day(day))
        return None if use is None else (use[0].holder, use[0].kind, use[1])

    def life(self, key: str) -> tuple[str | None, str | None]:
        """(first day, day of its end)."""
        born, ended = self.book.life(key)
        return (
            None if born is None else day_text(born),
            None if ended is None else day_text(ended),
        )
