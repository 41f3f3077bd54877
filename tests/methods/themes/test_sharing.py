"""What a class shares: the exact test, chance held among many, and the sentence."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.themes import Limits, false_discovery, more_often, themes
from tests.support.problems import said

TOWN, OTHER = [f"镇{n}" for n in range(12)], [f"直{n}" for n in range(126)]
CLASSES = pl.DataFrame({
    "unit": TOWN + OTHER, "by": "类型", "name": ["乡镇事业"] * 12 + ["区直事业"] * 126,
})  # fmt: skip


def exactly(said_: int, size: int, all_said: int, total: int) -> float:
    ways = sum(
        comb(size, k) * comb(total - size, all_said - k)
        for k in range(said_, min(size, all_said) + 1)
    )
    return float(Fraction(ways, comb(total, all_said)))


@given(st.data())
def test_the_chance_is_the_exact_one(data):
    total = data.draw(st.integers(1, 200))
    size, all_said = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    said_ = data.draw(st.integers(0, min(size, all_said)))
    assert more_often(said_, size, all_said, total) == pytest.approx(
        exactly(said_, size, all_said, total), rel=1e-9, abs=1e-300
    )


def test_more_than_there_are_is_refused():
    with pytest.raises(ValueError, match="应在 0 和 3 之间"):
        more_often(4, 3, 10, 20)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_chance_is_held_as_benjamini_and_hochberg_do(p):
    """Called shared at a rate are exactly those up to the last p below its step."""
    q = false_discovery(p)
    ordered = sorted(p)
    for rate in (0.01, 0.05, 0.2):
        steps = [at for at, each in enumerate(ordered, 1) if each * len(p) / at <= rate]
        assert sum(each <= rate for each in q) == (max(steps) if steps else 0)
    assert all(a <= b + 1e-12 for a, b in zip(p, q, strict=True))


def problems_of(towns: int, others: int) -> pl.DataFrame:
    silent = [(unit, "暂无") for unit in (TOWN[towns:] + OTHER[others:])]
    return said(*((unit, "编制不足") for unit in TOWN[:towns] + OTHER[:others]), *silent)


def test_what_a_class_says_far_more_often_is_shared_in_words():
    found = themes(problems_of(9, 8), CLASSES)
    (row,) = found.common.iter_rows(named=True)
    assert row["sentence"] == (
        "12 家乡镇事业的单位中 9 家提到“编制不足”（75%），其余 126 家中 8 家（6%）"
    )
    assert row["p"] == pytest.approx(exactly(9, 12, 17, 138))
    standing = dict(found.standings.select("unit", "standing").iter_rows())
    assert standing["镇0"] == "class"
    assert standing["直0"] == "some"


@pytest.mark.parametrize(
    ("towns", "others", "limits", "standing"),
    [(1, 0, Limits(), "own"), (2, 0, Limits(), "own"), (1, 1, Limits(), "own"),
     (2, 0, Limits(own=1), "some"), (3, 37, Limits(), "some"), (4, 38, Limits(), "area"),
     (3, 0, Limits(share=0.25), "class"), (3, 0, Limits(), "some"),
     (3, 0, Limits(share=0.25, least=4), "some"), (12, 126, Limits(), "area")],
)  # fmt: skip
def test_limits_include_their_number(towns, others, limits, standing):
    found = themes(problems_of(towns, others), CLASSES, limits=limits)
    told = dict(found.standings.select("unit", "standing").iter_rows())
    assert told["镇0"] == standing


def test_a_unit_that_says_it_twice_counts_once():
    texts = said(("镇0", "编制不足"), ("镇0", "编制紧张"), ("镇1", "经费不足"))
    found = themes(texts, CLASSES)
    row = found.themes.filter(theme="posts-short").row(0, named=True)
    assert (row["quotes"], row["units"], row["share"]) == (2, 1, 1 / 138)


def test_who_is_in_no_class_is_quoted_but_not_counted():
    found = themes(said(("局", "编制不足"), ("镇0", "编制不足")), CLASSES)
    assert found.quotes.height == 2
    assert found.themes["units"].to_list() == [1]


def test_one_is_found_among_hundreds_of_classes_and_chance_is_not():
    """Units say a theme without regard to their class: nothing is called shared."""
    units = [f"u{n}" for n in range(400)]
    classes = pl.DataFrame({"unit": units, "name": [f"c{n % 40}" for n in range(400)]})
    wordings = ("编制不足", "经费不足", "人员老化", "借调较多")
    texts = said(*((unit, wordings[(n * 7919 // 13) % 4]) for n, unit in enumerate(units)))
    assert themes(texts, classes).common.height == 0
    more = [(unit, "混编混岗") for unit in units[::40]]
    found = themes(pl.concat([texts, said(*more)]), classes)
    assert found.common.select("title", "name").rows() == [("混编混岗", "c0")]
