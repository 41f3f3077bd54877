"""What has become of each 用编号码: read from the record, never kept beside it.

A ticket waits (创建) until a person sits on its post (使用) or a document gives the post back
(放弃, 过期, 注销). Where the change that gave it out is void, so is the ticket (作废).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from bianzhi.core.acts.claims import TICKET
from bianzhi.core.acts.people import POST, Enroll
from bianzhi.core.columns import Columns
from bianzhi.core.folding import known_by
from bianzhi.core.quantity import quantity_text
from bianzhi.office.cases.models import Ticket, TicketEnd

CREATED, USED, GIVEN_UP, EXPIRED, CANCELLED, VOID = (
    "created", "used", "given_up", "expired", "cancelled", "void"
)  # fmt: skip
STATES = {
    CREATED: "创建", USED: "使用", GIVEN_UP: "放弃", EXPIRED: "过期", CANCELLED: "注销",
    VOID: "作废",
}  # fmt: skip
ENROLL = Enroll.verb
ENDS = (GIVEN_UP, EXPIRED, CANCELLED)


@dataclass(frozen=True)
class Seen:
    """A ticket as the record has it.

    Attributes:
        key: Its number.
        state: One of ``STATES``.
        unit, kind, funding: The account its post belongs to; "" where it is void.
        n: How much of a post, in words.
        since, given_by: The day it was given out, and the change that did.
        last, last_by: The day and the change of what happened last.
        person: Who sits on the post; "" where nobody does.
        until: The last day it can be used; None for one of an older ledger.
        case: The matter that gave it out; None for one of an older ledger.
        entry_form: 进入形式.
    """

    key: str
    state: str
    unit: str = ""
    kind: str = ""
    funding: str = ""
    n: str = ""
    since: int = 0
    given_by: int = 0
    last: int = 0
    last_by: int = 0
    person: str = ""
    until: int | None = None
    case: int | None = None
    entry_form: str = ""

    def overdue(self, today: int) -> bool:
        """Whether it still waits although its last day is over (CK-22)."""
        return self.state == CREATED and self.until is not None and self.until < today

    def due(self, today: int, days: int) -> bool:
        """Whether its last day comes within some days."""
        waits = self.state == CREATED and self.until is not None
        return waits and today <= (self.until or 0) <= today + days


def tickets(columns: Columns) -> list[Seen]:
    """All tickets, the newest numbers first."""
    known = {each.key: each for each in Ticket.objects.all()}
    ends = {(end.key, end.change): end.why for end in TicketEnd.objects.all()}
    rows = {row["key"]: row for row in _rows(columns).iter_rows(named=True)}
    found = [_seen(row, known.get(key), ends) for key, row in rows.items()]
    found += [_void(each) for key, each in known.items() if key not in rows]
    return sorted(found, key=lambda each: each.key, reverse=True)


def _rows(columns: Columns) -> pl.DataFrame:
    """One row a ticket: its account (that of the unit it went to, where units were merged), its
    first and last entry, the person on its post."""
    claims = columns.frame("claims").filter(known_by(columns, columns.head))
    entries = claims.filter(pl.col("slot") == TICKET).sort("subject", "day", "no", "line")
    ends = entries.group_by("subject", maintain_order=True).agg(
        pl.col("account").last().is_not_null().alias("waits"),
        pl.col("account").drop_nulls().last(), pl.col("amount").first(),
        pl.col("day").first().alias("since"), pl.col("no").first().alias("given_by"),
        *(pl.col(name).last().alias(alias) for name, alias in
          (("day", "last"), ("no", "last_by"), ("verb", "verb"), ("act", "act"))),
    )  # fmt: skip
    keys, accounts = columns.frame("subjects")["key"], columns.frame("accounts")
    ends = ends.with_columns(
        keys.gather(ends["subject"] - 1).alias("key"),
        *(accounts[name].gather(ends["account"] - 1) for name in ("holder", "kind", "funding")),
    )
    sits = claims.filter((pl.col("slot") == POST) & (pl.col("verb") == ENROLL))
    sits = sits.select(last_by="no", act="act", person=keys.gather(sits["subject"] - 1))
    return ends.join(sits, on=["last_by", "act"], how="left")


def _seen(
    row: Mapping[str, Any], known: Ticket | None, ends: Mapping[tuple[str, int], str]
) -> Seen:
    if row["waits"]:
        state = CREATED
    elif row["verb"] == ENROLL:
        state = USED
    else:
        state = ends.get((row["key"], row["last_by"]), CANCELLED)
    return Seen(
        row["key"], state, row["holder"], row["kind"], row["funding"], quantity_text(row["amount"]),
        row["since"], row["given_by"], row["last"], row["last_by"], row["person"] or "",
        known.expires_on if known else None, known.case_id if known else None,
        known.entry_form if known else "",
    )  # fmt: skip


def _void(known: Ticket) -> Seen:
    return Seen(known.key, VOID, until=known.expires_on, case=known.case_id,
                entry_form=known.entry_form)  # fmt: skip
