"""内设机构 and 三定: how a body is made up inside, and what it must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.acts.duties import EndDuty
from bianzhi.core.acts.orgs import Establish, Rename
from bianzhi.core.acts.succession import Abolish
from bianzhi.core.errors import Problem
from bianzhi.office.cases.flow import BOARD, OFFICE
from bianzhi.office.cases.matters.base import (
    LEADERS_AFTER,
    LONG,
    POSTS_AFTER,
    REASON,
    SOURCE,
    UNIT,
    Field,
    Given,
    Matter,
    fixed,
)  # fmt: skip
from bianzhi.office.cases.matters.establish import MAIN_DUTIES, duties

ORG = Field("org", "单位", UNIT)
NEW = Field("new", "新设的内设机构", LONG, required=False, hint="每行一个名称")
ENDED = Field("ended", "撤销的内设机构", "section", required=False)
RENAMED = Field("renamed", "更名的内设机构", LONG, required=False, hint="每行：代码 新名称")


def sections(given: Given) -> Iterator[Act]:
    """Sections set up, renamed and ended."""
    org = given.text("org")
    for number, name in enumerate(given.lines("new"), start=1):
        yield Establish(org=f"{given.key}-N{number}", class_="section", name=name,
                        fields={"parent": org})  # fmt: skip
    for line in given.lines("renamed"):
        key, _, name = line.partition(" ")
        yield Rename(org=key, name=name.strip())
    for key in given.keys("ended"):
        yield Abolish(org=key)


def says_something(given: Given) -> Iterator[Problem]:
    """At least one section must change; a renamed one needs both its code and its new name."""
    if not any((given.lines("new"), given.lines("renamed"), given.keys("ended"))):
        yield Problem("missing", "没有写明怎样调整", "新设、更名、撤销至少填一项", field="new")
    yield from _renamed_well(given)


def _renamed_well(given: Given) -> Iterator[Problem]:
    for line in given.lines("renamed"):
        if len(line.split(None, 1)) < 2:
            yield Problem("bad-line", f"更名一行“{line}”缺代码或新名称", "写成：代码 新名称",
                          field="renamed")  # fmt: skip


def mandate(given: Given) -> Iterator[Act]:
    """Sections, posts, leaders and duties, all that a 三定 says."""
    yield from sections(given)
    yield from fixed(given, given.text("org"), given.text("source"), "posts", "leaders")
    for key in given.keys("duties_ended"):
        yield EndDuty(duty=key)
    yield from duties(given, given.text("org"))


MATTERS = (
    Matter(
        "sections", "调整内设机构", "新设、更名或撤销内设机构。",
        (ORG, NEW, RENAMED, ENDED, REASON),
        sections, lambda given, name: f"调整{name(given.text('org'))}内设机构", levels=(OFFICE,),
        check=says_something,
    ),
    Matter(
        "mandate", "印发、修订三定规定", "职能配置、内设机构和人员编制一并规定。",
        (
            ORG, replace(MAIN_DUTIES, required=False, hint="新增的职责，每行一条"),
            Field("duties_ended", "不再承担的职责", "duties", required=False), NEW, RENAMED, ENDED,
            POSTS_AFTER, LEADERS_AFTER, SOURCE, REASON,
        ),
        mandate,
        lambda given, name: f"{name(given.text('org'))}职能配置、内设机构和人员编制规定",
        levels=(BOARD,), paper="三定规定", check=_renamed_well,
    ),
)  # fmt: skip
