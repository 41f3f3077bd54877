"""Acts on people: 上编, 下编, 转隶, 任职, 免职. One person fills one counting place at a time."""

from __future__ import annotations

from bianzhi.core.acts.base import Act, Flag, Funding, Holder, Key, Keys, Kind, Quantity, Text, verb
from bianzhi.core.acts.claims import TICKET, introduce, need_positive
from bianzhi.core.acts.posts import unit_account
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.ledger import ACTUAL, PENDING, UNCOUNTED
from bianzhi.core.quantity import UNIT
from bianzhi.core.shelf import Use

POST, LEADERSHIP = "post", "leadership"


def is_leadership(book: Book, kind: str) -> bool:
    """Whether a kind is a leadership post rather than a 编制."""
    return book.tree("quota_kind").attribute(kind, "family") == "leadership"


def need_family(book: Book, kind: str, leadership: bool) -> None:
    """Refuse a person's 编制 booked under 领导职数, and the reverse."""
    if is_leadership(book, kind) != leadership:
        what = "领导职数" if leadership else "编制"
        raise Refusal.of("wrong-kind", f"“{kind}”不是{what}种类", f"请填{what}种类", field="kind")


def current(book: Book, person: str, slot: str, day: int) -> Use:
    """What the person fills on the day; refused when nothing."""
    use = book.claims(person)[slot].at(day) if book.cls(person) == "person" else None
    if use is None:
        raise Refusal.of(
            "not-placed",
            f"{book.name(person)}当日不在编（不在任）",
            "请核对人员和日期",
            field="person",
        )
    return use


@verb("上编", "一个人占用编制入编；写了用编号码的，用的就是它占住的编制。")
class Enroll(Act):
    """A person takes up a post; with ``ticket`` it is the post that ticket kept.

    ``counts`` false records a person who sits in the unit without using a post (不占编).
    """

    person: Key
    org: Holder
    kind: Kind
    funding: Funding = ""
    name: Text = ""
    amount: Quantity = UNIT
    counts: Flag = True
    ticket: Text = ""

    def apply(self, book: Book, day: int) -> None:
        need_positive(self.amount)
        at = unit_account(book, self.org, self.kind, self.funding, day, "org")
        need_family(book, self.kind, leadership=False)
        introduce(book, self.person, "person", self.name, day)
        place = book.claims(self.person)[POST].at(day)
        if place is not None and place[1] == ACTUAL:
            raise Refusal.of(
                "placed-twice",
                f"{book.name(self.person, day)}当日已在{book.name(place[0].holder, day)}占编",
                "一人只占一个编制：请用“转隶”，或先“下编”",
                field="person",
            )
        if self.ticket:
            self._use_ticket(book, at, day)
        figure = ACTUAL if self.counts else UNCOUNTED
        book.claim(self.person, POST, at, figure, self.amount, day)

    def _use_ticket(self, book: Book, at: tuple[str, str, str], day: int) -> None:
        known = book.cls(self.ticket) == "ticket"
        line = book.claims(self.ticket)[TICKET] if known else None
        use = line.at(day) if line else None
        if line is None or use is None or use[0] != at or line.next_after(day) is not None:
            raise Refusal.of(
                "bad-ticket",
                f"用编号码 {self.ticket} 当日不是该单位该种类的有效号码",
                "请核对号码、单位、编制种类",
                field="ticket",
            )
        book.claim(self.ticket, TICKET, None, PENDING, 0, day)


@verb("下编", "一个人离开编制：退休、调出、辞职等。")
class Leave(Act):
    """A person leaves the posts: retirement, transfer out, resignation …"""

    person: Key
    reason: Text = ""

    def apply(self, book: Book, day: int) -> None:
        use = current(book, self.person, POST, day)
        book.claim(self.person, POST, None, use[1], 0, day)
        if self.reason:
            book.set(self.person, "exit_reason", self.reason, day)


@verb("转隶", "人员转到另一个单位，编制种类和经费形式不写的不变。")
class TransferPeople(Act):
    """People go to another unit with (or without) the function, keeping kind and funding form."""

    persons: Keys
    to: Holder
    kind: Kind | None = None
    funding: Funding | None = None

    def apply(self, book: Book, day: int) -> None:
        for person in self.persons:
            old, figure, amount = current(book, person, POST, day)
            kind = old.kind if self.kind is None else self.kind
            funding = old.funding if self.funding is None else self.funding
            at = unit_account(book, self.to, kind, funding, day, "to")
            need_family(book, kind, leadership=False)
            book.claim(person, POST, at, figure, amount, day)


@verb("任职", "一个人占用领导职数任职。")
class Appoint(Act):
    """A person takes up a leadership post; ``counts`` false for one who does not use it."""

    person: Key
    org: Holder
    kind: Kind
    title: Text = ""
    name: Text = ""
    counts: Flag = True

    def apply(self, book: Book, day: int) -> None:
        at = unit_account(book, self.org, self.kind, "", day, "org")
        need_family(book, self.kind, leadership=True)
        introduce(book, self.person, "person", self.name, day)
        figure = ACTUAL if self.counts else UNCOUNTED
        book.claim(self.person, LEADERSHIP, at, figure, UNIT, day)
        if self.title:
            book.set(self.person, "title", self.title, day)


@verb("免职", "一个人不再担任领导职务。")
class Dismiss(Act):
    """A person leaves a leadership post."""

    person: Key

    def apply(self, book: Book, day: int) -> None:
        use = current(book, self.person, LEADERSHIP, day)
        book.claim(self.person, LEADERSHIP, None, use[1], 0, day)
