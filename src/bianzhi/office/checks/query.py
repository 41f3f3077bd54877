"""What is asked of the findings: filters read from an address, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.office.checks import following
from bianzhi.office.checks.judging import seen, version
from bianzhi.office.desk.today import today
from bianzhi.office.desk.words import Words
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.finding import SEVERITIES
from bianzhi.rules.rule import FAMILIES

ORDER = tuple(SEVERITIES)


class Query(NamedTuple):
    """A question to the findings; "" does not restrict."""

    rule: str = ""
    severity: str = ""
    family: str = ""
    standing: str = ""
    unit: str = ""  # a unit and all below it
    sought: str = ""  # words in the unit's name or the sentence

    @property
    def given(self) -> dict[str, str]:
        """The part of an address that asks this."""
        pairs = zip(("rule", "severity", "family", "standing", "unit", "q"), self, strict=True)
        return {name: value for name, value in pairs if value}


CHOICES = {
    "rule": {code: f"{code} {rule.title}" for code, rule in RULES.items()},
    "severity": SEVERITIES,
    "family": FAMILIES,
    "standing": following.STANDINGS,
}


def read(given: Mapping[str, str]) -> Query:
    """The question in an address.

    Raises:
        Refusal: It asks for what there is not.
    """
    for name, known in CHOICES.items():
        value = given.get(name, "")
        if value and value not in known:
            raise Refusal.of(
                "bad-choice", f"地址里的“{name}={value}”不认识", f"可选的有：{'、'.join(known)}"
            )
    return Query(*(given.get(name, "") for name in (*CHOICES, "unit", "q")))


def all_of(words: Words) -> pl.DataFrame:
    """Every finding the page may show, with its standing, the heaviest first."""
    looks = following.revision()  # a look may have found one gone, or back
    return words.recent.get(("findings", version(), looks, today()), lambda: _all_of(words))


def _all_of(words: Words) -> pl.DataFrame:
    frame = following.standings(seen(words), today())
    names = words.names_of(frame["unit"]).alias("unit_name")
    weight = {severity: place for place, severity in enumerate(ORDER)}
    codes = {code: place for place, code in enumerate(RULES)}
    return frame.with_columns(names).sort(
        pl.col("severity").replace_strict(weight, return_dtype=pl.Int64),
        pl.col("rule").replace_strict(codes, return_dtype=pl.Int64), "name", "unit", "about",
    )  # fmt: skip


def answer(words: Words, found: pl.DataFrame, query: Query) -> pl.DataFrame:
    """The findings asked for, in order."""
    kept = [
        pl.col(name) == value
        for name, value in zip(CHOICES, query, strict=False) if value
    ]  # fmt: skip
    if query.unit:
        kept.append(pl.col("unit").is_in(list(below(words, query.unit))))
    for word in query.sought.split():
        kept.append(pl.any_horizontal(
            pl.col(name).str.contains(word, literal=True) for name in ("unit_name", "words", "unit")
        ))  # fmt: skip
    return found.filter(*kept) if kept else found


def rows_of(words: Words, unit: str) -> list[dict[str, object]]:
    """The findings of one unit, the heaviest first."""
    weight = {severity: place for place, severity in enumerate(ORDER)}
    mine = seen(words).filter(pl.col("unit") == unit)
    order = pl.col("severity").replace_strict(weight, return_dtype=pl.Int64)
    return mine.sort(order, "rule", "about").to_dicts()


def below(words: Words, top: str) -> set[str]:
    """A unit and all below it."""
    units = words.state.orgs.select("key", "parent")
    reached, frontier = {top}, {top}
    while frontier:
        more = set(units.filter(pl.col("parent").is_in(list(frontier)))["key"].to_list())
        frontier = more - reached
        reached |= frontier
    return reached


def tally(found: pl.DataFrame) -> list[dict[str, Any]]:
    """A row a rule with findings: rule, title, severity, family, times, units, open."""
    open_ = pl.col("standing").is_in([following.OPEN, following.LATE, following.BACK])
    return (
        found.group_by("rule", "name", "title", "severity", "family", maintain_order=True)
        .agg(
            pl.len().alias("times"), pl.col("unit").n_unique().alias("units"),
            open_.sum().alias("open"),
        )
        .to_dicts()
    )  # fmt: skip
