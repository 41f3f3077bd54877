"""合并: several units become one, an existing or a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.acts.succession import Merge
from bianzhi.core.errors import Problem
from bianzhi.office.cases.matters.base import (
    ASSETS,
    DUTIES,
    LEADERS_AFTER,
    PEOPLE,
    POSTS_AFTER,
    REASON,
    SOURCE,
    UNIT,
    UNITS,
    Field,
    Given,
    Matter,
    fixed,
)  # fmt: skip
from bianzhi.office.cases.matters.establish import MAIN_DUTIES, NEW, duties, established, new_key


def into(given: Given) -> str:
    """Key of the unit that takes over: one that is there, or the new one."""
    return given.text("into") or new_key(given)


def acts(given: Given) -> Iterator[Act]:
    """Set the new unit up where there is one, merge, then say what it has from then on."""
    if not given.text("into"):
        yield established(given)
    yield Merge(sources=given.keys("sources"), into=into(given))
    yield from fixed(given, into(given), given.text("source"), "posts", "leaders")
    yield from duties(given, into(given))


def check(given: Given) -> Iterator[Problem]:
    """A merger needs two units, and one that takes over."""
    sources = given.keys("sources")
    if len({*sources, *filter(None, [given.text("into")])}) < 2:
        yield Problem("too-few", "合并至少要有两个单位", "请补选", field="sources")
    if given.text("into"):
        return
    for each in NEW:
        if each.required and not given.text(each.name):
            yield Problem("missing", f"新组建的单位缺少{each.title}", "请补填，或改选承接单位",
                          field=each.name)  # fmt: skip


def subject(given: Given, name: Callable[[str], str]) -> str:
    """整合组建 a new unit, or 并入 one that stays."""
    if given.text("into"):
        gone = [name(key) for key in given.keys("sources") if key != given.text("into")]
        return f"{'、'.join(gone)}并入{name(given.text('into'))}"
    return f"整合组建{given.text('name')}"


FIELDS = (
    Field("sources", "被合并的单位", UNITS, demanded="须写明合并哪些单位"),
    Field("into", "并入的单位", UNIT, required=False, hint="新组建的不选，填写下面各项"),
    *(replace(each, required=False) for each in NEW),
    REASON,
    POSTS_AFTER,
    LEADERS_AFTER,
    SOURCE,
    replace(MAIN_DUTIES, required=False, hint="另外新增的职责，每行一条；原有职责一并带过去"),
    DUTIES,
    PEOPLE,
    ASSETS,
)
MATTERS = (
    Matter("merge", "合并（整合组建）", "几个单位并成一个，编制、人员、职责一并带过去。", FIELDS,
           acts, subject, check=check),
)  # fmt: skip
