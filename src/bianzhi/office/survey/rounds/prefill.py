"""What a questionnaire shows of the record: duties, sections and figures of a unit on the round's
day, as known at the round's change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from bianzhi.core.days import day_number
from bianzhi.core.state import State
from bianzhi.core.values import show_value
from bianzhi.office.desk.held import held
from bianzhi.office.desk.words import Words
from bianzhi.office.survey.rounds.models import Round
from bianzhi.rules.diagnosis import usual
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.material import Material

FIGURES = {"approved": "核定编制", "actual": "实有"}
LEADERS = {"approved": "核定职数", "actual": "实配"}
CLASS = "class"  # id of the row that asks for what units of the unit's class serve


class Shown(NamedTuple):
    """A row the record prefills: its id, what it shows by column."""

    id: str
    cells: dict[str, str]


Rows = dict[str, list[Shown]]  # by unit


def words_of(round: Round) -> Words:
    """The record as the round saw it."""
    return held().state(day_number(round.on), round.known)


class Prefill:
    """The prefilled rows of every unit by kind of part, worked out once for a state."""

    def __init__(self, words: Words) -> None:
        state = words.state
        self._material = Material(State(state.columns, state.on, state.known))
        self._words = words
        units = self._material.units
        self._homes = dict(zip(units["unit"], units["home"], strict=True))
        self.rows: dict[str, Rows] = {
            "duties": _grouped(self._duties()), "sections": _grouped(self._sections()),
            "figures": _grouped(self._figures()), "served": _grouped(self._served()),
        }  # fmt: skip

    def of(self, kind: str, unit: str) -> list[Shown]:
        """The rows of one unit."""
        return self.rows.get(kind, {}).get(unit, [])

    def _duties(self) -> Iterator[tuple[str, Shown]]:
        duties = self._material.state.duties.sort("key")
        for key, text, holder in duties.select("key", "text", "holder").iter_rows():
            home = self._homes.get(holder)
            if home is not None:
                inside = f"（{self._words.name(holder)}）" if home != holder else ""
                yield home, Shown(key, {"text": f"{text or ''}{inside}"})

    def _sections(self) -> Iterator[tuple[str, Shown]]:
        approved = self._material.total(())
        sections = self._material.units.filter(pl.col("cls") == "section")
        sections = sections.join(approved, on="unit", how="left").sort("order_no", "unit")
        for unit, home, name, base in sections.select("unit", "home", "name", "base").iter_rows():
            if home is not None:
                shown = show_value(base) if base is not None else ""
                yield home, Shown(unit, {"name": name or unit, "approved": shown})

    def _figures(self) -> Iterator[tuple[str, Shown]]:
        lines = self._material.lines.join(self._material.units.select("unit", "home"), on="unit")
        sums = lines.group_by("home", "kind", "title", "leads").agg(
            pl.col(name).sum() for name in FIGURES
        )
        ordered = sorted(
            sums.iter_rows(named=True),
            key=lambda row: (row["home"], row["leads"], self._words.place(row["kind"])),
        )
        for row in ordered:
            for figure, title in (LEADERS if row["leads"] else FIGURES).items():
                what = f"{row['title']}：{title}"
                cells = {"what": what, "recorded": show_value(row[figure])}
                yield row["home"], Shown(f"{row['kind']}.{figure}", cells)

    def _served(self) -> Iterator[tuple[str, Shown]]:
        classes = Ground(self._material, usual()).classes.filter(pl.col("measure") != "")
        for unit, measure in classes.select("unit", "measure").iter_rows():
            yield unit, Shown(CLASS, {"measure": measure})


def prefill(words: Words) -> Prefill:
    """The prefilled rows of a state, kept beside it."""
    found: Prefill = words.kept.get("survey-prefill", lambda: Prefill(words))
    return found


def _grouped(rows: Iterator[tuple[str, Shown]]) -> Rows:
    found: Rows = defaultdict(list)
    for unit, row in rows:
        found[unit].append(row)
    return found
