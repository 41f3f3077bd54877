"""Acts that end organisations: 撤销, 合并, 拆分, 转企. Nothing may be left behind (see checks)."""

from __future__ import annotations

from bianzhi.core.acts.base import Act, Flag, Key, Keys, verb
from bianzhi.core.acts.posts import move
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import ABOLISHED, CONVERTED, HOLDERS, REFERENCES
from bianzhi.core.rows import Account


def end(book: Book, org: str, status: str, day: int) -> None:
    """Close a unit for good."""
    book.need(org, day, field="org")
    if book.life(org)[1] is not None:
        raise Refusal.of("after-end", f"{book.name(org)}已经撤销", "无需再撤", field="org")
    book.set(org, "status", status, day)


def link_all(book: Book, org: str, successors: tuple[str, ...], day: int) -> None:
    """Enter who takes over."""
    for successor in successors:
        book.need(successor, day, field="into")
        if successor == org:
            raise Refusal.of("same-account", "机构不能由自己承接", "请核对", field="into")
        book.link(org, successor, day)


@verb("撤销", "撤销一个单位；编制、人员、职责、下属须已另有安排。")
class Abolish(Act):
    """A unit ends; ``into`` names who takes over, if anyone.

    Its posts, people, duties, sections and holds must have gone elsewhere, by this change or
    before; the refusal lists what is left.
    """

    org: Key
    into: Keys = ()

    def apply(self, book: Book, day: int) -> None:
        link_all(book, self.org, self.into, day)
        end(book, self.org, ABOLISHED, day)


@verb("转企", "单位退出机构编制管理，转为企业。")
class ConvertToEnterprise(Act):
    """A unit leaves the establishment and becomes an enterprise."""

    org: Key

    def apply(self, book: Book, day: int) -> None:
        end(book, self.org, CONVERTED, day)


@verb("合并", "几个单位并成一个，原有的编制、人员、职责、下属一并带过去。")
class Merge(Act):
    """Units become one: ``sources`` end, ``into`` takes over.

    ``into`` may be one of the units or a new one set up by an earlier act. With ``carry`` (the
    default) what the sources still have on the day goes along: posts, people, duties, sections,
    subordinate units. What other acts of the document moved before is not moved twice.
    """

    sources: Keys
    into: Key
    carry: Flag = True

    def apply(self, book: Book, day: int) -> None:
        book.need(self.into, day, field="into")
        if set(self.sources) == {self.into}:
            raise Refusal.of("same-account", "机构不能与自己合并", "请核对", field="into")
        for org in self.sources:
            if org == self.into:
                continue
            book.need(org, day, field="sources")
            if self.carry:
                carry(book, org, self.into, day)
            link_all(book, org, (self.into,), day)
            end(book, org, ABOLISHED, day)


@verb("拆分", "一个单位的业务分给几个单位；编制、人员、职责由同一文件的其他事项分配。")
class Split(Act):
    """A unit's business goes to several; with ``end`` (the default) the unit itself ends.

    Who gets which posts, people and duties is said by other acts of the same document.
    """

    org: Key
    into: Keys
    end: Flag = True

    def apply(self, book: Book, day: int) -> None:
        book.need(self.org, day, field="org")
        link_all(book, self.org, self.into, day)
        if self.end:
            end(book, self.org, ABOLISHED, day)


def carry(book: Book, org: str, into: str, day: int) -> None:
    """Move everything a unit has on the day to another."""
    for account in sorted(book.accounts(org)):
        if (n := book.balance(account).on(day)) > 0:
            move(book, account, account._replace(holder=into), n, day)
    for account in sorted(book.accounts(org)):
        for person in sorted(book.claimants(account)):
            if book.cls(person) == "person":
                _carry_person(book, person, account, into, day)
    for subject in sorted(book.referrers(org)):
        if _ended(book, subject, day):
            continue  # it stays as it was
        for field in sorted(REFERENCES):
            if book.timeline(subject, field).at(day) == org:
                book.set(subject, field, into if subject != into else None, day)


def _ended(book: Book, subject: str, day: int) -> bool:
    ended = book.life(subject)[1] if book.cls(subject) in HOLDERS else None
    return ended is not None and ended <= day


def _carry_person(book: Book, person: str, account: Account, into: str, day: int) -> None:
    for slot, line in book.claims(person).items():
        use = line.at(day)
        if use is not None and use[0] == account:
            book.claim(person, slot, account._replace(holder=into), use[1], use[2], day)
