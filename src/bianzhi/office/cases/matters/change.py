"""更名, 加挂牌子, 改隶, 规格和类别: what a unit is called, belongs to and counts as."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.acts.orgs import (
    AddNameplate,
    Reassign,
    Reclassify,
    RemoveNameplate,
    Rename,
    SetRank,
)  # fmt: skip
from bianzhi.core.errors import Problem
from bianzhi.office.cases.flow import BOARD, OFFICE
from bianzhi.office.cases.matters.base import CHOICE, CODE, REASON, TEXT, UNIT, Field, Given, Matter

ORG = Field("org", "单位", UNIT)


def rename(given: Given) -> Iterator[Act]:
    """The new name."""
    yield Rename(org=given.text("org"), name=given.text("name"))


def nameplate(given: Given) -> Iterator[Act]:
    """A nameplate put up or taken down."""
    verb = RemoveNameplate if given.text("do") == "摘牌" else AddNameplate
    yield verb(org=given.text("org"), nameplate=given.text("nameplate"))


def reassign(given: Given) -> Iterator[Act]:
    """Another supervising body."""
    yield Reassign(org=given.text("org"), supervisor=given.text("supervisor"))


def reclassify(given: Given) -> Iterator[Act]:
    """Rank by its own act, the classes by another."""
    org = given.text("org")
    if given.text("rank"):
        yield SetRank(org=org, rank=given.text("rank"))
    classes = {name: given.text(name) for name in CLASSES if given.text(name)}
    if classes:
        yield Reclassify.from_fields({"org": org, **classes})


CLASSES = ("category", "welfare_class", "funding_form")


def says_something(given: Given) -> Iterator[Problem]:
    """At least one of rank and classes must change."""
    if not any(given.text(name) for name in ("rank", *CLASSES)):
        yield Problem("missing", "没有写明改成什么", "规格、类别、公益类别、经费形式至少填一项",
                      field="rank")  # fmt: skip


MATTERS = (
    Matter(
        "rename", "更名", "单位改名，代码和沿革不变。",
        (ORG, Field("name", "新名称", TEXT, demanded="变更须写明新的名称"), REASON), rename,
        lambda given, name: f"{name(given.text('org'))}更名为{given.text('name')}",
        levels=(OFFICE,),
    ),
    Matter(
        "nameplate", "加挂（摘去）牌子", "单位加挂或摘去一块牌子。",
        (ORG, Field("do", "办理", CHOICE, choices=("加挂", "摘牌")),
         Field("nameplate", "牌子", TEXT), REASON), nameplate,
        lambda given, name: f"{name(given.text('org'))}"
        f"{'摘去' if given.text('do') == '摘牌' else '加挂'}{given.text('nameplate')}牌子",
    ),
    Matter(
        "reassign", "调整隶属关系", "单位改由另一个部门主管。",
        (ORG, Field("supervisor", "新的主管部门", UNIT, demanded="变更须写明新的隶属"), REASON),
        reassign, lambda given, name: f"调整{name(given.text('org'))}隶属关系",
    ),
    Matter(
        "reclassify", "调整规格、类别", "改机构规格、机构类别、公益类别或经费形式。",
        (
            ORG, Field("rank", "机构规格", CODE, required=False, choices=("org_rank",)),
            Field("category", "机构类别", CODE, required=False, choices=("org_category",)),
            Field("welfare_class", "公益类别", CODE, required=False, choices=("welfare_class",)),
            Field("funding_form", "经费形式", CODE, required=False, choices=("funding_form",)),
            REASON,
        ),
        reclassify, lambda given, name: f"调整{name(given.text('org'))}机构规格和类别",
        levels=(BOARD,), check=says_something,
    ),
)  # fmt: skip
