"""Allocation: 100,000 requests to a proven optimum, 3,000 with side rules by integer program."""

from __future__ import annotations

import time

import numpy as np
import polars as pl

from benchmarks.common import Line, arguments, best, show, timed
from bianzhi.methods.allocation import Cap, allocate, compare, floor_first

SIZES = (
    ("requests", 100_000, 3_000, "requests without side rules"),
    ("ruled", 3_000, 200, "requests with side rules"),
)
KINDS = ("行政", "事业", "工勤")


def main() -> None:
    given = arguments(__doc__, *SIZES)
    show("allocation", greedy(given.requests) + ruled(given.ruled) + naive(given.ruled))


def greedy(count: int) -> list[Line]:
    """Concave benefits under department caps inside domain caps inside kinds."""
    asked, vacant, caps = requests(count), vacancies(count), nested_caps(count)
    took = best(lambda: allocate(asked, vacant, caps=caps))
    start = time.process_time()
    made = allocate(asked, vacant, caps=caps)
    used = time.process_time() - start
    assert made.gap < 1e-9
    words, _ = timed(made.to_frame)
    floored, held = timed(lambda: floor_first(asked, vacant, caps=caps))
    assert held.allocation.gap < 1e-9
    return [
        Line(f"{count:,} requests, proven optimum",
             f"{took:.2f} s ({used:.2f} s of processor)", aim="2 s"),
        Line("  the reason of every request in words", f"{words:.2f} s"),
        Line("  the highest floor first, then benefit", f"{floored:.2f} s",
             f"floor {held.floor:.1%}, costs {held.share:.2%} of the benefit"),
        against_highs(min(count, 10_000)),
    ]  # fmt: skip


def against_highs(count: int) -> Line:
    """The same program by the solver, at a size it can take."""
    asked, vacant, caps = requests(count), vacancies(count), nested_caps(count)
    took, made = timed(lambda: allocate(asked, vacant, caps=caps))
    every, program = timed(
        lambda: allocate(asked, vacant, caps=caps, integer_program=True, seconds=120, gap=1e-6)
    )
    assert abs(program.value - made.value) <= 1e-5 * made.value
    text = f"HiGHS, the same program: {every:.1f} s, gap {program.gap:.1e}"
    return Line(f"{count:,} requests, proven optimum", f"{took:.2f} s", text, f"{every / took:.0f}")


def ruled(count: int) -> list[Line]:
    """All or nothing, one of several, caps that cross."""
    asked, vacant = side_rules(requests(count)), vacancies(count)
    caps = crossing_caps(count)
    start = time.process_time()
    took, made = timed(lambda: allocate(asked, vacant, caps=caps, benefit="shortage", gap=1e-3))
    used = time.process_time() - start
    text = f"gap proven {made.gap:.2e}; {used:.1f} s of processor"
    return [Line(f"{count:,} requests with side rules", f"{took:.1f} s", text, aim="30 s; 0.1 %")]


def naive(count: int) -> list[Line]:
    """What the optimum gains on rules of thumb."""
    asked, vacant, caps = requests(count), vacancies(count), nested_caps(count)
    table = compare(asked, vacant, caps=caps)
    return [
        Line(f"benefit, {rule}", f"{value:,.1f}", f"{posts:,} posts", f"+{gain:.1%}")
        for rule, posts, value, gain in table.rows
    ]


def requests(count: int) -> pl.DataFrame:
    """Requests of departments in domains, in no order of urgency."""
    chance = np.random.default_rng(20260101)
    kind = chance.choice(KINDS, count, p=[0.3, 0.6, 0.1])
    domain = chance.integers(0, 8, count)
    need = chance.integers(5, 60, count)
    have = np.round(need * chance.uniform(0.5, 1.05, count))
    return pl.DataFrame(
        {
            "id": [f"申请{k}" for k in range(count)],
            "kind": kind.tolist(),
            "domain": [f"{each}-{what}" for each, what in zip(domain, kind, strict=True)],
            "department": [
                f"{each}-{what}-{part}"
                for each, what, part in zip(
                    domain, kind, chance.integers(0, max(2, count // 500), count), strict=True
                )
            ],
            "sector": chance.choice(["民生", "安全", "发展", "党建"], count).tolist(),
            "want": chance.integers(1, 11, count),
            "need": need,
            "have": have,
            "priority": chance.choice([0.5, 1.0, 1.5, 3.0], count),
        }
    )


def side_rules(asked: pl.DataFrame) -> pl.DataFrame:
    """A fifth come whole or not at all, a tenth compete in threes."""
    chance = np.random.default_rng(7)
    whole = chance.random(asked.height) < 0.2
    group = np.where(
        chance.random(asked.height) < 0.1,
        chance.integers(0, max(1, asked.height // 30), asked.height),
        -1,
    )
    return asked.with_columns(
        at_once=pl.Series(np.where(whole, asked["want"].to_numpy(), 1)),
        either=pl.Series([f"组{each}" if each >= 0 else "" for each in group]),
    )


def vacancies(count: int) -> dict[str, int]:
    return {"行政": int(0.5 * count), "事业": int(0.9 * count), "工勤": int(0.2 * count)}


def nested_caps(count: int) -> list[Cap]:
    asked = requests(count)
    return [_share(asked, "department", 0.35), _share(asked, "domain", 0.3)]


def crossing_caps(count: int) -> list[Cap]:
    asked = requests(count)
    return [_share(asked, "department", 0.35), _share(asked, "sector", 0.25)]


def _share(asked: pl.DataFrame, column: str, part: float) -> Cap:
    """A cap at a share of what each group asks for."""
    sums = asked.group_by(column).agg(pl.col("want").sum()).sort(column)
    return Cap(column, {name: int(part * want) for name, want in sums.iter_rows()})


if __name__ == "__main__":
    main()
