"""What is asked of the diagnosis, and the table of units by signs that answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.office.desk.words import Words
from bianzhi.office.survey.diagnosed import STANDINGS, diagnosed
from bianzhi.rules.diagnosis import PARTS


class Query(NamedTuple):
    """A question to the diagnosis; "" does not restrict."""

    kind: str = ""
    standing: str = ""
    under: str = ""  # the supervising department
    sought: str = ""


def read(given: Mapping[str, str], kinds: Mapping[str, str]) -> Query:
    """The question in an address.

    Raises:
        Refusal: It asks for what there is not.
    """
    for name, known in (("kind", kinds), ("standing", STANDINGS)):
        value = given.get(name, "")
        if value and value not in known:
            raise Refusal.of(
                "bad-choice", f"地址里的“{name}={value}”不认识", f"可选的有：{'、'.join(known)}"
            )
    return Query(*(given.get(name, "") for name in ("kind", "standing", "under", "q")))


def answer(words: Words, signs: pl.DataFrame, wish: Query) -> pl.DataFrame:
    """The signs asked for."""
    kept = [pl.col(name) == value for name, value in
            (("kind", wish.kind), ("standing", wish.standing)) if value]  # fmt: skip
    if wish.under:
        units = diagnosed(words).institutions.filter(pl.col("supervisor") == wish.under)["unit"]
        kept.append(pl.col("unit").is_in(units.implode()))
    for word in wish.sought.split():
        kept.append(pl.any_horizontal(
            pl.col(name).str.contains(word, literal=True)
            for name in ("unit_name", "words", "text", "unit")
        ))  # fmt: skip
    return signs.filter(*kept) if kept else signs


def columns(kinds: Mapping[str, str], asked: str) -> dict[str, str]:
    """The kinds shown side by side: the troubles; a part of one only when it is asked for."""
    return {key: title for key, title in kinds.items() if key not in PARTS or key == asked}


def table(words: Words, signs: pl.DataFrame, kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row a unit with any sign: unit, supervisor, approved, actual, worst (the highest score of a
    trouble), troubles (kinds of it), cells (kind, score, times; score None where nothing is seen);
    those with most troubles first."""
    sums = signs.group_by("unit", "kind").agg(
        pl.col("score").max(), pl.len().alias("times")
    )  # fmt: skip
    cells = {(unit, kind): (score, times) for unit, kind, score, times in sums.iter_rows()}
    trouble = sums.filter(~pl.col("kind").is_in(PARTS)).group_by("unit").agg(
        pl.col("score").max().alias("worst"), pl.len().alias("troubles"),
        pl.col("score").sum().alias("sum"),
    )  # fmt: skip
    units = sums.select("unit").unique().join(trouble, on="unit", how="left")
    units = units.join(diagnosed(words).institutions, on="unit").with_columns(
        pl.col("worst", "troubles", "sum").fill_null(0)
    )
    ordered = units.sort("troubles", "sum", "unit", descending=[True, True, False])
    return [
        {
            **row,
            "supervisor_name": words.name(row["supervisor"] or ""),
            "cells": [(kind, *cells.get((row["unit"], kind), (None, 0))) for kind in kinds],
        }
        for row in ordered.iter_rows(named=True)
    ]
