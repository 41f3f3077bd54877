"""What the API answers. Quantities are texts of exact decimals, days are ISO dates."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Query, Schema
from pydantic import StringConstraints

LARGEST = 10**9
REFUSED = frozenset({400, 401, 403, 404, 422})  # what every route may answer instead
Under = Annotated[str, Query(max_length=80, description="单位代码：只要它和下属")]
Words = Annotated[str, Query(max_length=80, description="要找的字")]


Number = Annotated[int, Field(ge=1, le=LARGEST, description="变更的编号")]


class Viewpoint(Schema):
    """The day, and what was known; read by the same code as a page's."""

    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = Field(
        None, description="日期，默认今天"
    )
    known: Annotated[int, Field(ge=0, le=LARGEST)] | None = Field(
        None, description="截至第几号变更，默认最新"
    )


class Problem(Schema):
    """One thing that is wrong."""

    code: str
    what: str
    do: str = ""
    field: str = ""


class Problems(Schema):
    """Why there is no answer."""

    problems: list[Problem]


class Paging(Schema):
    """Which part of a long list."""

    page: int = Field(1, ge=1, le=LARGEST, description="第几页，从 1 起")
    size: int = Field(100, ge=1, le=1000, description="一页几条，最多 1000")


class Basis(Schema):
    """口径: the day and the change the answer is seen from."""

    on: date
    known: int
    basis: str


class Unit(Schema):
    """A unit on a day."""

    code: str
    cls: str
    name: str
    fields: dict[str, str]


class Account(Schema):
    """The five figures of one kind and funding form in one unit."""

    unit: str
    kind: str
    kind_name: str
    funding: str
    approved: str
    actual: str
    pending: str
    reserved: str
    uncounted: str
    vacant: str
    gross_vacant: str


class UnitDetail(Unit):
    """A unit with its accounts."""

    seen: Basis
    accounts: list[Account]


class Event(Schema):
    """One event of a unit's history."""

    day: date
    change: int
    verb: str
    text: str
    doc_no: str
    title: str
    source: str


class Change(Schema):
    """A change and its document."""

    no: int
    kind: str
    recorded_at: str
    by: str
    note: str
    doc_no: str
    title: str
    issuer: str
    doc_date: date | None
    effective_on: date | None
    voided: bool


class Posting(Schema):
    """Posts into or out of an account."""

    change: int
    line: int
    day: date
    verb: str
    unit: str
    kind: str
    funding: str
    delta: str
    source: str


class Person(Schema):
    """A person in a post; the ID number is masked."""

    code: str
    name: str
    unit: str
    kind: str
    funding: str
    figure: str
    title: str
    works_at: str
    sex: str
    age: int | None
    education: str
    position_type: str
    masked_id: str


class Page(Schema):
    """A part of a list."""

    seen: Basis
    total: int
    page: int
    size: int


class Units(Page):
    """Units."""

    items: list[Unit]


class Accounts(Page):
    """Accounts."""

    items: list[Account]


class Changes(Page):
    """Changes."""

    items: list[Change]


class Postings(Page):
    """Postings."""

    items: list[Posting]


class People(Page):
    """People."""

    items: list[Person]


class History(Schema):
    """A unit's history."""

    seen: Basis
    items: list[Event]
