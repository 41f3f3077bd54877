"""核增, 核减, 划转, 置换, 领导职数: posts up, down, across and into another kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.acts.posts import Convert, Increase, Reduce, Transfer, Withdraw
from bianzhi.core.ledger import GRANTED
from bianzhi.office.cases.matters.base import (
    FUNDING,
    LEADERS_AFTER,
    NUMBER,
    QUOTA,
    REASON,
    SOURCE,
    UNIT,
    Field,
    Given,
    Matter,
    fixed,
)  # fmt: skip

ORG = Field("org", "单位", UNIT)
KIND = Field("kind", "编制种类", QUOTA, demanded="须写明编制种类")
FORM = Field("funding", "经费形式", FUNDING, required=False)
N = Field("n", "数量", NUMBER, demanded="须写明数量")
Held = tuple[str, str, str, int]


def increase(given: Given) -> Iterator[Act]:
    """More posts, from where the form says."""
    yield Increase(org=given.text("org"), kind=given.text("kind"), funding=given.text("funding"),
                   n=given.number("n"), from_=given.text("source") or GRANTED)  # fmt: skip


def of_source(given: Given) -> Iterator[Held]:
    """Posts that come from a pool are locked there; the level above cannot be locked."""
    if given.text("source"):
        yield given.text("source"), given.text("kind"), given.text("funding"), given.number("n")


def reduce(given: Given) -> Iterator[Act]:
    """Fewer posts: back to a pool where one is named, else cut for good."""
    org, kind, funding, n = _own(given)
    if given.text("source"):
        yield Withdraw(org=org, kind=kind, funding=funding, n=n, to=given.text("source"))
    else:
        yield Reduce(org=org, kind=kind, funding=funding, n=n)


def of_unit(given: Given) -> Iterator[Held]:
    """What the unit gives up is locked with it."""
    yield _own(given)


def _own(given: Given) -> Held:
    return given.text("org"), given.text("kind"), given.text("funding"), given.number("n")


def transfer(given: Given) -> Iterator[Act]:
    """From one unit to another."""
    org, kind, funding, n = _own(given)
    yield Transfer(from_=org, to=given.text("to"), kind=kind, funding=funding, n=n)


def convert(given: Given) -> Iterator[Act]:
    """One kind into another in the same unit, as many."""
    org, kind, funding, n = _own(given)
    yield Convert(org=org, kind=kind, funding=funding, n=n, to_kind=given.text("to_kind"))


def leadership(given: Given) -> Iterator[Act]:
    """The leadership posts as they are to be."""
    yield from fixed(given, given.text("org"), given.text("source"), "leaders")


MATTERS = (
    Matter(
        "increase", "核增编制", "给一个单位增加编制，写明从哪里来。",
        (ORG, KIND, FORM, N,
         replace(SOURCE, title="编制来源", hint="不选为上级下达", demanded="增编须写明编制来源"),
         REASON),
        increase, lambda given, name: f"核增{name(given.text('org'))}编制", of_source,
    ),
    Matter(
        "reduce", "核减编制", "减掉或收回一个单位的编制。",
        (ORG, KIND, FORM, N, replace(SOURCE, title="收回到", hint="不选为核销"), REASON),
        reduce, lambda given, name: f"核减{name(given.text('org'))}编制", of_unit,
    ),
    Matter(
        "transfer", "划转编制", "两个单位之间划转编制。",
        (replace(ORG, title="划出单位"), Field("to", "划入单位", UNIT), KIND, FORM, N, REASON),
        transfer,
        lambda given, name: f"{name(given.text('org'))}划转编制到{name(given.text('to'))}", of_unit,
    ),
    Matter(
        "convert", "置换编制", "同一个单位的一种编制换成另一种。",
        (ORG, KIND, FORM, N, Field("to_kind", "换成", QUOTA), REASON), convert,
        lambda given, name: f"置换{name(given.text('org'))}编制", of_unit,
    ),
    Matter(
        "leadership", "调整领导职数", "重新核定一个单位的领导职数。",
        (ORG, replace(LEADERS_AFTER, required=True), replace(SOURCE, title="职数来源（去向）"),
         REASON),
        leadership, lambda given, name: f"核定{name(given.text('org'))}领导职数",
    ),
)  # fmt: skip
