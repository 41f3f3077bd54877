"""Acts on posts (编制) and leadership posts (职数): each moves posts from a giver to a taker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bianzhi.core.acts.base import (
    Act,
    Anything,
    Funding,
    Holder,
    Kind,
    Quantity,
    read_key,
    read_text,
    verb,
)
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.ledger import ABOLISHED, CONVERTED, COUNTERS, GRANTED
from bianzhi.core.quantity import parse_quantity, quantity_text
from bianzhi.core.rows import Account, Assertion


def account(book: Book, holder: str, kind: str, funding: str, day: int, field: str) -> Account:
    """The account, after its holder, kind and funding form were found to exist on the day."""
    page = book.pages.get((holder, kind, funding))
    if page is None or not (page.is_checked and page.holder.first <= day <= page.holder.last):
        if holder not in COUNTERS:
            book.need(holder, day, field=field)
        book.tree("quota_kind").get(kind, bookable=True)
        if funding:
            book.tree("funding_form").get(funding)
        page = book.page(Account(holder, kind, funding))
        page.is_checked = True
    return page.account


def unit_account(book: Book, holder: str, kind: str, funding: str, day: int, field: str) -> Account:
    """The account of a unit or pool; a counter-account has no posts of its own to use or cut."""
    if holder in COUNTERS:
        book.need(holder, day, field=field)  # says that it is no unit
    return account(book, holder, kind, funding, day, field)


def move(book: Book, giver: Account, taker: Account, n: int, day: int) -> None:
    """Move ``n`` posts between two accounts."""
    if n <= 0:
        raise Refusal.of(
            "bad-quantity",
            f"数量 {quantity_text(n)} 应大于零",
            "减少请用核减、收回或划转",
            field="n",
        )
    if giver == taker:
        raise Refusal.of("same-account", "划出与划入是同一个账户", "请核对单位、种类和经费形式")
    book.post(giver, -n, day)
    book.post(taker, n, day)


def need_pool(book: Book, key: str, day: int) -> None:
    """Refuse a holder that is no pool."""
    if book.cls(key) != "pool":
        book.need(key, day, ("pool",), field="pool")


@verb("下达", "上级把编制下达给本地的一个单位或编制池。")
class Grant(Act):
    """Posts passed down by the level above to a holder (usually a pool of the area)."""

    to: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        taker = account(book, self.to, self.kind, self.funding, day, "to")
        move(book, Account(GRANTED, self.kind, self.funding), taker, self.n, day)


@verb("核增", "给一个单位增加编制，写明从哪里来。")
class Increase(Act):
    """More posts for a unit; ``from`` is where they come from (编制来源)."""

    org: Holder
    kind: Kind
    n: Quantity
    from_: Holder = GRANTED
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        taker = unit_account(book, self.org, self.kind, self.funding, day, "org")
        giver = account(book, self.from_, self.kind, self.funding, day, "from")
        move(book, giver, taker, self.n, day)


@verb("核减", "减掉一个单位的编制，不再使用，转入核销。")
class Reduce(Act):
    """Posts cut for good: they go to the counter-account 核销."""

    org: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        giver = unit_account(book, self.org, self.kind, self.funding, day, "org")
        move(book, giver, Account(ABOLISHED, self.kind, self.funding), self.n, day)


@verb("收回", "把一个单位的编制收回到编制池，或交回上级。")
class Withdraw(Act):
    """Posts taken back from a unit to a pool, or (default) to the level above."""

    org: Holder
    kind: Kind
    n: Quantity
    to: Holder = GRANTED
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        giver = unit_account(book, self.org, self.kind, self.funding, day, "org")
        taker = account(book, self.to, self.kind, self.funding, day, "to")
        move(book, giver, taker, self.n, day)


@verb("划转", "两个单位之间划转编制，种类不变，经费形式可变。")
class Transfer(Act):
    """Posts moved between two holders, the kind unchanged; the funding form may change."""

    from_: Holder
    to: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""
    to_funding: Funding | None = None

    def apply(self, book: Book, day: int) -> None:
        giver = account(book, self.from_, self.kind, self.funding, day, "from")
        funding = self.funding if self.to_funding is None else self.to_funding
        taker = account(book, self.to, self.kind, funding, day, "to")
        move(book, giver, taker, self.n, day)


@verb("入池", "把一个单位空出的编制收进编制池（空余编制资源库）。")
class PoolIn(Act):
    """Vacant posts of a unit taken into a pool (空余编制资源库)."""

    org: Holder
    pool: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        need_pool(book, self.pool, day)
        giver = unit_account(book, self.org, self.kind, self.funding, day, "org")
        taker = account(book, self.pool, self.kind, self.funding, day, "pool")
        move(book, giver, taker, self.n, day)


@verb("出池", "从编制池里给一个单位拨出编制。")
class PoolOut(Act):
    """Posts given from a pool to a unit."""

    pool: Holder
    org: Holder
    kind: Kind
    n: Quantity
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        need_pool(book, self.pool, day)
        taker = unit_account(book, self.org, self.kind, self.funding, day, "org")
        giver = account(book, self.pool, self.kind, self.funding, day, "pool")
        move(book, giver, taker, self.n, day)


@verb("置换", "同一个单位的一种编制换成另一种，数量可以不等。")
class Convert(Act):
    """``n`` posts of one kind become ``to_n`` (default as many) of another, in the same unit."""

    org: Holder
    kind: Kind
    n: Quantity
    to_kind: Kind
    to_n: Quantity | None = None
    funding: Funding = ""
    to_funding: Funding | None = None

    def apply(self, book: Book, day: int) -> None:
        funding = self.funding if self.to_funding is None else self.to_funding
        giver = unit_account(book, self.org, self.kind, self.funding, day, "org")
        taker = unit_account(book, self.org, self.to_kind, funding, day, "org")
        move(book, giver, giver._replace(holder=CONVERTED), self.n, day)
        to_n = self.n if self.to_n is None else self.to_n
        move(book, taker._replace(holder=CONVERTED), taker, to_n, day)


@verb("核定", "三定或批复写明的编制数：差额当日入账，这个数从此长期核对。")
class Fix(Act):
    """A 三定 or 批复 says how many posts a unit has from this day.

    The difference comes from (or goes back to) ``from``; the number itself is kept and compared
    for ever, so a change dated back under it cannot pass unseen.
    """

    org: Holder
    kind: Kind
    n: Quantity
    from_: Holder = GRANTED
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        if self.n < 0:
            raise Refusal.of("bad-quantity", "核定数不能为负", "请核对数字", field="n")
        own = unit_account(book, self.org, self.kind, self.funding, day, "org")
        other = account(book, self.from_, self.kind, self.funding, day, "from")
        difference = self.n - book.balance(own).on(day)
        if difference > 0:
            move(book, other, own, difference, day)
        elif difference < 0:
            move(book, own, other, -difference, day)
        book.keep(
            Assertion(
                0, "", "unit", own.holder, own.kind, own.funding, "approved", self.n, 0, day,
                at_change=True, source="",
            )
        )  # fmt: skip


_LEG = ("holder", "n", "kind", "funding", "source")


@verb("调剂", "多个单位之间一次调整，逐笔写正负数，每种编制合计为零。")
class Redistribute(Act):
    """A movement with many legs, each with its sign; per kind the legs sum to zero.

    ``legs`` is a list of {holder, n, kind?, funding?, source?}; a leg without a kind or funding
    form takes those of the act. Legs may name the counter-accounts.
    """

    legs: Anything
    kind: Kind = ""
    funding: Funding = ""

    def apply(self, book: Book, day: int) -> None:
        if not isinstance(self.legs, list | tuple) or not self.legs:
            raise Refusal.of("bad-list", "“调剂”的 legs 应为非空列表", field="legs")
        for position, leg in enumerate(self.legs, start=1):
            where = f"legs[{position}]"
            try:
                at, n, source = self._leg(leg)
            except Refusal as refusal:
                first = refusal.problems[0]
                raise Refusal.of(first.code, first.what, first.do, field=where) from None
            checked = account(book, at.holder, at.kind, at.funding, day, where)
            book.post(checked, n, day, source)

    def _leg(self, leg: object) -> tuple[Account, int, str | None]:
        if not isinstance(leg, Mapping) or not {"holder", "n"} <= leg.keys():
            raise Refusal.of("bad-leg", f"“{leg}”缺少 holder 或 n", "请补上")
        if unknown := sorted(leg.keys() - _LEG):
            raise Refusal.of(
                "unknown-field", f"分录没有“{unknown[0]}”这一项", f"可用的有：{'、'.join(_LEG)}"
            )
        n = parse_quantity(leg["n"])
        if n == 0:
            raise Refusal.of("bad-quantity", "分录数量为零", "请删去这一笔")
        kind = read_text(leg.get("kind", self.kind))
        funding = read_text(leg.get("funding", self.funding))
        source = read_text(leg["source"]) if "source" in leg else None
        return Account(read_key(leg["holder"]), kind, funding), n, source

    @classmethod
    def accounts(cls, acts: Sequence[Redistribute]) -> Iterator[tuple[str, ...]]:
        for act in acts:
            for leg in act._whole_legs():
                yield (
                    str(leg["holder"]),
                    str(leg.get("kind", act.kind)),
                    str(leg.get("funding", act.funding)),
                )

    def _whole_legs(self) -> Iterator[Mapping[str, Any]]:
        if isinstance(self.legs, list | tuple):
            for leg in self.legs:
                if isinstance(leg, Mapping) and "holder" in leg:
                    yield leg
