"""What each key is and which number it has, found without a dictionary of millions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import polars as pl

from bianzhi.core.columns import Columns

MOST = 100_000  # numbers remembered: people walk through pages, not through the nation
_UNASKED = object()


class Things(Mapping[str, str]):
    """Class by key: org, section, pool, person, duty … for everything ever registered."""

    def __init__(self, columns: Columns) -> None:
        self._subjects = columns.frame("subjects")
        self._order = self._subjects["key"].arg_sort()
        self._sorted = self._subjects["key"].gather(self._order)
        self._found: dict[str, int | object | None] = {}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """key, cls, number (from 0): all of them."""
        return self._subjects.select("key", "cls", pl.int_range(pl.len()).alias("number"))

    def number(self, key: str) -> int | None:
        """The place of a key among the subjects, from 0; None for an unknown one."""
        found = self._found.get(key, _UNASKED)
        if found is _UNASKED:
            place = int(self._sorted.search_sorted(key))
            there = place < len(self._sorted) and self._sorted[place] == key
            found = int(self._order[place]) if there else None
            if len(self._found) > MOST:
                self._found.clear()
            self._found[key] = found
        return found  # type: ignore[return-value]

    def __getitem__(self, key: str) -> str:
        number = self.number(key)
        if number is None:
            raise KeyError(key)
        return str(self._subjects["cls"][number])

    def __iter__(self) -> Iterator[str]:
        return iter(self._subjects["key"])

    def __len__(self) -> int:
        return self._subjects.height
