"""A layout as data: columns in order, each with its headings from the top down."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bianzhi.core.errors import Refusal

NAMES = ("ledger", "leadership", "sections", "people", "history")


@dataclass(frozen=True)
class Column:
    """One column of a layout.

    Attributes:
        path: Headings from the top down.
        field: Key of the value in a row.
        width: In characters; 0 for what the heading needs.
        kinds: Quota kinds that count here, with all under them; () for none.
        ranks: Only leadership posts of these ranks; () for all.
        figure: Which of the five figures.
    """

    path: tuple[str, ...]
    field: str
    width: int = 0
    kinds: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    figure: str = ""


@dataclass(frozen=True)
class Layout:
    """A sheet as an office has it.

    Attributes:
        title: Heading of the page.
        sheet: Name of the sheet.
        columns: In order.
        name: Field that names a row.
        group: Field whose equal neighbours are merged and summed up, "" for none.
        paper: A3 or A4, landscape.
    """

    title: str
    sheet: str
    columns: tuple[Column, ...]
    name: str = ""
    group: str = ""
    paper: str = "A4"

    @property
    def depth(self) -> int:
        """Rows of headings."""
        return max(len(column.path) for column in self.columns)

    def headings(self) -> Iterator[tuple[int, int, int, int, str]]:
        """(top, left, bottom, right, text) of every heading, counted from 0.

        Neighbours with the same headings down to a row share a cell; a short path goes down to
        the last row.
        """
        for row in range(self.depth):
            start = 0
            while start < len(self.columns):
                end = self._run(row, start)
                path = self.columns[start].path
                if row < len(path):
                    bottom = self.depth - 1 if row == len(path) - 1 else row
                    yield row, start, bottom, end - 1, path[row]
                start = end

    def _run(self, row: int, start: int) -> int:
        path = self.columns[start].path
        end = start + 1
        last = row >= len(path) - 1
        while not last and end < len(self.columns) and len(self.columns[end].path) > row + 1:
            if self.columns[end].path[: row + 1] != path[: row + 1]:
                break
            end += 1
        return end


@cache
def layout(name: str) -> Layout:
    """An office's layout by name: ledger (56 columns), leadership, sections, people, history."""
    if name not in NAMES:
        raise Refusal.of("unknown-layout", f"没有“{name}”这种表式", f"有：{'、'.join(NAMES)}")
    text = files("bianzhi.files.layouts.sheets").joinpath(f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    columns = tuple(
        Column(
            tuple(each["path"].split("/")),
            each["field"],
            each.get("width", 0),
            tuple(each.get("kinds", ())),
            tuple(each.get("ranks", ())),
            each.get("figure", ""),
        )
        for each in table["columns"]
    )
    return Layout(
        table["title"],
        table["sheet"],
        columns,
        table["name"],
        table.get("group", ""),
        table["paper"],
    )
