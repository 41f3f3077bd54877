"""One linear program in HiGHS, changed and solved again."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from highspy._core import _Highs  # the class over it writes a banner to standard output
from numpy.typing import ArrayLike

from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats

FREE = float("inf")
TOLERANCE = 1e-10  # the tightest HiGHS takes


class Program:
    """min cost·x such that low ≤ A x ≤ high, bounds on x.

    Args:
        cost: (N,). matrix: (M, N), dense. low, high: (M,) or a number.
        at_least, at_most: Bounds of x, (N,) or a number.
    """

    def __init__(
        self,
        cost: ArrayLike,
        matrix: Floats,
        low: ArrayLike,
        high: ArrayLike,
        at_least: ArrayLike = 0.0,
        at_most: ArrayLike = FREE,
    ) -> None:
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.asarray(cost, dtype=np.float64)
        model.row_lower_, model.row_upper_ = (
            _spread(low, matrix.shape[0]),
            _spread(high, len(matrix)),
        )
        model.col_lower_ = _spread(at_least, matrix.shape[1])
        model.col_upper_ = _spread(at_most, matrix.shape[1])
        columns, rows = np.nonzero(matrix.T)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.searchsorted(columns, np.arange(matrix.shape[1] + 1))
        model.a_matrix_.index_ = rows
        model.a_matrix_.value_ = matrix[rows, columns]
        self.solver = _Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("primal_feasibility_tolerance", TOLERANCE)
        self.solver.setOptionValue("dual_feasibility_tolerance", TOLERANCE)
        self.solver.passModel(model)

    def solve(self) -> bool:
        """Whether there is an optimum; no other outcome is an answer."""
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return True
        self.solver.clearSolver()  # a warm start can lead astray: once more from nothing
        self.solver.run()
        return bool(self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    @property
    def infeasible(self) -> bool:
        return self.solver.getModelStatus() in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )

    @property
    def values(self) -> Floats:
        return np.array(self.solver.getSolution().col_value)

    @property
    def prices(self) -> Floats:
        """(M,) the dual of each row."""
        return np.array(self.solver.getSolution().row_dual)

    @property
    def objective(self) -> float:
        return float(self.solver.getInfo().objective_function_value)

    @property
    def basic(self) -> Ints:
        """The columns that are in the basis."""
        status = self.solver.getBasis().col_status
        return np.flatnonzero([each == highspy.HighsBasisStatus.kBasic for each in status])

    def set_column(self, column: int, values: Floats) -> None:
        for row, value in enumerate(values):
            self.solver.changeCoeff(row, column, value)

    def set_row(self, row: int, low: float, high: float) -> None:
        self.solver.changeRowBounds(row, low, high)

    def set_bounds(self, column: int, low: float, high: float) -> None:
        self.solver.changeColBounds(column, low, high)

    def set_costs(self, columns: Sequence[int] | Ints, costs: Floats) -> None:
        chosen = np.asarray(columns, dtype=np.int32)
        self.solver.changeColsCost(len(chosen), chosen, np.asarray(costs, dtype=np.float64))


def _spread(value: ArrayLike, size: int) -> Floats:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), size).copy()
