"""The promises a change must keep, looked at once at its end over what it touched.

Each check gives problems in words a clerk can act on; a change with any problem is refused whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.assertions import broken
from bianzhi.core.book import Book
from bianzhi.core.days import day_text
from bianzhi.core.errors import Problem
from bianzhi.core.facts import ENDED, HOLDERS, REFERENCES
from bianzhi.core.ledger import FOREVER
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account


def check(book: Book) -> list[Problem]:
    """Everything the change being made breaks."""
    return [
        *unbalanced(book),
        *overdrawn(book),
        *promised_twice(book),
        *misplaced_lives(book),
        *left_behind(book),
        *circles(book),
        *broken(book),
    ]


def unbalanced(book: Book) -> Iterator[Problem]:
    """Within a change the postings of each kind sum to zero."""
    for kind, total in book.touched.sums.items():
        if total:
            legs = [p.delta for p in book.rows.postings if p.account.kind == kind]
            into, out = sum(n for n in legs if n > 0), -sum(n for n in legs if n < 0)
            yield Problem(
                "unbalanced",
                f"“{kind}”不平衡：增加 {quantity_text(into)}，减少 {quantity_text(out)}，"
                f"相差 {quantity_text(total)}",
                "每一名编制都要写明从哪里来、到哪里去（上级、核销、置换也是去处）",
            )


def overdrawn(book: Book) -> Iterator[Problem]:
    """No holder's account falls below zero on any day from the change on."""
    for page, first in book.touched.lowered.items():
        day, lowest = page.lowest_from(first)
        if lowest < 0:
            account = page.account
            out = -sum(delta for at, delta in book.moved(account) if at <= day)
            yield Problem(
                "overdrawn",
                f"{account_name(book, account, day)} {day_text(day)} 只有 "
                f"{quantity_text(lowest + out)} 名，要减 {quantity_text(out)} 名，"
                f"将为 {quantity_text(lowest)}",
                "请核对数量和生效日期，或先补编制来源",
            )


def promised_twice(book: Book) -> Iterator[Problem]:
    """核定 − 实有 − 待上编 − 预留 ≥ 0 where a change uses posts, or cuts into promised ones.

    Cutting below 实有 is lawful (超编, a finding); what openings bring in is recorded as it was.
    """
    if book.kind == "opening":
        return
    touched = book.touched
    used = {account for account in touched.usage_before if book.claimants(account)}
    cut = {page.account for page in touched.lowered if book.claimants(page.account)}
    for account in sorted(used | cut):
        yield from _promised_twice(book, account)


def _promised_twice(book: Book, account: Account) -> Iterator[Problem]:
    after = book.usage(account)
    before = book.touched.usage_before.get(account, after)
    deltas = book.moved(account)
    balance = book.balance(account)
    days = {d for d, *_ in after} | {d for d, *_ in before} | set(balance.days)
    for day in sorted(days):
        approved = balance.on(day)
        approved_before = approved - sum(delta for at, delta in deltas if at <= day)
        actual, promised = _used_on(after, day)
        used_before = sum(_used_on(before, day))
        vacant = approved - actual - promised
        more_used = actual + promised > used_before
        if vacant < 0 and vacant < approved_before - used_before and (more_used or promised):
            yield Problem(
                "no-vacancy",
                f"{account_name(book, account, day)} {day_text(day)} 核定 "
                f"{quantity_text(approved)}，实有 {quantity_text(actual)}，待上编和预留 "
                f"{quantity_text(promised)}，超出 {quantity_text(-vacant)} 名",
                "请先核增、释放锁编，或减少本次数量",
            )
            return


def _used_on(steps: list[tuple[int, int, int]], day: int) -> tuple[int, int]:
    upto = [step for step in steps if step[0] <= day]
    return sum(step[1] for step in upto), sum(step[2] for step in upto)


def misplaced_lives(book: Book) -> Iterator[Problem]:
    """A unit is set up once, ends once, and has nothing recorded outside its life."""
    for key in sorted(book.touched.statuses):
        if book.cls(key) not in HOLDERS:
            continue
        steps = list(book.timeline(key, "status").steps())
        ended = [day for day, value in steps if value in ENDED]
        if ended and (len(ended) > 1 or steps[-1][0] > ended[0]):
            yield Problem(
                "reopened",
                f"{book.name(key)}自 {day_text(ended[0])} 撤销，其后仍有状态变化",
                "撤销的机构不能恢复，请新设机构",
            )
        elif ended:
            yield from _after_end(book, key, ended[0])
        yield from _before_birth(book, key, steps)


def _after_end(book: Book, key: str, ended: int) -> Iterator[Problem]:
    later = [
        day for timeline in book.fields(key).values() for day, _ in timeline.steps() if day > ended
    ]
    if later:
        yield Problem(
            "after-end",
            f"{book.name(key)} {day_text(ended)} 撤销，但 {day_text(min(later))} 还有登记",
            "请核对撤销日期，或先作废那些登记",
        )


