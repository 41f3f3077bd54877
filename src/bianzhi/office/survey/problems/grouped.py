"""The problems of a day under their themes, with what the office decided; made once."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from bianzhi.core.state import State
from bianzhi.methods.themes import Themes, themes
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.words import Words
from bianzhi.office.survey import told as survey
from bianzhi.office.survey.problems.classes import LED, classes
from bianzhi.office.survey.problems.models import ThemeDecision

MOST = 4  # readings kept beside one reading of the record


class Grouped(NamedTuple):
    """Themes with the classes they were tested by, and every quote with its unit's name."""

    found: Themes
    classes: pl.DataFrame
    quotes: pl.DataFrame


def grouped(words: Words, until: int | None = None, themed: int | None = None) -> Grouped:
    """For the day and change of a page.

    Args:
        words: The day and change.
        until, themed: The last step of a sheet and the last decision that count; default now.
    """
    told = survey.revision() if until is None else until
    last = themed
    if last is None:
        last = ThemeDecision.objects.values_list("id", flat=True).last() or 0
    kept: Kept = words.shared.get("problems", lambda: Kept(MOST))
    state = words.state
    name = (state.on, state.known, told, last)
    return kept.get(name, lambda: _grouped(
        Words(State(state.columns, state.on, state.known), words.shared), told, last
    ))  # fmt: skip


def _grouped(words: Words, until: int, last: int) -> Grouped:
    told = survey.told(until)
    classed = classes(words, told)
    decisions = [each.decision() for each in ThemeDecision.objects.filter(id__lte=last)]
    found = themes(told.problems, classed, decisions=decisions)
    led = classed.filter(by=LED).select("unit", pl.col("name").alias("led"))
    every = found.to_frame().with_row_index("at").with_columns(
        words.names_of(found.quotes["unit"]).alias("unit_name")
    ).join(led, on="unit", how="left", maintain_order="left")  # fmt: skip
    return Grouped(found, classed, every)
