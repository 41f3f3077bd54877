"""The book: the record as a writer sees it, with the changes being made on top.

It reads through the shelf it stands on and enters new rows. Posting, previewing a scenario and
every test go through this one class; ``checks`` looks at what a change touched before anything
becomes final. A book in which a change was refused is spent: throw it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS, REFERENCES, Timeline
from bianzhi.core.kinds import Code
from bianzhi.core.ledger import Page
from bianzhi.core.rows import (
    Account,
    Amendment,
    Assertion,
    Claim,
    Fact,
    Link,
    Rows,
    Subject,
    as_posting,
)
from bianzhi.core.shelf import Shelf, Use
from bianzhi.core.source import Change, Known, Source


class Touched:
    """What the change being made has moved, for the checks at its end."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = defaultdict(int)  # kind -> sum of deltas: must be zero
        self.moved: dict[Page, list[tuple[int, int]]] = {}  # (day, delta) of each leg
        self.lowered: dict[Page, int] = {}  # first day from which a holder's account was lowered
        self.usage_before: dict[Account, list[tuple[int, int, int]]] = {}
        self.subjects: set[str] = set()  # things whose facts changed, and things they name
        self.statuses: set[str] = set()  # things whose status changed
        self.reparented: dict[str, Timeline[str]] = {}  # key -> who stood above it before
        self.voided: set[int] = set()