def _before_birth(book: Book, key: str, steps: list[tuple[int, str | None]]) -> Iterator[Problem]:
    # a status without a name is what remains where the setting up was void
    born = steps[0][0] if steps and book.fact(key, "name", steps[0][0]) else None
    days = [day for day in _recorded(book, key) if born is None or day < born]
    if days:
        since = f"{day_text(born)} 起才在册" if born is not None else "不再有设立文件"
        yield Problem(
            "before-birth",
            f"{book.name(key)}{since}，但 {day_text(min(days))} 已有账目",
            "请先更正或作废那些账目",
        )


def _recorded(book: Book, key: str) -> Iterator[int]:
    """Days on which something of a unit, or something that stands on it, begins."""
    for timeline in book.fields(key).values():
        yield from (day for day, _ in timeline.steps())
    for account in book.accounts(key):
        balance = book.balance(account)
        yield from (day for day in balance.days if balance.on(day))
        for subject in book.claimants(account):
            for line in book.claims(subject).values():
                yield from (day for day, use in line.steps() if use and use[0] == account)
    for subject in book.referrers(key):
        for field in REFERENCES:
            named = book.timeline(subject, field).steps()
            yield from (day for day, value in named if value == key)


def left_behind(book: Book) -> Iterator[Problem]:
    """A unit ends only when nothing is left in it, on that day and ever after."""
    touched = book.touched
    keys = {page.account.holder for page in touched.moved if page.holder.last < FOREVER}
    keys |= {account.holder for account in touched.usage_before}
    keys |= touched.subjects
    ends = {key: ended for key in keys if (ended := book.life(key)[1]) is not None}
    for key, ended in sorted(ends.items()):
        left = list(leftovers(book, key, ended)) if book.cls(key) in HOLDERS else []
        if left:
            yield Problem(
                "left-behind",
                f"{book.name(key)} {day_text(ended)} 撤销，还留有：{'；'.join(left)}",
                "请先（或在同一文件中）划转、转隶、移职、释放",
            )


def leftovers(book: Book, key: str, day: int) -> Iterator[str]:
    """What a unit still has on a day or later, in words."""
    for account in sorted(book.accounts(key)):
        balance = book.balance(account)
        kept = [(d, balance.on(d)) for d in (day, *balance.days) if d >= day and balance.on(d)]
        if kept:
            yield f"{kind_name(book, account.kind)} {quantity_text(kept[0][1])} 名"
        for subject in sorted(book.claimants(account)):
            for timeline in book.claims(subject).values():
                if any(use and use[0] == account for _, use in timeline.steps_from(day)):
                    yield _claimant_name(book, subject)
    yield from _dependants(book, key, day)


def _dependants(book: Book, key: str, day: int) -> Iterator[str]:
    for subject in sorted(book.referrers(key)):
        ended = book.life(subject)[1] if book.cls(subject) in HOLDERS else None
        until = ended if ended is not None else 2**40
        for field in sorted(REFERENCES):
            steps = book.timeline(subject, field).steps_from(day)
            if any(value == key and at < until for at, value in steps):
                word = {"duty": "职责", "section": "内设机构", "person": "人员"}
                cls = book.cls(subject) or ""
                yield f"{word.get(cls, '下属单位')} {book.name(subject)}"
                break


def _claimant_name(book: Book, subject: str) -> str:
    word = {"person": "人员", "ticket": "待上编", "matter": "在办事项锁编"}
    return f"{word.get(book.cls(subject) or '', '')} {book.name(subject)}".strip()


def circles(book: Book) -> Iterator[Problem]:
    """No unit stands above itself."""
    for key in sorted(book.touched.reparented):
        if (day := _circle(book, key)) is not None:
            yield Problem(
                "circle",
                f"{book.name(key)} {day_text(day)} 起经上级机构绕回到自己",
                "请核对上级机构",
            )


def _circle(book: Book, key: str) -> int | None:
    """The first day on which the way up from a unit leads in a circle."""
    waiting, looked = {day for day, _ in book.timeline(key, "parent").steps()}, set[int]()
    while waiting:
        day = min(waiting)
        looked.add(day)
        way, above = {key}, book.fact(key, "parent", day)
        while above is not None and above not in way:
            way.add(above)
            # the way changes where any unit on it changes hands
            waiting |= {at for at, _ in book.timeline(above, "parent").steps() if at > day}
            above = book.fact(above, "parent", day)
        if above is not None:
            return day
        waiting -= looked
    return None


def kind_name(book: Book, kind: str) -> str:
    """A kind as people read it."""
    found = book.tree("quota_kind").find(kind)
    return found.name if found else kind


def account_name(book: Book, account: Account, day: int) -> str:
    """An account as people read it."""
    found = book.tree("funding_form").find(account.funding)
    name = found.name if found else account.funding
    funding = f"（{name}）" if name else ""
    return f"{book.name(account.holder, day)}的{kind_name(book, account.kind)}{funding}"
