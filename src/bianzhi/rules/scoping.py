"""Which units an entry is for, and which of its findings are excepted by a document."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.material import Material
from bianzhi.rules.pack import Entry, Scope


def inside(material: Material, scope: Scope) -> pl.Series | None:
    """The keys of the units a scope covers; None where it covers all."""
    if scope == Scope():
        return None
    units = material.units
    wanted = [
        material.within("org_category", "home_category", scope.categories),
        _listed("home_rank", scope.ranks),
        _listed("unit", scope.units) | _listed("home", scope.units),
    ]
    if scope.names:
        wanted.append(_any("home_name", scope.names))
    if scope.without:
        wanted.append(~_any("home_name", scope.without))
    if scope.under:
        wanted.append(pl.col("unit").is_in(sorted(_under(units, scope.under))))
    above = units.select(home="unit", home_rank="rank", home_name="name")
    return units.join(above, on="home", how="left").filter(*wanted)["unit"]


def _listed(column: str, values: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).is_in(list(values)) if values else pl.lit(True)


def _any(column: str, words: tuple[str, ...]) -> pl.Expr:
    held = [pl.col(column).str.contains(word, literal=True) for word in words]
    return pl.any_horizontal(held).fill_null(False)


def _under(units: pl.DataFrame, top: str) -> set[str]:
    reached, frontier = {top}, {top}
    while frontier:
        below = units.filter(pl.col("parent").is_in(list(frontier)))["unit"].to_list()
        frontier = set(below) - reached
        reached |= frontier
    return reached


def excepted(entry: Entry, day: int) -> pl.Expr:
    """Whether a finding is covered by an exemption of an entry in force on a day."""
    covered = pl.lit(False)
    for each in entry.exemptions:
        if not each.in_force(day):
            continue
        this = pl.col("unit") == each.unit
        if each.about:
            this &= pl.col("about") == each.about
        if each.most is not None:
            this &= (pl.col("found") <= each.most).fill_null(False)
        covered |= this
    return covered
