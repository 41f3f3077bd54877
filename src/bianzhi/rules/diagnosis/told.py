"""What institutions themselves told in a survey (调研): frames, wherever the answers were kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

# Every row names the ``answer`` it comes from, so that whoever reads a sign can open it.
# How much of a matter (业务) a unit did in a year; ``measure`` is what is counted (件, 人次 …).
WORKLOAD: dict[str, Any] = {
    "unit": pl.String, "item": pl.String, "measure": pl.String, "year": pl.Int64,
    "amount": pl.Float64, "answer": pl.String,
}  # fmt: skip
# Whether a duty is done: ``done`` is one of DONE; ``duty`` the key of the record, "" if not in it.
EXECUTION: dict[str, Any] = {
    "unit": pl.String, "duty": pl.String, "text": pl.String, "done": pl.String,
    "reason": pl.String, "answer": pl.String,
}  # fmt: skip
DONE = {"full": "正常履行", "part": "部分履行", "none": "没有履行"}
# People who work there outside the establishment (编外), by kind of engagement.
OUTSIDE: dict[str, Any] = {
    "unit": pl.String, "kind": pl.String, "people": pl.Float64, "answer": pl.String,
}  # fmt: skip
OUTSIDE_KINDS = {
    "hired": "编外聘用", "dispatched": "劳务派遣", "borrowed": "借用（借入）", "lent": "借出",
}  # fmt: skip
# How many are served: ``measure`` as in the peer classes of the thresholds (学生, 床位, 人口 …).
SERVED: dict[str, Any] = {
    "unit": pl.String, "measure": pl.String, "year": pl.Int64, "amount": pl.Float64,
    "answer": pl.String,
}  # fmt: skip
# Problems and proposals in the unit's own words; ``kind`` is "problem" or "proposal".
PROBLEMS: dict[str, Any] = {
    "unit": pl.String, "kind": pl.String, "text": pl.String, "answer": pl.String,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """The answers of a survey; each frame as named above, empty where nothing was asked."""

    workload: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WORKLOAD))
    execution: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EXECUTION))
    outside: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OUTSIDE))
    served: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SERVED))
    problems: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PROBLEMS))
