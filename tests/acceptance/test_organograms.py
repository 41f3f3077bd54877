"""Five public bodies, 18 returns: counts, differences as dated changes, and every return again."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import polars as pl
import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.reconcile import assertions
from bianzhi.core.state import State
from bianzhi.files.organograms import inspect, read_snapshots, replay_snapshot
from bianzhi.files.organograms.keys import JUNIOR_KIND, SENIOR_KIND
from bianzhi.record.verify import verify
from tests.support.console import run

pytestmark = pytest.mark.django_db

DFID, AUDIT = "department_for_international_development", "audit_commission"
ASSETS = "asset_protection_agency"
BROKEN = (DFID, "2014-03-31")
# body, day, senior posts, senior FTE, junior FTE: as published
RETURNS = [
    (DFID, "2011-03-31", 80, "79.72", "1130.56"),
    (DFID, "2013-09-30", 89, "88.00", "1815.00"),
    (DFID, "2014-03-31", 29, "28.80", "611.00"),
    (DFID, "2014-09-30", 92, "91.20", "1932.80"),
    (AUDIT, "2011-03-31", 25, "23.95", "1342.56"),
    (AUDIT, "2011-09-30", 23, "22.80", "1117.36"),
    (AUDIT, "2012-03-31", 21, "20.60", "995.87"),
    (ASSETS, "2011-03-31", 18, "16.80", "25.40"),
    (ASSETS, "2011-09-30", 17, "16.60", "25.40"),
    (ASSETS, "2012-03-31", 13, "12.60", "16.80"),
]
FACTS = ("name", "short_name", "parent", "supervisor", "status", "note")


@pytest.fixture(scope="module")
def folder(data):
    return data / "uk-organograms"


@pytest.fixture(scope="module")
def inspection(folder):
    return inspect(folder)


@pytest.fixture(scope="module")
def ledger(taken_in, folder):
    with taken_in("organograms", folder) as columns:
        yield columns


# -- the returns themselves ------------------------------------------------------------------------


def test_18_of_18_counts_equal_the_published_ones(inspection):
    assert [check.agrees for check in inspection.snapshots] == [True] * 18
    assert Counter(check.body for check in inspection.snapshots) == {
        DFID: 6, AUDIT: 3, ASSETS: 3, "human_tissue_authority": 3, "national_army_museum": 3,
    }  # fmt: skip


@pytest.mark.parametrize(("body", "day", "seniors", "senior_fte", "junior_fte"), RETURNS)
def test_posts_and_fte(inspection, body, day, seniors, senior_fte, junior_fte):
    (check,) = [each for each in inspection.snapshots if (each.body, each.on) == (body, day)]
    assert check.seniors == seniors
    assert (check.senior_fte, check.junior_fte) == (Decimal(senior_fte), Decimal(junior_fte))


def test_duplicate_references_are_found_in_two_returns(inspection):
    found = Counter((f.body, f.on) for f in inspection.found("duplicate-reference"))
    assert sorted(found.values()) == [1, 2]


def test_no_row_reports_to_a_missing_post(inspection):
    assert inspection.found("missing-post") == []


def test_the_broken_return_and_no_other_is_flagged(inspection):
    (finding,) = inspection.found("broken-return")
    assert (finding.body, finding.on) == BROKEN
    assert "高级职位（行） 29" in finding.message


def test_command_lists_what_was_found(folder, inspection):
    ran = run("inspect", "organograms", folder)
    assert ran.code == 0
    assert "快照 18 份，岗位数与公布数相符 18 份" in ran.out
    assert ran.out.count("\n") == 1 + len(inspection.findings)


# -- as a record ---------------------------------------------------------------------------------


def replayed(ledger, body: str, day: str):
    """A return rebuilt from the state of its day."""
    state = State(ledger, parse_day(day))
    facts = state.orgs.select("key", *FACTS).unpivot(on=FACTS, index="key")
    held = state.accounts.select("holder", "kind", "approved").filter(pl.col("approved") != 0)
    return replay_snapshot(
        body,
        day,
        facts=facts.iter_rows(),
        balances=held.iter_rows(),
        kinds={code.code: code.name for code in state.tree("quota_kind")},
        duties=state.duties.select("holder", "text").iter_rows(),
    )


def test_every_return_comes_back_row_by_row(ledger, folder):
    snapshots = read_snapshots(folder)
    assert len(snapshots) == 18
    for snapshot in snapshots:
        found = replayed(ledger, snapshot.body, snapshot.on)
        assert sorted(found.seniors) == sorted(snapshot.seniors)
        assert sorted(found.juniors) == sorted(snapshot.juniors)


@pytest.mark.parametrize(("body", "day", "seniors", "senior_fte", "junior_fte"), RETURNS)
def test_state_of_the_day_holds_the_fte_of_the_return(
    ledger, body, day, seniors, senior_fte, junior_fte
):
    state = State(ledger, parse_day(day), scope=body)
    posts = state.orgs.filter(pl.col("key").str.contains("/post/") & (pl.col("status") == "active"))
    assert posts.height == seniors
    held = state.figures("kind")
    groups = {
        wide: held.filter(pl.col("kind").is_in(state.kinds_under(wide)))["approved"].sum()
        for wide in (SENIOR_KIND, JUNIOR_KIND)
    }
    assert groups == {SENIOR_KIND: Decimal(senior_fte), JUNIOR_KIND: Decimal(junior_fte)}


def test_each_return_is_one_dated_change_and_its_totals_agree(ledger):
    changes = ledger.frame("changes")
    assert changes.height == 18
    compared = assertions(ledger)
    assert compared.height == 36
    assert compared["agrees"].all()


def test_the_broken_return_is_posted_with_its_doubt(ledger):
    doubted = ledger.frame("changes").filter(pl.col("note") != "")
    assert doubted["title"].to_list() == [f"Organogram of {BROKEN[0]}, {BROKEN[1]}"]
    assert doubted["note"].str.starts_with("可疑：").all()


def test_record_is_sound(ledger):
    assert verify().sound
