"""Guards in the database for the office's own logs: rows are added, never changed or removed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.special import RunPython
from django.db.migrations.state import StateApps

_REFUSED = "log rows are never changed or removed"


def guard(table: str) -> RunPython:
    """The migration step that guards a table on either engine."""

    def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(table, editor.connection.vendor):
            editor.execute(statement, params=None)

    def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in dropping(table, editor.connection.vendor):
            editor.execute(statement, params=None)

    return RunPython(create, drop)


def statements(table: str, vendor: str) -> Iterator[str]:
    """What sets the guards of a table up."""
    if vendor == "sqlite":
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        return
    yield (
        "CREATE OR REPLACE FUNCTION office_log_refuse() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION office_log_refuse()"
    )
    # TRUNCATE goes past row triggers
    yield (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION office_log_refuse()"
    )


def dropping(table: str, vendor: str) -> Iterator[str]:
    """What takes them away: used only when the table itself goes, and by tests of tampering."""
    for event in ("update", "delete"):
        name = f"{table}_no_{event}"
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
