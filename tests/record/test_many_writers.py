"""Eight processes at one account and at one last vacancy: nothing is promised twice."""

from __future__ import annotations

from collections import Counter

from bianzhi.core.days import parse_day
from bianzhi.core.rows import Account
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.record.source import SqlSource
from bianzhi.record.verify import verify
from tests.support.databases import opened
from tests.support.ledger import View, ledger
from tests.support.writers import Told, grab, hammer, run

WRITERS, TIMES = 8, 12
TODAY = "2023-01-01"


def set_up(url: str, text: str) -> int:
    with opened(url) as alias:
        return len(Poster(alias).post(ledger(text)))


def sound(engine: Engine, before: int, told: list[Told]) -> None:
    """Every receipt is in the record, no number was given twice, none was left out."""
    receipts = [(each.no, each.digest) for each in told if each.no]
    assert sorted(no for no, _ in receipts) == list(range(before + 1, before + len(receipts) + 1))
    report = verify(engine.using, receipts=tuple(receipts))
    assert (report.faults, report.changes) == ((), before + len(receipts))


def test_no_more_leaves_an_account_than_was_in_it(urls, kind):
    url, there = urls(kind), 40
    units = "".join(f"\n      设立 org=B{each} name=乙{each}局" for each in range(WRITERS))
    before = set_up(
        url,
        f"""
    2020-01-01 opening
      设立 org=A name=甲局
      下达 to=A kind=XZ n={there}{units}
    """,
    )
    told = run(url, WRITERS, hammer, TIMES)
    assert len(told) == WRITERS * TIMES
    assert {each.refused for each in told} == {"", "overdrawn"}
    moved = sum(int(each.what) for each in told if each.no)
    with opened(url) as alias:
        engine = Engine(alias)
        sound(engine, before, told)
        view = View(SqlSource(engine, before + sum(bool(each.no) for each in told)))
        assert view.approved("A", TODAY) == there - moved >= 0
        for writer in range(WRITERS):
            own = sum(int(each.what) for each in told if each.no and each.writer == writer)
            assert view.approved(f"B{writer}", TODAY) == own


ROUNDS = ["锁编", "占编", "上编", "锁编|占编", "占编|上编", "上编|锁编", "锁编|占编|上编"]


def test_the_last_vacancy_goes_to_exactly_one(urls, kind):
    url = urls(kind)
    units = "\n".join(
        f"      设立 org=V{each} name=空{each}局\n      下达 to=V{each} kind=XZ n=2\n"
        f"      上编 person=q{each} org=V{each} kind=XZ"
        for each in range(len(ROUNDS))
    )
    before = set_up(url, f"2020-01-01 opening\n{units}")
    told = run(url, WRITERS, grab, ROUNDS)
    won = Counter(int(each.what) for each in told if each.no)
    assert won == dict.fromkeys(range(len(ROUNDS)), 1)
    assert Counter(each.refused for each in told if not each.no) == {
        "no-vacancy": (WRITERS - 1) * len(ROUNDS)
    }
    with opened(url) as alias:
        engine = Engine(alias)
        sound(engine, before, told)
        book = View(SqlSource(engine, before + len(ROUNDS))).book
        for number in range(len(ROUNDS)):
            steps = book.usage(Account(f"V{number}", "XZ"))
            assert sum(step[1] + step[2] for step in steps) == 2 * 10_000
            assert all(step[0] <= parse_day(TODAY) for step in steps)
