"""Whatever a folder holds, its exchange file balances and never overdraws, or it is refused."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.files.open_budget.rows import Nature
from tests.files.open_budget.small_ledger import Ledger

PROGRAMMES = ("010101", "010102", "020101", "470101")
COUNTERS = {"上级", "核销", "置换"}
halves = st.integers(0, 12).map(lambda n: str(Decimal(n) / 2))
laws = st.fixed_dictionaries(dict.fromkeys(PROGRAMMES, st.lists(halves, min_size=1, max_size=2)))
moves = st.lists(
    st.tuples(st.sampled_from(PROGRAMMES), st.integers(-4, 4).filter(bool)),
    min_size=1,
    max_size=3,
)
requests = st.lists(
    st.tuples(st.sampled_from(Nature), st.sampled_from(["03", "04"]), moves),
    min_size=1,
    max_size=6,
)


@given(law=laws, asked=requests)
def test_balanced_and_never_overdrawn(law: Any, asked: Any) -> None:
    with TemporaryDirectory() as folder:
        ledger = written(Path(folder), law, asked)
        lines, refused = outcome(ledger)
    assert refused <= {"below-zero"}
    if refused:
        return
    replay(lines)
    opened = [Decimal(line["n"]) for line in lines if line.get("do") == "下达" and "on" not in line]
    assert sum(opened) == sum(Decimal(n) for figures in law.values() for n in figures)
    posted = [line["document"] for line in heads(lines) if line["document"]]
    assert len({(d["doc_no"], d["clause"]) for d in posted}) == len(posted)
    assert sum(d["doc_no"].startswith("2012/03/") for d in posted) == len(asked)


def written(folder: Path, law: Any, asked: Any) -> Ledger:
    ledger = Ledger(folder)
    figures = [(p, i, n) for p in PROGRAMMES for i, n in enumerate(law[p])]
    ledger.law(2012, *((f"{p}{i:02}", n, 0, 0) for p, i, n in figures))
    for number, (nature, day, legs) in enumerate(asked):
        ledger.request(f"2012/03/{number:03}", nature.value, f"B1{day}-Jun-12", *legs)
    return ledger


def outcome(ledger: Ledger) -> tuple[list[dict[str, Any]], set[str]]:
    """The lines, or why there are none."""
    try:
        return ledger.convert(), set()
    except Refusal as refusal:
        return [], {problem.code for problem in refusal.problems}


def heads(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line["change"] for line in lines if "change" in line]


def replay(lines: list[dict[str, Any]]) -> None:
    """Enter every change in turn: each sums to zero and leaves no holder below zero."""
    held: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.get("do") == "下达":
            held[line["to"]] += Decimal(line["n"])
            held["上级"] -= Decimal(line["n"])
        if line.get("do") == "调剂":
            for leg in line["legs"]:
                held[leg["holder"]] += Decimal(leg["n"])
            assert all(n >= 0 for holder, n in held.items() if holder not in COUNTERS)
            assert sum(held.values()) == 0
