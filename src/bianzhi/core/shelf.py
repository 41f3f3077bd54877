"""The shelf: what was fetched from a source, kept at hand and read point by point.

It also holds what a book on top of it has entered since, so that a look-up sees both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import filterfalse

from bianzhi.core.facts import ENDED, HOLDERS, Timeline
from bianzhi.core.kinds import TREES, CodeTree, national
from bianzhi.core.ledger import ACTUAL, COUNTERS, FOREVER, UNCOUNTED, Balance, Holder, Page
from bianzhi.core.rows import Account, Assertion, Claim
from bianzhi.core.source import Known, Source

Use = tuple[Account, str, int]  # account, figure, amount


class Shelf:
    """Point look-ups over a source; what is asked for twice is fetched once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.head = source.head
        self._classes: dict[str, str | None] = dict.fromkeys(COUNTERS, "counter")
        self._facts: dict[str, dict[str, Timeline[str]]] = {
            key: defaultdict(Timeline) for key in COUNTERS
        }
        self._lives: dict[str, tuple[int | None, int | None]] = {}
        self._referrers: dict[str, set[str]] = {}
        self._accounts: dict[str, set[Account]] = {}
        self.pages: dict[tuple[str, ...], Page] = {}  # by account
        self._holders = {key: Holder(-FOREVER, FOREVER) for key in COUNTERS}
        self._counters: dict[Account, list[tuple[int, int]]] = defaultdict(list)
        # a counter-account's balance is asked for on few days (those of published totals) but moves
        # with nearly every change: these days are kept up to date instead of summed again
        self._watched: dict[Account, dict[int, int]] = defaultdict(dict)
        self._new: set[str] = set()  # subjects first named here: the source knows nothing of them
        self._made_accounts: dict[str, set[Account]] = defaultdict(set)
        self._made_referrers: dict[str, set[str]] = defaultdict(set)
        self._claims: dict[str, dict[str, Timeline[Use]]] = {}
        self._wide: dict[Known, Assertion] | None = None
        self._trees: dict[str, CodeTree] | None = None

    # -- loading ---------------------------------------------------------------------------

    def load_subjects(self, keys: Iterable[str]) -> None:
        """Fetch classes and facts of many subjects at once."""
        new = set(filterfalse(self._facts.__contains__, keys))
        self._classes.update(dict.fromkeys(new))
        self._classes.update(self.source.subjects(new))
        for key in new:
            self._facts[key] = defaultdict(Timeline)
        for known, fact in self.source.facts(new):
            timeline = self._facts[fact.subject][fact.field]
            timeline.add(fact.day, known.no, known.line, fact.value)

    def load_accounts(self, accounts: Iterable[tuple[str | None, ...]]) -> None:
        """Fetch all about the accounts that were not met before; one with an open part is none."""
        met = set(filterfalse(self.pages.__contains__, accounts))
        new = [Account(*each) for each in met if None not in each]  # type: ignore[arg-type]
        self.load_subjects(account.holder for account in new)
        self.load_claimants(new)
        self.load_assertions({account.holder for account in new})

    def load_balances(self, accounts: Collection[Account]) -> None:
        """Fetch the balances of many accounts at once."""
        new = [account for account in accounts if account not in self.pages]
        for account in new:
            self.pages[account] = Page(account, self._holder(account.holder))
        for account, day, _, delta in self.source.postings(self._old(new)):
            self.pages[account].add(day, delta)

    def load_claimants(self, accounts: Collection[Account]) -> None:
        """Fetch the balances of the accounts, who claims them, and all claims of those."""
        self.load_balances(accounts)
        new = {each: set[str]() for each in accounts if self.pages[each].claimants is None}
        for account, claimants in new.items():
            self.pages[account].claimants = claimants
        found = list(self.source.claimants(self._old(new)))
        for account, subject in found:
            new[account].add(subject)
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
        new: dict[str, dict[Known, Assertion]] = {
            key: {} for key in holders if self._holder(key).assertions is None
        }
        for key, assertions in new.items():
            self._holder(key).assertions = assertions
        for known, assertion in self.source.assertions([h for h in new if h not in self._new]):
            new[assertion.holder][known] = assertion

    def _old(self, accounts: Iterable[Account]) -> list[Account]:
        """The accounts the source can know something of, those of counters left out."""
        return [
            account
            for account in accounts
            if account.holder not in self._new and account.holder not in COUNTERS
        ]

    @property
    def size(self) -> int:
        """How many subjects and accounts it keeps in memory."""
        return len(self._facts) + len(self.pages)

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
        found = self._lives.get(key)
        if found is None:
            steps = list(self.timeline(key, "status").steps())
            ended = [day for day, value in steps if value in ENDED]
            found = steps[0][0] if steps else None, ended[0] if ended else None
            self._lives[key] = found
        return found

    def _holder(self, key: str) -> Holder:
        found = self._holders.get(key)
        if found is None:
            found = self._holders[key] = Holder(*self._open_days(key))
        return found

    def _open_days(self, key: str) -> tuple[int, int]:
        """First and last day on which posts of a holder can be booked; none if it is no holder."""
        born, ended = self.life(key) if self.cls(key) in HOLDERS else (None, None)
        return FOREVER if born is None else born, FOREVER if ended is None else ended

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

    def page(self, account: Account) -> Page:
        """The page of an account."""
        found = self.pages.get(account)
        if found is None:
            self.load_balances([account])
            return self.pages[account]
        return found

    def balance(self, account: Account) -> Balance:
        """The balance of a holder's account through time."""
        return self.page(account)

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
        found = self.page(account).claimants
        if found is None:
            self.load_claimants([account])
            return self.claimants(account)
        return found

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
        found = self._holder(holder).assertions
        if found is None:
            self.load_assertions([holder])
            return self.assertions(holder)
        return found

    def wide_assertions(self) -> dict[Known, Assertion]:
        """The live assertions about subtrees and the whole area."""
        if self._wide is None:
            self._wide = dict(self.source.wide_assertions())
        return self._wide

    # -- what a book enters -----------------------------------------------------------------

    def _note_account(self, account: Account) -> None:
        self._made_accounts[account.holder].add(account)
        if account.holder in self._accounts:
            self._accounts[account.holder].add(account)

    def _note_status(self, key: str) -> None:
        self._lives.pop(key, None)
        if (holder := self._holders.get(key)) is not None:
            holder.first, holder.last = self._open_days(key)

    def _remember_claim(self, known: Known, claim: Claim) -> None:
        use = (claim.account, claim.figure, claim.amount) if claim.account else None
        self._claims[claim.subject][claim.slot].add(claim.day, known.no, known.line, use)
        if claim.account is not None:
            page = self.pages.get(claim.account)
            if page is not None and page.claimants is not None:
                page.claimants.add(claim.subject)
            self._note_account(claim.account)

    def settle(self, source: Source) -> None:
        """What was entered has been stored: read on from ``source``, which knows it too."""
        self.source = source
        self.head = source.head
        self._counters.clear()
        self._new.clear()
        self._made_accounts.clear()
        self._made_referrers.clear()


def _used(account: Account, use: Use | None) -> tuple[int, int]:
    if use is None or use[0] != account or use[1] == UNCOUNTED:
        return 0, 0
    return (use[2], 0) if use[1] == ACTUAL else (0, use[2])
