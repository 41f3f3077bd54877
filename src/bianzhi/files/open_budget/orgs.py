"""Sections, domains and programmes as organisations: when each lives and what it is called.

A code is the key. Where the publisher changes a code he names the successor; where he keeps it, it
is the same programme, whatever its (cut-off) name has become. A code that is still printed after
the successor file has sent its programme elsewhere would be two things under one key: refused.

Files list only lines with figures, so a programme may be absent for a year and come back (an
office without posts): it lives from the first to the last year that mentions it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget import codes
from bianzhi.files.open_budget.successors import Successions
from bianzhi.files.open_budget.years import Year

ROOT, ROOT_NAME = "IL", "מדינת ישראל"


class Orgs:
    """All organisations of a run of years."""

    def __init__(self, years: Sequence[Year]) -> None:
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        for year in years:
            for code in year.names:
                self._first.setdefault(code, year.year)
                self._last[code] = year.year

    def started(self, year: int) -> list[str]:
        """Codes first mentioned in a year, the wider ones first."""
        return sorted((c for c in self._first if self._first[c] == year), key=_wider_first)

    def ended(self, year: int) -> list[str]:
        """Codes last mentioned in the year before, the narrower ones first."""
        gone = (code for code, last in self._last.items() if last == year - 1)
        return sorted(gone, key=_wider_first, reverse=True)

    def lives(self, code: str, year: int) -> bool:
        """Whether a code is in use in a year."""
        return code in self._first and self._first[code] <= year <= self._last[code]

    def programmes(self, year: int) -> list[str]:
        """Programmes in use in a year."""
        found = (c for c in self._first if len(c) == codes.PROGRAMME and self.lives(c, year))
        return sorted(found)

    def check_reuse(self, successions: Successions, year: int) -> None:
        """Refuse codes that went into another one and are printed all the same."""
        for old, new in sorted(successions.into.items()):
            if old != new and self.lives(old, year):
                what = f"代码 {old} 已由 {new} 继任，{year} 年及以后的表里仍有 {old}"
                do = "同一代码不能指两个项目：请核对继任代码表"
                raise Refusal.of("reused-code", what, do, place=successions.file)


def parent(code: str) -> str:
    """The organisation above a code."""
    return codes.parent(code) or ROOT


def _wider_first(code: str) -> tuple[int, str]:
    return len(code), code
