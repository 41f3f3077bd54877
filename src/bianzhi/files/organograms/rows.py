"""What a return says, row by row, in the publisher's own spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

SENIOR_FILE, JUNIOR_FILE, COUNTS_FILE = (
    "senior_posts.csv",
    "junior_posts.csv",
    "published_counts.csv",
)
TOP = "XX"  # "reports to" of a post that reports to nobody
_STEP, _LARGEST = Decimal("0.0001"), 10**9  # the ledger's finest and largest quantity


@dataclass(frozen=True, order=True, slots=True)
class SeniorPost:
    """One senior post. All values are text as published; ``fte`` may be no number at all."""

    ref: str
    title: str
    grade: str
    unit: str
    reports_to: str
    fte: str
    holder: str = ""
    function: str = ""
    salary: str = ""
    group: str = ""
    notes: str = ""
    department: str = ""
    organisation: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, order=True, slots=True)
class JuniorPosts:
    """A number of like posts, in FTE, under one senior post."""

    senior: str
    title: str
    grade: str
    unit: str
    fte: str
    group: str = ""
    department: str = ""
    organisation: str = ""
    line: int = field(default=0, compare=False)


Row = SeniorPost | JuniorPosts


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The return of one body on one day; rows in the order of the files."""

    body: str
    on: str
    seniors: tuple[SeniorPost, ...]
    juniors: tuple[JuniorPosts, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, senior posts first; a return has at least one."""
        return (*self.seniors, *self.juniors)

    def same_rows(self, other: Snapshot) -> bool:
        """Whether both hold the same rows, whatever their order."""
        return sorted(self.seniors) == sorted(other.seniors) and sorted(self.juniors) == sorted(
            other.juniors
        )


@dataclass(frozen=True, slots=True)
class Published:
    """The numbers of rows the publisher counted in a return."""

    body: str
    on: str
    seniors: int
    juniors: int


def read_fte(text: str) -> Decimal | None:
    """The FTE as a number, None where the text is none (empty, an address, negative, absurd).

    >>> read_fte("0.92"), read_fte("http://example.org/tenure48")
    (Decimal('0.92'), None)
    """
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= _LARGEST else None


def posted_fte(text: str) -> Decimal:
    """What the ledger can hold of it: four decimals, and nothing where there is no number."""
    number = read_fte(text)
    return Decimal(0) if number is None else number.quantize(_STEP)


def plain(number: Decimal) -> str:
    """A number as the returns write it.

    >>> plain(Decimal("52.6000")), plain(Decimal("100"))
    ('52.6', '100')
    """
    return format(number.normalize() + Decimal(0), "f")


def total_fte(rows: Iterable[Row]) -> Decimal:
    """The FTE of all rows together, as posted."""
    return sum((posted_fte(row.fte) for row in rows), Decimal(0))
