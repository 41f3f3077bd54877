"""文号 as a register: one number twice, and numbers missing in a yearly row.

The door where files come in and the rule over the record ask the same questions here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bianzhi.core.documents import parse_doc_no

NAMED = 12  # numbers named in one sentence


class Repeat(NamedTuple):
    """A number met again: the places of both, and how the papers differ (title, date, "")."""

    before: int
    at: int
    differs: str


def repeats(papers: Iterable[tuple[str | None, object, object]]) -> Iterator[Repeat]:
    """Numbers given to two papers.

    Args:
        papers: (number, title, date) each; what is unknown differs from nothing.
    """
    first: dict[str, tuple[int, object, object]] = {}
    for index, (number, title, date) in enumerate(papers):
        if number is None:
            continue
        before, old_title, old_date = first.setdefault(number, (index, title, date))
        if before == index:
            continue
        if old_title and title and old_title != title:
            yield Repeat(before, index, "title")
        elif old_date and date and old_date != date:
            yield Repeat(before, index, "date")
        else:
            yield Repeat(before, index, "")


class Gap(NamedTuple):
    """Numbers missing in a yearly row; ``at`` is the place of its first paper."""

    issuer: str
    word: str
    year: int
    missing: tuple[int, ...]
    at: int

    @property
    def words(self) -> str:
        """The sentence."""
        more = "…" if len(self.missing) > NAMED else ""
        named = "、".join(map(str, self.missing[:NAMED])) + more
        return f"{self.issuer}{self.word}〔{self.year}〕缺 {len(self.missing)} 个号：{named}"


def gaps(numbers: Sequence[str | None], factor: int = 5, slack: int = 20) -> Iterator[Gap]:
    """The gaps of each yearly row.

    Args:
        numbers: The numbers, None where there is none; damaged ones are left out.
        factor, slack: A row whose last number exceeds ``factor`` × its papers + ``slack`` is a
            selection, not a register, and has no gaps.
    """
    rows: defaultdict[tuple[str, str, int], dict[int, int]] = defaultdict(dict)
    for index, number in enumerate(numbers):
        parsed = parse_doc_no(number) if number else None
        if parsed is not None and not parsed.needs_review:
            rows[parsed.issuer, parsed.word, parsed.year].setdefault(parsed.seq, index)
    for (issuer, word, year), have in rows.items():
        if max(have) > factor * len(have) + slack:
            continue  # looked at first: a mistyped number may be of any size
        if missing := tuple(n for n in range(1, max(have)) if n not in have):
            yield Gap(issuer, word, year, missing, min(have.values()))
