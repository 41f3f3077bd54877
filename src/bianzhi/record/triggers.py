"""Guards in the database itself: records are added, never changed or removed, on either engine."""

from __future__ import annotations

from collections.abc import Iterator

TABLES = (
    "record_change", "record_document", "record_subject", "record_account", "record_fact",
    "record_posting", "record_claim", "record_link", "record_assertion", "record_amendment",
)  # fmt: skip
_REFUSED = "record rows are never changed or removed"
_GAP = "change numbers have no gap"
_BACKWARD = "the head only moves forward"


def create(vendor: str) -> Iterator[str]:
    """The statements that set the guards up."""
    yield from _sqlite() if vendor == "sqlite" else _postgresql()


def drop(vendor: str) -> Iterator[str]:
    """The statements that take them away (used only when the tables themselves go)."""
    for table, name in _names():
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")


def _names() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        yield table, f"{table}_no_update"
        yield table, f"{table}_no_delete"
    yield "record_change", "record_change_no_gap"
    yield "record_head", "record_head_forward"
    yield "record_head", "record_head_no_delete"


def _sqlite() -> Iterator[str]:
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
    yield (
        "CREATE TRIGGER record_change_no_gap BEFORE INSERT ON record_change "
        "WHEN NEW.no <> (SELECT COALESCE(MAX(no), 0) + 1 FROM record_change) "
        f"BEGIN SELECT RAISE(ABORT, '{_GAP}'); END"
    )
    yield (
        "CREATE TRIGGER record_head_forward BEFORE UPDATE ON record_head "
        f"WHEN NEW.no <= OLD.no BEGIN SELECT RAISE(ABORT, '{_BACKWARD}'); END"
    )
    yield (
        "CREATE TRIGGER record_head_no_delete BEFORE DELETE ON record_head "
        f"BEGIN SELECT RAISE(ABORT, '{_BACKWARD}'); END"
    )


def _postgresql() -> Iterator[str]:
    yield _function("record_refuse", f"RAISE EXCEPTION '{_REFUSED}';")
    yield _function(
        "record_no_gap",
        "IF NEW.no <> (SELECT COALESCE(MAX(no), 0) + 1 FROM record_change) THEN "
        f"RAISE EXCEPTION '{_GAP}'; END IF; RETURN NEW;",
    )
    yield _function(
        "record_forward",
        f"IF NEW.no <= OLD.no THEN RAISE EXCEPTION '{_BACKWARD}'; END IF; RETURN NEW;",
    )
    for table in TABLES:
        # TRUNCATE goes past row triggers, so it gets its own
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION record_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()"
        )
    yield (
        "CREATE TRIGGER record_change_no_gap BEFORE INSERT ON record_change "
        "FOR EACH ROW EXECUTE FUNCTION record_no_gap()"
    )
    yield (
        "CREATE TRIGGER record_head_forward BEFORE UPDATE ON record_head "
        "FOR EACH ROW EXECUTE FUNCTION record_forward()"
    )
    yield (
        "CREATE TRIGGER record_head_no_delete BEFORE DELETE OR TRUNCATE ON record_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()"
    )


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} END $$"
    )
