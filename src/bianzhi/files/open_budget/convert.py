"""A folder of the ledger as one exchange file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bianzhi.files.open_budget import exchange
from bianzhi.files.open_budget.balances import Balances
from bianzhi.files.open_budget.figures import biennial, closing, opening
from bianzhi.files.open_budget.orgs import Orgs
from bianzhi.files.open_budget.successors import Successions, read_successions
from bianzhi.files.open_budget.transfers import transfers
from bianzhi.files.open_budget.turn import Turn, first_orgs
from bianzhi.files.open_budget.years import Year, read_years


def convert(folder: Path | str, years: Sequence[int] | None = None) -> Iterator[str]:
    """The lines of an exchange file (without line ends) for the years of a folder.

    The same folder gives the same lines. All files are read before the first line is given.

    Args:
        folder: Where ``positions_YEAR.csv``, ``changes_*.csv`` and ``successors_*.json`` lie.
        years: Which years, one after the other; all for which there is a law when left out.

    Raises:
        Refusal: A file is missing or cannot be read; the message names file, row and cell.
    """
    read = read_years(Path(folder), years)
    orgs = Orgs(read)
    turns = [_successions(Path(folder), orgs, before, year) for before, year in pairwise(read)]
    return _lines(read, orgs, turns)


def _successions(folder: Path, orgs: Orgs, before: Year, year: Year) -> Successions:
    found = read_successions(folder, year.year, orgs.programmes(before.year))
    orgs.check_reuse(found, year.year)
    return found


def _lines(years: Sequence[Year], orgs: Orgs, turns: Sequence[Successions]) -> Iterator[str]:
    balances = Balances()
    names: dict[str, str] = {}
    yield exchange.header()
    for index, year in enumerate(years):
        if index == 0:
            yield from first_orgs(year, orgs)
        else:
            yield from Turn(year, orgs, names, turns[index - 1]).lines(balances)
        names |= {code: name for code, (name, _) in year.names.items()}
        yield from opening(year, balances)
        yield from biennial(year)
        yield from transfers(year, balances)
        yield from closing(year)
