"""A change before it is posted: the states before and after, made by the code that posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, make
from bianzhi.core.columns import Columns, Entry
from bianzhi.core.state import FIGURES, State
from bianzhi.record.engine import Engine
from bianzhi.record.source import SqlSource


@dataclass(frozen=True)
class Figure:
    """The five figures of one account, before and after."""

    unit: str
    kind: str
    funding: str
    before: Mapping[str, object]
    after: Mapping[str, object]


def preview(draft: Draft, columns: Columns, on: int | None = None) -> tuple[State, State]:
    """The states of a day (default the draft's own) without and with the change.

    Raises:
        Refusal: The change cannot be posted as it is; the messages are those of posting.
    """
    made = make(Book(SqlSource(Engine(), columns.head)), draft)
    day = on if on is not None else draft.day or 0
    entry = Entry(made.no, "", "", made.draft.kind, "", made.draft.document, made.rows)
    return State(columns, day), State(columns.extended([entry]), day)


def figures(before: State, after: State) -> list[Figure]:
    """The accounts whose figures change."""

    def table(state: State) -> dict[tuple[str, str, str], dict[str, object]]:
        rows = state.figures("holder", "kind", "funding").iter_rows(named=True)
        return {(row["holder"], row["kind"], row["funding"]): row for row in rows}

    was, will = table(before), table(after)
    nothing: dict[str, object] = dict.fromkeys(FIGURES, 0)
    return [
        Figure(*key, was.get(key, nothing), will.get(key, nothing))
        for key in sorted(was.keys() | will.keys())
        if was.get(key) != will.get(key)
    ]
