"""The same postings as a beancount ledger: loading it and its balances, against ours.

beancount parses, books and validates a text at every load, or unpickles what it made of it at the
last one; we post once, with every promise on, and load columns from then on. All ways are shown.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.common import Line, arguments, best, open_record, show, timed, workplace
from benchmarks.data import SPAN, START, Office
from bianzhi.core.days import day_text
from bianzhi.core.exchange import read_drafts, write_drafts
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.quantity import quantity

SIZES = (
    ("rows", 100_000, 4_000, "postings in all"),
    ("units", 5_000, 200, "units they lie in"),
    ("acts", 50, 50, "acts in a document, two postings each"),
)
LAST = START + 2 * SPAN  # after everything
LEGS = """
    SELECT p.change_no, p.act, p.day, s.key, a.kind, p.delta FROM record_posting p
    JOIN record_account a ON a.id = p.account_id JOIN record_subject s ON s.id = a.holder_id
    ORDER BY p.change_no, p.line
"""
Balances = dict[tuple[str, str], Decimal]


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        exchange = write_exchange(folder / "ledger.jsonl", given)
        posted = post(exchange, folder / "record.sqlite3")
        text = write_ledger(folder / "ledger.beancount", folder / "record.sqlite3")
        loads = ours()
        theirs, cached = beancount(text)
    whole = sum(posted) + loads["made"]
    lines = [
        line("posted record", loads["cached"], "beancount from its text", theirs, "50"),
        line("posted record", loads["cached"], "beancount from its pickle", cached),
        line("posted record, columns not made yet", loads["made"], "from its text", theirs),
        line("exchange file: read, posted, loaded", whole, "from its text", theirs),
        Line("  of it reading", f"{posted[0]:.2f} s"),
        Line("  of it posting", f"{posted[1]:.2f} s"),
    ]
    show(f"load and all balances of {given.rows:,} postings, {given.units:,} units", lines)


def line(what: str, took: float, against: str, theirs: float, aim: str = "") -> Line:
    return Line(what, f"{took:.3f} s", f"{against}: {theirs:.3f} s", f"{theirs / took:.1f}", aim)


# -- ours -------------------------------------------------------------------------------------


def write_exchange(path: Path, given: Any) -> Path:
    """Everything as an exchange file."""
    documents = given.rows // 2 // given.acts
    office = Office(given.units, documents)
    drafts = [*office.setting_up(), *(office.moving(given.acts) for _ in range(documents))]
    path.write_text("".join(f"{each}\n" for each in write_drafts(drafts)), encoding="utf-8")
    return path


def post(exchange: Path, record: Path) -> tuple[float, float]:
    """Seconds of reading and of posting it."""
    from bianzhi.record.post import Poster

    record.unlink(missing_ok=True)
    open_record(record)
    with exchange.open(encoding="utf-8") as lines:
        reading, drafts = timed(lambda: read_drafts(lines, exchange.name))
    return reading, timed(lambda: Poster().post(drafts))[0]


def ours() -> dict[str, float]:
    """Seconds of loading and balances: with columns made before, and without."""
    from bianzhi.core.state import State
    from bianzhi.record.cache import Cache
    from bianzhi.record.engine import Engine
    from bianzhi.record.load import load, rebuild

    def work() -> Any:
        return State(load(), LAST).accounts

    shutil.rmtree(Cache(Engine()).folder, ignore_errors=True)
    made, _ = timed(work)
    rebuild()
    return {"made": made, "cached": best(work)}


def our_balances() -> Balances:
    """Every account that is not empty."""
    from bianzhi.core.state import State
    from bianzhi.record.load import load

    rows = State(load(), LAST).accounts.select("holder", "kind", "approved").iter_rows()
    return {(holder, kind): approved for holder, kind, approved in rows if approved}


# -- theirs -----------------------------------------------------------------------------------


def write_ledger(path: Path, record: Path) -> Path:
    """The record's postings as transactions, a commodity for each kind of post."""
    with sqlite3.connect(record) as link:
        legs = link.execute(LEGS).fetchall()
    link.close()
    path.write_text("\n".join(ledger_lines(legs)) + "\n", encoding="utf-8")
    return path


def ledger_lines(legs: list[tuple[Any, ...]]) -> Iterator[str]:
    opened = day_text(START)
    yield from (f"{opened} commodity {kind}" for kind in sorted({leg[4] for leg in legs}))
    yield from (f"{opened} open {name(key)}" for key in sorted({leg[3] for leg in legs}))
    for (no, act), lines in groupby(legs, key=lambda leg: leg[:2]):
        entered = list(lines)
        yield f'{day_text(entered[0][2])} * "{no}" "{act}"'
        yield from (f"  {name(leg[3])}  {quantity(leg[5])} {leg[4]}" for leg in entered)


def name(holder: str) -> str:
    """An account's name there; the counter-accounts go to the other side of the balance."""
    if holder in COUNTERS:
        return f"Equity:Counter{list(COUNTERS).index(holder)}"
    return f"Assets:{holder}"


def beancount(path: Path) -> tuple[float, float]:
    """Seconds of loading and balances: from the text, and from its own cache of it."""
    from beancount import loader
    from beancount.core import realization

    def work() -> Any:
        entries, errors, _ = loader.load_file(str(path))
        assert not errors, errors[:3]
        return realization.realize(entries)

    loader.initialize(False)
    seconds, found = timed(work)
    assert balances(found) == our_balances()
    loader.initialize(True)
    work()  # writes the cache
    return seconds, best(work)


def balances(root: Any) -> Balances:
    """Every account that is not empty, named as ours."""
    from beancount.core import realization

    ours = {name(key): key for key in COUNTERS}
    return {
        (ours.get(each.account, each.account.partition(":")[2]), amount.units.currency): (
            amount.units.number
        )
        for each in realization.iter_children(root)
        for amount in each.balance
        if amount.units.number
    }


if __name__ == "__main__":
    main()
