"""A state as the rows of the office's own tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bianzhi.core.kinds import CodeTree
from bianzhi.core.state import State
from bianzhi.files.layouts.tree import Column, Layout, layout

Row = dict[str, Any]
_TREES = {"rank": "org_rank", "funding_form": "funding_form", "category": "org_category"}
_TRUE = ("true", "1", "是")


def ledger_rows(state: State, units: Collection[str] | None = None) -> list[Row]:
    """The rows of the 56-column 一览表: a row a unit in being (of ``units``, if given), keyed by
    column.

    Posts and leadership posts of a unit's sections count for the unit. Units of one supervising
    body stand together, the body itself first. 领导预留 is left blank: the record keeps one
    figure of 预留, shown under 其他预留.
    """
    return list(_rows(state, layout("ledger"), units))


def leadership_rows(state: State, units: Collection[str] | None = None) -> list[Row]:
    """The rows of the 领导职数表."""
    return list(_rows(state, layout("leadership"), units))


def section_rows(state: State, units: Collection[str] | None = None) -> list[Row]:
    """The rows of the 内设机构职数表: a row a section, under its unit, with its own posts."""
    return list(_section_rows(state, layout("sections"), units))


def _section_rows(state: State, table: Layout, units: Collection[str] | None) -> Iterator[Row]:
    orgs = {row["key"]: row for row in state.orgs.iter_rows(named=True)}
    amounts = _amounts(state, lambda holder: holder)
    tree, duties = state.tree("quota_kind"), _duties(state)
    places = {row["key"]: place for place, row in enumerate(_ordered(orgs))}
    found = []
    for row in orgs.values():
        unit = _unit_of(row["key"], orgs)
        if row["cls"] == "section" and unit in places and (units is None or unit in units):
            found.append((places[unit], _order(row), unit, row))
    for *_, unit, row in sorted(found, key=lambda each: each[:2]):
        held = amounts.get(row["key"], {})
        yield {
            "key": row["key"], "name": orgs[unit]["name"], "section": row["name"],
            "rank": _shown(state, row, "rank"), "note": row["note"],
            "duties": "；".join(duties.get(row["key"], [])) or None,
            **{each.field: _sum(each, held, tree) for each in table.columns if each.kinds},
        }  # fmt: skip


def _duties(state: State) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for holder, text in state.duties.select("holder", "text").iter_rows():
        found[holder].append(text or "")
    return found


def _rows(state: State, table: Layout, units: Collection[str] | None) -> Iterator[Row]:
    orgs = {row["key"]: row for row in state.orgs.iter_rows(named=True)}
    names = {key: row["name"] for key, row in orgs.items()}
    amounts = _amounts(state, lambda holder: _unit_of(holder, orgs))
    counted = [column for column in table.columns if column.kinds]
    tree = state.tree("quota_kind")
    listed = [row for row in _ordered(orgs) if units is None or row["key"] in units]
    for number, org in enumerate(listed, start=1):
        row = {name: _shown(state, org, name) for name in ("nature", "note", *_TREES)}
        row |= {"seq": number, "key": org["key"], "name": org["name"]}
        row["supervisor"] = names.get(org["supervisor"])
        row["civil_service_managed"] = org["civil_service_managed"] in _TRUE or None
        held = amounts.get(org["key"], {})
        row |= {column.field: _sum(column, held, tree) for column in counted}
        yield row


def _ordered(orgs: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Units in the order of the book: the supervising body, then all it supervises."""
    units = [row for row in orgs.values() if row["cls"] == "org"]

    def place(row: Mapping[str, Any]) -> tuple[Any, ...]:
        above = orgs.get(row["supervisor"] or "", row)
        return _order(above), row is not above, _order(row)

    return sorted(units, key=place)


def _order(row: Mapping[str, Any]) -> tuple[int, str, str]:
    number = row["order_no"] or ""
    return int(number) if number.isdecimal() else 10**9, number, row["key"]


def _amounts(
    state: State, counts_for: Callable[[str], str]
) -> dict[str, dict[tuple[str, str], Decimal]]:
    """Unit -> (kind, figure) -> amount; what a holder has counts for the unit it is mapped to."""
    found: dict[str, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    figures = ("approved", "actual", "pending", "reserved", "vacant", "gross_vacant")
    for row in state.figures("holder", "kind").iter_rows(named=True):
        unit = counts_for(row["holder"])
        for figure in figures:
            at = (row["kind"], figure)
            found[unit][at] = found[unit].get(at, Decimal(0)) + row[figure]
    return found


def _unit_of(holder: str, orgs: Mapping[str, Mapping[str, Any]]) -> str:
    seen = set()
    while holder in orgs and orgs[holder]["cls"] == "section" and holder not in seen:
        seen.add(holder)
        holder = orgs[holder]["parent"] or holder
    return holder


def _sum(column: Column, held: Mapping[tuple[str, str], Decimal], tree: CodeTree) -> Decimal | None:
    total = sum(
        (
            amount
            for (kind, figure), amount in held.items()
            if figure == column.figure and _counts(column, kind, tree)
        ),
        start=Decimal(0),
    )
    return total or None


def _counts(column: Column, kind: str, tree: CodeTree) -> bool:
    rank = kind.partition("@")[2]
    if column.ranks and rank not in column.ranks:
        return False
    return any(tree.covers(wide, kind) for wide in column.kinds)


def _shown(state: State, org: Mapping[str, Any], name: str) -> Any:
    """A code as its name; anything else as it is."""
    value = org[name]
    if value is None or name not in _TREES:
        return value
    code = state.tree(_TREES[name]).find(value)
    return code.name if code is not None else value
