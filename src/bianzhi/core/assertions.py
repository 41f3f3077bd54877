"""Published totals against the book: does the change being made break one that agreed?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bianzhi.core.book import Book
from bianzhi.core.days import day_text
from bianzhi.core.errors import Problem
from bianzhi.core.ledger import COUNTERS, GRANTED
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account, Assertion
from bianzhi.core.source import Known


class Compared(NamedTuple):
    """An assertion and what the book says on its day."""

    known: Known
    assertion: Assertion
    found: int

    @property
    def agrees(self) -> bool:
        """Within the tolerance, which counts as agreement."""
        return abs(self.found - self.assertion.expected) <= self.assertion.tolerance


def broken(book: Book) -> Iterator[Problem]:
    """Assertions of earlier changes that agreed before this change and do not after it."""
    for known, assertion in _touched(book):
        after = Compared(known, assertion, found(book, known, assertion))
        if known.no == book.no or after.agrees:
            continue
        if not after._replace(found=found(book, known, assertion, before=True)).agrees:
            continue
        what = book.name(assertion.holder) if assertion.holder else "全区"
        change = book.change(known.no)
        yield Problem(
            "breaks-assertion",
            f"{what} {day_text(assertion.day)} {assertion.kind} 已公布 "
            f"{quantity_text(assertion.expected)}（{change.label if change else ''}），"
            f"本次入账后将为 {quantity_text(after.found)}",
            "请核对生效日期；确需更正的，在同一文件中"
            f"“停止核对”第 {known.no} 号变更第 {known.line} 条",
        )


def new_disagreements(book: Book) -> list[Compared]:
    """Assertions entered by this change that do not agree: kept, and told at once."""
    entered = ((Known(book.no, line), each) for line, each in enumerate(book.rows.assertions, 1))
    compared = (Compared(known, each, found(book, known, each)) for known, each in entered)
    return [each for each in compared if not each.agrees]


def _touched(book: Book) -> Iterator[tuple[Known, Assertion]]:
    """The assertions whose figure this change may have moved."""
    pages, usage_before = book.touched.moved, book.touched.usage_before
    bare: dict[Known, Assertion] = {}
    holders = {page.account.holder for page in pages if page.holder.assertions != bare}
    holders |= {account.holder for account in usage_before}
    book.load_assertions(holders)
    for holder in sorted(holders):
        yield from list(book.assertions(holder).items())
    accounts = [*(page.account for page in pages), *usage_before]
    for known, assertion in list(book.wide_assertions().items()):
        retreed = assertion.scope == "subtree" and book.touched.reparented
        if retreed or any(_concerns(book, assertion, account) for account in accounts):
            yield known, assertion


def _concerns(book: Book, assertion: Assertion, account: Account) -> bool:
    """Whether a touched account may move a wide assertion: a look up the tree, not down it."""
    if assertion.scope == "area" and account.holder not in COUNTERS:
        return False
    if account not in book.touched.usage_before and all(
        day > assertion.day for day, _ in book.moved(account)
    ):
        return False
    if assertion.scope == "area":
        return True
    holder: str | None = account.holder
    while holder is not None and holder != assertion.holder:
        holder = book.fact(holder, "parent", assertion.day)
    return holder is not None


def found(book: Book, known: Known, assertion: Assertion, *, before: bool = False) -> int:
    """What the book says about an assertion's figure; ``before``: without this change."""
    total = sum(
        _on(book, known, assertion, account, before)
        for account in _accounts(book, assertion, before=before)
    )
    granted = assertion.scope == "area" or assertion.holder == GRANTED
    return -total if granted else total


def _on(book: Book, known: Known, assertion: Assertion, account: Account, before: bool) -> int:
    day, touched = assertion.day, book.touched
    if assertion.figure == "actual":
        steps = book.usage(account)
        if before:
            steps = touched.usage_before.get(account, steps)
        return sum(step[1] for step in steps if step[0] <= day)
    if account.holder in COUNTERS:
        balance = book.counter_balance(account, day)
    else:
        balance = book.balance(account).on(day)
    if before:
        balance -= sum(delta for at, delta in book.moved(account) if at <= day)
    if assertion.at_change:
        balance -= _later_same_day(book, known, account, day, before)
    return balance


def _later_same_day(book: Book, known: Known, account: Account, day: int, before: bool) -> int:
    gone = book.voided - book.touched.voided if before else book.voided
    stored = sum(
        delta
        for _, at, no, delta in book.source.postings([account])
        if at == day and no > known.no and no not in gone
    )
    made = {**book.posted} if before else {**book.posted, book.no: book.rows}
    return stored + sum(
        posting.delta
        for no, rows in made.items()
        if no > known.no and no not in gone
        for posting in rows.postings
        if posting.account == account and posting.day == day
    )


def _accounts(book: Book, assertion: Assertion, *, before: bool = False) -> list[Account]:
    if assertion.scope == "area":
        # the sum over all holders is minus the sum over the counter-accounts, and those are few
        holders = set(COUNTERS)
    elif assertion.scope == "subtree":
        holders = below(book, assertion.holder, assertion.day, before=before)
    else:
        holders = {assertion.holder}
    accounts = (account for holder in sorted(holders) for account in sorted(book.accounts(holder)))
    return [account for account in accounts if _covers(book, assertion, account)]


def _covers(book: Book, assertion: Assertion, account: Account) -> bool:
    return book.tree("quota_kind").covers(assertion.kind, account.kind) and (
        assertion.funding is None or assertion.funding == account.funding
    )


def below(book: Book, holder: str, day: int, *, before: bool = False) -> set[str]:
    """A unit and all below it by 上级机构 on a day; ``before``: without this change."""
    reached, frontier = {holder}, [holder]
    while frontier:
        above = frontier.pop()
        for key in book.referrers(above) - reached:
            parents = book.timeline(key, "parent")
            if before:
                parents = book.touched.reparented.get(key, parents)
            if parents.at(day) == above:
                reached.add(key)
                frontier.append(key)
    return reached
