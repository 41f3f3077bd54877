"""A whole state's ledger of posts, 2012–2016: every published figure comes out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from bianzhi.core.book import Book
from bianzhi.core.days import parse_day
from bianzhi.core.diff import diff, unexplained
from bianzhi.core.history import history
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.reconcile import assertions, reconcile
from bianzhi.core.state import State
from bianzhi.core.unit import unit_state
from bianzhi.files.open_budget import Standing, classify_requests
from bianzhi.record.engine import Engine
from bianzhi.record.source import SqlSource
from bianzhi.record.unit import load_unit
from bianzhi.record.verify import verify
from tests.acceptance.il_state_posts import (
    HALF,
    RESERVE,
    disagreeing,
    published_reconciliation,
    successors_2013,
    table,
)
from tests.support.console import run

pytestmark = pytest.mark.django_db

KIND = "il-posts"
LAW = {2012: "86059.5", 2013: "95067.5", 2014: "95720.5", 2015: "97471", 2016: "99830.5"}


@pytest.fixture(scope="module")
def folder(data):
    return data / "il-state-posts"


@pytest.fixture(scope="module")
def ledger(taken_in, folder):
    with taken_in("open-budget", folder) as columns:
        yield columns


def on(ledger, day: str) -> State:
    return State(ledger, parse_day(day))


def year(ledger, number: int) -> pl.DataFrame:
    opening, closing = parse_day(f"{number}-01-01"), parse_day(f"{number}-12-31")
    return reconcile(ledger, opening, closing, KIND, "")


def approved(state: State, holder: str) -> Decimal:
    found = state.accounts.filter((pl.col("holder") == holder) & (pl.col("kind") == KIND))
    return Decimal(found["approved"].sum())


# -- the law --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "total"), LAW.items())
def test_total_of_the_law(ledger, number, total):
    totals = on(ledger, f"{number}-01-01").totals.row(by_predicate=pl.col("kind") == KIND)
    _, granted, held, abolished, converted = totals
    assert held == Decimal(total)
    assert granted == held + abolished + converted


@pytest.mark.parametrize("number", LAW)
def test_every_programme_opens_with_what_the_law_gives_it(ledger, folder, number):
    rows = table(folder / f"positions_{number}.csv")
    law = pl.DataFrame(
        [(row["programme"], Decimal(row["posts_original"])) for row in rows],
        schema={"holder": pl.String, "approved": pl.Decimal(38, 4)},
        orient="row",
    )
    law = law.group_by("holder").agg(pl.col("approved").sum()).filter(pl.col("approved") != 0)
    figures = on(ledger, f"{number}-01-01").figures("holder", "kind")
    held = figures.filter(pl.col("kind") == KIND).select("holder", "approved")
    assert held.sort("holder").equals(law.sort("holder"))


@pytest.mark.parametrize("number", [2013, 2014])
def test_total_of_the_law_equals_the_one_published_apart_from_it(ledger, number):
    found = assertions(ledger).row(
        by_predicate=pl.col("doc_no") == f"{number}/双年预算", named=True
    )
    assert found["expected"] == found["found"] == Decimal(LAW[number])
    assert (found["tolerance"], found["agrees"]) == (0, True)


# -- opening + changes against the closing --------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "units", "exactly", "near", "off", "largest", "published"),
    [(2012, 252, 173, 244, "48.5", "5.5", 85777), (2013, 218, 198, 217, "10.5", "1", 95078)],
)
def test_every_programme_agrees_within_rounding(
    ledger, number, units, exactly, near, off, largest, published
):
    found = year(ledger, number)
    difference = found["difference"].abs()
    assert found.height == found["agrees"].sum() == units
    assert found["exactly"].sum() == exactly
    assert (difference <= HALF).sum() == near
    assert (difference.sum(), difference.max()) == (Decimal(off), Decimal(largest))
    assert found["published"].sum() == published


@pytest.mark.parametrize("number", [2012, 2013])
def test_each_row_equals_the_published_reconciliation(ledger, folder, number):
    computed = {
        row["holder"]: {
            "opening_published": row["opening"],
            "sum_of_published_changes": row["changes"],
            "closing_published": row["published"],
            "difference": row["difference"],
            "rounding_allowance": row["allowance"],
        }
        for row in year(ledger, number).iter_rows(named=True)
    }
    assert computed == published_reconciliation(folder, number)


def test_all_changes_of_2012_net_to_a_cut_of_330(ledger):
    assert year(ledger, 2012)["changes"].sum() == -330


def test_2014_does_not_reconcile_and_the_101_programmes_are_named(ledger, folder):
    found = year(ledger, 2014)
    named = set(found.filter(~pl.col("agrees"))["holder"])
    assert (found.height, len(named)) == (221, 101)
    assert named == disagreeing(folder, 2014)
    assert found["published"].sum() == 95752


def test_what_broke_was_told_when_it_was_posted(ledger):
    broken = assertions(ledger).filter(~pl.col("agrees"))
    assert broken.height == 101
    assert broken["doc_no"].unique().to_list() == ["2014/年末编制"]


@pytest.mark.parametrize(
    ("number", "code", "agree", "units"), [(2012, 0, 252, 252), (2013, 0, 218, 218)]
)
def test_command_says_what_agrees(ledger, number, code, agree, units):
    ran = run("reconcile", number)
    assert ran.code == code
    assert f"{agree} / {units} 个单位在允差内相符" in ran.out
    assert "允差" in ran.out


def test_command_refuses_2014_with_every_name(ledger, folder):
    ran = run("reconcile", "2014")
    assert ran.code == 3
    assert "不予认可：101 个单位不符" in ran.out
    assert all(f"\n{programme} " in ran.out for programme in disagreeing(folder, 2014))


# -- the reserve ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "opening", "lines", "changes", "computed", "published"),
    [(2012, "375.5", 49, -300, "75.5", 77), (2013, 459, 5, -47, 412, 412)],
)
def test_reserve(ledger, number, opening, lines, changes, computed, published):
    (row,) = year(ledger, number).filter(pl.col("holder") == RESERVE).iter_rows(named=True)
    assert (row["opening"], row["lines"]) == (Decimal(opening), lines)
    assert (row["changes"], row["computed"]) == (changes, Decimal(computed))
    assert (row["published"], row["agrees"]) == (published, True)
    assert approved(on(ledger, f"{number}-01-01"), RESERVE) == Decimal(opening)
    assert approved(on(ledger, f"{number}-12-31"), RESERVE) == Decimal(computed)


def test_reserve_of_2012_is_explained_line_by_line(ledger):
    difference = diff(on(ledger, "2012-01-01"), on(ledger, "2012-12-31"))
    legs = difference.postings.filter((pl.col("holder") == RESERVE) & (pl.col("kind") == KIND))
    assert unexplained(difference).is_empty()
    assert (legs.height, legs["delta"].sum()) == (49, -300)
    assert legs["doc_no"].null_count() == 0


def test_reserve_shows_its_past_with_the_number_of_every_request(ledger):
    events = history(load_unit(RESERVE), RESERVE)
    assert events == history(ledger, RESERVE)
    requests = [e for e in events if e.verb == "调剂" and e.doc_no.startswith("2012/")]
    assert len(requests) == len({event.doc_no for event in requests}) == 49
    assert all(event.source for event in requests)


def test_unit_read_by_index_is_the_unit_of_the_whole_state(ledger):
    state, source = on(ledger, "2013-06-30"), SqlSource(Engine(), ledger.head)
    accounts = state.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)))
    for holder in accounts["holder"].unique().sort()[::25]:
        wanted = accounts.filter(pl.col("holder") == holder).sort("kind", "funding")
        found = unit_state(Book(source), holder, state.on)
        assert [each.approved for each in found.accounts] == wanted["approved"].to_list()


# -- requests -------------------------------------------------------------------------------------


def test_requests_by_kind(folder):
    requests = classify_requests(folder)
    standing = [request.standing for request in requests]
    counted = {each: standing.count(each) for each in Standing}
    assert len(requests) == 378
    assert counted == {
        Standing.BALANCED: 347,
        Standing.CUT: 24,
        Standing.CONVERSION: 5,
        Standing.OFF_BY_ONE: 2,
        Standing.UNEXPLAINED: 0,
    }


def test_command_lists_the_31_that_do_not_balance(folder):
    result = run("inspect", "open-budget", folder, "--json").json
    assert len(result["rows"]) == 31
    assert (
        "378 件：平衡 347 件，核减 24 件，置换 5 件，动用机动编制差一个 2 件" in result["summary"]
    )


def test_requests_off_by_one_stay_flagged(ledger):
    flagged = ledger.frame("changes").filter(pl.col("kind") == "unverified")
    assert set(flagged["doc_no"].drop_nulls()) == {"2012/33/052", "2012/40/008"}
    assert flagged.filter(pl.col("doc_no").is_null()).height == 1  # a half post lost in print


# -- successions ----------------------------------------------------------------------------------


def test_programmes_that_became_others_in_2013_are_successions(ledger, folder):
    links = on(ledger, "2013-01-01").succession.filter(pl.col("day") == date(2013, 1, 1))
    found = {key: set(before) for key, before in links.group_by("after").agg("before").iter_rows()}
    named = successors_2013(folder)
    assert {key: found[key] for key in named} == named
    assert sum(len(before) > 1 for before in named.values()) == 17
    # one more: an entry that names a whole section, whose one programme it means
    assert {key: before for key, before in found.items() if key not in named} == {
        "085116": {"560101"}
    }


def test_a_merged_programme_shows_all_it_came_from(ledger):
    events = history(ledger, "015102")
    text = "；".join(event.text for event in events if event.verb == "合并")
    sources = on(ledger, "2013-01-01").succession.filter(pl.col("after") == "015102")["before"]
    assert len(sources) > 1
    assert all(f"（{before}）" in text for before in sources)


# -- the record -----------------------------------------------------------------------------------


def test_record_is_sound(ledger):
    report = verify()
    assert (report.changes, report.faults) == (ledger.head, ())


def test_an_earlier_knowledge_is_still_there(ledger):
    """What was known before the law of 2016 was posted says nothing of 2016."""
    before = int(ledger.frame("changes").filter(pl.col("doc_no") == "2016/预算法")["no"].min()) - 1
    held = State(ledger, parse_day("2016-01-01"), before).totals
    assert held.row(by_predicate=pl.col("kind") == KIND, named=True)["held"] == Decimal(LAW[2015])
