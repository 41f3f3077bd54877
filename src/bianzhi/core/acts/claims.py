"""Acts that set posts aside before a person sits on them: 锁编, 占编, 释放."""

from __future__ import annotations

from typing import Any

from bianzhi.core.acts.base import Act, Funding, Holder, Key, Kind, Quantity, Text, verb
from bianzhi.core.acts.posts import unit_account
from bianzhi.core.book import Book
from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import Timeline
from bianzhi.core.ledger import PENDING, RESERVED
from bianzhi.core.quantity import UNIT, quantity_text
from bianzhi.core.rows import Account

TICKET, HOLD = "ticket", "hold:"


def hold_slot(at: Account) -> str:
    """A matter may hold several accounts: one timeline each."""
    return HOLD + "|".join(at)


def introduce(book: Book, key: str, cls: str, name: str, day: int) -> None:
    """Enter a claimant the first time it is named; refuse a key that is something else."""
    known = book.cls(key)
    if known is None:
        book.add_subject(key, cls)
    elif known != cls:
        raise Refusal.of("wrong-class", f"“{key}”已经是别的东西（{known}）的代码", "请换一个代码")
    names = book.timeline(key, "name")
    if not names or (name and names.at(day) is None):  # new, dated back, or its first entry void
        book.set(key, "name", name or key, day)


def need_latest(line: Timeline[Any], what: str, day: int, field: str) -> None:
    """Refuse to slip an entry in before later ones that were worked out without it."""
    later = line.next_after(day)
    if later is not None:
        raise Refusal.of(
            "later-entry",
            f"{what} {day_text(later)} 已有后续登记，不能再补记 {day_text(day)} 的变化",
            "请先作废后续登记，再按日期先后入账",
            field=field,
        )


def need_positive(n: int) -> None:
    """Refuse a claim of nothing or less."""
    if n <= 0:
        raise Refusal.of("bad-quantity", f"数量 {quantity_text(n)} 应大于零", "请核对", field="n")


@verb("锁编", "在办事项先锁住编制（预留），别的事项用不了。")
class Hold(Act):
    """A matter under way holds posts (预留), so that no other matter can use them."""

    matter: Key
    org: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""
    name: Text = ""

    def apply(self, book: Book, day: int) -> None:
        need_positive(self.n)
        at = unit_account(book, self.org, self.kind, self.funding, day, "org")
        introduce(book, self.matter, "matter", self.name, day)
        slot = hold_slot(at)
        line = book.claims(self.matter)[slot]
        need_latest(line, f"事项 {self.matter}", day, "matter")
        held = line.at(day)
        book.claim(self.matter, slot, at, RESERVED, self.n + (held[2] if held else 0), day)


@verb("占编", "一个用编号码占住编制，人还没有上编（待上编）。")
class Occupy(Act):
    """A ticket (用编号码) takes one post, the person is not yet in (待上编).

    With ``matter`` the post comes out of what that matter holds.
    """

    ticket: Key
    org: Holder
    kind: Kind
    funding: Funding = ""
    n: Quantity = UNIT
    matter: Text = ""

    def apply(self, book: Book, day: int) -> None:
        need_positive(self.n)
        at = unit_account(book, self.org, self.kind, self.funding, day, "org")
        introduce(book, self.ticket, "ticket", "", day)
        if book.claims(self.ticket)[TICKET]:
            raise Refusal.of(
                "used-ticket", f"用编号码 {self.ticket} 已经用过", "请另取号码", field="ticket"
            )
        if self.matter:
            draw(book, self.matter, at, self.n, day)
        book.claim(self.ticket, TICKET, at, PENDING, self.n, day)


def draw(book: Book, matter: str, at: Account, n: int, day: int) -> None:
    """Take posts out of a matter's hold."""
    slot = hold_slot(at)
    held = book.claims(matter)[slot].at(day) if book.cls(matter) == "matter" else None
    have = held[2] if held else 0
    if have < n:
        raise Refusal.of(
            "hold-too-small",
            f"事项 {matter} 在该账户只锁定 {quantity_text(have)} 名，不够 {quantity_text(n)} 名",
            "请核对事项编号，或先补充锁编",
            field="matter",
        )
    need_latest(book.claims(matter)[slot], f"事项 {matter}", day, "matter")
    rest = have - n
    book.claim(matter, slot, at if rest else None, RESERVED, rest, day)


@verb("释放", "锁编事项或用编号码把编制退回来。")
class Release(Act):
    """A hold or a ticket gives its posts back (refused, expired, given up)."""

    claimant: Key

    def apply(self, book: Book, day: int) -> None:
        if book.cls(self.claimant) not in ("matter", "ticket"):
            raise Refusal.of(
                "unknown-claimant",
                f"没有编号为“{self.claimant}”的锁编事项或用编号码",
                "请核对编号",
                field="claimant",
            )
        live = [(slot, line) for slot, line in book.claims(self.claimant).items() if line.at(day)]
        if not live:
            raise Refusal.of(
                "nothing-held", f"“{self.claimant}”当日没有锁定的编制", "无需释放", field="claimant"
            )
        for slot, line in live:
            if any(use for _, use in line.steps_from(day)[1:]):
                need_latest(line, f"“{self.claimant}”", day, "claimant")
            figure = line.at(day)[1]  # type: ignore[index]
            book.claim(self.claimant, slot, None, figure, 0, day)
