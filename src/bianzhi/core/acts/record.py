"""Acts on the record itself: 核对, 停止核对, 作废, 补依据."""

from __future__ import annotations

from bianzhi.core.acts.base import Act, Funding, Holder, Kind, Number, Quantity, Text, verb
from bianzhi.core.acts.claims import HOLD
from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.rows import Assertion
from bianzhi.core.source import Change, Known

SCOPES = ("unit", "subtree", "area")


@verb("核对", "登记一个公布的总数，从此长期与台账比对。")
class Check(Act):
    """A published total, kept with its document and compared for ever.

    ``scope`` is unit, subtree (a unit with all below it) or area. About 上级 it states what was
    granted from above. A total that does not agree when it is entered is kept and reported; a
    later change that would break one that agreed is refused.
    """

    kind: Kind
    n: Quantity
    scope: Text = "unit"
    org: Holder | None = None
    funding: Funding | None = None
    figure: Text = "approved"
    tolerance: Quantity = 0

    def apply(self, book: Book, day: int) -> None:
        if self.scope not in SCOPES or (self.scope == "area") != (self.org is None):
            raise Refusal.of(
                "bad-scope",
                f"核对范围“{self.scope}”与单位“{self.org or ''}”不相配",
                "unit、subtree 要写 org，area 不写",
                field="scope",
            )
        if self.org is not None and self.org not in COUNTERS:
            book.need(self.org, day, field="org")
        if self.scope == "area" and self.funding is not None:
            # the area's total is read off the counter-accounts, which a change of form passes by
            raise Refusal.of(
                "bad-scope", "全区核对数不分经费形式", "请按单位或 subtree 核对", field="funding"
            )
        figures = ("approved",) if self.scope == "area" else ("approved", "actual")
        if self.figure not in figures or self.tolerance < 0:
            raise Refusal.of(
                "bad-figure", f"口径“{self.figure}”或允差不对", f"可选的口径：{'、'.join(figures)}"
            )
        book.tree("quota_kind").get(self.kind)
        if self.funding:
            book.tree("funding_form").get(self.funding)
        book.keep(
            Assertion(
                0, "", self.scope, self.org or "", self.kind, self.funding, self.figure,
                self.n, self.tolerance, day, at_change=False, source="",
            )
        )  # fmt: skip


@verb("停止核对", "一个公布数不再作准，凭文件停止比对。")
class StopCheck(Act):
    """A published total that no longer stands, laid down by a document of its own."""

    no: Number
    line: Number

    def apply(self, book: Book, day: int) -> None:
        target = need_change(book, self.no)
        rows = book.rows_of(target.no)
        if 1 <= self.line <= len(rows.assertions):
            book.load_assertions([rows.assertions[self.line - 1].holder])
        if not book.forget_assertion(Known(self.no, self.line)):
            raise Refusal.of(
                "unknown-assertion",
                f"变更 {self.no} 没有第 {self.line} 条有效的核对数",
                "请核对编号",
            )
        book.amend(self.no, self.line)


@verb("作废", "作废以前的一号变更：以后都不再算数，但仍保留可查。")
class Void(Act):
    """A whole earlier change is taken out of what is known from now on; its rows stay stored."""

    no: Number

    def apply(self, book: Book, day: int) -> None:
        target = need_change(book, self.no)
        if target.voided_by or target.no in book.voided:
            raise Refusal.of("voided-twice", f"变更 {self.no} 已经作废", "无需再作废", field="no")
        if book.rows_of(self.no).amendments:
            raise Refusal.of(
                "void-of-amendment",
                f"变更 {self.no} 本身是作废、补依据或停止核对，不能作废",
                "请另行文入账",
                field="no",
            )
        if worked_on(book, self.no):
            raise Refusal.of(
                "later-entry",
                f"变更 {self.no} 的锁编或牌子，后来的变更已在其上增减",
                "请先作废后来的变更",
                field="no",
            )
        book.amend(self.no)
        book.void(self.no)


def worked_on(book: Book, no: int) -> bool:
    """Whether later changes worked out a hold or a list of nameplates from what this one left."""
    rows = book.rows_of(no)
    holds = (claim for claim in rows.claims if claim.slot.startswith(HOLD))
    plates = (fact for fact in rows.facts if fact.field == "nameplates")
    return any(book.claims(c.subject)[c.slot].changed_since(no) for c in holds) or any(
        book.timeline(f.subject, f.field).changed_since(no) for f in plates
    )


@verb("补依据", "本变更的文件，是以前一号没有文件的变更的依据。")
class AddGrounds(Act):
    """The document of this change is the grounds of an earlier one that had none."""

    no: Number

    def apply(self, book: Book, day: int) -> None:
        if not book.documented:
            raise Refusal.of("no-grounds", "补依据的变更自己没有依据文件", "请写明文件")
        target = need_change(book, self.no)
        known = target.grounded_by or target.voided_by
        if target.kind == "regular" or known or self.no in book.grounded | book.voided:
            raise Refusal.of(
                "has-grounds", f"变更 {self.no} 已有依据或已作废", "无需再补", field="no"
            )
        book.grounded.add(self.no)
        book.amend(self.no)


def need_change(book: Book, no: int) -> Change:
    """The head of a posted change; refused when there is none before this one."""
    target = book.change(no)
    if target is None or no >= book.no:
        raise Refusal.of("unknown-change", f"没有第 {no} 号变更", "请核对变更编号", field="no")
    return target
