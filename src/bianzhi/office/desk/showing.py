"""What all pages share: how a page is put together, and how a long table is cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bianzhi.office.desk.asking import PAGE, Asked, number_of

LINES = 200  # a page: enough to work in, quick to draw
FIGURES = {
    "approved": "核定",
    "actual": "实有",
    "pending": "待上编",
    "reserved": "预留",
    "vacant": "空编",
    "gross_vacant": "核定−实有",
}


def page(request: HttpRequest, template: str, asked: Asked, /, **more: Any) -> HttpResponse:
    """A page (``job/name``), seen from the viewpoint asked for."""
    return render(request, f"{template}.html", {"asked": asked, **more})


@dataclass(frozen=True)
class Part:
    """One page's part of a long table.

    Attributes:
        start, end, total: Rows ``start`` to ``end`` (from 0, end not included) of ``total``.
        before, after: Addresses of the neighbouring parts, "" where there is none.
    """

    start: int
    end: int
    total: int
    before: str
    after: str


def part(request: HttpRequest, asked: Asked, total: int, lines: int = LINES) -> Part:
    """The part of a table that the address asks for; the last one if it asks for too much."""
    last = max(0, (total - 1) // lines)
    number = min(max(number_of(request.GET.get(PAGE, ""), 1) - 1, 0), last)
    query = {**asked.carried, **asked.others}
    before = "?" + urlencode({**query, PAGE: number}) if number else ""
    after = "?" + urlencode({**query, PAGE: number + 2}) if number < last else ""
    start = number * lines
    return Part(start, min(start + lines, total), total, before, after)
