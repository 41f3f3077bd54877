"""The published figures of a year: the law's lines, the biennial total, the closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from bianzhi.files.open_budget import exchange
from bianzhi.files.open_budget.balances import Balances
from bianzhi.files.open_budget.exchange import act, number
from bianzhi.files.open_budget.orgs import ROOT
from bianzhi.files.open_budget.rows import OPENING_COLUMNS, POSTS
from bianzhi.files.open_budget.table import digest, read_table
from bianzhi.files.open_budget.turn import law
from bianzhi.files.open_budget.years import Year


def opening(year: Year, balances: Balances) -> Iterator[str]:
    """The law: one grant for each figure of each of its lines."""
    yield from exchange.whole(
        exchange.change(law(year, "编制数"), "opening"), _grants(year, balances)
    )


def _grants(year: Year, balances: Balances) -> Iterator[str]:
    for line in year.lines:
        for kind, n in line.opening.items():
            if n:
                balances.add(line.programme, kind, n)
                place = line.row.cell(OPENING_COLUMNS[kind])
                yield act("下达", place, to=line.programme, kind=kind, n=number(n))


def biennial(year: Year) -> Iterator[str]:
    """The same law's total as published apart from it, where a two-year budget was.

    Only the total is compared: by the time the law's lines were published some posts had been
    moved between programmes.
    """
    for path in sorted(year.path.parent.glob("biennial_budget_*.csv")):
        if str(year.year) in path.stem:
            yield from _total(year, path)


def _total(year: Year, path: Path) -> Iterator[str]:
    column = f"posts_{year.year}"
    total = sum((row.amount(column) for row in read_table(path, [column])), Decimal(0))
    yield exchange.change(
        exchange.document(
            title=f"双年预算（{path.stem}）{year.year} 年编制总数",
            doc_no=f"{year.year}/双年预算",
            day=date(year.year, 1, 1),
            digest=digest(path),
        )
    )
    place = f"{path.name}：{column} 一栏合计"
    yield _check("subtree", ROOT, total, Decimal(0), place)


def closing(year: Year) -> Iterator[str]:
    """Posts at the end of the year as published, programme by programme, to be compared for ever.

    The tolerance is what rounding line by line can do. A year whose requests were published only
    in part is stated like any other: the comparison will say which programmes do not agree.
    """
    if year.has_closing:
        yield exchange.change(
            exchange.document(
                title=f"{year.year} 年末各项目编制数",
                doc_no=f"{year.year}/年末编制",
                day=date(year.year, 12, 31),
                digest=year.digests[year.path.name],
            )
        )
        for programme, allowed in year.allowance.items():
            posts, place = year.closing(programme)
            yield _check("unit", programme, posts, allowed, place)


def _check(scope: str, org: str, n: Decimal, tolerance: Decimal, place: str) -> str:
    return act(
        "核对",
        place,
        scope=scope,
        org=org,
        kind=POSTS,
        figure="approved",
        n=number(n),
        tolerance=number(tolerance),
    )
