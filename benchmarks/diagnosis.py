"""The diagnosis of a city from its record and a survey: what each part of it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from benchmarks.common import Line, arguments, peak_megabytes, show
from bianzhi.core.columns import Columns
from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.rules.diagnosis import (
    Told,
    duties,
    falling,
    hollow,
    micro,
    outside,
    towns,
    undone,
    uneven,
    usual,
    weakened,
)
from bianzhi.rules.diagnosis.diagnosing import diagnose
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.material import Material
from bianzhi.sample.booked import drafts
from bianzhi.sample.make import make_world
from bianzhi.sample.surveyed import answers
from bianzhi.sample.troubles import trouble

DAY = "2026-06-30"
CITY = 3_000
AIM = 5.0  # seconds of the processor
PARTS: dict[str, Callable[[Ground], Any]] = {
    "institutions, days, duties": lambda at: (at.institutions, at.days, at.duties, at.classes),
    "小散弱": micro.micro,
    "空壳, 长期空编": hollow.hollow,
    "职能弱化": weakened.weakened,
    "业务量下降": falling.falling,
    "人均业务量低": falling.thin,
    "没有业务量": falling.silent,
    "职责未履行": undone.undone,
    "从未组建": undone.unset,
    "职能消亡": duties.extinct,
    "政事不分": duties.mixed,
    "编外偏多": outside.outside,
    "资源配置不均": uneven.uneven,
    "镇街之间": towns.towns,
    "职能交叉重叠": duties.overlapping,
}


def city(units: int) -> tuple[Columns, Told]:
    """The record of a city of several districts, and what all their units told."""
    world = make_world(units)
    record, told, made = MemoryRecord(), [], []
    for place, district in enumerate(world.districts):
        true = trouble(district, place)
        made += drafts(district, true)
        told.append(answers(district, world.planted, true, place).told)
    record.post(*made)
    frames = {
        name: pl.concat([getattr(each, name) for each in told])
        for name in ("workload", "execution", "outside", "served")
    }
    return record.columns(), Told(**frames)


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor on all cores, and what came of it."""
    started = time.process_time()
    made = work()
    return time.process_time() - started, made


def main() -> None:
    given = arguments(__doc__, ("units", CITY, 138, "institutions of the city"))
    columns, told = city(given.units)
    day = parse_day(DAY)
    diagnose(Material(State(columns, day)), told=Told())  # what a server has loaded once
    ground = Ground(Material(State(columns, day)), usual(), told)
    parts = {name: cpu(partial(part, ground)) for name, part in PARTS.items()}
    taken, found = cpu(lambda: diagnose(Material(State(columns, day)), told=told))
    show(f"the diagnosis of {found.institutions.height:,} institutions", [
        Line("all of it, from a fresh state", f"{taken:.2f} s", "of the processor", "",
             f"≤ {AIM:g} s"),
        Line("signs", f"{found.signs.height:,}"),
        Line("most memory", f"{peak_megabytes():,} MB"),
        *(Line(f"  {name}", f"{seconds:.2f} s",
               f"{made.height:,} signs" if isinstance(made, pl.DataFrame) else "")
          for name, (seconds, made) in parts.items()),
    ])  # fmt: skip


if __name__ == "__main__":
    main()
