"""The district of the method pages is the one whose files lie in samples/."""

from __future__ import annotations

import json
from collections import Counter

import polars as pl
import pytest

from docs.methods import district
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def truth() -> list[dict]:
    """The living institutions with 事业编制, as the true values beside the sample have them."""
    read = json.loads((ROOT / "samples" / "truth.json").read_text(encoding="utf-8"))
    (area,) = read["districts"]
    return [each for each in area["orgs"]
            if each["kind"] == "institution" and "ended" not in each
            and "SY" in each["approved"]]  # fmt: skip


def test_every_institution_has_the_posts_and_people_of_the_sample(truth):
    told = {
        each["name"].removeprefix("澜溪区"): (each["approved"]["SY"], each["actual"].get("SY", 0))
        for each in truth
    }
    made = district.bodies()
    assert {unit: (approved, actual) for unit, approved, actual in
            made.select("unit", "approved", "actual").iter_rows()} == told  # fmt: skip


def test_what_is_vacant_is_promised_to_nobody():
    made = district.bodies()
    assert (made["vacant"] <= made["approved"] - made["actual"]).all()
    assert (made["vacant"] < made["approved"] - made["actual"]).any()


def test_people_are_those_of_the_last_roster_with_a_category_each():
    made = district.people()
    last = district.district().rosters[district.district().last]
    assert made.height == len(last)
    kinds = Counter(placed.kind for placed in last)
    assert dict(made["kind"].value_counts().iter_rows()) == dict(kinds)
    assert set(made["category"]) == {"man", "woman-55", "woman-50"}


def test_who_asks_lacks_and_who_gives_does_not():
    asked = district.requests()
    assert (asked["want"] == pl.Series((asked["need"] - asked["have"]).clip(0, 10))).all()
    assert (asked["want"] > 0).all()
    rich = district.bodies().filter(~pl.col("unit").is_in(asked["id"].to_list()))
    assert 0 < district.vacant() <= rich["vacant"].clip(0).sum()
