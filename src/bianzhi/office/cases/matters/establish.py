"""设立: a new unit with its rank, class, funding, posts, leaders and duties."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.acts.duties import AssignDuty
from bianzhi.core.acts.orgs import Establish
from bianzhi.office.cases.matters.base import (
    CODE,
    LEADERS_AFTER,
    LONG,
    POSTS_AFTER,
    REASON,
    SOURCE,
    TEXT,
    UNIT,
    Field,
    Given,
    Matter,
    fixed,
)  # fmt: skip

NEW = (
    Field("name", "名称", TEXT, demanded="请示须写明名称"),
    Field("supervisor", "主管部门", UNIT, demanded="请示须写明隶属关系"),
    Field("rank", "机构规格", CODE, choices=("org_rank",), demanded="请示须写明规格"),
    Field("category", "机构类别", CODE, choices=("org_category",), required=False),
    Field("welfare_class", "公益类别", CODE, choices=("welfare_class",), required=False),
    Field(
        "funding_form", "经费形式", CODE, choices=("funding_form",), demanded="请示须写明经费形式"
    ),
)
FIELDS = ("supervisor", "rank", "category", "welfare_class", "funding_form")
MAIN_DUTIES = Field("duties", "主要职责", LONG, hint="每行一条", demanded="请示须写明主要职责")


def established(given: Given) -> Establish:
    """The new unit as the form describes it; it bears the key of the matter."""
    fields = {name: given.text(name) for name in FIELDS if given.text(name)}
    return Establish(org=new_key(given), name=given.text("name"), fields=fields)


def new_key(given: Given) -> str:
    """The permanent key of the unit that a matter sets up."""
    return f"{given.key}-1"


def duties(given: Given, org: str) -> Iterator[AssignDuty]:
    """The duties, a line each, as the form lists them."""
    for number, text in enumerate(given.lines("duties"), start=1):
        yield AssignDuty(duty=f"{given.key}-Z{number}", org=org, text=text)


def acts(given: Given) -> Iterator[Act]:
    """Set it up, then its posts, leaders, duties."""
    yield established(given)
    yield from fixed(given, new_key(given), given.text("source"), "posts", "leaders")
    yield from duties(given, new_key(given))


MATTERS = (
    Matter(
        "establish", "设立机构", "新设一个单位，一并核定编制、职数和职责。",
        (*NEW, REASON, POSTS_AFTER, LEADERS_AFTER, SOURCE, MAIN_DUTIES), acts,
        lambda given, name: f"设立{given.text('name')}",
    ),
)  # fmt: skip
