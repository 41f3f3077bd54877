"""Against beancount, the plain-text ledger: the same postings loaded, every balance computed.

beancount parses, books and validates; so do we when the file is posted. Both ways are shown: from
the text file, and from the record once it is posted, which is how every page is read.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from benchmarks.common import Line, arguments, best, open_record, show, timed, workplace
from benchmarks.data import Office
from bianzhi.core.changes import Draft, make
from bianzhi.core.days import day_date, day_text
from bianzhi.core.exchange import read_drafts, write_drafts
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account, Posting

ACTS = 20


def main() -> None:
    """Write both files, load both, print."""
    given = arguments(
        __doc__, ("postings", 100_000, 4_000, "postings"), ("units", 5_000, 200, "units")
    )
    with workplace(given.folder) as folder:
        open_record(folder / "record.sqlite3")
        documents = given.postings // (2 * ACTS)
        office = Office(given.units, documents)
        drafts = [*office.setting_up(), *(office.moving(ACTS) for _ in range(documents))]
        ours, theirs = folder / "ledger.jsonl", folder / "ledger.beancount"
        ours.write_text("\n".join(write_drafts(drafts)), encoding="utf-8")
        postings = _postings(drafts)
        theirs.write_text(_beancount(postings), encoding="utf-8")
        posting, loading = _ours(ours)
        others, accounts = _theirs(theirs)
    show(
        f"{len(postings):,} postings, {accounts:,} accounts: load and balance",
        [
            Line("from the record: load + every balance", f"{loading:.3f} s",
                 f"beancount {others:.2f} s", f"{others / loading:.0f}", "≥ 50"),
            Line("from the text file: read, check, post to disk", f"{posting:.2f} s",
                 f"beancount {others:.2f} s", f"{others / posting:.1f}"),
        ],
    )  # fmt: skip


def _ours(path: Path) -> tuple[float, float]:
    from bianzhi.core.state import State
    from bianzhi.record.load import load, rebuild
    from bianzhi.record.post import Poster

    def post() -> None:
        with path.open(encoding="utf-8") as lines:
            Poster().post(read_drafts(lines, path.name))

    posting, _ = timed(post)
    rebuild()
    loading = best(lambda: State(load(), 2**20).accounts)
    return posting, loading


def _postings(drafts: list[Draft]) -> list[list[Posting]]:
    """The postings of every act: what beancount calls a transaction."""
    record = MemoryRecord()
    from bianzhi.core.book import Book

    book = Book(record)
    acts: list[list[Posting]] = []
    for draft in drafts:
        by_act: dict[int, list[Posting]] = {}
        for posting in make(book, draft).rows.postings:
            by_act.setdefault(posting.act, []).append(posting)
        acts += by_act.values()
    return acts


def _beancount(acts: list[list[Posting]]) -> str:
    accounts = sorted({posting.account for act in acts for posting in act})
    first = min(posting.day for act in acts for posting in act)
    opened = (day_date(first) - timedelta(days=1)).isoformat()
    lines = [f"{opened} open {_name(account)} {account.kind}" for account in accounts]
    for act in acts:
        lines.append(f'\n{day_text(act[0].day)} * "{act[0].verb}"')
        lines += [
            f"  {_name(posting.account)}  {quantity_text(posting.delta)} {posting.account.kind}"
            for posting in act
        ]
    return "\n".join(lines) + "\n"


def _name(account: Account) -> str:
    counters = {key: f"Equity:C{number}" for number, key in enumerate(COUNTERS)}
    return f"{counters.get(account.holder, f'Assets:{account.holder}')}:{account.kind}"


def _theirs(path: Path) -> tuple[float, int]:
    from beancount import loader
    from beancount.core import realization

    def work() -> int:
        entries, errors, _ = loader.load_file(str(path))
        if errors:
            raise SystemExit(f"beancount: {errors[0]}")
        real = realization.realize(entries)
        return sum(1 for account in realization.iter_children(real) if account.balance is not None)

    seconds, accounts = timed(work)
    return seconds, accounts


if __name__ == "__main__":
    main()
