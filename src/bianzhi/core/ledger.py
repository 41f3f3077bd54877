"""The ledger of posts: accounts, counter-accounts, and balances through time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from bianzhi.core.rows import Account, Assertion
from bianzhi.core.source import Known

GRANTED, ABOLISHED, CONVERTED = "上级", "核销", "置换"
COUNTERS = {
    GRANTED: "上级下达：全部编制的来源，余额为负数，其绝对值即下达总量",
    ABOLISHED: "核销：减下来、不再使用的编制",
    CONVERTED: "置换：一种编制换成另一种时的过渡",
}

ACTUAL, PENDING, RESERVED, UNCOUNTED = "actual", "pending", "reserved", "uncounted"
FIGURES = {ACTUAL: "实有", PENDING: "待上编", RESERVED: "预留", UNCOUNTED: "不占编"}


def is_counter(account: Account) -> bool:
    """Whether the account may be negative: it stands for the world outside the holders."""
    return account.holder in COUNTERS


class Balance:
    """The balance of one account on every day, under changes that may be dated back or ahead.

    >>> line = Balance()
    >>> line.add(10, 5)
    >>> line.add(30, -4)
    >>> line.add(20, -2)      # dated back: it lowers every later day
    >>> line.on(25), line.lowest_from(20)
    (3, (30, -1))
    """

    __slots__ = ("days", "running")

    def __init__(self) -> None:
        self.days: list[int] = []
        self.running: list[int] = []  # running[i] = balance from days[i] until days[i + 1]

    def add(self, day: int, delta: int) -> None:
        """Book a delta on a day; the everyday case, a day not before the last, costs O(1)."""
        days, running = self.days, self.running
        if not days:
            days.append(day)
            running.append(delta)
        elif day > days[-1]:
            days.append(day)
            running.append(running[-1] + delta)
        elif day == days[-1]:
            running[-1] += delta
        else:
            self._insert(day, delta)

    def _insert(self, day: int, delta: int) -> None:
        index = bisect_left(self.days, day)
        if self.days[index] != day:
            self.days.insert(index, day)
            self.running.insert(index, self.running[index - 1] if index else 0)
        self.running[index:] = [balance + delta for balance in self.running[index:]]

    def on(self, day: int) -> int:
        """The balance at the end of a day."""
        index = bisect_right(self.days, day) - 1
        return self.running[index] if index >= 0 else 0

    def lowest_from(self, day: int) -> tuple[int, int]:
        """(day, balance) where the balance is lowest from ``day`` to the end of time."""
        if not self.days or self.days[-1] <= day:
            return day, self.running[-1] if self.running else 0
        index = bisect_right(self.days, day) - 1
        balance = self.running[index] if index >= 0 else 0
        later = self.running[index + 1 :]
        if (lowest := min(later)) >= balance:
            return day, balance
        return self.days[index + 1 + later.index(lowest)], lowest


FOREVER = 2**40  # a day no calendar reaches


class Holder:
    """What a book keeps at hand of a holder, shared by the pages of its accounts.

    Attributes:
        first, last: The days on which its posts can be booked; none if it is no holder.
        assertions: The live published totals about it, None before they were asked for.
    """

    __slots__ = ("assertions", "first", "last")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.assertions: dict[Known, Assertion] | None = None


class Page(Balance):
    """The page of one account in a book: all that booking and checking it needs, in one place.

    Attributes:
        account: The account; its parts are compared by identity where this one is used.
        holder: Shared with the holder's other pages.
        is_counter: It stands for the world outside: no balance is kept, it may be negative.
        is_checked: Its kind and funding form were found to exist.
        claimants: Subjects that ever claimed it, None before they were asked for.
    """

    __slots__ = ("account", "claimants", "holder", "is_checked", "is_counter")

    def __init__(self, account: Account, holder: Holder) -> None:
        super().__init__()
        self.account = account
        self.holder = holder
        self.is_counter = account.holder in COUNTERS
        self.is_checked = False
        self.claimants: set[str] | None = None
