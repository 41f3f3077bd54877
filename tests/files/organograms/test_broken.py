"""Broken returns: told from a body that really shrinks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bianzhi.files.organograms import JuniorPosts, SeniorPost, Snapshot
from bianzhi.files.organograms.broken import broken_returns


def series(*sizes, fte="1", body="b"):
    return [
        Snapshot(
            body,
            f"20{year:02}-03-31",
            tuple(SeniorPost(str(n), "Head", "SCS1", "Locks", "XX", "1") for n in range(size)),
            (JuniorPosts("0", "Keeper", "Band 1", "Locks", fte),),
        )
        for year, size in enumerate(sizes, start=11)
    ]


def days(snapshots, **options):
    return [each.on for each in broken_returns(snapshots, **options)]


@pytest.mark.parametrize(
    ("sizes", "flagged"),
    [
        ((89, 29, 92), ["2012-03-31"]),
        ((10, 5, 10), []),  # half is not less than half
        ((20, 8, 3), []),  # wound up: it stays small
        ((3, 8, 20), []),  # built up
        ((4, 20), []),  # the first cannot be judged
        ((20, 4), []),  # nor the last
        ((10, 2, 10, 2, 10), ["2012-03-31", "2014-03-31"]),
    ],
)
def test_a_return_is_broken_when_it_collapses_against_both_neighbours(sizes, flagged):
    assert days(series(*sizes)) == flagged


def test_the_share_is_an_argument():
    assert days(series(10, 7, 10), keep=Decimal("0.8")) == ["2012-03-31"]
    assert days(series(89, 29, 92), keep=Decimal("0.3")) == []


def test_junior_posts_collapse_too_and_the_message_has_the_three_numbers():
    before, then, after = series(4, 4, 4, fte="1932.8")
    hollow = series(4, 4, 4, fte="611")[1]
    (found,) = broken_returns([before, hollow, after])
    assert then.on == found.on
    assert found.message == "本期报表疑不完整：一般职位（FTE） 611，前期 1932.8、后期 1932.8"


def test_bodies_are_not_neighbours():
    mixed = [*series(9, 9, body="a"), *series(1, 1, body="c")]
    assert days(sorted(mixed, key=lambda each: each.on)) == []
