"""Changes: a draft becomes rows by one path, whether it is posted, previewed or tested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bianzhi.core.acts import Act
from bianzhi.core.assertions import Compared, new_disagreements
from bianzhi.core.book import Book
from bianzhi.core.checks import check
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.rows import Rows

REGULAR, OPENING, UNVERIFIED = "regular", "opening", "unverified"
KINDS = {REGULAR: "有依据", OPENING: "期初", UNVERIFIED: "待核实"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A change not yet posted.

    Attributes:
        acts: What it does, in order.
        document: The paper behind it; None only for opening and unverified.
        kind: regular, opening (期初) or unverified (待核实).
        by: Who posts it.
        note: Anything people should know.
        place: Where it stands in the input, for messages.
    """

    acts: Sequence[Act]
    document: Document | None = None
    kind: str = REGULAR
    by: str = ""
    note: str = ""
    place: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """How pages and messages name it."""
        return self.document.label if self.document else KINDS.get(self.kind, self.kind)

    @property
    def day(self) -> int | None:
        """The day its acts take effect unless they say another."""
        if self.document is None:
            return None
        paper = self.document
        return paper.doc_date if paper.effective_on is None else paper.effective_on


@dataclass(frozen=True, slots=True)
class Made:
    """A change made in a book: its number, its rows, and the totals that do not agree with it."""

    no: int
    draft: Draft
    rows: Rows
    disagreements: tuple[Compared, ...]


def make(book: Book, draft: Draft) -> Made:
    """Make the next change in a book.

    Raises:
        Refusal: The change cannot be; the book must then be thrown away.
    """
    _check_head(book, draft)
    key = draft.document.key if draft.document else None
    book.begin(draft.kind, draft.label, key)
    day = draft.day
    for act in draft.acts:
        apply(book, act, day)
    refuse_if(problem.at(draft.place) for problem in check(book))
    rows = book.finish()
    return Made(book.no, draft, rows, tuple(new_disagreements(book)))


def apply(book: Book, act: Act, day: int | None) -> None:
    """Enter one act into the change being made."""
    book.enter(act.verb, act.source)
    on = day if act.on is None else act.on
    if on is None:
        raise Refusal.of(
            "no-day", f"“{act.verb}”没有生效日期", "请写 on，或在文件里写生效日期", place=act.place
        )
    try:
        act.apply(book, on)
    except Refusal as refusal:
        raise refusal.at(act.place) from None


def prefetch(book: Book, drafts: Sequence[Draft]) -> None:
    """Fetch together what many drafts will need, instead of one by one."""
    by_verb: dict[type[Act], list[Act]] = defaultdict(list)
    for draft in drafts:
        for act in draft.acts:
            by_verb[type(act)].append(act)
    book.load_documents({draft.document.key for draft in drafts if draft.document})
    named = (verb.named(acts) for verb, acts in by_verb.items())
    book.load_subjects(filter(None, chain.from_iterable(named)))
    accounts = (verb.accounts(acts) for verb, acts in by_verb.items())
    book.load_accounts(chain.from_iterable(accounts))


def _check_head(book: Book, draft: Draft) -> None:
    problems: list[Problem] = []
    if draft.kind not in KINDS:
        problems.append(
            Problem("bad-kind", f"没有“{draft.kind}”这种变更", f"可选：{'、'.join(KINDS)}")
        )
    if not draft.acts:
        problems.append(Problem("empty-change", "变更没有任何内容", "请补充，或删去这个文件"))
    if draft.document is None:
        if draft.kind == REGULAR:
            problems.append(
                Problem(
                    "no-grounds", "没有依据文件", "请写明文件，或按期初、待核实入账", "document"
                )
            )
    else:
        problems += draft.document.problems()
        problems += _duplicate(book, draft.document)
    refuse_if(problem.at(draft.place) for problem in problems)


def _duplicate(book: Book, document: Document) -> list[Problem]:
    no = book.posted_under(document.key)
    if no is None:
        return []
    return [
        Problem(
            "duplicate-document",
            f"{document.label}{document.clause}已入账（第 {no} 号变更）",
            "同一文件分条办理的，请各写条款；入错了的，请先作废原变更",
            "doc_no",
        )
    ]


def merged(drafts: Sequence[Draft], document: Document, by: str) -> Draft:
    """Several drafts as one, under the document that approves them all.

    Acts keep the days their own drafts gave them.
    """
    acts = [
        act if act.on is not None or draft.day is None else replace(act, on=draft.day)
        for draft in drafts
        for act in draft.acts
    ]
    return Draft(acts, document, REGULAR, by)
