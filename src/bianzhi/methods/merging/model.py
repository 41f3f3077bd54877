"""A program in HiGHS: its best plan with the bound it proves, and its relaxation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from bianzhi.methods.merging.program import Row


@dataclass(frozen=True)
class Solved:
    """An answer of the program.

    Attributes:
        chosen: Columns, ascending; empty when there is no answer.
        objective, bound: Its cost, and what no plan can go below.
        feasible: Whether there is a plan at all.
        decided: False where time ran out before a plan was found or shown not to exist.
        prices: Of each row, what one unit more of its limit would save, at the relaxation.
    """

    chosen: tuple[int, ...]
    objective: float
    bound: float
    feasible: bool = True
    decided: bool = True
    prices: tuple[float, ...] = ()

    @property
    def gap(self) -> float:
        """(objective − bound) / |objective|."""
        return max(0.0, self.objective - self.bound) / max(1e-9, abs(self.objective))


NOTHING = Solved((), float("inf"), float("inf"), feasible=False)
UNDECIDED = Solved((), float("inf"), float("-inf"), feasible=False, decided=False)


@dataclass(frozen=True)
class Relaxed:
    """The program with parts of institutions allowed.

    Attributes:
        value: What no plan can go below.
        prices: Of each row, what one unit more of its limit would save.
        reduced: Of each column, how much dearer than ``value`` a plan with it is at least.
        values: Of each column, how much of it is taken.
    """

    value: float
    prices: tuple[float, ...]
    reduced: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]


class Model:
    """A program in HiGHS: equalities to 1 (``cover``), rows ≤ limit, binary columns."""

    def __init__(
        self, costs: Sequence[float], cover: Sequence[dict[int, float]], rows: Sequence[Row],
        *, slack: Sequence[float] | None = None,
    ) -> None:  # fmt: skip
        """``slack``: for each row the cost of one unit beyond its limit; None allows none."""
        self.size = len(costs)
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)  # the same answer on every machine
        lp = highspy.HighsLp()
        extra = 0 if slack is None else len(rows)
        lp.num_col_, lp.num_row_ = self.size + extra, len(cover) + len(rows)
        lp.col_cost_ = np.array([*costs, *(slack or ())], float)
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.array([1.0] * self.size + [highspy.kHighsInf] * extra)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.size + [
            highspy.HighsVarType.kContinuous
        ] * extra
        infinity = highspy.kHighsInf
        lp.row_lower_ = np.array([1.0] * len(cover) + [-infinity] * len(rows))
        lp.row_upper_ = np.array([1.0] * len(cover) + [row.limit for row in rows])
        entries = [*cover, *(row.entries for row in rows)]
        if extra:
            entries = [
                {**each, **({self.size + at - len(cover): -1.0} if at >= len(cover) else {})}
                for at, each in enumerate(entries)
            ]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, entries)])
        lp.a_matrix_.index_ = np.array([c for each in entries for c in each], np.int32)
        lp.a_matrix_.value_ = np.array([v for each in entries for v in each.values()], float)
        self.lp = lp
        self.cover_count = len(cover)
        self.highs.passModel(lp)

    def solve(self, seconds: float, gap: float = 0.0) -> Solved:
        """Solve in whole numbers."""
        self.highs.setOptionValue("time_limit", seconds)
        self.highs.setOptionValue("mip_rel_gap", gap)
        self.highs.setOptionValue("mip_abs_gap", 0.0 if gap == 0 else 1e-6)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible,
                      highspy.HighsModelStatus.kUnboundedOrInfeasible):  # fmt: skip
            return NOTHING
        info = self.highs.getInfo()
        values = np.array(self.highs.getSolution().col_value)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return UNDECIDED
        chosen = tuple(np.flatnonzero(values[: self.size] > 0.5).tolist())
        return Solved(chosen, info.objective_function_value, info.mip_dual_bound)

    def beyond(self) -> list[float]:
        """How far each row goes beyond its limit in the last answer."""
        values = self.highs.getSolution().col_value
        return [float(v) for v in values[self.size :]]

    def relax(self, seconds: float = highspy.kHighsInf) -> Relaxed | None:
        """The linear relaxation; None where it has no answer, or none in time."""
        self.highs.setOptionValue("solve_relaxation", True)
        self.highs.setOptionValue("time_limit", seconds)
        self.highs.run()
        self.highs.setOptionValue("solve_relaxation", False)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        info: Any = self.highs.getInfo()
        found: Any = self.highs.getSolution()
        prices = tuple(max(0.0, -float(v)) for v in found.row_dual[self.cover_count :])
        return Relaxed(
            info.objective_function_value, prices, np.array(found.col_dual)[: self.size],
            np.array(found.col_value)[: self.size],
        )  # fmt: skip
