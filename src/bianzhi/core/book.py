"""The book: the record as a writer sees it, with the changes being made on top.

It reads what it needs from a :class:`~bianzhi.core.source.Source`, keeps it, and enters new rows.
Posting, previewing a scenario and every test go through this one class; ``checks`` looks at what
a change touched before anything becomes final. A book in which a change was refused is spent:
throw it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import ENDED, HOLDERS, REFERENCES, Timeline
from bianzhi.core.kinds import TREES, Code, CodeTree, national
from bianzhi.core.ledger import COUNTERS, Balance
from bianzhi.core.rows import (
    Account,
    Amendment,
    Assertion,
    Claim,
    Fact,
    Link,
    Posting,
    Rows,
    Subject,
)
from bianzhi.core.source import Change, Known, Source

Use = tuple[Account, str, int]  # account, figure, amount


class Touched:
    """What the change being made has moved, for the checks at its end."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = defaultdict(int)  # kind -> sum of deltas: must be zero
        self.deltas: dict[Account, list[tuple[int, int]]] = defaultdict(list)
        self.usage_before: dict[Account, list[tuple[int, int, int]]] = {}
        self.subjects: set[str] = set()  # things whose facts changed, and things they name
        self.statuses: set[str] = set()  # things whose status changed
        self.reparented: set[str] = set()


