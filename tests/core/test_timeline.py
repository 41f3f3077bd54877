"""A fact's timeline: each value holds until the next; on one day the later change wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.facts import FIELDS, REFERENCES, Timeline
from bianzhi.core.kinds import TREES

rows = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(1, 5), st.integers(1, 3), st.sampled_from(["甲", "乙", None])
    ),
    unique_by=lambda row: row[1:3],
    max_size=12,
)


def timeline(entered: list[tuple[int, int, int, str | None]]) -> Timeline[str]:
    line = Timeline[str]()
    for day, no, row, value in entered:
        line.add(day, no, row, value)
    return line


def naive(entered: list[tuple[int, int, int, str | None]], day: int) -> str | None:
    known = sorted((*row[:3], row[3] or "") for row in entered if row[0] <= day)
    return (known[-1][3] or None) if known else None


@given(rows)
def test_the_value_on_a_day_is_the_last_row_up_to_it_in_whatever_order_rows_came(entered):
    line = timeline(entered)
    for day in range(-1, 8):
        assert line.at(day) == naive(entered, day)


@given(rows, st.integers(1, 5))
def test_dropping_a_change_means_as_if_it_had_never_been_made(entered, no):
    others = [row for row in entered if row[1] != no]
    line = timeline(entered)
    before = line.copy()
    line.drop(no)
    for day in range(-1, 8):
        assert line.at(day) == naive(others, day)
        assert before.at(day) == naive(entered, day)  # a copy lives on its own


@given(rows)
def test_every_row_is_there_even_one_that_a_later_change_of_its_day_hides(entered):
    assert sorted(map(str, timeline(entered).values())) == sorted(str(row[3]) for row in entered)


@given(rows)
def test_steps_tell_the_whole_story_one_a_day(entered):
    line = timeline(entered)
    steps = list(line.steps())
    assert steps == [(day, naive(entered, day)) for day in sorted({row[0] for row in entered})]
    assert bool(line) == bool(entered)


@given(rows, st.integers(-1, 7), st.integers(0, 5))
def test_what_comes_later_by_day_or_by_change_is_seen(entered, day, no):
    line = timeline(entered)
    assert line.next_after(day) == min((row[0] for row in entered if row[0] > day), default=None)
    assert line.changed_since(no) == any(row[1] > no for row in entered)


@given(rows, st.integers(-1, 7))
def test_steps_from_a_day_start_with_what_holds_then(entered, day):
    line = timeline(entered)
    later = [step for step in line.steps() if step[0] > day]
    assert line.steps_from(day) == [(day, naive(entered, day)), *later]


def test_an_empty_timeline_has_no_value_ever():
    line = Timeline[str]()
    assert line.at(2**40) is None
    assert line.steps_from(3) == [(3, None)]
    assert not line


def test_every_field_has_a_type_that_can_be_read():
    known = {"text", "texts", "flag", "day", "quantity", "status", "ref", *TREES}
    assert {field.type for fields in FIELDS.values() for field in fields.values()} <= known


def test_references_are_the_fields_that_name_another_unit_in_whatever_class():
    assert {"parent", "supervisor", "sponsor", "holder", "works_at"} == REFERENCES
