"""Requests with side rules (all or nothing, one of several, crossing caps) as an integer program.

Solved by HiGHS (Huangfu & Hall 2018, Mathematical Programming Computation 10:119—142) with the
bound and the gap it can prove. Benefits are scaled by the largest: solvers work with absolute
tolerances.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from bianzhi.methods.allocation.benefit import Items
from bianzhi.methods.allocation.caps import Level
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.highs import solver
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole


@dataclass(frozen=True, slots=True)
class Columns:
    """A post, or a first batch that comes whole; shape (c,) each.

    Attributes:
        opener: Index of the column that must be taken first, −1 if free.
    """

    request: Whole
    size: Whole
    value: Numbers
    forced: Whole
    opener: Whole


@dataclass(frozen=True, slots=True)
class Solved:
    """The answer of the solver; ``prices`` by level from the linear relaxation (a guide only)."""

    granted: Whole
    bound: float
    gap: float
    prices: list[Numbers]


def solve(
    given: Requests, items: Items, levels: list[Level], *, seconds: float, gap: float
) -> Solved:
    """Solve the integer program.

    Raises:
        AllocationError: No allocation found in time, or none exists.
    """
    columns = _columns(given, items)
    if not len(columns.value):  # nobody asks for anything: a program of no columns has no answer
        none = np.zeros(len(given.want), np.int64)
        return Solved(none, 0.0, 0.0, [np.zeros(len(level.most)) for level in levels])
    model, scale = _model(given, columns, levels)
    program = solver(time_limit=seconds, mip_rel_gap=gap, mip_feasibility_tolerance=1e-9)
    program.passModel(model)
    program.run()
    status = program.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise AllocationError("上限、保底和二选一合在一起没有可行的分配：请放宽其中一项")
    info, solution = program.getInfo(), program.getSolution()
    if info.primal_solution_status != 2:  # no feasible point known
        raise AllocationError(f"{seconds:g} 秒内没有找到可行的分配：请延长时间或减少附加规则")
    taken = np.rint(np.asarray(solution.col_value)).astype(np.int64)
    granted = np.bincount(columns.request, taken * columns.size, minlength=len(given.want))
    value = float(columns.value @ taken)
    bound = max(value, -info.mip_dual_bound * scale)
    prices = _relaxed(model, levels, scale)
    whole = np.asarray(granted.astype(np.int64))
    return Solved(whole, bound, (bound - value) / max(abs(bound), 1e-12), prices)


def _columns(given: Requests, items: Items) -> Columns:
    """Posts one by one; the first ``at_once`` of a request that has a batch are one column."""
    batch = np.maximum(given.at_once, given.least)[items.request]
    first = items.step <= np.where(given.least[items.request] > 0, 1, batch)
    keep = ~first | (items.step == 1)
    lead = np.where(given.least > 0, 1, given.at_once)
    start = np.cumsum(given.want) - given.want
    value = items.value.copy()
    sums = np.concatenate([[0.0], np.cumsum(items.value)])
    whole = given.want > 0
    value[start[whole]] = sums[start[whole] + lead[whole]] - sums[start[whole]]
    size = np.where(items.step == 1, lead[items.request], 1)
    forced = items.step <= given.least[items.request]
    tied = (given.at_once > 1) | np.array([bool(each) for each in given.either], dtype=bool)
    place = np.cumsum(keep) - 1
    opener = np.where((items.step > 1) & tied[items.request], place[start[items.request]], -1)
    return Columns(items.request[keep], size[keep], value[keep],
                   forced[keep].astype(np.int64), opener[keep])  # fmt: skip


def _model(given: Requests, columns: Columns, levels: list[Level]) -> tuple[highspy.HighsLp, float]:
    """The program and the scale of its benefits."""
    scale = float(np.max(np.abs(columns.value), initial=0.0)) or 1.0
    rows = [*_cap_rows(columns, levels), *_either_rows(given, columns), *_opening_rows(columns)]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns.value), len(rows)
    lp.col_cost_ = -columns.value / scale
    lp.col_lower_ = columns.forced.astype(float)
    # What brings nothing is not given, here as by the greedy choice.
    lp.col_upper_ = np.maximum(columns.forced, columns.value > 0).astype(float)
    lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = np.array([most for _, _, most in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lengths = [len(index) for index, _, _ in rows]
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([[], *(each for each, _, _ in rows)]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([[], *(each for _, each, _ in rows)]).astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns.value)
    return lp, scale


Row = tuple[Whole, Numbers, float]


def _cap_rows(columns: Columns, levels: list[Level]) -> list[Row]:
    rows: list[Row] = []
    for level in levels:
        group = level.group[columns.request]
        order = np.argsort(group, kind="stable")
        ends = np.searchsorted(group[order], np.arange(len(level.most) + 1))
        for at, most in enumerate(level.most):
            inside = order[ends[at] : ends[at + 1]]
            rows.append((inside, columns.size[inside].astype(float), float(most)))
    return rows


def _either_rows(given: Requests, columns: Columns) -> list[Row]:
    """One of a group at most: over the columns that open a request."""
    groups: dict[str, list[int]] = {}
    for at in np.flatnonzero(columns.opener < 0):
        name = given.either[int(columns.request[at])]
        if name:
            groups.setdefault(name, []).append(int(at))
    return [(np.array(each), np.ones(len(each)), 1.0) for each in groups.values()]


def _opening_rows(columns: Columns) -> list[Row]:
    pair = np.array([1.0, -1.0])
    return [(np.array([at, columns.opener[at]]), pair, 0.0)
            for at in np.flatnonzero(columns.opener >= 0)]  # fmt: skip


def _relaxed(model: highspy.HighsLp, levels: list[Level], scale: float) -> list[Numbers]:
    """Row prices of the linear relaxation."""
    model.integrality_ = []
    program = solver()
    program.passModel(model)
    program.run()
    duals = -np.asarray(program.getSolution().row_dual) * scale
    found, start = [], 0
    for level in levels:
        found.append(np.maximum(duals[start : start + len(level.most)], 0))
        start += len(level.most)
    return found