class Book:
    """Point look-ups and entries over a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.head = source.head
        self.no = source.head
        self.posted: dict[int, Rows] = {}  # changes made in this book, by number
        self.heads: dict[int, Change] = {}
        self.voided: set[int] = set()
        self.documents: dict[str, int] = {}
        self.rows = Rows()
        self.touched = Touched()
        self.kind = ""
        self._act, self._verb, self._source = 0, "", ""
        self._classes: dict[str, str | None] = dict.fromkeys(COUNTERS, "counter")
        self._facts: dict[str, dict[str, Timeline[str]]] = {}
        self._lives: dict[str, tuple[int | None, int | None]] = {}
        self._referrers: dict[str, set[str]] = {}
        self._accounts: dict[str, set[Account]] = {}
        self._balances: dict[Account, Balance] = {}
        self._counters: dict[Account, list[tuple[int, int]]] = defaultdict(list)
        # a counter-account's balance is asked for on few days (those of published totals) but moves
        # with nearly every change: these days are kept up to date instead of summed again
        self._watched: dict[Account, dict[int, int]] = defaultdict(dict)
        self._new: set[str] = set()  # subjects first named here: the source knows nothing of them
        self._made_accounts: dict[str, set[Account]] = defaultdict(set)
        self._made_referrers: dict[str, set[str]] = defaultdict(set)
        self._claims: dict[str, dict[str, Timeline[Use]]] = {}
        self._claimants: dict[Account, set[str]] = {}
        self._assertions: dict[str, dict[Known, Assertion]] = {}
        self._wide: dict[Known, Assertion] | None = None
        self._trees: dict[str, CodeTree] | None = None

    # -- changes ---------------------------------------------------------------------------

    def begin(self, kind: str, label: str, document_key: str | None) -> None:
        """Start the next change, under a document that was not used before."""
        self.no += 1
        self.kind = kind
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

    # -- loading ---------------------------------------------------------------------------

    def load_subjects(self, keys: Collection[str]) -> None:
        """Fetch classes and facts of many subjects at once."""
        new = [key for key in keys if key not in self._classes]
        self._classes.update(dict.fromkeys(new))
        self._classes.update(self.source.subjects(new))
        wanted = [key for key in keys if key not in self._facts]
        for key in wanted:
            self._facts[key] = defaultdict(Timeline)
        for known, fact in self.source.facts(wanted):
            timeline = self._facts[fact.subject][fact.field]
            timeline.add(fact.day, known.no, known.line, fact.value)

    def load_balances(self, accounts: Collection[Account]) -> None:
        """Fetch the balances of many accounts at once."""
        new = [
            each for each in accounts if each not in self._balances and each.holder not in COUNTERS
        ]
        for account in new:
            self._balances[account] = Balance()
        for account, day, _, delta in self.source.postings(self._old(new)):
            self._balances[account].add(day, delta)

    def load_claimants(self, accounts: Collection[Account]) -> None:
        """Fetch who claims the accounts, and all claims of those."""
        new = [each for each in accounts if each not in self._claimants]
        for account in new:
            self._claimants[account] = set()
        found = list(self.source.claimants(self._old(new)))
        for account, subject in found:
            self._claimants[account].add(subject)
        self.load_claims({subject for _, subject in found})

    def load_claims(self, subjects: Collection[str]) -> None:
        """Fetch the claims of many subjects at once."""
        new = [each for each in subjects if each not in self._claims]
        for subject in new:
            self._claims[subject] = defaultdict(Timeline)
        for known, claim in self.source.claims(new):
            self._remember_claim(known, claim)

    def load_assertions(self, holders: Collection[str]) -> None:
        """Fetch the assertions about many holders at once."""
        new = [each for each in holders if each not in self._assertions]
        for holder in new:
            self._assertions[holder] = {}
        for known, assertion in self.source.assertions([h for h in new if h not in self._new]):
            self._assertions[assertion.holder][known] = assertion

    def _old(self, accounts: Iterable[Account]) -> list[Account]:
        return [account for account in accounts if account.holder not in self._new]

    def settle(self, source: Source) -> None:
        """What was made here has been stored: read on from ``source``, which knows it too."""
        self.source = source
        self.head = source.head
        self.posted.clear()
        self.heads.clear()
        self.documents.clear()
        self.voided.clear()
        self._counters.clear()
        self._new.clear()
        self._made_accounts.clear()
        self._made_referrers.clear()

    @property
    def size(self) -> int:
        """How many subjects and accounts it keeps in memory."""
        return len(self._facts) + len(self._balances)

    # -- reading ---------------------------------------------------------------------------

    def tree(self, name: str) -> CodeTree:
        """A code tree with the office's own codes."""
        if self._trees is None:
            local = defaultdict(list)
            for tree, code in self.source.local_codes():
                local[tree].append(code)
            self._trees = {each: national(each).with_local(local[each]) for each in TREES}
        if name not in self._trees:
            return national(name)  # refuses the unknown name
        return self._trees[name]

    def cls(self, key: str) -> str | None:
        """The class of a subject, None when there is no such subject."""
        if key not in self._classes:
            self.load_subjects([key])
        return self._classes[key]

    def timeline(self, key: str, field: str) -> Timeline[str]:
        """All values of a field."""
        if key not in self._facts:
            self.load_subjects([key])
        return self._facts[key][field]

    def fields(self, key: str) -> dict[str, Timeline[str]]:
        """All facts of a subject, by field."""
        if key not in self._facts:
            self.load_subjects([key])
        return self._facts[key]

    def fact(self, key: str, field: str, day: int) -> str | None:
        """The value of a field on a day."""
        return self.timeline(key, field).at(day)

    def name(self, key: str, day: int | None = None) -> str:
        """What people call it: its name on the day (or the last one), with its key."""
        steps = [value for at, value in self.timeline(key, "name").steps() if value]
        name = self.fact(key, "name", day) if day is not None else None
        name = name or (steps[-1] if steps else "")
        return f"{name}（{key}）" if name and name != key else key

    def life(self, key: str) -> tuple[int | None, int | None]:
        """(first day, day of its end): None where it was never set up, or has not ended."""
        if key not in self._lives:
            steps = list(self.timeline(key, "status").steps())
            ended = [day for day, value in steps if value in ENDED]
            self._lives[key] = (steps[0][0] if steps else None, ended[0] if ended else None)
        return self._lives[key]

    def referrers(self, key: str) -> set[str]:
        """Subjects that ever named the key in a fact."""
        if key not in self._referrers:
            old = [] if key in self._new else self.source.referrers([key])
            self._referrers[key] = {subject for _, subject in old} | self._made_referrers[key]
        return self._referrers[key]

    def accounts(self, holder: str) -> set[Account]:
        """All accounts ever used of a holder."""
        if holder not in self._accounts:
            old = () if holder in self._new else self.source.accounts([holder])
            self._accounts[holder] = {*old, *self._made_accounts[holder]}
        return self._accounts[holder]

    def balance(self, account: Account) -> Balance:
        """The balance of a holder's account through time."""
        if account not in self._balances:
            self.load_balances([account])
        return self._balances[account]

    def counter_balance(self, account: Account, day: int) -> int:
        """The balance of a counter-account at the end of a day."""
        watched = self._watched[account]
        if day not in watched:
            moved = sum(delta for at, delta in self._counters[account] if at <= day)
            watched[day] = self.source.counter_balance(account, day) + moved
        return watched[day]

    def claims(self, subject: str) -> dict[str, Timeline[Use]]:
        """The claims of a subject, by slot."""
        if subject not in self._claims:
            self.load_claims([subject])
        return self._claims[subject]

    def claimants(self, account: Account) -> set[str]:
        """Subjects that ever claimed an account."""
        if account not in self._claimants:
            self.load_claimants([account])
        return self._claimants[account]

    def usage(self, account: Account) -> list[tuple[int, int, int]]:
        """(day, change of 实有, change of 待上编 and 预留) of an account, in order of days."""
        steps: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for subject in self.claimants(account):
            for timeline in self.claims(subject).values():
                before = 0, 0
                for day, use in timeline.steps():
                    after = _used(account, use)
                    for index in (0, 1):
                        steps[day][index] += after[index] - before[index]
                    before = after
        return [(day, *steps[day]) for day in sorted(steps) if any(steps[day])]  # type: ignore[misc]

    def assertions(self, holder: str) -> dict[Known, Assertion]:
        """The live assertions about a holder."""
        if holder not in self._assertions:
            self.load_assertions([holder])
        return self._assertions[holder]

    def wide_assertions(self) -> dict[Known, Assertion]:
        """The live assertions about subtrees and the whole area."""
        if self._wide is None:
            self._wide = dict(self.source.wide_assertions())
        return self._wide

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
        self.timeline(key, field).add(day, self.no, len(self.rows.facts), value)
        self._note_fact(fact)

    def _note_fact(self, fact: Fact) -> None:
        touched = self.touched
        touched.subjects.add(fact.subject)
        if fact.field == "status":
            self._lives.pop(fact.subject, None)
            touched.statuses.add(fact.subject)
        if fact.field == "parent":
            touched.reparented.add(fact.subject)
        if fact.field in REFERENCES and fact.value is not None:
            touched.subjects.add(fact.value)
            self._made_referrers[fact.value].add(fact.subject)
            if fact.value in self._referrers:
                self._referrers[fact.value].add(fact.subject)

    def post(self, account: Account, delta: int, day: int, source: str | None = None) -> None:
        """Enter one leg of a movement; the legs of a change must sum to zero a kind."""
        where = self._source if source is None else source
        self.rows.postings.append(Posting(self._act, self._verb, account, delta, day, where))
        self._book(account, delta, day)

    def _book(self, account: Account, delta: int, day: int) -> None:
        self.touched.sums[account.kind] += delta
        self.touched.deltas[account].append((day, delta))
        if account.holder in COUNTERS:
            self._book_counter(account, delta, day)
            return
        balance = self._balances.get(account)
        if balance is None:
            balance = self.balance(account)
        balance.add(day, delta)
        self._note_account(account)

    def _book_counter(self, account: Account, delta: int, day: int) -> None:
        self._counters[account].append((day, delta))
        if account in self._watched:
            watched = self._watched[account]
            for each in watched:
                if day <= each:
                    watched[each] += delta

    def _note_account(self, account: Account) -> None:
        self._made_accounts[account.holder].add(account)
        if account.holder in self._accounts:
            self._accounts[account.holder].add(account)

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
        involved = {use[0] for _, use in timeline.steps() if use}
        for each in involved | ({account} if account else set()):
            if each not in self.touched.usage_before:
                self.touched.usage_before[each] = self.usage(each)

    def _remember_claim(self, known: Known, claim: Claim) -> None:
        use = (claim.account, claim.figure, claim.amount) if claim.account else None
        self._claims[claim.subject][claim.slot].add(claim.day, known.no, known.line, use)
        if claim.account is not None:
            if claim.account in self._claimants:
                self._claimants[claim.account].add(claim.subject)
            self._note_account(claim.account)

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
        pools = [*self._assertions.values(), self.wide_assertions()]
        found = [pool.pop(known, None) for pool in pools]
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
        found = self.documents.get(document_key) or self.source.posted_under(document_key)
        return None if found in self.voided else found

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
        self.load_subjects({f.subject for f in rows.facts})
        self.load_balances({p.account for p in rows.postings})
        self.load_claimants({c.account for c in rows.claims if c.account})
        for fact in rows.facts:
            self._facts[fact.subject][fact.field].drop(no)
            self._note_fact(fact)
        for posting in rows.postings:
            self._book(posting.account, -posting.delta, posting.day)
        for claim in rows.claims:
            timeline = self.claims(claim.subject)[claim.slot]
            self._before_claiming(timeline, claim.account)
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


def _used(account: Account, use: Use | None) -> tuple[int, int]:
    if use is None or use[0] != account or use[1] == "uncounted":
        return 0, 0
    return (use[2], 0) if use[1] == "actual" else (0, use[2])


def _titles(classes: Collection[str]) -> str:
    names = {
        "org": "机构", "section": "内设机构", "pool": "编制池", "person": "人员",
        "duty": "职责", "matter": "事项", "ticket": "用编单号",
    }  # fmt: skip
    return "、".join(names[each] for each in classes if each in names)
