"""The engine for few units, and for rays the compiled one cannot certify: HiGHS, checked.

HiGHS finds the basis; the numbers are then solved from that basis in full precision, and accepted
only where the weights give the unit's own figures back and no column prices out, both relative to
the unit. A unit that fails is scaled by its own figures and tried again: far smaller ones than the
mean need that, and those with figures near zero need the contrary.
"""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.program import FREE, Program
from bianzhi.methods.dea.settled import BETA, FIRST_LOGICAL, INFEASIBLE, SETTLED, Basic
from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

TIGHT = 1e-8
NEAR_ZERO = 1e-9


def settle(problem: Problem, rows: Ints, *, slacks: bool = True) -> Basic:
    """Basic solutions of some of the rays, at all columns.

    Rows that no attempt can certify stay UNSURE.
    """
    points = problem.points / problem.sizes[:, None]
    directions = problem.directions / problem.lengths[:, None]
    made = Basic.empty(len(rows), len(problem.logical))
    program = _program(problem, np.ones(len(problem.logical)))
    for place, row in enumerate(rows):
        if _solve(problem, program, points[row], directions[row], made, place, slacks):
            continue
        own = np.where(
            np.abs(points[row]) > NEAR_ZERO, 1 / np.maximum(np.abs(points[row]), NEAR_ZERO), 1.0
        )
        scaled = _program(problem, own)
        _solve(problem, scaled, points[row], directions[row], made, place, slacks, own)
    return made


def _program(problem: Problem, own: Floats) -> Program:
    """Columns: β, the reference units, a logical a row. Every row an equation."""
    d, n = problem.columns.shape
    logical = np.diag(problem.logical.astype(np.float64))
    matrix = np.hstack([np.ones((d, 1)), problem.columns, logical]) * own[:, None]
    cost = np.zeros(1 + n + d)
    cost[0] = -1.0
    at_least = np.zeros(1 + n + d)
    at_least[0] = -FREE
    return Program(cost, matrix, 0.0, 0.0, at_least)


def _solve(
    problem: Problem,
    program: Program,
    point: Floats,
    direction: Floats,
    made: Basic,
    place: int,
    slacks: bool,
    own: Floats | float = 1.0,
) -> bool:
    """Put one ray's solution in its place; False where it cannot be certified."""
    program.set_column(0, direction * own)
    for k, value in enumerate(point * own):
        program.set_row(k, value, value)
    if not program.solve():
        made.status[place] = INFEASIBLE if program.infeasible else made.status[place]
        return program.infeasible
    first = _polished(problem, program, point, direction, own)
    if first is None:
        return False
    bases, values, plane = first
    if slacks and np.any((np.abs(plane) < 1e-9 * np.abs(plane).max()) & (problem.weights > 0)):
        second = _second(problem, program, point, direction, values[bases == BETA][0])
        bases, values = second if second is not None else (bases, values)
    made.beta[place] = values[bases == BETA][0]
    made.status[place] = SETTLED
    made.bases[place], made.values[place], made.planes[place] = bases, values, plane
    return True


def _polished(
    problem: Problem, program: Program, point: Floats, direction: Floats, own: Floats | float
) -> tuple[Ints, Floats, Floats] | None:
    """(codes, values, plane) of the optimum in full precision; None where it does not hold."""
    codes = _codes(problem, program.basic)
    codes = np.concatenate([[BETA], codes[codes != BETA]])  # β is free, and may rest at zero
    matrix = np.column_stack([_column(problem, code, direction) for code in codes])
    values = np.asarray(np.linalg.lstsq(matrix, point, rcond=None)[0], dtype=np.float64)
    planes = [-program.prices * own]
    if matrix.shape[0] == matrix.shape[1]:
        planes.insert(0, np.linalg.lstsq(matrix.T, (codes == BETA).astype(float), rcond=None)[0])
    if _holds(matrix, codes, values, point):
        for plane in planes:
            if _proves(problem, plane, point, direction, values[0]):
                return *_packed(codes, values, len(point)), plane
    return None


def _proves(problem: Problem, plane: Floats, point: Floats, direction: Floats, beta: float) -> bool:
    """Whether a plane shows that no ray goes further: it prices no column below zero."""
    allowed = TIGHT * direction.max() * np.abs(point)[direction > 0].max()
    costs = min((plane @ problem.columns).min(), (plane * problem.logical).min())
    return bool(
        costs >= -allowed
        and abs(plane @ direction - 1) <= TIGHT
        and abs(plane @ point - beta) <= allowed
    )


def _codes(problem: Problem, basic: Ints) -> Ints:
    n = problem.columns.shape[1]
    codes: Ints = np.where(basic > n, FIRST_LOGICAL - (basic - n - 1), basic - 1)
    return codes


def _column(problem: Problem, code: int, direction: Floats) -> Floats:
    if code >= 0:
        return problem.columns[:, code]
    if code == BETA:
        return direction
    k = FIRST_LOGICAL - code
    column = np.zeros(len(direction))
    column[k] = problem.logical[k]
    return column


def _holds(matrix: Floats, codes: Ints, values: Floats, point: Floats) -> bool:
    kept = np.where(codes == BETA, values, np.maximum(values, 0.0))
    allowed = np.maximum(TIGHT * np.abs(point), 1e-13)
    return bool(np.all(np.abs(matrix @ kept - point) <= allowed))


def _second(
    problem: Problem, program: Program, point: Floats, direction: Floats, beta: float
) -> tuple[Ints, Floats] | None:
    """The most slack with β kept; None where HiGHS finds nothing better that holds."""
    n, d = problem.columns.shape[1], len(point)
    logicals = 1 + n + np.arange(d)
    program.set_bounds(0, beta, beta)
    program.set_costs([0, *logicals], np.concatenate([[0.0], -problem.weights]))
    solved = program.solve()
    basic = program.basic
    program.set_bounds(0, -FREE, FREE)
    program.set_costs([0, *logicals], np.concatenate([[-1.0], np.zeros(d)]))
    if not solved:
        return None
    codes = _codes(problem, basic)
    codes = np.concatenate([[BETA], codes[codes != BETA]])
    matrix = np.column_stack([_column(problem, code, direction) for code in codes])
    rest = point - beta * direction
    values = np.concatenate([[beta], np.linalg.lstsq(matrix[:, 1:], rest, rcond=None)[0]])
    return _packed(codes, values, d) if _holds(matrix, codes, values, point) else None


def _packed(codes: Ints, values: Floats, d: int) -> tuple[Ints, Floats]:
    """As many places as there are rows, β first and the largest next; the rest stand at zero."""
    codes, values = codes[values != 0.0], values[values != 0.0]
    if BETA not in codes:
        codes, values = np.append(codes, BETA), np.append(values, 0.0)
    values = np.where(codes == BETA, values, np.maximum(values, 0.0))
    order = np.argsort(np.where(codes == BETA, -np.inf, -values), kind="stable")[:d]
    spare = d - len(order)
    return (
        np.concatenate([codes[order], np.full(spare, FIRST_LOGICAL)]),
        np.concatenate([values[order], np.zeros(spare)]),
    )
