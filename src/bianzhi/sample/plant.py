"""Troubles planted on purpose, each with its place in the truth: what a good reader should find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from random import Random

from bianzhi.sample import vocabulary as words
from bianzhi.sample.figures import figures
from bianzhi.sample.identity import person_number
from bianzhi.sample.sizes import LADDER
from bianzhi.sample.world import District, Duty, Org, Paper, Placed

Found = list[dict[str, object]]


def plant_duties(chance: Random, district: District) -> Found:
    """Overlaps, look-alikes, weakened and vanished duties, where the bodies exist."""
    homes = {org.stem: org for org in district.living if org.kind == "institution"}
    found: Found = []
    for each in words.planted_duties():
        names = [name for name in (each.first, each.second) if name]
        bodies = [homes.get(name) for name in names]
        if any(body is None for body in bodies):
            continue
        marks = []
        for body, text in zip(bodies, (each.text, each.other), strict=False):
            assert body is not None  # noqa: S101  looked at above
            body.duties.insert(len(body.duties) - 1, Duty(each.topic, text))
            marks.append([body.key, text])
        found.append({"kind": f"duty_{each.kind}", "topic": each.topic, "duties": marks,
                      "note": each.note})  # fmt: skip
    return found + _alike(homes, found)


def _alike(homes: dict[str, Org], planted: Found) -> Found:
    """Further pairs of one matter: what was planted overlaps with what the bodies do anyway."""
    told = {frozenset(map(tuple, each["duties"])) for each in planted}  # type: ignore[call-overload]
    by_matter: dict[str, list[list[tuple[str, str]]]] = {}
    for each in words.holdings():
        body = homes.get(each.body)
        if body is not None:
            lines = [(body.key, duty.text) for duty in body.duties if duty.topic in each.topics]
            by_matter.setdefault(each.matter, []).append(lines)
    return [
        {"kind": "duty_same_matter", "topic": matter, "duties": [list(one), list(other)],
         "note": "与埋下的职责说同一件事"}
        for matter, bodies in by_matter.items()
        for mine, yours in combinations(bodies, 2) for one, other in product(mine, yours)
        if frozenset((one, other)) not in told
    ]  # fmt: skip


def plant_leadership(chance: Random, district: District) -> Found:
    """Leaders approved above the ladder (the approver's error); before the past is told."""
    some = [org for org in district.living if org.kind == "institution" and org.total >= 6]
    found: Found = []
    for org in chance.sample(some, max(1, len(some) // 40)):
        most = next((high for limit, _, high in LADDER if org.total <= limit), 8)
        org.deputies = most - org.chiefs + 1
        found.append({"kind": "leaders_above_ladder", "org": org.key, "approved": most + 1,
                      "most": most})  # fmt: skip
    return found


def plant_reserves(chance: Random, district: District) -> None:
    """待上编, 预留 and 周转 hidden in remarks, where there is room."""
    held = figures(district)
    for org in district.living:
        free = org.total - held[org.key].total
        if free >= 1 and chance.random() < 0.12:
            org.pending = chance.randint(1, min(2, free))
        free -= org.pending
        if free >= 1 and chance.random() < 0.05:
            org.leader_reserve = 1
        elif free >= 1 and chance.random() < 0.05:
            org.other_reserve = 1
        if org.posts.get("SY", 0) >= 12 and "SZ" not in org.posts and chance.random() < 0.06:
            org.turnover_in_remarks = chance.randint(2, 4)


def plant_over_leaders(chance: Random, district: District) -> Found:
    """超职数: one deputy more than approved, on the last roster."""
    held = figures(district)
    roster = district.rosters[district.last]
    full = [
        org for org in district.living
        if org.kind == "institution" and held[org.key].leaders["单位副职"] == org.deputies
        and held[org.key].total > org.chiefs + org.deputies + 1
    ]  # fmt: skip
    found: Found = []
    for org in chance.sample(full, min(len(full), 3)):
        place = next(n for n, each in enumerate(roster) if each.org == org.key and not each.leader)
        roster[place] = replace(roster[place], leader="单位副职", section="")
        found.append({"kind": "over_leadership", "org": org.key, "approved": org.deputies,
                      "actual": org.deputies + 1})  # fmt: skip
    return found


def plant_people(chance: Random, district: District) -> Found:
    """Late retirees, identity numbers with a wrong check digit, one person on two posts."""
    roster = district.rosters[district.last]
    plain = [each for each in roster if not each.leader]
    count = max(2, len(roster) // 900)
    chosen = chance.sample(plain, count * 3)
    found: Found = []
    for place, placed in enumerate(chosen):
        (_late, _wrong_check, _twice)[place % 3](chance, district, placed, found)
    return found


def _late(chance: Random, district: District, placed: Placed, found: Found) -> None:
    person = placed.person
    limit = 60 if person.man else 55
    born = date(district.last - limit - chance.randint(1, 2), person.born.month, 15)
    person.born = born
    person.joined = min(person.joined, date(born.year + 24, 7, 1))
    person.number = person_number(person.number[:6], born, int(person.number[14:17]))
    found.append({"kind": "late_retiree", "org": placed.org, "person": person.number,
                  "name": person.name, "born": born.isoformat()})  # fmt: skip


def _wrong_check(chance: Random, district: District, placed: Placed, found: Found) -> None:
    person, true = placed.person, placed.person.number
    person.number = true[:17] + ("0" if true[17] != "0" else "5")
    found.append({"kind": "wrong_identity_check", "org": placed.org, "shown": person.number,
                  "true": true, "name": person.name})  # fmt: skip


def _twice(chance: Random, district: District, placed: Placed, found: Found) -> None:
    held = figures(district)
    room = [
        org for org in district.living
        if org.key != placed.org and placed.kind in org.posts
        and held[org.key].actual.get(placed.kind, 0) + org.pending + org.leader_reserve
        + org.other_reserve < org.posts[placed.kind]
    ]  # fmt: skip
    if not room:
        return
    org = chance.choice(room)
    district.rosters[district.last].append(
        replace(placed, org=org.key, org_name=org.name, section="", leader="")
    )
    found.append({"kind": "duplicate_person", "orgs": [placed.org, org.key],
                  "person": placed.person.number, "name": placed.person.name})  # fmt: skip


def plant_numbers(chance: Random, district: District) -> Found:
    """A 文号 given twice, one left out, and credit codes with a wrong check character."""
    found: Found = []
    years = list(range(district.first + 1, district.last))
    for change, year in zip((_same_number, _gap), chance.sample(years, 2), strict=True):
        papers = [each for each in district.papers if each.day.year == year and each.word == "编办"]
        if len(papers) >= 4:
            change(papers, chance.randrange(1, len(papers) - 1), found)
    for org in chance.sample(district.living, 2):
        true = org.credit
        org.credit = true[:17] + ("0" if true[17] != "0" else "1")
        found.append({"kind": "wrong_credit_code", "org": org.key, "shown": org.credit,
                      "true": true})  # fmt: skip
    return found


def _same_number(papers: list[Paper], place: int, found: Found) -> None:
    lost, papers[place].number = papers[place].number, papers[place - 1].number
    found.append({"kind": "duplicate_doc_no", "shown": papers[place].number, "true": lost,
                  "titles": [papers[place - 1].title, papers[place].title]})  # fmt: skip


def _gap(papers: list[Paper], place: int, found: Found) -> None:
    skipped = papers[place].number
    for each, after in zip(papers[place:], [*papers[place + 1 :], None], strict=True):
        each.number = after.number if after else _next(each.number)
    found.append({"kind": "doc_no_gap", "missing": skipped})


def _next(number: str) -> str:
    head, _, serial = number.rpartition("〕")
    return f"{head}〕{int(serial.removesuffix('号')) + 1}号"


def note_over(district: District) -> Found:
    """超编 as it came out of the years."""
    held = figures(district)
    found: Found = []
    for org in district.living:
        for kind, actual in held[org.key].actual.items():
            if actual > org.posts.get(kind, 0):
                found.append({"kind": "over_quota", "org": org.key, "quota_kind": kind,
                              "approved": org.posts.get(kind, 0), "actual": actual})  # fmt: skip
    return found


AFTER: tuple[Callable[[Random, District], Found], ...] = (
    plant_over_leaders, plant_people, plant_numbers,
)  # fmt: skip
