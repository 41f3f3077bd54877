"""Days people often look at: today, the ends of years, the days of the last documents."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

import polars as pl

from bianzhi.core.days import day_text
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.today import today

YEARS = 6
PAPERS = 6


class Pick(NamedTuple):
    """A choice: what it says, what more to say about it, where it leads."""

    label: str
    note: str
    address: str


def picks(asked: Asked, *, confined: bool) -> list[tuple[str, list[Pick]]]:
    """Groups of days to choose from; the page and what is known stay.

    Somebody confined to a unit gets no documents: those of others are not theirs to see.
    """
    year = today().year
    ends = [f"{each}-12-31" for each in range(year - 1, year - 1 - YEARS, -1)]
    papers = [] if confined else _papers(asked)
    return [
        ("年末", [Pick(end, "", _to(asked, end)) for end in ends]),
        ("最近的文件", [Pick(day, label, _to(asked, day)) for day, label in papers]),
    ]


def _to(asked: Asked, day: str) -> str:
    return "?" + urlencode({**asked.others, **asked.carried, "on": day})


def _papers(asked: Asked) -> list[tuple[str, str]]:
    """The last days on which documents took effect, each with one of them."""
    changes = asked.columns.frame("changes")
    dated = changes.filter(
        pl.col("effective_on").is_not_null() & (pl.col("no") <= asked.state.known)
    )
    newest = dated.sort("effective_on", "no", descending=True).unique(
        "effective_on", keep="first", maintain_order=True
    )
    rows = newest.head(PAPERS).select("effective_on", "doc_no", "title")
    return [(day_text(day), doc_no or title) for day, doc_no, title in rows.iter_rows()]
