"""A made district as changes of the record: opened, then what each later roster changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bianzhi.core.acts import Act
from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.exchange import read_act
from bianzhi.sample.troubles import YEARS, Troubles
from bianzhi.sample.world import District, Org

CUT = 2024  # at the end of it posts were taken back


def drafts(district: District, true: Troubles) -> list[Draft]:
    """The opening at the end of the first roster's year and a change a year after it: bodies,
    sections, posts, duties, and as many people as :class:`Troubles` counts."""
    there = _people(district, true, YEARS[0])
    made = [_draft(district, YEARS[0], [*_opening(district, true), *_enrolled(there)])]
    for year in YEARS[1:]:
        wanted = _people(district, true, year)
        acts = [_act("下编", person=key) for key in sorted(there.keys() - wanted.keys())]
        if year == CUT:
            acts += [_act("收回", org=key, kind="SY", n=str(n))
                     for key, n in sorted(true.cut.items())]  # fmt: skip
        acts += _enrolled({key: wanted[key] for key in wanted.keys() - there.keys()})
        made.append(_draft(district, year, acts))
        there = wanted
    return made


def _draft(district: District, year: int, acts: Iterable[Act]) -> Draft:
    day = parse_day(f"{year}-12-31")
    number = f"{district.short}编办发〔{year}〕1号"
    paper = Document(f"{district.name} {year} 年人员调整", number, district.name, day, day)
    return Draft(list(acts), paper, kind="opening" if year == YEARS[0] else "regular")


def _act(verb: str, **fields: Any) -> Act:
    return read_act({"do": verb, **fields})


def _opening(district: District, true: Troubles) -> Iterator[Act]:
    for org in sorted(district.living, key=lambda each: each.kind == "institution"):
        led = {"supervisor": org.supervisor, "parent": org.supervisor}
        yield _act("设立", org=org.key, name=org.name, category=org.category,
                   **(led if org.supervisor != org.key else {}))  # fmt: skip
        for place, section in enumerate(org.sections):
            yield _act("设立", **{"org": f"{org.key}s{place}", "class": "section",
                                "name": section.name, "parent": org.key})  # fmt: skip
        for kind, posts in org.posts.items():
            more = true.cut.get(org.key, 0) if kind == "SY" else 0
            yield _act("下达", to=org.key, kind=kind, n=str(posts + more))
    for org in district.living:
        yield from _duties(org)


def _duties(org: Org) -> Iterator[Act]:
    for place, duty in enumerate(org.duties):
        yield _act("赋职", duty=f"{org.key}d{place}", org=org.key, text=duty.text)
    for number, section in enumerate(org.sections):
        for place, text in enumerate(section.duties):
            yield _act("赋职", duty=f"{org.key}s{number}d{place}", org=f"{org.key}s{number}",
                       text=text)  # fmt: skip


def _people(district: District, true: Troubles, year: int) -> dict[str, tuple[str, str]]:
    """Key of a person -> (unit, kind); never more than posts."""
    return {
        f"p{org.key}-{kind}-{each}": (org.key, kind)
        for org in district.living for kind, posts in org.posts.items()
        for each in range(min(posts, true.counts[year][org.key, kind]))
    }  # fmt: skip


def _enrolled(people: dict[str, tuple[str, str]]) -> list[Act]:
    return [
        _act("上编", person=key, org=org, kind=kind)
        for key, (org, kind) in sorted(people.items())
    ]  # fmt: skip
