"""The plan as a set-partitioning program: every institution in one candidate, hard rules as rows.

min Σ c_g x_g      each institution covered once; rules Σ a_rg x_g ≤ b_r;      x_g ∈ {0, 1}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

from bianzhi.methods.merging.candidates import ABOLISH, Candidate
from bianzhi.methods.merging.given import Creation, Institution, MergingError, Rules

COUNT, POSTS, FULL, LEADERS = "机构数", "编制数", "全额编制数", "领导职数"
TARGETS = (COUNT, POSTS, FULL, LEADERS)


@dataclass(frozen=True)
class Row:
    """A rule: Σ coefficient × chosen ≤ limit.

    Attributes:
        name: In words.
        entries: Column -> coefficient; creations follow the candidates.
        limit: Right side.
        soft: A target, which may be told to be out of reach; others are laws of the model.
    """

    name: str
    entries: dict[int, float]
    limit: float
    soft: bool = True


@dataclass(frozen=True)
class Program:
    """The whole program.

    Attributes:
        given, candidates, creations: What the columns stand for.
        costs: Of all columns, creations last (minus what they are worth).
        rows: The rules.
        base: What the four ratios are taken of.
    """

    given: Sequence[Institution]
    candidates: list[Candidate]
    creations: Sequence[Creation]
    costs: list[float]
    rows: list[Row]
    base: dict[str, int] = field(default_factory=dict)

    @property
    def covering(self) -> list[list[int]]:
        """For each institution the candidates it is in."""
        found: list[list[int]] = [[] for _ in self.given]
        for column, candidate in enumerate(self.candidates):
            for member in candidate.members:
                found[member].append(column)
        return found


def program(
    given: Sequence[Institution], candidates: list[Candidate], creations: Sequence[Creation],
    rules: Rules,
) -> Program:  # fmt: skip
    """The program of candidates under rules."""
    base = base_of(given)
    costs = [each.cost for each in candidates] + [-each.worth for each in creations]
    made = Program(given, candidates, creations, costs, [], base)
    made.rows.extend(_targets(made, rules))
    made.rows.extend(_caps(made, rules))
    made.rows.extend(_laws(made, rules))
    return made


def base_of(given: Sequence[Institution]) -> dict[str, int]:
    """The four denominators: of institutions not excluded."""
    inside = [each for each in given if not each.excluded]
    return {
        COUNT: len(inside),
        POSTS: sum(each.posts for each in inside),
        FULL: sum(each.fully_funded for each in inside),
        LEADERS: sum(each.leaders for each in inside),
    }


def _targets(made: Program, rules: Rules) -> list[Row]:
    ratios = (rules.count_ratio, rules.posts_ratio, rules.full_ratio, rules.leaders_ratio)
    rows = []
    for place, (name, ratio) in enumerate(zip(TARGETS, ratios, strict=True)):
        limit = None if ratio is None else floor(made.base[name] * (1 - ratio) + 1e-9)
        if name == COUNT and rules.count_cap is not None:
            limit = rules.count_cap if limit is None else min(limit, rules.count_cap)
        if limit is not None:
            rows.append(Row(f"{name}不超过 {limit}", _counted(made, place), limit))
    return rows


def _counted(made: Program, place: int) -> dict[int, float]:
    entries = {
        column: float(each.counted[place])
        for column, each in enumerate(made.candidates) if each.counted[place]
    }  # fmt: skip
    for at, each in enumerate(made.creations, len(made.candidates)):
        full = each.posts if each.full is None else each.full
        entries[at] = float((1, each.posts, full, each.leaders)[place])
    return entries


def home_of(candidate: Candidate, given: Sequence[Institution]) -> str:
    """The department of what comes out: that of its largest member, the first among equals."""
    largest = max(candidate.members, key=lambda m: (given[m].headcount, -m))
    return given[largest].department


def _caps(made: Program, rules: Rules) -> list[Row]:
    by_home: dict[str, dict[int, float]] = defaultdict(dict)
    for column, each in enumerate(made.candidates):
        if each.counted[0]:
            by_home[home_of(each, made.given)][column] = 1.0
    for at, creation in enumerate(made.creations, len(made.candidates)):
        by_home[creation.department][at] = 1.0
    rows = []
    for department in sorted(by_home):
        cap = rules.cap_of(department)
        if cap is not None and cap < len(by_home[department]):
            rows.append(Row(f"{department}所属机构不超过 {cap}", by_home[department], cap))
    return rows


def _laws(made: Program, rules: Rules) -> list[Row]:
    rows = []
    for function in sorted(rules.kept_functions):
        holders = {at for at, each in enumerate(made.given) if function in each.functions}
        if not holders:
            raise MergingError(f"“{function}”须有机构承担，现在却没有一家：请核对职责")
        lost = {
            column: 1.0 for column, each in enumerate(made.candidates)
            if each.action == ABOLISH and set(each.members) & holders
        }  # fmt: skip
        if lost:
            rows.append(Row(f"“{function}”须有机构承担", lost, len(holders) - 1, soft=False))
    if rules.one_out_one_in and made.creations:
        entries = dict.fromkeys(range(len(made.costs)), 1.0)
        for column, each in enumerate(made.candidates):
            if each.action == ABOLISH:
                entries[column] = 0.0
        rows.append(Row("撤一建一：新设不多于撤并减少的", entries, len(made.given), soft=False))
    return rows
