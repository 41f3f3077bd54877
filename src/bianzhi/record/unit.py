"""One unit's part of the record, read by index: a few milliseconds at any size of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bianzhi.core.columns import Columns, Entry
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS, REFERENCES
from bianzhi.core.rows import Account, Rows, Subject
from bianzhi.record.engine import Engine
from bianzhi.record.load import heads, known_change
from bianzhi.record.source import SqlSource
from bianzhi.record.tables import READINGS

_READ = {reading.name: reading for reading in READINGS}
NEAR = 40  # lines around a posting in which the other legs of its act are looked for

Found = dict[str, dict[tuple[int, int], Any]]  # table -> (change number, line) -> row


def load_unit(unit: str, using: str = "default", known: int | None = None) -> Columns:
    """The columns of what concerns one unit.

    Its facts and those of the things that name or claim it, its postings with the other legs of
    the same acts, all claims of its claimants, its successions, and the local codes. Rows of
    voided changes are left out.

    Args:
        unit: Its key.
        using: The database.
        known: The change up to which the record is read; the last one if not given.

    Raises:
        Refusal: There is no such unit, or no such change.
    """
    engine = Engine(using)
    source = SqlSource(engine, known_change(engine, known))
    if dict(source.subjects([unit])).get(unit) not in HOLDERS:
        raise Refusal.of("unknown-unit", f"没有代码为“{unit}”的机构", "请核对代码", field="unit")
    found = _rows(source, unit, source.subject_ids([unit])[unit])
    columns = Columns.start().extended([_subjects(source, found, unit), *_entries(source, found)])
    return replace(columns, head=source.head)


def _rows(source: SqlSource, unit: str, number: int) -> Found:
    found: Found = defaultdict(dict)
    accounts = list(source.account_ids(list(source.accounts([unit]))).values())
    _read(source, found, "facts", "x.subject_id IN {}", [number])
    _read(source, found, "facts", "x.ref IN {}", [number])
    _read(source, found, "claims", "x.account_id IN {}", accounts)
    _read(source, found, "postings", "x.account_id IN {}", accounts)
    _other_legs(source, found)
    _read(source, found, "links", "x.before_id IN {}", [number])
    _read(source, found, "links", "x.after_id IN {}", [number])
    _read(source, found, "assertions", "x.holder_id IN {}", [number])
    related = {fact.subject for fact in found["facts"].values()} - {unit}
    related |= {claim.subject for claim in found["claims"].values()}
    numbers = list(source.subject_ids(sorted(related)).values())
    _read(source, found, "facts", "x.subject_id IN {}", numbers)
    _read(source, found, "claims", "x.subject_id IN {}", numbers)
    _read(source, found, "facts", "s.cls IN {}", ["code"])
    others = source.subject_ids(sorted(set(_named(found)))).values()
    _read(source, found, "facts", "x.field = 'name' AND x.subject_id IN {}", list(others))
    return found


def _read(source: SqlSource, found: Found, name: str, where: str, values: Sequence[Any]) -> None:
    reading = _READ[name]
    for row in source.engine.rows_in(f"{reading.select} WHERE {where}", values):
        if row[0] <= source.head and row[0] not in source.voided:
            found[name][row[0], row[1]] = reading.make(row)


def _other_legs(source: SqlSource, found: Found) -> None:
    """The legs of an act stand on neighbouring lines: a short range holds them, or a longer one."""
    acts = {(no, posting.act): line for (no, line), posting in found["postings"].items()}
    for (no, act), line in acts.items():
        reach, legs = 0, {line: None}
        while min(legs) == line - reach or max(legs) == line + reach:
            reach = 4 * reach + NEAR
            legs = _legs(source, no, act, (line - reach, line + reach))
        found["postings"].update({(no, at): posting for at, posting in legs.items()})


def _legs(source: SqlSource, no: int, act: int, lines: tuple[int, int]) -> dict[int, Any]:
    reading = _READ["postings"]
    sql = f"{reading.select} WHERE x.change_no = %s AND x.line BETWEEN %s AND %s"
    rows = source.engine.rows(sql, [no, *lines])
    return {row[1]: reading.make(row) for row in rows if row[2] == act}


def _subjects(source: SqlSource, found: Found, unit: str) -> Entry:
    """All things that are named, as if entered before the first change."""
    keys = {unit, *_named(found)}
    known = sorted(source.subjects(sorted(keys)))
    subjects = [Subject(key, cls) for key, cls in known if cls != "counter"]
    return Entry(0, "", "", "", "", None, Rows(subjects=subjects))


def _named(found: Found) -> Iterator[str]:
    for fact in found["facts"].values():
        yield fact.subject
        if fact.value and fact.field in REFERENCES:
            yield fact.value
    accounts: Iterable[Account | None] = (
        row.account for name in ("postings", "claims") for row in found[name].values()
    )
    yield from (account.holder for account in accounts if account)
    yield from (claim.subject for claim in found["claims"].values())
    yield from (key for link in found["links"].values() for key in (link.before, link.after))


def _entries(source: SqlSource, found: Found) -> Iterator[Entry]:
    rows: dict[int, Rows] = defaultdict(Rows)
    lines: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, table in found.items():
        for (no, line), row in sorted(table.items()):
            getattr(rows[no], name).append(row)
            lines[no][name].append(line)
    numbers = ",".join(str(no) for no in sorted(rows)) or "0"
    for entry in heads(source.engine, f"c.no IN ({numbers})", []):
        yield entry._replace(rows=rows[entry.no], lines=lines[entry.no])
