"""Reading the three files: columns by heading, refusals that name file and line."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.organograms import read_published, read_snapshots
from tests.files.organograms.world import FIRST, SECOND, junior, senior, write


def problem(folder, read=read_snapshots):
    with pytest.raises(Refusal) as refused:
        read(folder)
    return refused.value.problems[0]


def test_returns_come_by_day_with_their_rows_in_file_order(tmp_path):
    rows = [senior(SECOND, "A1"), senior(FIRST, "A2"), senior(FIRST, "A1", "A2", fte="0.8")]
    later, earlier = read_snapshots(write(tmp_path, rows, [junior(FIRST, "A1")]))[::-1]
    assert (earlier.on, later.on) == (FIRST, SECOND)
    assert [(row.ref, row.fte, row.line) for row in earlier.seniors] == [
        ("A2", "1", 3),
        ("A1", "0.8", 4),
    ]
    assert later.juniors == ()


def test_a_body_with_junior_rows_only_is_a_return_too(tmp_path):
    (only,) = read_snapshots(write(tmp_path, [], [junior(FIRST, "A1")]))
    assert len(only.rows) == 1


def test_columns_are_found_by_heading_and_a_byte_order_mark_is_no_heading(tmp_path):
    path = write(tmp_path, [senior(FIRST, "A1")]) / "senior_posts.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    turned = "\n".join(",".join(reversed(row)) for row in rows)
    path.write_text("\ufeff" + turned, encoding="utf-8")
    assert read_snapshots(tmp_path)[0].seniors[0].ref == "A1"


def test_a_row_over_several_lines_is_placed_at_its_first(tmp_path):
    rows = [senior(FIRST, "A1", function="One\nTwo"), senior(FIRST, "A2", "A1")]
    (snapshot,) = read_snapshots(write(tmp_path, rows))
    assert [row.line for row in snapshot.seniors] == [2, 4]


def test_a_missing_file_is_named(tmp_path):
    (write(tmp_path, [senior(FIRST, "A1")]) / "junior_posts.csv").unlink()
    assert problem(tmp_path).place == "junior_posts.csv"


def test_a_missing_column_is_named(tmp_path):
    path = write(tmp_path, [senior(FIRST, "A1")]) / "senior_posts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Job Title", "Job"), encoding="utf-8")
    found = problem(tmp_path)
    assert (found.code, found.place) == ("no-column", "senior_posts.csv:1")
    assert "Job Title" in found.what


@pytest.mark.parametrize("tail", [",one too many\n", None])
def test_a_row_of_another_width_is_refused(tmp_path, tail):
    path = write(tmp_path, [senior(FIRST, "A1")]) / "senior_posts.csv"
    text = path.read_text(encoding="utf-8").rstrip()
    text = text + tail if tail else text.rpartition(",")[0]
    path.write_text(text, encoding="utf-8")
    found = problem(tmp_path)
    assert (found.code, found.place) == ("bad-width", "senior_posts.csv:2")


def test_a_day_that_is_none_is_refused_with_its_place(tmp_path):
    write(tmp_path, [senior(FIRST, "A1"), senior("2011-02-30", "A2")])
    found = problem(tmp_path)
    assert (found.code, found.field, found.place) == (
        "bad-day",
        "snapshot_date",
        "senior_posts.csv:3",
    )


def test_a_published_count_must_be_whole(tmp_path):
    path = write(tmp_path, [], counts=[("canal_office", FIRST, 1, 2)]) / "published_counts.csv"
    assert read_published(tmp_path)[0].juniors == 2
    path.write_text(path.read_text(encoding="utf-8").replace(",1,2", ",1,two"), encoding="utf-8")
    found = problem(tmp_path, read_published)
    assert (found.field, found.place) == ("junior_rows", "published_counts.csv:2")
