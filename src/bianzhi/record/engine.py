"""What differs between SQLite and PostgreSQL: the write lock and bulk entry. Nothing else does."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

LOCK = 0x62_69_61_6E_7A_68_69  # "bianzhi": the advisory lock every writer takes
BATCH = 2000  # values in one IN list, below every engine's limit


class Engine:
    """One database connection as the record uses it."""

    def __init__(self, using: str = "default") -> None:
        self.using = using
        self._writing: Any = None  # the cursor of the transaction under way

    @property
    def vendor(self) -> str:
        """sqlite or postgresql."""
        return connections[self.using].vendor

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which nobody else posts; durable when the block is left.

        SQLite takes its write lock at BEGIN (transaction_mode IMMEDIATE); PostgreSQL takes an
        advisory lock that is given back with the transaction, and waits for the disk even where
        the server's default is not to.
        """
        with transaction.atomic(using=self.using):
            if self.vendor == "postgresql":
                self.run("SET LOCAL synchronous_commit = on")
                self.run("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            with connections[self.using].cursor() as self._writing:
                try:
                    yield
                finally:
                    self._writing = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One moment: what is read in the block is as it stood at its first reading.

        Others go on writing. Inside a transaction of the caller's, its moment is the moment.
        """
        link = connections[self.using]
        if link.in_atomic_block:
            yield
        elif self.vendor == "postgresql":
            with transaction.atomic(using=self.using):
                self.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield
        else:
            # `atomic` would begin by taking the write lock
            self.run("BEGIN DEFERRED")
            try:
                yield
            finally:
                self.run("ROLLBACK")

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        """A cursor, the same all through a transaction: opening one costs as much as using it."""
        if self._writing is not None:
            yield self._writing
        else:
            with connections[self.using].cursor() as cursor:
                yield cursor

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Carry out a statement."""
        with self._cursor() as cursor:
            cursor.execute(sql, values or None)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall())

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, if any."""
        with self._cursor() as cursor:
            cursor.execute(sql, values or None)
            found: tuple[Any, ...] | None = cursor.fetchone()
            return found

    def rows_in(
        self, sql: str, values: Iterable[Any], more: Sequence[Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a query whose ``{}`` stands for a list of values, however long the list."""
        listed = list(values)
        for start in range(0, len(listed), BATCH):
            part = listed[start : start + BATCH]
            marks = ",".join(["%s"] * len(part))
            yield from self.rows(sql.format(f"({marks})"), [*part, *more])

    def stream(
        self, sql: str, values: Sequence[Any] = (), size: int = 50_000
    ) -> Generator[tuple[Any, ...], None, None]:
        """Rows of a large result without holding them all."""
        connection = connections[self.using]
        with transaction.atomic(using=self.using) if self.vendor == "postgresql" else _nothing():
            cursor = connection.chunked_cursor()
            try:
                cursor.execute(sql, values or None)
                while rows := cursor.fetchmany(size):
                    yield from rows
            finally:
                cursor.close()

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows: COPY on PostgreSQL, executemany on SQLite."""
        if not rows:
            return
        names = ",".join(f'"{column}"' for column in columns)
        with self._cursor() as cursor:
            if self.vendor == "postgresql":
                copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
                # Django does not know COPY: without this its errors would be psycopg's own
                with connections[self.using].wrap_database_errors, copying as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ",".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@contextmanager
def _nothing() -> Iterator[None]:
    yield
