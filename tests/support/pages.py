"""Reading a page of the site as people do: its words, and the rows of its tables."""

from __future__ import annotations

import html
import re

from tests.support.cast import browser


def get(address: str, **query: str) -> str:
    """A page that must be there."""
    response = browser().get(address, query)
    assert response.status_code == 200, (address, query, response.status_code)
    return response.content.decode()


def text(page: str) -> str:
    """What people read, blanks folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(page: str) -> list[list[str]]:
    """The cells of every table row."""
    return [
        [text(cell.split("</t")[0]) for cell in re.split(r"<t[dh]\b[^>]*>", row)[1:]]
        for row in re.split(r"<tr\b[^>]*>", page)[1:]
    ]


def row(page: str, *starts: str) -> list[str]:
    """The first row whose first cells begin with these words."""
    for cells in rows(page):
        if all(cell.startswith(start) for cell, start in zip(cells, starts, strict=False)) and (
            len(cells) >= len(starts)
        ):
            return cells
    raise AssertionError(f"no row {starts} in {rows(page)}")


def links(page: str) -> set[str]:
    """Everything the page points to, places on the page itself left out."""
    found = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page)
    return {html.unescape(each) for each in found}
