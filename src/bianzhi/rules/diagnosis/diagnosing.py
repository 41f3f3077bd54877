"""All signs of a state together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bianzhi.methods.inequality import Decomposition
from bianzhi.rules.diagnosis import duties, falling, hollow, undone, uneven
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.loads import heads, loads
from bianzhi.rules.diagnosis.micro import micro
from bianzhi.rules.diagnosis.needs import NEEDS, PARTS
from bianzhi.rules.diagnosis.outside import outside
from bianzhi.rules.diagnosis.thresholds import Thresholds, usual
from bianzhi.rules.diagnosis.told import Told
from bianzhi.rules.diagnosis.towns import spread, towns
from bianzhi.rules.diagnosis.weakened import weakened
from bianzhi.rules.material import Material


@dataclass(frozen=True)
class Diagnosis:
    """What is seen of the institutions of a state.

    Attributes:
        institutions: unit, name, supervisor, approved, actual …, one row each.
        signs: A row a sign (``SIGNS``), in the order of the kinds, the strongest first.
        classes: A row a class of like units: how unevenly posts are spread inside.
        given: The thresholds, with the formula and source of every kind.
        loads: What the units told of their work, as :func:`loads` has it.
        heads: Who works in each institution, people from outside counted apart, as :func:`heads`.
        towns: Towns by posts per 10,000 residents, as :func:`towns`.
    """

    institutions: pl.DataFrame
    signs: pl.DataFrame
    classes: pl.DataFrame
    given: Thresholds
    loads: pl.DataFrame
    heads: pl.DataFrame
    towns: pl.DataFrame

    @property
    def spread(self) -> Decomposition | None:
        """Theil's T of posts a resident over the towns, within and between their sorts."""
        return spread(self.towns)

    @property
    def troubles(self) -> pl.DataFrame:
        """The signs that are troubles by themselves: the parts of 小散弱 and 职能弱化 are not."""
        return self.signs.filter(~pl.col("kind").is_in(PARTS))


def diagnose(
    material: Material, given: Thresholds | None = None, told: Told | None = None
) -> Diagnosis:
    """Look at every institution.

    Args:
        material: The whole state (of a part of it peers and pairs would be missing).
        given: Thresholds; default those that come with the product.
        told: What the units told in a survey; default nothing.
    """
    ground = Ground(material, given or usual(), told)
    found = pl.concat([
        micro(ground), hollow.hollow(ground), weakened(ground), falling.falling(ground),
        falling.thin(ground), falling.silent(ground), undone.undone(ground), undone.unset(ground),
        duties.extinct(ground), duties.overlapping(ground), duties.mixed(ground), outside(ground),
        uneven.uneven(ground),
    ])  # fmt: skip
    order = {kind: place for place, kind in enumerate(NEEDS)}
    found = found.sort(
        pl.col("kind").replace_strict(order, return_dtype=pl.Int64), -pl.col("score"),
        "unit", "about",
    )  # fmt: skip
    return Diagnosis(
        ground.institutions, found, uneven.classes(ground), ground.given,
        ground.kept(loads), heads(ground), towns(ground),
    )  # fmt: skip
