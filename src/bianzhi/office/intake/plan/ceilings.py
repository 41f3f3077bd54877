"""Ceilings: what the level above granted; what is not given out yet lies in the area's reserve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bianzhi.core.acts import Act
from bianzhi.core.changes import OPENING, REGULAR, Draft
from bianzhi.core.days import day_text
from bianzhi.core.documents import Document
from bianzhi.core.ledger import GRANTED
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account
from bianzhi.office.intake.plan.bench import Bench, act
from bianzhi.office.intake.plan.opening import Current
from bianzhi.office.intake.plan.rows import CEILINGS, Row, Said

POOL = "JDBZ"


def drafts(current: Current, said: Said, by: str) -> Iterator[Draft]:
    """The reserve, then one change a paper that grants; each is made before the next is asked."""
    bench, on = current.bench, day_text(current.day)
    rows = [row for row in current.given.of(CEILINGS) if row.text("kind") and row.number("amount")]
    if not rows:
        return
    if bench.book.cls(POOL) is None:
        name = f"{current.names.area}机动编制"
        setting = act("设立", rows[0].origin, org=POOL, class_="pool", name=name, on=on)
        yield Draft([setting], None, OPENING, by, "期初：机动编制")
    for row in rows:
        day = max(current.day, row.day("doc_date") or 0)
        paper = _paper(row, day)
        if paper is not None and bench.book.posted_under(paper.key) is not None:
            continue
        acts = [_dated(each, day) for each in _granted(current, row, day, said)]
        if paper is not None:
            yield Draft(acts, paper, REGULAR, by)
        else:
            yield Draft(acts, None, OPENING, by, f"期初：{row.text('kind')}控制数")


def _dated(each: Act, day: int) -> Act:
    return replace(each, on=day)


def _paper(row: Row, day: int) -> Document | None:
    number = row.text("doc_no")
    if not number:
        return None
    title = row.text("doc_title") or f"关于下达{row.text('kind_name') or '编制'}控制数的通知"
    issued = row.day("doc_date")
    return Document(title, number, row.text("issuer"), issued, day, row.text("kind"))


def _granted(current: Current, row: Row, day: int, said: Said) -> Iterator[Act]:
    bench, kind = current.bench, row.text("kind")
    amount, origin = row.number("amount") or 0, row.at("amount")
    out = granted(bench, kind, day)
    rest = amount - out
    if rest > 0:
        yield act("下达", origin, to=POOL, kind=bookable(bench, kind), n=rest)
    elif rest < 0:
        name = bench.kinds.get(kind).name
        said.warning(
            "over-ceiling",
            f"{name}已核定 {quantity_text(out)} 名，超过控制数 {quantity_text(amount)} 名",
            "请核对控制数，或查明多核定的单位", origin,
        )  # fmt: skip
    yield act("核对", origin, org=GRANTED, kind=kind, n=amount)


def granted(bench: Bench, kind: str, day: int) -> int:
    """What the level above has granted of a kind by the day: 总量 = −balance(上级)."""
    codes = [code.code for code in bench.kinds if bench.kinds.covers(kind, code.code)]
    fundings = ["", *(code.code for code in bench.book.tree("funding_form"))]
    return -sum(
        bench.book.counter_balance(Account(GRANTED, code, funding), day)
        for code in codes
        for funding in fundings
    )


def bookable(bench: Bench, kind: str) -> str:
    """The kind itself, or the first one below a heading."""
    if not bench.kinds.get(kind).is_group:
        return kind
    return next(code.code for code in bench.kinds if code.parent == kind and not code.is_group)
