"""The digest chain: no field of a change can differ without its digest differing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from bianzhi.core.digest import CHUNK, START, Head, digest
from bianzhi.core.documents import Document
from bianzhi.core.rows import (
    Account,
    Amendment,
    Assertion,
    Claim,
    Fact,
    Link,
    Posting,
    Rows,
    Subject,
)

HEAD = Head(3, "2023-05-02T08:00:00+00:00", "张三", "regular", "试点")
PAPER = Document("批复", "X编发〔2023〕5号", "区编委", 19478, 19479, "第一条", "ab" * 32)
AT = Account("A", "XZ", "full")
ROWS = Rows(
    [Subject("A", "org")],
    [Fact(1, "更名", "A", "name", "甲局", 19478, "第一条")],
    [Posting(2, "核增", AT, 20000, 19478, "第二条")],
    [Claim(3, "上编", "P1", "post", AT, "actual", 10000, 19478, "第三条")],
    [Link(4, "合并", "B", "A", 19478, "第四条")],
    [Assertion(5, "核对", "unit", "A", "XZ", "full", "approved", 20000, 5000, 19478, False, "表1")],
    [Amendment(6, "停止核对", 1, 2, "第五条")],
)
TABLES = tuple(field.name for field in fields(Rows))
PLAIN = digest(START, HEAD, PAPER, ROWS)


def other(value: Any) -> Any:
    """A value that is not this one."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}。"


def altered_rows() -> list[tuple[str, Rows]]:
    """Every table with one field of its row changed, named "table.field"."""
    found = []
    for table in TABLES:
        (row,) = getattr(ROWS, table)
        for name, value in zip(row._fields, row, strict=True):
            for where, changed in variants(name, value):
                row_changed = row._replace(**{name: changed})
                found.append((f"{table}.{where}", replace(ROWS, **{table: [row_changed]})))
    return found


def variants(name: str, value: Any) -> list[tuple[str, Any]]:
    """The value with something in it changed; an account in each of its parts."""
    if not isinstance(value, Account):
        return [(name, other(value))]
    parts = value._asdict()
    return [(f"{name}.{part}", Account(**(parts | {part: other(parts[part])}))) for part in parts]


@pytest.mark.parametrize(("where", "rows"), altered_rows(), ids=lambda value: str(value)[:40])
def test_every_field_of_every_row_counts(where, rows):
    assert digest(START, HEAD, PAPER, rows) != PLAIN


@pytest.mark.parametrize("field", Head._fields)
def test_every_field_of_the_head_counts(field):
    head = HEAD._replace(**{field: other(getattr(HEAD, field))})
    assert digest(START, head, PAPER, ROWS) != PLAIN


@pytest.mark.parametrize("field", [field.name for field in fields(Document)])
def test_every_field_of_the_paper_counts(field):
    paper = replace(PAPER, **{field: other(getattr(PAPER, field))})
    assert digest(START, HEAD, paper, ROWS) != PLAIN
    assert digest(START, HEAD, None, ROWS) != PLAIN


def test_the_change_before_counts():
    assert digest(PLAIN, HEAD, PAPER, ROWS) != PLAIN


@pytest.mark.parametrize("table", TABLES)
def test_a_row_more_less_or_moved_to_another_table_counts(table):
    (row,) = getattr(ROWS, table)
    assert digest(START, HEAD, PAPER, replace(ROWS, **{table: []})) != PLAIN
    assert digest(START, HEAD, PAPER, replace(ROWS, **{table: [row, row]})) != PLAIN


def test_the_order_of_rows_counts():
    one, two = Subject("A", "org"), Subject("B", "org")
    forth, back = (replace(ROWS, subjects=each) for each in ([one, two], [two, one]))
    assert digest(START, HEAD, PAPER, forth) != digest(START, HEAD, PAPER, back)


def test_nothing_and_an_empty_text_are_not_the_same():
    (fact,) = ROWS.facts
    empty, none = (replace(ROWS, facts=[fact._replace(value=value)]) for value in ("", None))
    assert digest(START, HEAD, PAPER, empty) != digest(START, HEAD, PAPER, none)


def test_a_row_beyond_the_first_chunk_counts():
    many = [Subject(f"A{number}", "org") for number in range(CHUNK + 1)]
    last = [*many[:-1], Subject("B", "org")]
    whole, changed = (replace(ROWS, subjects=each) for each in (many, last))
    assert digest(START, HEAD, PAPER, whole) != digest(START, HEAD, PAPER, changed)


def test_the_digest_is_the_same_on_every_machine_and_in_every_version():
    """A record outlives the program: changing what is hashed would condemn every stored change."""
    assert PLAIN == "c55ef6ce79a93e5b182b4aaf11ab7f041a884c44c07a1b49620707ae29e69c24"
