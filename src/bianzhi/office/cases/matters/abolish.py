"""撤销 and 拆分: a unit ends, or gives part of itself away."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.acts.posts import Transfer, Withdraw
from bianzhi.core.acts.succession import Abolish, Split
from bianzhi.core.errors import Problem
from bianzhi.core.ledger import GRANTED
from bianzhi.office.cases.matters.base import (
    ASSETS,
    DUTIES,
    PEOPLE,
    POSTS,
    REASON,
    SOURCE,
    UNIT,
    UNITS,
    Field,
    Given,
    Matter,
)  # fmt: skip

LEFT = Field("posts", "收回的编制", POSTS, required=False, hint="撤销时还在该单位名下的编制")


def withdrawn(given: Given) -> Iterator[Act]:
    """What the unit still has goes back to where the form says."""
    for kind, funding, n in given.posts("posts"):
        yield Withdraw(org=given.text("org"), kind=kind, funding=funding, n=n,
                       to=given.text("source") or GRANTED)  # fmt: skip


def abolish(given: Given) -> Iterator[Act]:
    """Posts back, then the end."""
    yield from withdrawn(given)
    yield Abolish(org=given.text("org"), into=given.keys("into"))


def split(given: Given) -> Iterator[Act]:
    """Posts to whom the form says, then the split."""
    into = given.keys("into")
    for line in given.values.get("shares") or ():
        to, kind, n = (str(part).strip() for part in line[:3])
        if to:
            yield Transfer.from_fields({"from": given.text("org"), "to": to, "kind": kind, "n": n})
    yield Split(org=given.text("org"), into=into, end=given.text("ends") != "否")


def has_shares(given: Given) -> Iterator[Problem]:
    """Posts can only go to a unit that takes part."""
    into = given.keys("into")
    for line in given.values.get("shares") or ():
        if line and line[0] and line[0] not in into:
            yield Problem("not-taking-over", f"“{line[0]}”不在承接单位里", "请先选为承接单位",
                          field="shares")  # fmt: skip


MATTERS = (
    Matter(
        "abolish", "撤销机构", "一个单位不再保留，编制收回，职责、人员另有安排。",
        (
            Field("org", "撤销的单位", UNIT), REASON, LEFT, SOURCE,
            Field("into", "职责承接单位", UNITS, required=False), DUTIES, PEOPLE, ASSETS,
        ),
        abolish, lambda given, name: f"撤销{name(given.text('org'))}",
    ),
    Matter(
        "split", "拆分机构", "一个单位的业务和编制分给几个单位。",
        (
            Field("org", "被拆分的单位", UNIT), Field("into", "承接单位", UNITS), REASON,
            Field("shares", "划转的编制", "shares", required=False),
            Field("ends", "原单位是否撤销", "choice", choices=("是", "否")), DUTIES, PEOPLE, ASSETS,
        ),
        split, lambda given, name: f"{name(given.text('org'))}拆分", check=has_shares,
    ),
)  # fmt: skip
