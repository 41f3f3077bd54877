"""Whatever is changed in the tables behind the record's back, verification finds and names it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.record.tables import COLUMNS
from bianzhi.record.verify import verify
from tests.support.rich import contents, rich_history
from tests.support.tampering import (
    NUMBERED,
    TABLES,
    Edit,
    change_of,
    delete,
    done,
    drop_change,
    edit,
    first_bad,
    insert,
    other_values,
    renumber,
    unguarded,
)

COLUMN = [(table, column) for table, columns in TABLES.items() for column in columns]
same_record = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def rich(stored):
    stored.post(*rich_history())
    stored.rows = contents(stored.engine)
    stored.last = stored.rows["record_change"][-1][0]
    return stored


def named_first(rich):
    """The change the first fault is found at; there must be one."""
    report = verify(rich.engine.using)
    assert not report.sound
    assert all(fault.what for fault in report.faults)
    return report.faults[0].no


def found(rich, made: Edit) -> bool:
    """Make an edit and hold verification to it; False where the schema itself refuses it."""
    before = stored_column(rich, made)
    with unguarded(rich.engine):
        if not edit(rich.engine, made):
            return False
        if stored_column(rich, made) == before:
            return False  # the engine took it for the same value
        no = named_first(rich)
        expected = first_bad(rich.rows, made)
        assert expected is None or no == expected, made
    return True


def stored_column(rich, made: Edit) -> list[tuple[object, ...]]:
    """The column as it is stored: some values of SQLite are read as others."""
    raw = "quote" if rich.engine.vendor == "sqlite" else ""
    query = f'SELECT {raw}("{made.column}") AS raw FROM {made.table} ORDER BY raw'
    values: list[tuple[object, ...]] = rich.engine.rows(query)
    return values


@pytest.mark.parametrize(("table", "column"), COLUMN, ids=[".".join(each) for each in COLUMN])
def test_an_edit_of_any_column_is_found_at_its_change(rich, table, column):
    rows = rich.rows[table]
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        tried = [Edit(table, row, column, None)]
        tried = [Edit(table, row, column, v) for v in other_values(rich.engine, tried[0].old)]
        made = [found(rich, each) for each in tried if each.value != each.old]
        assert any(made)


@same_record
@given(data=st.data())
def test_any_edit_of_any_row_is_found_at_its_change(rich, data):
    table, column = data.draw(st.sampled_from(COLUMN))
    row = data.draw(st.sampled_from(rich.rows[table]))
    old = Edit(table, row, column, None).old
    texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9)
    values = st.sampled_from(other_values(rich.engine, old)) | (
        st.integers(-(2**31), 2**31 - 1) if isinstance(old, int) else texts
    )
    made = Edit(table, row, column, data.draw(values.filter(lambda value: value != old)))
    found(rich, made)


@same_record
@given(data=st.data())
def test_a_row_taken_away_is_found_at_its_change(rich, data):
    table = data.draw(st.sampled_from(sorted(TABLES)))
    row = data.draw(st.sampled_from(rich.rows[table]))
    with unguarded(rich.engine):
        assert delete(rich.engine, table, row)
        expected = change_of(rich.rows, table, row)
        assert named_first(rich) == (rich.last if expected is None else expected)


@same_record
@given(data=st.data())
def test_a_row_doubled_is_found_at_its_change(rich, data):
    table = data.draw(st.sampled_from(NUMBERED))
    row = dict(zip(COLUMNS[table], data.draw(st.sampled_from(rich.rows[table])), strict=True))
    row["line"] = 1 + max(
        each[COLUMNS[table].index("line")]
        for each in rich.rows[table]
        if each[COLUMNS[table].index("change_no")] == row["change_no"]
    )
    if table == "record_subject":
        row |= {"id": len(rich.rows[table]) + 1, "key": f"{row['key']}2"}
    with unguarded(rich.engine):
        assert insert(rich.engine, table, list(row.values()))
        assert named_first(rich) == row["change_no"]


@pytest.mark.parametrize("table", [table for table in TABLES if table != "record_head"])
def test_a_stray_row_is_found(rich, table):
    fraction = [2.5] if rich.engine.vendor == "sqlite" else []
    for number in (-1, 0, 11, 10**6, *fraction):
        row = dict(zip(TABLES[table], rich.rows[table][-1], strict=True))
        changes = {"no": number, "change_no": number, "id": len(rich.rows[table]) + 1, "line": 9}
        row |= {column: value for column, value in changes.items() if column in row}
        if table in ("record_subject", "record_account"):
            row["key" if table == "record_subject" else "kind"] = "无主"
        with unguarded(rich.engine):
            assert insert(rich.engine, table, list(row.values()))
            named_first(rich)


def test_a_second_head_is_found(rich):
    with unguarded(rich.engine):
        assert insert(rich.engine, "record_head", (2, 5, "0" * 64))
        named_first(rich)


@same_record
@given(data=st.data())
def test_two_rows_in_each_others_place_are_found_at_their_change(rich, data):
    table = data.draw(st.sampled_from(NUMBERED))
    at = COLUMNS[table].index("line")
    no = data.draw(st.sampled_from([n for n in range(1, rich.last + 1) if many(rich, table, n)]))
    one, two = data.draw(st.sampled_from(list(combinations(many(rich, table, no), 2))))
    with unguarded(rich.engine):
        steps = [(one, -1), (two, one[at]), (one, two[at])]
        for row, line in steps:
            now = list(row)
            now[at] = -1 if row is one and line != -1 else row[at]
            assert edit(rich.engine, Edit(table, tuple(now), "line", line))
        assert named_first(rich) == no


def many(rich, table: str, no: int) -> list[tuple[object, ...]]:
    """The rows of a change in a table, where there are at least two."""
    at = COLUMNS[table].index("change_no")
    rows = [row for row in rich.rows[table] if row[at] == no]
    return rows if len(rows) > 1 else []


def test_two_changes_in_each_others_place_are_found_at_the_first(rich):
    for one, two in combinations(range(1, rich.last + 1), 2):
        with unguarded(rich.engine):
            for old, new in ((one, -1), (two, one), (-1, two)):
                assert renumber(rich.engine, old, new)
            assert named_first(rich) == one


def test_a_change_taken_away_is_found_at_its_number(rich):
    for no in range(1, rich.last + 1):
        with unguarded(rich.engine):
            assert drop_change(rich.engine, no)
            assert named_first(rich) == no


def test_a_change_taken_away_with_the_gap_closed_is_found_at_its_number(rich):
    for no in range(1, rich.last):
        with unguarded(rich.engine):
            assert drop_change(rich.engine, no)
            for later in range(no + 1, rich.last + 1):
                assert renumber(rich.engine, later, later - 1)
            assert named_first(rich) == no


def test_a_tail_taken_away_is_found_though_the_head_is_set_back(rich):
    """What the chain cannot know, the receipt does."""
    last = rich.rows["record_change"][-1]
    before = rich.rows["record_change"][-2]
    with unguarded(rich.engine):
        assert drop_change(rich.engine, last[0])
        sql = "UPDATE record_head SET no = %s, digest = %s"
        assert done(rich.engine, sql, [before[0], before[-1]])
        report = verify(rich.engine.using, receipts=((last[0], last[-1]),))
        assert report.faults[0].no == last[0]
