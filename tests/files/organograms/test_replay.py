"""Replaying: the register gives every return back, word for word, through the real core."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.files.organograms import read_snapshots
from tests.files.organograms.world import (
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    Register,
    junior,
    senior,
    write,
)

DAYS = (FIRST, SECOND, THIRD, FOURTH)


def assert_given_back(folder):
    register = Register(folder)
    for snapshot in read_snapshots(folder):
        replayed = register.replay(snapshot.body, snapshot.on)
        assert sorted(replayed.seniors) == sorted(snapshot.seniors)
        assert sorted(replayed.juniors) == sorted(snapshot.juniors)
        assert replayed.same_rows(snapshot)


@pytest.mark.parametrize(
    "rows",
    [
        [senior(FIRST, "A1", salary="502058", group="Finance", notes="Seconded", holder="N/D")],
        [senior(FIRST, "A1"), senior(FIRST, "A1", fte="http://example.org/tenure15")],
        [senior(FIRST, "A1", "A1"), senior(FIRST, "A2", "A1")],
        [senior(FIRST, "A1", "A9"), senior(FIRST, "A2", "")],
        [senior(FIRST, "A1", fte=""), senior(FIRST, "A2", fte="0"), senior(FIRST, "A3", fte="1.0")],
        [senior(FIRST, "A1", fte="0.33333"), senior(FIRST, "A2", fte="-1")],
        [senior(FIRST, "A1", title=" Head ", unit=" Locks"), senior(FIRST, "A2", unit="locks")],
        [senior(FIRST, "", title="", unit="", grade="", function="")],
        [senior(FIRST, "A1"), senior(FIRST, "A2", department="Navy", organisation="Canals")],
        [senior(FIRST, "A1", grade="SCS 1"), senior(FIRST, "A2", grade="SCS-1")],
        [senior(FIRST, "A1", "A2"), senior(FIRST, "A2"), senior(SECOND, "A1"),
         senior(SECOND, "A2", "A1")],  # the line turns round
    ],
)  # fmt: skip
def test_odd_rows_come_back(tmp_path, rows):
    assert_given_back(write(tmp_path, rows))


def test_junior_rows_come_back(tmp_path):
    rows = [
        junior(FIRST, "A1"), junior(FIRST, "A1"), junior(FIRST, "A1", group="Policy", fte="0"),
        junior(FIRST, "Z9"), junior(FIRST, "A1", grade="A2(L)"), junior(FIRST, "A1", grade="A2L"),
        junior(SECOND, "A1", fte="52.60", unit="Basins", title="Lock-Keeper"),
    ]  # fmt: skip
    assert_given_back(write(tmp_path, [senior(on, "A1") for on in (FIRST, SECOND)], rows))


def test_a_post_gone_for_one_return_comes_back_and_is_absent_between(tmp_path):
    rows = [
        senior(on, ref, function=f"Does {ref}") for on in (FIRST, THIRD) for ref in ("A1", "A2")
    ]
    folder = write(
        tmp_path, [*rows, senior(SECOND, "A1")], [junior(FIRST, "A2"), junior(THIRD, "A2")]
    )
    assert_given_back(folder)
    assert [row.ref for row in Register(folder).replay("canal_office", SECOND).seniors] == ["A1"]


texts = st.sampled_from(["Locks", "locks", "Locks & Basins", "Locks and Basins", " Dry dock ", ""])
refs = st.sampled_from(["A1", "A2", "A3", "B-1", "a1", "Vacancy", "Eliminated"])
aims = st.sampled_from(["XX", "A1", "A2", "A3", "B-1", "Vacancy", "Z9", ""])
ftes = st.sampled_from(["1", "0.8", "0.92", "12.3456", "0", "", "1.0", "tenure48", "-1", "0.00001"])
grades = st.sampled_from(["SCS1", "SCS2", "A2(L)", "A2L", ""])
days = st.sampled_from(DAYS)
bodies = st.sampled_from(["canal_office", "national army board"])
common = {"unit": texts, "title": texts, "grade": grades, "fte": ftes, "body": bodies}
senior_rows = st.builds(senior, days, refs, aims, function=texts, holder=texts, **common)
junior_rows = st.builds(junior, days, aims, group=texts, organisation=texts, **common)


@settings(deadline=None, max_examples=60)
@given(st.lists(senior_rows, max_size=14), st.lists(junior_rows, min_size=1, max_size=10))
def test_any_sequence_of_returns_is_given_back(seniors, juniors):
    with tempfile.TemporaryDirectory() as folder:
        assert_given_back(write(Path(folder), seniors, juniors))
