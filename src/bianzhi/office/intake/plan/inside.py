"""What is inside units: sections with their leadership posts, duties, posts spoken for."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.days import day_text
from bianzhi.core.ledger import PENDING, RESERVED
from bianzhi.core.quantity import quantity_text
from bianzhi.office.intake.plan.bench import act
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.rows import DUTIES, SECTIONS, Said
from bianzhi.office.intake.plan.standing import funding_of, local_kind
from bianzhi.office.intake.plan.words import folded

RESERVES = {"reserved_leader": "领导预留", "reserved_other": "其他预留"}


def sections(current: Current) -> Iterator[Act]:
    """内设机构 with 正职 and 副职."""
    on = day_text(current.day)
    for row in current.given.of(SECTIONS):
        unit, name = current.match(row), folded(row.text("section"))
        if unit is None or not name or current.section(unit, name):
            continue
        key = current.add_section(unit, name)
        note = (
            n and f"核定编制 {quantity_text(n)} 名" if (n := row.number("approved_total")) else None
        )
        yield act(
            "设立", row.at("section"), org=key, class_="section", name=name, parent=unit, on=on,
            rank=row.text("rank") or None, note=note,
        )  # fmt: skip
        for field, kind in (("chief_approved", "LN1"), ("deputy_approved", "LN2")):
            if posts := row.number(field):
                yield act("下达", row.at(field), to=key, kind=kind, n=posts, on=on)


def duties(current: Current) -> Iterator[Act]:
    """职责清单, each duty with the unit that bears it."""
    known = current.duty_texts()
    for row in current.given.of(DUTIES):
        unit, text = current.match(row), row.text("text")
        if unit is None or not text:
            continue
        holder = current.section(unit, row.text("section")) or unit
        if (holder, text) in known or (unit, text) in known:
            continue
        known.add((holder, text))
        yield act(
            "赋职", row.at("text"), duty=current.keys.below(unit, "Z"), org=holder, text=text,
            on=day_text(current.day),
        )  # fmt: skip


def spoken_for(current: Current, said: Said) -> Iterator[Act]:
    """待上编 as 占编, 领导预留 and 其他预留 as 锁编: what the record does not hold already."""
    on = day_text(current.day)
    for unit, row in current.units.items():
        holders = current.holders(unit)
        have = {
            kind: n
            for kind, n in current.bench.by_kind(holders, current.day).items()
            if not current.bench.is_leadership(kind)
        }
        funding = current.bench.fact(unit, "funding_form", current.day) or "full"
        main = max(have, key=lambda kind: have[kind]) if have else ""
        pending = current.bench.spoken_for(holders, PENDING, current.day)
        reserved = {"": sum(current.bench.spoken_for(holders, RESERVED, current.day).values())}
        for code, told in row.starting("pending_"):
            kind = main if code == "total" else local_kind(code, row.text("name"), set(have))
            kind = kind if kind in have else _near(kind, have) or kind
            n = told - _held(pending, kind, told)
            key = f"DSB-{unit}-{kind}-{on}"
            if n > 0 and current.bench.book.cls(key) is None:
                yield act(
                    "占编", row.at(f"pending_{code}"), ticket=key, org=unit, kind=kind, n=n, on=on,
                    funding=funding_of(kind, funding) or None,
                )  # fmt: skip
        for field, title in RESERVES.items():
            told = row.number(field) or 0
            n = told - _held(reserved, "", told)
            key = f"{'LD' if field == 'reserved_leader' else 'QT'}YL-{unit}-{on}"
            if n > 0 and not main:
                said.error(
                    "no-posts",
                    f"{row.text('name')}没有核定编制，{title}无处可留",
                    "请核对",
                    row.at(field),
                )
            elif n > 0 and current.bench.book.cls(key) is None:
                yield act(
                    "锁编", row.at(field), matter=key, name=f"{title}（期初）", org=unit, kind=main,
                    n=n, on=on, funding=funding_of(main, funding) or None,
                )  # fmt: skip


def _held(spoken_for: dict[str, int], kind: str, told: int) -> int:
    """How much of what a table tells the record holds already; it is used up by this."""
    held = min(told, spoken_for.get(kind, 0))
    spoken_for[kind] = spoken_for.get(kind, 0) - held
    return held


def _near(kind: str, have: dict[str, int]) -> str | None:
    """The unit's main kind of the same family: 事业编制 may mean 参公事业编制."""
    family = [each for each in have if each[0] == kind[0]]
    return max(family, key=lambda each: have[each]) if family else None
