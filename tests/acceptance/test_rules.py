"""Real ledgers from abroad go through the same rules: what applies is found, nothing breaks."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction

from bianzhi.core.columns import SCHEMAS, Columns
from bianzhi.core.days import parse_day
from bianzhi.core.state import State
from bianzhi.files.organograms import inspect
from bianzhi.files.organograms.keys import is_post, post_key
from bianzhi.record.load import load
from bianzhi.record.post import Poster
from bianzhi.rules import shipped
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.material import Material
from bianzhi.rules.running import Outcome, run
from tests.acceptance.il_state_posts import disagreeing, programmes, table
from tests.support.ledger import ledger

pytestmark = pytest.mark.django_db
DFID = "department_for_international_development"
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
    beside = {code for code, rule in RULES.items() if rule.needs}
    assert {entry.rule.code for entry, _ in made.skipped} == beside


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


def rows(folder: Path, name: str = "senior_posts") -> list[dict[str, str]]:
    """The rows of the last return of one body, straight from the published file."""
    last = (DFID, "2014-09-30")
    return [row for row in table(folder / f"{name}.csv")
            if (row["body"], row["snapshot_date"]) == last]  # fmt: skip


def reporting(folder: Path, ref: str) -> set[str]:
    """Posts that report to a post; where a reference stands twice the first row decides."""
    lines: dict[str, str] = {}
    for row in rows(folder):
        lines.setdefault(row["Post Unique Reference"], row["Reports to Senior Post"])
    return {below for below, above in lines.items() if above == ref}


@pytest.fixture(scope="module")
def superior(data):
    """The post to which most posts report."""
    folder = data / "uk-organograms"
    refs = {row["Post Unique Reference"] for row in rows(folder)}
    return max(sorted(refs), key=lambda ref: len(reporting(folder, ref)))


def test_every_line_to_a_post_that_was_lost_is_found_in_the_record(britain, data, superior):
    """The record lets nobody abolish it; columns that lost its rows show what it guards from."""
    lost = post_key(DFID, superior)
    frames = {name: britain.frame(name) for name in SCHEMAS}
    number = frames["subjects"]["key"].index_of(lost)
    assert number is not None
    frames["facts"] = frames["facts"].filter(pl.col("subject") != number + 1)
    found = of(judged(Columns.of(britain.head, frames), "2014-09-30"), "BZ-07")
    lines = found.filter(about="supervisor")
    below = {post_key(DFID, ref) for ref in reporting(data / "uk-organograms", superior)}
    assert len(below) > 3
    assert {unit for unit in lines["unit"] if is_post(unit, DFID)} == below


def test_a_return_that_lost_a_row_is_told_at_the_door(data, superior, tmp_path):
    """The same row taken out of a copy of the published file."""
    for file in (data / "uk-organograms").iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "senior_posts.csv":
            kept = [row for row in table(file) if row not in rows(data / "uk-organograms")
                    or row["Post Unique Reference"] != superior]  # fmt: skip
            made = StringIO()
            writer = csv.DictWriter(made, kept[0])
            writer.writeheader()
            writer.writerows(kept)
            text = made.getvalue()
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    told = [each for each in inspect(tmp_path).findings if each.code == "missing-post"]
    assert {(each.body, each.on, each.subject) for each in told} == {(DFID, "2014-09-30", superior)}


@pytest.fixture(scope="module")
def staffed(britain, data, django_db_blocker):
    """Everybody the last return names, sitting whole on the post it names them for."""
    state = State(britain, parse_day("2014-09-30"))
    kinds = dict(state.accounts.select("holder", "kind").iter_rows())
    named = {row["Post Unique Reference"] for row in rows(data / "uk-organograms")
             if row["holder"] == "named"}  # fmt: skip
    lines = "".join(
        f"\n  上编 person={DFID}-{ref} org={post_key(DFID, ref)} kind={kinds[post_key(DFID, ref)]}"
        for ref in sorted(named) if post_key(DFID, ref) in kinds
    )  # fmt: skip
    with django_db_blocker.unblock(), transaction.atomic():
        Poster().post(ledger(f"2014-09-30 opening{lines}"))
        yield load()
        transaction.set_rollback(True)


def test_whoever_sits_whole_on_part_of_a_post_makes_a_negative_vacancy(staffed, data):
    """Exactly the named holders of posts of less than one FTE, by the published file."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows(data / "uk-organograms"):
        if row["holder"] == "named":
            sums[row["Post Unique Reference"]] += Decimal(row["FTE"] or 0)
    part = {post_key(DFID, ref): fte for ref, fte in sums.items() if fte < 1}
    assert len(part) > 2
    found = of(judged(staffed, "2014-09-30"), "CK-01")
    assert dict(found.select("unit", "limit").iter_rows()) == part
    assert set(found["found"]) == {Decimal(1)}
    lines = Material(State(staffed, parse_day("2014-09-30"))).posts
    assert sorted(lines.filter(pl.col("gross_vacant") < 0)["unit"]) == sorted(part)


def test_a_return_with_half_of_it_missing_shows_in_the_number_of_small_sections(britain):
    """2014-03-31 of one body is broken: its sections halve and come back."""
    body = pl.col("unit").str.starts_with("department_for_international_development")
    before, then, after = (
        of(judged(britain, day), "BZ-06").filter(body).height
        for day in ("2013-09-30", "2014-03-31", "2014-09-30")
    )
    assert then < before / 2
    assert then < after / 2
