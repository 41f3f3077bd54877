"""Hands laid on the tables past their guards, and what a verification must then say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import DatabaseError, transaction

from bianzhi.record import triggers
from bianzhi.record.engine import Engine
from bianzhi.record.tables import COLUMNS

TABLES = {**COLUMNS, "record_head": ("id", "no", "digest")}
NUMBERED = tuple(table for table, columns in COLUMNS.items() if "line" in columns)

Rows = dict[str, list[tuple[Any, ...]]]


class Edit(NamedTuple):
    """Another value in one column of one row."""

    table: str
    row: tuple[Any, ...]
    column: str
    value: Any

    @property
    def old(self) -> Any:
        """What stands there."""
        return self.row[TABLES[self.table].index(self.column)]


@contextmanager
def unguarded(engine: Engine) -> Iterator[None]:
    """The guards are off; everything done in the block is undone after it."""
    with transaction.atomic(using=engine.using):
        for statement in triggers.drop(engine.vendor):
            engine.run(statement)
        yield
        transaction.set_rollback(True, using=engine.using)


def done(engine: Engine, sql: str, values: Sequence[Any] = ()) -> bool:
    """Carry out a statement; False where the schema itself refuses it."""
    try:
        with transaction.atomic(using=engine.using):
            engine.run(sql, values)
    except (DatabaseError, OverflowError):
        return False
    return True


def where(table: str, row: Sequence[Any]) -> tuple[str, list[Any]]:
    """The condition that finds one row."""
    keys = ("change_no", "line") if table in NUMBERED else TABLES[table][:1]
    if table == "record_subject":
        keys = ("id",)
    at = [row[TABLES[table].index(key)] for key in keys]
    return " AND ".join(f"{key} = %s" for key in keys), at


def edit(engine: Engine, made: Edit) -> bool:
    """Change one value."""
    condition, values = where(made.table, made.row)
    sql = f'UPDATE {made.table} SET "{made.column}" = %s WHERE {condition}'
    return done(engine, sql, [made.value, *values])


def insert(engine: Engine, table: str, row: Sequence[Any]) -> bool:
    """Add a row."""
    names = ", ".join(f'"{column}"' for column in TABLES[table])
    marks = ", ".join(["%s"] * len(row))
    return done(engine, f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


def delete(engine: Engine, table: str, row: Sequence[Any]) -> bool:
    """Remove a row."""
    condition, values = where(table, row)
    return done(engine, f"DELETE FROM {table} WHERE {condition}", values)


def renumber(engine: Engine, old: int, new: int) -> bool:
    """Give everything of a change another change number."""
    tables = ((table, "change_no") for table, columns in COLUMNS.items() if "change_no" in columns)
    every = [("record_change", "no"), *tables]
    values = [new, old]
    return all(
        done(engine, f"UPDATE {table} SET {column} = %s WHERE {column} = %s", values)
        for table, column in every
    )


def drop_change(engine: Engine, no: int) -> bool:
    """Remove a change with all its rows."""
    tables = ((table, "change_no") for table, columns in COLUMNS.items() if "change_no" in columns)
    every = [("record_change", "no"), *tables]
    return all(
        done(engine, f"DELETE FROM {table} WHERE {column} = %s", [no]) for table, column in every
    )


def change_of(rows: Rows, table: str, row: Sequence[Any]) -> int | None:
    """The change a row belongs to; an account to the first that used it, the head to none."""
    if table == "record_head":
        return None
    if table == "record_account":
        uses = ((*COLUMNS[each], each) for each in ("record_posting", "record_claim"))
        return min(
            int(use[0])
            for columns in uses
            for use in rows[columns[-1]]
            if use[columns.index("account_id")] == row[0]
        )
    column = "no" if table == "record_change" else "change_no"
    return int(row[COLUMNS[table].index(column)])


def first_bad(rows: Rows, made: Edit) -> int | None:
    """The change that must be named first after an edit; None where no change is meant."""
    own = change_of(rows, made.table, made.row)
    if own is None or made.column != "change_no" or not isinstance(made.value, int):
        return own
    last = rows["record_change"][-1][0]
    lowest = 0 if made.table == "record_subject" else 1
    return min(own, made.value) if lowest <= made.value <= last else own


def other_values(engine: Engine, value: Any) -> list[Any]:
    """Values that differ from one a little or a lot; odd types where the engine keeps anything."""
    odd = ["x", b"x", 0.5, None] if engine.vendor == "sqlite" else [None]
    if isinstance(value, bool):
        return [not value, 2, *odd]
    if isinstance(value, int):
        return [value + 1, value - 1, -value - 7, value + 2**40, *odd]
    if isinstance(value, str):
        middle = len(value) // 2
        changed = value[:middle] + "改" + value[middle + 1 :]
        cut = [value[:-1]] if value else []
        return [changed, value + " ", value + "\N{ZERO WIDTH SPACE}", *cut, b"\xff", *odd[3:]]
    return ["", "x", 1, *odd[1:3]]
