"""What every part of the diagnosis asks of a state, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import polars as pl

from bianzhi.rules.course import months_before
from bianzhi.rules.diagnosis.thresholds import Thresholds
from bianzhi.rules.diagnosis.told import Told
from bianzhi.rules.material import Material

TOWN = "(镇|乡|街道)(人民政府|办事处)?$"  # how the name of a town ends
MONTH = 30.4375  # days, on average


class Ground:
    """A state as the diagnosis sees it.

    Args:
        material: The state as rules see it.
        given: The thresholds.
        told: What the units told in a survey; default nothing.
    """

    def __init__(self, material: Material, given: Thresholds, told: Told | None = None) -> None:
        self.material = material
        self.given = given
        self.told = told or Told()
        self._kept: dict[Callable[[Ground], pl.DataFrame], pl.DataFrame] = {}

    def kept(self, make: Callable[[Ground], pl.DataFrame]) -> pl.DataFrame:
        """What ``make`` gives of this ground, made once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]

    @cached_property
    def institutions(self) -> pl.DataFrame:
        """unit, name, supervisor (else the parent), approved, actual, ``town`` (led by a town),
        ``apart`` (school, hospital …), ``ordinary`` (neither)."""
        orgs = self.material.orgs(self.given.institutions).select(
            "unit", pl.col("name").fill_null(""), supervisor=pl.coalesce("supervisor", "parent")
        )
        for figure in ("approved", "actual"):
            held = self.material.homes((), figure).select(
                "unit", pl.col("base").cast(pl.Float64).alias(figure)
            )
            orgs = orgs.join(held, on="unit", how="left", maintain_order="left")
        named = [pl.col("name").str.contains(word, literal=True) for word in self.given.apart]
        return orgs.with_columns(
            pl.col("approved", "actual").fill_null(0.0),
            town=pl.col("supervisor").is_in(self.towns["unit"].implode()).fill_null(False),
            apart=pl.any_horizontal(named) if named else pl.lit(False),
        ).with_columns(ordinary=~pl.col("town") & ~pl.col("apart"))

    @cached_property
    def towns(self) -> pl.DataFrame:
        """unit, name: the towns, by their category or, as ledgers seldom tell a town from other
        bodies of the government, by their names."""
        orgs = self.material.units.filter(pl.col("unit") == pl.col("home")).drop_nulls("name")
        told = pl.col("unit").is_in(self.material.orgs(self.given.towns)["unit"].implode())
        led = self.material.orgs(self.given.institutions)["unit"]
        named = pl.col("name").str.contains(TOWN) & ~pl.col("unit").is_in(led.implode())
        return orgs.filter(told | named).select("unit", "name")

    @cached_property
    def classes(self) -> pl.DataFrame:
        """unit, peers, measure, each (so many served are one unit of it): the class of like units
        each institution belongs to, if any."""
        title = pl.lit(None, pl.String)
        measure = pl.lit(None, pl.String)
        many = pl.lit(None, pl.Float64)
        for each in reversed(self.given.peers):
            named = [pl.col("name").str.contains(word, literal=True) for word in each.names]
            fits = pl.any_horizontal(named) & (pl.col("town") | pl.lit(not each.towns))
            title = pl.when(fits).then(pl.lit(each.title)).otherwise(title)
            measure = pl.when(fits).then(pl.lit(each.measure)).otherwise(measure)
            many = pl.when(fits).then(pl.lit(each.each)).otherwise(many)
        return self.institutions.select(
            "unit", peers=title, measure=measure, each=many
        ).drop_nulls("peers")  # fmt: skip

    @cached_property
    def days(self) -> pl.DataFrame:
        """A row an org (its sections with it) and day on which its posts moved, in order:
        unit, day, approved, actual, free (approved − actual − promised) at the end of the day."""
        kinds = self.material.kinds.filter("counts").select("kind")
        homes = self.material.units.select("unit", "home")
        moves = self.material.course.moves.join(kinds, on="kind", how="semi").join(homes, on="unit")
        sums = moves.group_by("home", "day").agg(
            pl.col("approved", "actual", "promised").sum().cast(pl.Float64)
        )
        running = sums.sort("home", "day").with_columns(
            pl.col("approved", "actual", "promised").cum_sum().over("home")
        )
        return running.select(
            "day", "approved", "actual", unit="home",
            free=pl.col("approved") - pl.col("actual") - pl.col("promised"),
        )  # fmt: skip

    def lowest_free(self, months: float) -> pl.DataFrame:
        """unit, lowest: the fewest posts free on any day of the last months; none below 0."""
        since = months_before(self.material.on, int(months))
        before = (
            self.days.filter(pl.col("day") <= since).group_by("unit").agg(pl.col("free").last())
        )
        before = before.with_columns(day=pl.lit(since))
        units = self.days.select("unit").unique().join(before, on="unit", how="left")
        start = units.select("unit", free=pl.col("free").fill_null(0.0))
        after = self.days.filter(pl.col("day") > since).select("unit", "free")
        both = pl.concat([start, after])
        return both.group_by("unit").agg(pl.col("free").min().clip(0.0).alias("lowest"))

    @cached_property
    def duties(self) -> pl.DataFrame:
        """duty, text, unit (the holder), home: the duties held in units in being."""
        homes = self.material.units.select("unit", "home", "home_category")
        held = self.material.state.duties.select("text", duty="key", unit="holder")
        held = held.filter(pl.col("text").is_not_null() & (pl.col("text") != ""))
        return held.join(homes, on="unit").sort("home", "unit", "duty")

    @cached_property
    def own_duties(self) -> pl.DataFrame:
        """The duties institutions themselves hold, each text once; those of sections left out, as
        they only say who inside does them."""
        orgs = self.institutions.select("unit")
        return self.duties.join(orgs, on="unit").unique(
            ["unit", "text"], keep="first", maintain_order=True
        )
