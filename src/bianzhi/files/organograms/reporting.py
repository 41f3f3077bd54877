"""Reporting lines: who reports to whom inside one return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bianzhi.files.organograms.rows import TOP, SeniorPost


def reporting_lines(seniors: Iterable[SeniorPost]) -> dict[str, str]:
    """Post reference -> reference it reports to; the first row of a reference decides."""
    lines: dict[str, str] = {}
    for row in seniors:
        lines.setdefault(row.ref, row.reports_to)
    return lines


def in_loops(lines: Mapping[str, str]) -> set[str]:
    """The posts that, going up, come back to themselves (a post reporting to itself included).

    >>> sorted(in_loops({"A": "XX", "B": "B", "C": "D", "D": "C", "E": "C"}))
    ['B', 'C', 'D']
    """
    looping: set[str] = set()
    for ref in lines:
        chain = _chain(ref, lines)
        if lines[chain[-1]] == ref:
            looping.update(chain)
    return looping


def depth(ref: str, lines: Mapping[str, str]) -> int:
    """How many posts stand above it; a post above which there is only a loop counts the loop."""
    return len(_chain(ref, lines)) - 1


def missing(lines: Mapping[str, str], named: Iterable[str]) -> list[str]:
    """The references among ``named`` that no post bears."""
    return sorted({ref for ref in named if ref != TOP and ref not in lines})


def _chain(ref: str, lines: Mapping[str, str]) -> list[str]:
    chain = [ref]
    while (above := lines.get(chain[-1], TOP)) in lines and above not in chain:
        chain.append(above)
    return chain
