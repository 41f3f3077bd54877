"""What a report is drafted from: a state, the diagnosis with what was said to it, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.files.official.paper import day_words
from bianzhi.office.desk.words import Words
from bianzhi.rules.diagnosis import PARTS, Diagnosis, Told
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.material import Material

FIGURES = ("approved", "actual", "pending", "reserved", "vacant")
# Problems in the units' own words, grouped: ``unit_class`` is the class of units that share a theme
# ("" where it is one unit's own), ``share`` of the class in %, ``quotes`` what they wrote.
THEMES: dict[str, Any] = {
    "theme": pl.String, "unit_class": pl.String, "units": pl.List(pl.String), "share": pl.Float64,
    "quotes": pl.List(pl.String),
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Everything a report may say.

    Attributes:
        words: The whole state of the day, with names.
        found: The diagnosis of that state.
        signs: Its signs with ``standing``, ``title`` and ``unit_name``; those dismissed among them.
        findings: What the rules find (``Outcome.frame``); None where they were not run.
        births: person, born; None where no file tells.
        told: What the units answered in a survey; None where none was held.
        themes: Their problems grouped (``THEMES``); None where none were.
        served: unit, measure, amount, as the diagnosis took it; None where not known.
    """

    words: Words
    found: Diagnosis
    signs: pl.DataFrame
    findings: pl.DataFrame | None = None
    births: pl.DataFrame | None = None
    told: Told | None = None
    themes: pl.DataFrame | None = None
    served: pl.DataFrame | None = None

    @property
    def day(self) -> date:
        """The day of all numbers."""
        return day_date(self.words.state.on)

    @property
    def day_words(self) -> str:
        """The day as a paper writes it."""
        return day_words(self.day)

    @cached_property
    def material(self) -> Material:
        """The state as rules see it."""
        return Material(self.words.state, self.births, self.served)

    @cached_property
    def ground(self) -> Ground:
        """The state as the diagnosis sees it."""
        return Ground(self.material, self.found.given, self.told)

    @cached_property
    def area(self) -> str:
        """The name of the area, as most institutions begin theirs; "" where they do not."""
        starts = self.units.select(start=pl.col("name").str.extract(r"^(\w{1,8}?[区县市旗州省])"))
        counts = starts.drop_nulls().group_by("start").len().sort("len", "start", descending=True)
        if counts.is_empty() or 2 * int(counts["len"][0]) < self.units.height:
            return ""
        return str(counts["start"][0])

    @cached_property
    def units(self) -> pl.DataFrame:
        """A row an institution: unit, name, supervisor, rank, category, welfare_class,
        funding_form, and the figures with those of its sections, exact."""
        fields = self.material.units.select(
            "unit", "rank", "category", "welfare_class", "funding_form"
        )
        frame = self.found.institutions.select("unit", "name", "supervisor")
        frame = frame.join(fields, on="unit", how="left", maintain_order="left")
        for figure in FIGURES:
            held = self.material.homes((), figure).select("unit", pl.col("base").alias(figure))
            frame = frame.join(held, on="unit", how="left", maintain_order="left")
        return frame.with_columns(pl.col(FIGURES).fill_null(0)).sort("unit")

    @cached_property
    def by_unit(self) -> dict[str, dict[str, Any]]:
        """The rows of ``units`` by unit."""
        return {row["unit"]: row for row in self.units.iter_rows(named=True)}

    @cached_property
    def kept(self) -> pl.DataFrame:
        """The signs nobody dismissed."""
        return self.signs.filter(pl.col("standing") != "dismiss")

    @cached_property
    def dismissed(self) -> pl.DataFrame:
        """The signs somebody dismissed."""
        return self.signs.filter(pl.col("standing") == "dismiss")

    @cached_property
    def troubles(self) -> pl.DataFrame:
        """The signs kept that are troubles by themselves."""
        return self.kept.filter(~pl.col("kind").is_in(PARTS))

    @cached_property
    def homes(self) -> dict[str, str]:
        """The org of every unit: a section's is the org it lies in."""
        return dict(self.material.units.select("unit", "home").iter_rows())

    @cached_property
    def leaders(self) -> dict[str, str]:
        """The department that leads each institution; "" where none is told."""
        pairs = self.units.select("unit", pl.col("supervisor").fill_null(""))
        return dict(pairs.iter_rows())

    def full_name(self, unit: str) -> str:
        """The name of a unit, a section's after that of the org it lies in."""
        home = self.homes.get(unit, unit)
        return self.words.name(unit) if home == unit else (
            self.words.name(home) + self.words.name(unit)
        )  # fmt: skip

    def short(self, unit: str) -> str:
        """The name of a unit for a drawing: 测县档案馆 is 县档案馆."""
        name = self.words.name(unit)
        return name.removeprefix(self.area[:-1]) if name.startswith(self.area) else name

    def department(self, unit: str) -> str:
        """The department a unit belongs to: that which leads it, or itself where it is one."""
        home = self.homes.get(unit, unit)
        return self.leaders.get(home, home)
