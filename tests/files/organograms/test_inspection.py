"""Inspection: counts against the published ones, and each finding with its rows."""

from __future__ import annotations

import pytest

from bianzhi.files.organograms import inspect
from tests.files.organograms.world import FIRST, SECOND, THIRD, junior, senior, write

OFFICE = "canal_office"


def found(folder, code):
    return [(each.subject, each.places) for each in inspect(folder).found(code)]


def test_counts_that_agree_leave_no_finding(tmp_path):
    rows = [senior(FIRST, "A1"), senior(FIRST, "A2", "A1", fte="0.8")]
    folder = write(tmp_path, rows, [junior(FIRST, "A1")], [(OFFICE, FIRST, 2, 1)])
    inspection = inspect(folder)
    (check,) = inspection.snapshots
    assert check.agrees
    assert (str(check.senior_fte), str(check.junior_fte)) == ("1.8000", "2.5000")
    assert inspection.findings == ()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(OFFICE, FIRST, 2, 0)], "公布 2/0 行"),
        ([], "没有公布行数"),
        ([(OFFICE, FIRST, 1, 0), (OFFICE, SECOND, 5, 6)], "公布 5/6 行，文件中没有这一期"),
    ],
)
def test_a_count_that_differs_is_told_with_both_numbers(tmp_path, counts, said):
    folder = write(tmp_path, [senior(FIRST, "A1")], counts=counts)
    (finding,) = inspect(folder).found("count-differs")
    assert said in finding.message


def test_duplicate_references_are_found_with_all_their_rows(tmp_path):
    folder = write(tmp_path, [senior(FIRST, "A1"), senior(FIRST, "B2", "A1"), senior(FIRST, "A1")])
    assert found(folder, "duplicate-reference") == [
        ("A1", ("senior_posts.csv:2", "senior_posts.csv:4"))
    ]


def test_one_reference_in_two_returns_is_no_duplicate(tmp_path):
    folder = write(tmp_path, [senior(FIRST, "A1"), senior(SECOND, "A1")])
    assert found(folder, "duplicate-reference") == []


def test_a_word_in_place_of_a_reference_is_found(tmp_path):
    folder = write(tmp_path, [senior(FIRST, "A1"), senior(FIRST, "Vacancy", "A1")])
    assert found(folder, "word-for-reference") == [("Vacancy", ("senior_posts.csv:3",))]


def test_rows_that_report_to_a_missing_post_are_found(tmp_path):
    rows = [senior(FIRST, "A1"), senior(FIRST, "A2", "B9"), senior(FIRST, "A3", "B9")]
    folder = write(tmp_path, rows, [junior(FIRST, "C7"), junior(FIRST, "A1")])
    assert found(folder, "missing-post") == [
        ("B9", ("senior_posts.csv:3", "senior_posts.csv:4")),
        ("C7", ("junior_posts.csv:2",)),
    ]


def test_only_the_posts_on_a_loop_are_named(tmp_path):
    rows = [
        senior(FIRST, "A1", "A1"),
        senior(FIRST, "A2", "A1"),
        senior(FIRST, "A3", "A4"),
        senior(FIRST, "A4", "A3"),
    ]
    subjects = [subject for subject, _ in found(write(tmp_path, rows), "reporting-loop")]
    assert subjects == ["A1", "A3", "A4"]


def test_rows_repeated_word_for_word_are_found(tmp_path):
    same, other = junior(FIRST, "A1"), junior(FIRST, "A1", group="Policy")
    folder = write(tmp_path, [senior(FIRST, "A1")], [same, other, same])
    assert found(folder, "repeated-row") == [("A1", ("junior_posts.csv:2", "junior_posts.csv:4"))]


@pytest.mark.parametrize("fte", ["", "N/D", "http://example.org/tenure48", "-1", "NaN", "1e12"])
def test_an_fte_that_is_no_number_of_posts_is_found(tmp_path, fte):
    folder = write(tmp_path, [senior(FIRST, "A1", fte=fte)])
    assert found(folder, "unreadable-fte") == [("A1", ("senior_posts.csv:2",))]


def test_a_broken_return_is_found_and_findings_can_be_counted(tmp_path):
    whole = [f"A{n}" for n in range(5)]
    rows = [senior(on, ref) for on in (FIRST, THIRD) for ref in whole] + [senior(SECOND, "A0")]
    counts = [(OFFICE, FIRST, 5, 0), (OFFICE, SECOND, 1, 0), (OFFICE, THIRD, 5, 0)]
    inspection = inspect(write(tmp_path, rows, counts=counts))
    assert [each.on for each in inspection.found("broken-return")] == [SECOND]
    assert inspection.tally() == {"broken-return": 1}
