"""All signs of a state together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bianzhi.rules.diagnosis import duties, hollow, uneven
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.micro import micro
from bianzhi.rules.diagnosis.thresholds import NEEDS, PARTS, Thresholds, usual
from bianzhi.rules.material import Material


@dataclass(frozen=True)
class Diagnosis:
    """What is seen of the institutions of a state.

    Attributes:
        institutions: unit, name, supervisor, approved, actual …, one row each.
        signs: A row a sign (``SIGNS``), in the order of the kinds, the strongest first.
        classes: A row a class of like units: how unevenly posts are spread inside.
        given: The thresholds, with the formula and source of every kind.
    """

    institutions: pl.DataFrame
    signs: pl.DataFrame
    classes: pl.DataFrame
    given: Thresholds

    @property
    def troubles(self) -> pl.DataFrame:
        """The signs that are troubles by themselves: 小, 散 and 弱 alone are not."""
        return self.signs.filter(~pl.col("kind").is_in(PARTS))


def diagnose(material: Material, given: Thresholds | None = None) -> Diagnosis:
    """Look at every institution.

    Args:
        material: The whole state (of a part of it peers and pairs would be missing).
        given: Thresholds; default those that come with the product.
    """
    ground = Ground(material, given or usual())
    found = pl.concat([
        micro(ground), hollow.hollow(ground), duties.extinct(ground), duties.overlapping(ground),
        duties.mixed(ground), uneven.uneven(ground),
    ])  # fmt: skip
    order = {kind: place for place, kind in enumerate(NEEDS)}
    found = found.sort(
        pl.col("kind").replace_strict(order, return_dtype=pl.Int64), -pl.col("score"),
        "unit", "about",
    )  # fmt: skip
    return Diagnosis(ground.institutions, found, uneven.classes(ground), ground.given)
