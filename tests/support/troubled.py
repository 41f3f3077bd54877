"""A sample district as a state: its posts, the people of its last rosters, its duties, and the
troubles planted beside those the sample has itself, with the answers of its units to a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.sample.booked import drafts
from bianzhi.sample.make import make_world
from bianzhi.sample.surveyed import Answers, answers
from bianzhi.sample.troubles import Troubles, trouble

DAY = "2026-06-30"


@dataclass(frozen=True)
class Troubled:
    """The state, what the sample planted, the units in trouble, the answers."""

    state: State
    planted: list[dict[str, Any]]
    true: Troubles
    answers: Answers


def troubled(seed: int) -> Troubled:
    """The district of a seed."""
    world = make_world(seed=seed)
    district = world.districts[0]
    true = trouble(district, seed)
    record = MemoryRecord()
    record.post(*drafts(district, true))
    state = State(record.columns(), parse_day(DAY))
    return Troubled(state, world.planted, true, answers(district, world.planted, true, seed))
