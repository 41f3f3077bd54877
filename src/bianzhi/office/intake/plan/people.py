"""People: the roster becomes placements; each person once, under a key that hides the number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bianzhi.core.acts import Act
from bianzhi.core.days import day_text
from bianzhi.office.intake.plan.bench import Bench, act
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.rows import PEOPLE, Row, Said
from bianzhi.office.intake.plan.standing import funding_of, local_kind

PersonKey = Callable[[str], str]
LEADING = (("单位正职", "LD1"), ("部门正职", "LD1"), ("单位副职", "LD2"), ("部门副职", "LD2"))
INSIDE = (("内设正职", "LN1"), ("内设副职", "LN2"))


@dataclass
class Roster:
    """The people sheet, each row with its unit, kind and person.

    Attributes:
        counts: Unit -> kind -> how many.
        origins: Unit -> the first row about it.
        placed: person -> (row, unit, kind).
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    origins: dict[str, str] = field(default_factory=dict)
    placed: dict[str, tuple[Row, str, str]] = field(default_factory=dict)


def count(current: Current, person_key: PersonKey, said: Said) -> Roster:
    """Read the roster; rows that cannot be placed are told and left out."""
    roster = Roster()
    for row in current.given.of(PEOPLE):
        if row.text("left_on") or not row.text("person"):
            continue
        unit = current.match(row, "org")
        if unit is None:
            continue
        kind = _kind(current.bench, unit, row, current.day)
        number = row.text("id_number")
        if not number:
            said.error(
                "no-id-number", f"{row.text('person')}没有身份证号，无法确认是谁，没有上编",
                "请补上身份证号", row.at("id_number"),
            )  # fmt: skip
            continue
        person = person_key(number)
        if (before := roster.placed.get(person)) is not None:
            said.error(
                "person-twice", f"{row.text('person')}与 {before[0].origin} 是同一身份证号",
                "一人只占一个编制：请核对是抄错号码还是重复列入", row.at("id_number"),
            )  # fmt: skip
            continue
        roster.placed[person] = row, unit, kind
        roster.counts[unit][kind] += 1
        roster.origins.setdefault(unit, row.origin)
    return roster


def _kind(bench: Bench, unit: str, row: Row, day: int) -> str:
    have = {k: n for k, n in bench.by_kind([unit], day).items() if not bench.is_leadership(k)}
    told = row.text("quota_kind")
    if not told:
        return max(have, key=lambda kind: have[kind]) if have else "SY"
    return local_kind(told, bench.fact(unit, "name", day) or "", set(have))


def placements(current: Current, roster: Roster) -> Iterator[Act]:
    """上编 for those who are not on a post, 转隶 for those who are on another one."""
    bench, day, on = current.bench, current.day, day_text(current.day)
    for person, (row, unit, kind) in roster.placed.items():
        funding = funding_of(kind, bench.fact(unit, "funding_form", day) or "full")
        place = bench.book.claims(person)["post"].at(day) if bench.book.cls(person) else None
        if place is None:
            yield act(
                "上编", row.origin, person=person, org=unit, kind=kind, name=row.text("person"),
                funding=funding or None, on=on,
            )  # fmt: skip
        elif (place[0].holder, place[0].kind) != (unit, kind):
            yield act(
                "转隶", row.origin, persons=[person], to=unit, kind=kind, funding=funding, on=on
            )
        yield from _appointment(current, person, row, unit)


def _appointment(current: Current, person: str, row: Row, unit: str) -> Iterator[Act]:
    bench, day = current.bench, current.day
    told = row.text("person_class")
    kind = next((code for word, code in (*LEADING, *INSIDE) if word in told), "")
    if not kind:
        return
    held = bench.book.claims(person)["leadership"].at(day) if bench.book.cls(person) else None
    if held is not None:
        return
    holder = unit
    if kind.startswith("LN") and row.text("section"):
        holder = current.section(unit, row.text("section")) or unit
    # the post may carry its rank: LD1@6
    posts = [each.kind for each in bench.accounts(holder, day) if each.kind.split("@")[0] == kind]
    yield act(
        "任职", row.at("person_class"), person=person, org=holder, kind=(*posts, kind)[0],
        title=row.text("title") or None, on=day_text(day),
    )  # fmt: skip
