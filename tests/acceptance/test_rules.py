"""Real ledgers from abroad go through the same rules: what applies is found, nothing breaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from bianzhi.core.columns import Columns
from bianzhi.core.days import parse_day
from bianzhi.core.state import State
from bianzhi.files.organograms import inspect
from bianzhi.rules import shipped
from bianzhi.rules.material import Material
from bianzhi.rules.running import Outcome, run
from tests.acceptance.il_state_posts import disagreeing, programmes

pytestmark = pytest.mark.django_db
ENTRIES = [
    replace(entry, enabled=True)
    for name in shipped.names() for entry in shipped.pack(name).entries
]  # fmt: skip


def judged(columns: Columns, day: str) -> Outcome:
    """Every entry of every pack, the disabled ones too."""
    state = State(columns, parse_day(day))
    made = run(Material(state), ENTRIES, state.on)
    assert made.crashes == ()
    return made


def of(made: Outcome, rule: str) -> pl.DataFrame:
    return made.frame.filter(pl.col("rule") == rule)


@pytest.fixture(scope="module")
def israel(taken_in, data):
    with taken_in("open-budget", data / "il-state-posts") as columns:
        yield columns


@pytest.fixture(scope="module")
def britain(taken_in, data):
    with taken_in("organograms", data / "uk-organograms") as columns:
        yield columns


# -- a state's ledger of posts ---------------------------------------------------------------------


@pytest.mark.parametrize("year", [2012, 2013])
def test_published_closings_that_disagree_are_those_the_files_show(israel, data, year):
    """The set of a rule against the set counted straight from the published files."""
    found = of(judged(israel, f"{year}-12-31"), "CK-15")
    own = found.filter(pl.col("words").str.starts_with(f"{year}-12-31"))
    wanted = disagreeing(data / "il-state-posts", year)
    assert set(own["unit"]) <= programmes(data / "il-state-posts", year)
    assert set(own["unit"]) == wanted


def test_what_had_no_document_and_what_would_have_been_negative_is_told_at_its_unit(israel):
    """A published transfer that takes a programme below zero was booked with a correction."""
    bare = of(judged(israel, "2016-12-31"), "CK-10")
    assert bare.height == 11
    below = bare.filter(pl.col("words").str.contains("降到 -"))
    assert below["unit"].to_list() == ["010107"]


def test_half_posts_are_judged_as_exact_numbers(israel):
    vacant = of(judged(israel, "2016-12-31"), "CK-03")
    assert vacant["words"].str.contains("核定 55.5，空编 55.5，空编率 100%").any()


def test_nothing_is_said_of_people_nobody_published(israel):
    made = judged(israel, "2016-12-31")
    assert not {"CK-01", "CK-02", "CK-07", "CK-25", "CK-29", "BZ-01", "BZ-07"} & set(made.tally())
    assert {entry.rule.code for entry, _ in made.skipped} == {"CK-19", "CK-36"}


# -- posts of public bodies, return by return ------------------------------------------------------


@pytest.mark.parametrize("day", ["2011-03-31", "2012-03-31", "2014-03-31", "2014-09-30"])
def test_the_returns_agree_with_their_totals_and_point_to_nothing_lost(britain, day):
    """The rule that looks for lines to posts no longer there finds none."""
    made = judged(britain, day)
    assert not {"CK-15", "CK-29", "BZ-07"} & set(made.tally())


def test_lines_that_lead_nowhere_are_told_at_the_door(data):
    """No row reports to a missing post; five lines run in a circle, told when files are read."""
    told = Counter(each.code for each in inspect(data / "uk-organograms").findings)
    assert (told["missing-post"], told["reporting-loop"]) == (0, 5)


def test_a_return_with_half_of_it_missing_shows_in_the_number_of_small_sections(britain):
    """2014-03-31 of one body is broken: its sections halve and come back."""
    body = pl.col("unit").str.starts_with("department_for_international_development")
    before, then, after = (
        of(judged(britain, day), "BZ-06").filter(body).height
        for day in ("2013-09-30", "2014-03-31", "2014-09-30")
    )
    assert then < before / 2
    assert then < after / 2