class Book(Shelf):
    """Entries on top of a shelf."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.no = source.head
        self.posted: dict[int, Rows] = {}  # changes made in this book, by number
        self.heads: dict[int, Change] = {}
        self.voided: set[int] = set()
        self.grounded: set[int] = set()  # changes that got their grounds here
        self.documents: dict[str, int | None] = {}  # document and clause -> change under it
        self.rows = Rows()
        self.touched = Touched()
        self.kind = ""
        self.documented = False
        self._act, self._verb, self._source = 0, "", ""

    # -- changes ---------------------------------------------------------------------------

    def begin(self, kind: str, label: str, document_key: str | None) -> None:
        """Start the next change, under a document that was not used before."""
        self.no += 1
        self.kind = kind
        self.documented = document_key is not None
        self.heads[self.no] = Change(self.no, kind, label, 0, 0)
        if document_key is not None:
            self.documents[document_key] = self.no
        self.rows = Rows()
        self.touched = Touched()
        self._act = 0

    def enter(self, verb: str, source: str) -> None:
        """Start the next act of the change."""
        self._act += 1
        self._verb, self._source = verb, source

    def finish(self) -> Rows:
        """Close the change; its rows are now part of what the book knows."""
        self.posted[self.no] = self.rows
        return self.rows

    def settle(self, source: Source) -> None:
        super().settle(source)
        self.posted.clear()
        self.heads.clear()
        self.documents.clear()
        self.voided.clear()
        self.grounded.clear()

    # -- writing ---------------------------------------------------------------------------

    def add_subject(self, key: str, cls: str) -> None:
        """Enter a new thing."""
        self._classes[key] = cls
        self._facts.setdefault(key, defaultdict(Timeline))
        self._claims.setdefault(key, defaultdict(Timeline))
        self._new.add(key)
        self.rows.subjects.append(Subject(key, cls))

    def set(self, key: str, field: str, value: str | None, day: int) -> None:
        """Enter a fact; the value is already checked and in its stored form."""
        fact = Fact(self._act, self._verb, key, field, value, day, self._source)
        self.rows.facts.append(fact)
        self._before_fact(fact)
        self.timeline(key, field).add(day, self.no, len(self.rows.facts), value)
        self._note_fact(fact)

    def _before_fact(self, fact: Fact) -> None:
        if fact.field == "parent" and fact.subject not in self.touched.reparented:
            self.touched.reparented[fact.subject] = self.timeline(fact.subject, "parent").copy()

    def _note_fact(self, fact: Fact) -> None:
        touched = self.touched
        touched.subjects.add(fact.subject)
        if fact.field == "status":
            self._note_status(fact.subject)
            touched.statuses.add(fact.subject)
        if fact.field in REFERENCES and fact.value is not None:
            touched.subjects.add(fact.value)
            self._made_referrers[fact.value].add(fact.subject)
            if fact.value in self._referrers:
                self._referrers[fact.value].add(fact.subject)

    def post(self, account: Account, delta: int, day: int, source: str | None = None) -> None:
        """Enter one leg of a movement; the legs of a change must sum to zero a kind."""
        where = self._source if source is None else source
        self.rows.postings.append(as_posting((self._act, self._verb, account, delta, day, where)))
        self._book(account, delta, day)

    def _book(self, account: Account, delta: int, day: int) -> None:
        page = self.pages.get(account) or self.page(account)
        touched = self.touched
        touched.sums[account.kind] += delta
        if page in touched.moved:
            touched.moved[page].append((day, delta))
        else:
            touched.moved[page] = [(day, delta)]
            if not page.days:  # it may be a new one
                self._note_account(account)
        if page.is_counter:
            self._book_counter(account, delta, day)
            return
        if delta < 0 and touched.lowered.get(page, day) >= day:
            touched.lowered[page] = day
        page.add(day, delta)

    def moved(self, account: Account) -> list[tuple[int, int]]:
        """(day, delta) of what the change being made does to an account."""
        return self.touched.moved.get(self.page(account), [])

    def _book_counter(self, account: Account, delta: int, day: int) -> None:
        self._counters[account].append((day, delta))
        if account in self._watched:
            watched = self._watched[account]
            for each in watched:
                if day <= each:
                    watched[each] += delta

    def claim(
        self, subject: str, slot: str, account: Account | None, figure: str, amount: int, day: int
    ) -> None:
        """Enter a use of posts, or its end (no account)."""
        claim = Claim(
            self._act, self._verb, subject, slot, account, figure, amount, day, self._source
        )
        timeline = self.claims(subject)[slot]
        self._before_claiming(timeline, account)
        self.rows.claims.append(claim)
        self._remember_claim(Known(self.no, len(self.rows.claims)), claim)

    def _before_claiming(self, timeline: Timeline[Use], account: Account | None) -> None:
        involved = {use[0] for use in timeline.values() if use}
        for each in involved | ({account} if account else set()):
            if each not in self.touched.usage_before:
                self.touched.usage_before[each] = self.usage(each)

    def link(self, before: str, after: str, day: int) -> None:
        """Enter a succession."""
        self.rows.links.append(Link(self._act, self._verb, before, after, day, self._source))

    def keep(self, assertion: Assertion) -> None:
        """Enter a published total, compared from now on."""
        entered = assertion._replace(act=self._act, verb=self._verb, source=self._source)
        self.rows.assertions.append(entered)
        known = Known(self.no, len(self.rows.assertions))
        if assertion.scope == "unit":
            self.assertions(assertion.holder)[known] = entered
        else:
            self.wide_assertions()[known] = entered

    def amend(self, target: int, line: int = 0) -> None:
        """Enter a word on an earlier change."""
        self.rows.amendments.append(Amendment(self._act, self._verb, target, line, self._source))

    def forget_assertion(self, known: Known) -> bool:
        """Lay an assertion down; False when there is none at that place."""
        pools = [holder.assertions for holder in self._holders.values() if holder.assertions]
        found = [pool.pop(known, None) for pool in (*pools, self.wide_assertions())]
        return any(each is not None for each in found)

    def add_code(self, tree: str, code: Code) -> None:
        """Make a local code usable."""
        self._trees = {**(self._trees or {}), tree: self.tree(tree).with_local([code])}

    def rows_of(self, no: int) -> Rows:
        """The rows of a posted change, this book's own included."""
        return self.posted[no] if no in self.posted else self.source.rows_of(no)

    def change(self, no: int) -> Change | None:
        """The head of an earlier change, this book's own included."""
        return self.heads.get(no) if no > self.head else self.source.change(no)

    def posted_under(self, document_key: str) -> int | None:
        """The change already made under a document and clause."""
        if document_key not in self.documents:
            self.load_documents([document_key])
        found = self.documents[document_key]
        return None if found in self.voided else found

    def load_documents(self, keys: Collection[str]) -> None:
        """Look many documents up at once."""
        new = [key for key in keys if key not in self.documents]
        self.documents.update(dict.fromkeys(new))
        self.documents.update(self.source.posted_under(new))

    def void(self, no: int) -> None:
        """Take a whole change out of what is known from now on."""
        rows = self.rows_of(no)
        if any(subject.cls == "code" for subject in rows.subjects):
            raise Refusal.of(
                "void-of-codes",
                f"变更 {no} 登记了代码，其他账目可能在用",
                "请另行文更正",
                field="no",
            )
        self.voided.add(no)
        self.touched.voided.add(no)
        self.load_subjects({f.subject for f in rows.facts})
        self.load_balances({p.account for p in rows.postings})
        self.load_claimants({c.account for c in rows.claims if c.account})
        for fact in rows.facts:
            self._before_fact(fact)
            timeline = self._facts[fact.subject][fact.field]
            timeline.drop(no)
            self._note_fact(fact)
            if fact.field in REFERENCES:  # who was named before is named again
                self.touched.subjects.update(value for value in timeline.values() if value)
        for posting in rows.postings:
            self._book(posting.account, -posting.delta, posting.day)
        for claim in rows.claims:
            self._before_claiming(self.claims(claim.subject)[claim.slot], claim.account)
        for claim in rows.claims:
            self._claims[claim.subject][claim.slot].drop(no)
        self.load_assertions({each.holder for each in rows.assertions})
        for line in range(1, len(rows.assertions) + 1):
            self.forget_assertion(Known(no, line))

    # -- guards used by the acts -----------------------------------------------------------

    def need(self, key: str, day: int, classes: Collection[str] = HOLDERS, field: str = "") -> str:
        """The key, if it is a thing of these classes that exists on the day; else a refusal."""
        cls = self.cls(key)
        if cls is None or cls not in classes:
            raise Refusal.of(
                "unknown-unit",
                f"没有代码为“{key}”的{_titles(classes)}",
                "请核对代码，或先用“设立”登记",
                field=field,
            )
        if cls in HOLDERS:
            self._need_alive(key, day, field)
        return key

    def _need_alive(self, key: str, day: int, field: str) -> None:
        born, ended = self.life(key)
        if born is None or day < born:
            since = (
                f"自 {day_text(born)} 起在册" if born is not None else "未在册（设立文件已作废）"
            )
            raise Refusal.of(
                "before-birth",
                f"{self.name(key)}{since}，不能记 {day_text(day)} 的账",
                "请核对生效日期，或先更正设立日期",
                field=field,
            )
        if ended is not None and day > ended:
            raise Refusal.of(
                "after-end",
                f"{self.name(key)}已于 {day_text(ended)} 撤销，不能记 {day_text(day)} 的账",
                "请记到承接它的机构",
                field=field,
            )


def _titles(classes: Collection[str]) -> str:
    names = {
        "org": "机构", "section": "内设机构", "pool": "编制池", "person": "人员",
        "duty": "职责", "matter": "事项", "ticket": "用编单号",
    }  # fmt: skip
    return "、".join(names[each] for each in classes if each in names)
